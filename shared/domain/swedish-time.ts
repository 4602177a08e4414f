/** Instants as they are read in Sweden, whatever the computer's own zone is. */

/** A document's date: the Swedish calendar day of an instant, `2026-11-22`. */
export function swedishDate(instant: Date): string {
  return instant.toLocaleDateString('sv-SE', { timeZone: 'Europe/Stockholm' });
}

/** `2026-11-22 14:05`, Swedish time. */
export function swedishTime(instant: Date): string {
  return instant.toLocaleString('sv-SE', {
    timeZone: 'Europe/Stockholm',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
}
