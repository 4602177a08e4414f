const ZONE = 'Europe/Stockholm';
const time = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' });
const dateTime = new Intl.DateTimeFormat('sv-SE', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

/** "03:12", in Swedish time whatever the computer is set to. */
export function formatTime(instant: string): string {
  return time.format(new Date(instant));
}

/** "2026-11-22 03:12" */
export function formatDateTime(instant: string): string {
  return dateTime.format(new Date(instant));
}

/** In groups of four, as it is read aloud. */
export function formatFingerprint(fingerprint: string): string {
  return fingerprint.match(/.{1,4}/g)?.join(' ') ?? fingerprint;
}

/** "18 kap. 8 § OSL; 15 kap. 2 § OSL" as a list without empty parts. */
export function splitList(text: string): string[] {
  return text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** "1,4 kB" */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const kilo = bytes / 1000;
  return kilo < 1000
    ? `${kilo.toLocaleString('sv-SE', { maximumFractionDigits: 1 })} kB`
    : `${(kilo / 1000).toLocaleString('sv-SE', { maximumFractionDigits: 1 })} MB`;
}
