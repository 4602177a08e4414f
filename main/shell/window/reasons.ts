/** Said on the screen where the rooms are unlocked, after a lock that the person asked for. */
export const LOCKED_BY_PERSON = 'Du låste Sigill. Allt som var sparat finns kvar, också utkast.';
