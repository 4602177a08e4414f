/** What is needed of a key to see what is to be warned of. */
export interface WarnedKey {
  readonly fingerprint: string;
  readonly role: 'recipient' | 'own';
  /** In lower case. */
  readonly emails: readonly string[];
  /** ISO 8601 UTC instant. */
  readonly expiresAt: string | null;
  readonly verifiedAt: string | null;
  readonly retiredAt: string | null;
}

/** How long before a key runs out it is said: time to get a renewed one and to compare it. */
const DAYS_OF_WARNING = 30;

const DAY = 24 * 60 * 60 * 1000;

/**
 * What a person must know of a key before anything is sent to it: that the recipient seems to have changed keys, or that it
 * runs out. Two keys for one address are never chosen between in silence.
 * @param all every key in the vault
 * @returns Swedish sentences that say what to do; none where all is well
 */
export function warnOfKey(key: WarnedKey, all: readonly WarnedKey[], now: Date): string[] {
  if (key.retiredAt !== null) return [];
  return [...warnOfChange(key, all), ...warnOfEnd(key, now)];
}

function warnOfChange(key: WarnedKey, all: readonly WarnedKey[]): string[] {
  if (key.role === 'own') return [];
  const address = key.emails.find((email) =>
    all.some(
      (other) =>
        other.role === 'recipient' && other.fingerprint !== key.fingerprint && other.emails.includes(email),
    ),
  );
  if (address === undefined) return [];
  return [
    key.verifiedAt === null
      ? `Nyckeln är bytt: för ${address} finns redan en annan nyckel. Ring mottagaren på ett nummer som ni har sedan ` +
        'tidigare och fråga varför, innan ni jämför den nya. Sänd inget så länge.'
      : `Det finns en annan nyckel för ${address}. Fråga mottagaren vilken som gäller, och välj den.`,
  ];
}

function warnOfEnd({ role, expiresAt }: WarnedKey, now: Date): string[] {
  if (expiresAt === null) return [];
  const left = Date.parse(expiresAt) - now.getTime();
  const day = expiresAt.slice(0, 10);
  const what =
    role === 'own'
      ? 'Ändra slutdatumet eller skapa en ny, och ge den till mottagarna.'
      : 'Be mottagaren om en förnyad nyckel.';
  if (left <= 0) return [`Nyckeln gick ut ${day} och kan inte användas. ${what}`];
  if (left <= DAYS_OF_WARNING * DAY) return [`Nyckeln går ut ${day}. ${what}`];
  return [];
}
