/** What is needed of a key to see what is to be warned of. */
export interface WarnedKey {
  readonly fingerprint: string;
  readonly role: 'recipient' | 'own';
  readonly userIds: readonly string[];
  /** In lower case. */
  readonly emails: readonly string[];
  /** ISO 8601 UTC instant. */
  readonly expiresAt: string | null;
  readonly verifiedAt: string | null;
  /** When a recipient's key was taken out of use. */
  readonly distrustedAt: string | null;
  readonly retiredAt: string | null;
}

/** How long before a key runs out it is said: time to get a renewed one and to compare it. */
const DAYS_OF_WARNING = 30;

/** Of the end of a fingerprint, as other programs show a key in short: 16 digits. */
const SHORT_GROUPS = /.{4}(?=(?:.{4}){0,3}$)/g;

const DAY = 24 * 60 * 60 * 1000;

/**
 * What a person must know of a key before anything is sent to it: that the recipient seems to have changed keys, or that it
 * runs out. Two keys for one address are never chosen between in silence.
 * @param all every key in the vault
 * @returns Swedish sentences that say what to do; none where all is well
 */
export function warnOfKey(key: WarnedKey, all: readonly WarnedKey[], now: Date): string[] {
  if (key.retiredAt !== null || key.distrustedAt !== null) return [];
  return [...warnOfChange(key, all), ...warnOfEnd(key, now)];
}

/**
 * That letters are signed with a key that does not have the address they are from: the recipient's program then says that the
 * signature is of somebody else.
 * @param all every key in the vault
 * @param from the organisation's address; null: letters name no sender
 * @returns Swedish sentences that say what to do; none where all is well
 */
export function warnOfSender(all: readonly WarnedKey[], from: string | null): string[] {
  const own = all.find(({ role, retiredAt }) => role === 'own' && retiredAt === null);
  if (!own || from === null || own.emails.includes(from.toLowerCase())) return [];
  const has = own.emails.length === 0 ? 'ingen adress' : own.emails.join(', ');
  return [
    `Brev från er har avsändaren ${from}, men er egen nyckel gäller ${has}. Mottagarens program kan säga att underskriften ` +
      'inte är avsändarens. Ta i bruk en egen nyckel med den adressen, eller ändra e-postadressen bland uppgifterna om ' +
      'organisationen.',
  ];
}

/**
 * Why no letter is made to a recipient's key, where it is shown as the one that was chosen for an address.
 * @returns a Swedish text that says what to do; null where letters are made to it
 */
export function whyNoLetter(
  key: Pick<WarnedKey, 'expiresAt' | 'verifiedAt' | 'distrustedAt'>,
  now: Date,
): string | null {
  if (key.distrustedAt !== null)
    return 'Nyckeln är tagen ur bruk. Inget brev görs hit förrän en annan nyckel är vald.';
  if (key.verifiedAt === null)
    return 'Nyckeln är inte verifierad. Inget brev görs hit förrän två personer har jämfört den.';
  if (key.expiresAt !== null && Date.parse(key.expiresAt) <= now.getTime())
    return `Nyckeln gick ut ${key.expiresAt.slice(0, 10)}. Inget brev görs hit förrän mottagarens förnyade nyckel är inläst.`;
  return null;
}

function warnOfChange(key: WarnedKey, all: readonly WarnedKey[]): string[] {
  if (key.role === 'own') return [];
  const address = key.emails.find((email) =>
    all.some(
      (other) =>
        other.role === 'recipient' &&
        other.fingerprint !== key.fingerprint &&
        other.emails.includes(email) &&
        // One that is out of use is nothing to choose; that a new one has come in its place is still a change.
        (other.distrustedAt === null || key.verifiedAt === null),
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

/** Whose key it is and which: a warning is also read where the key itself is not beside it. */
function inShort({ role, userIds, emails, fingerprint }: WarnedKey): string {
  const owner = userIds[0] ?? emails[0];
  const whose =
    role === 'own'
      ? `Er egen nyckel${owner === undefined ? '' : ` ${owner}`}`
      : `Nyckeln för ${owner ?? 'okänd'}`;
  return `${whose}, som slutar på ${(fingerprint.match(SHORT_GROUPS) ?? []).join(' ')},`;
}

function warnOfEnd(key: WarnedKey, now: Date): string[] {
  const { role, expiresAt } = key;
  if (expiresAt === null) return [];
  const left = Date.parse(expiresAt) - now.getTime();
  const day = expiresAt.slice(0, 10);
  const what =
    role === 'own'
      ? 'Ändra slutdatumet eller skapa en ny, och ge den till mottagarna.'
      : 'Be mottagaren om en förnyad nyckel.';
  if (left <= 0) return [`${inShort(key)} gick ut ${day} och kan inte användas. ${what}`];
  if (left <= DAYS_OF_WARNING * DAY) return [`${inShort(key)} går ut ${day}. ${what}`];
  return [];
}
