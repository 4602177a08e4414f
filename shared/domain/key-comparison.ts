import { SigillError } from './error.ts';
import { mayBeSameName } from './names.ts';

/**
 * That two persons have compared the whole fingerprint of a recipient's key with the recipient, by another way than the
 * key came: one reads, the other follows along. In a call it is written to which number, since that is what the
 * comparison rests upon.
 */
export interface KeyComparison {
  readonly first: string;
  readonly second: string;
  readonly way: 'telefon' | 'mote';
  /** The number that was called; null at a meeting. */
  readonly phone: string | null;
  /** Who answered, where the number came from, what was shown. */
  readonly note: string;
}

/** What has been said of it so far, perhaps not everything. */
export type WrittenComparison = { readonly [K in keyof KeyComparison]: KeyComparison[K] | null };

const squeezed = (text: string | null): string => (text ?? '').trim().replace(/\s+/g, ' ');

/**
 * @returns the comparison without superfluous white space
 * @throws SigillError `usage` with every fault, where it is not said who the two were, or how they compared
 */
export function readComparison(written: WrittenComparison): KeyComparison {
  const [first, second, note, phone] = [written.first, written.second, written.note, written.phone].map(
    squeezed,
  ) as [string, string, string, string];
  const faults = [
    ...(first === '' || second === '' ? ['Skriv vilka två som jämförde.'] : []),
    ...(first !== '' && mayBeSameName(first, second)
      ? ['Två olika personer jämför: den ena läser, den andra följer med.']
      : []),
    ...(note === '' ? ['Skriv vem som svarade, och varifrån numret eller kontakten kom.'] : []),
    ...(written.way === 'telefon' && !/^\+?[\d\s-]{5,20}$/.test(phone)
      ? ['Skriv numret som ringdes, med siffror.']
      : []),
    ...(written.way === null ? ['Skriv numret som ringdes, eller att det var ett möte.'] : []),
  ];
  if (faults.length > 0 || written.way === null) {
    throw new SigillError('usage', 'Jämförelsen av fingeravtrycket är inte helt beskriven.', faults);
  }
  return { first, second, way: written.way, phone: written.way === 'telefon' ? phone : null, note };
}

/** What a stored key says of it; a key that is verified has all that was asked for when it was. */
interface VerifiedKey {
  readonly verifiedBy: string | null;
  /** null where it was verified before two were asked for. */
  readonly verifiedSecond: string | null;
  readonly verifiedPhone: string | null;
  readonly verifiedHow: string | null;
}

/** How it stands in a list and on a document: in a sentence without a full stop. */
export function describeComparison({
  verifiedBy,
  verifiedSecond,
  verifiedPhone,
  verifiedHow,
}: VerifiedKey): string {
  const first = verifiedBy ?? '';
  const who = verifiedSecond === null ? `${first} ensam` : `${first} och ${verifiedSecond}`;
  return `${who}${verifiedPhone === null ? '' : `, uppringt ${verifiedPhone}`}: ${verifiedHow ?? ''}`;
}
