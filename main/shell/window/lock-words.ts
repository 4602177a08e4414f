/**
 * What is said after the window or the core has stopped unasked. Drafts are put a second after the last keystroke, and
 * at the latest after five: what can be missing is that.
 */
const KEPT =
  'Det som var sparat finns kvar. Det du höll på att skriva finns som utkast, utom möjligen de sista sekunderna: lås ' +
  'upp och se under Utkast i Översikt.';

export const WINDOW_CRASHED = `Fönstret stannade oväntat och har startats om. Båda rummen är låsta. ${KEPT}`;

export const CORE_RESTARTED = `Sigills kärna stannade oväntat och har startats om. Båda rummen är låsta. ${KEPT} Annat som pågick, till exempel en expediering, blev inte klart: kontrollera det senaste du gjorde.`;

/** Said on the screen where the rooms are unlocked, after a lock that the person asked for. */
export const LOCKED_BY_PERSON = 'Du låste Sigill. Allt som var sparat finns kvar, också utkast.';
