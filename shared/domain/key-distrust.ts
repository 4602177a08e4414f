import { SigillError } from './error.ts';
import { swedishTime } from './swedish-time.ts';

/** The longest reason that is kept, for good. */
export const LONGEST_DISTRUST_REASON = 500;

/** What a key says of it: a recipient's key that somebody has taken out of use, and that nothing is encrypted to. */
export interface DistrustableKey {
  /** ISO 8601 UTC instant; null where the key is not taken out of use. */
  readonly distrustedAt: string | null;
  /** The name of the user who did it. */
  readonly distrustedBy: string | null;
  readonly distrustReason: string | null;
}

/**
 * @returns the reason in one line
 * @throws SigillError `usage` where there is none, or it is too long
 */
export function readDistrustReason(written: string): string {
  const reason = written.normalize('NFC').trim().replace(/\s+/g, ' ');
  if (reason === '') throw new SigillError('usage', 'Skriv varför nyckeln tas ur bruk.', [], '--reason');
  if (reason.length > LONGEST_DISTRUST_REASON) {
    throw new SigillError(
      'usage',
      `Skälet är för långt: högst ${LONGEST_DISTRUST_REASON} tecken, och det har ${reason.length}.`,
    );
  }
  return reason;
}

/** Why a key is out of use that its owner has revoked: no comparison brings it back. */
export const REVOKED_BY_OWNER = 'Ägaren har återkallat nyckeln';

/** @returns whether the owner has revoked it, as what puts it out of use says */
export function isRevokedByOwner({ distrustReason }: Pick<DistrustableKey, 'distrustReason'>): boolean {
  return distrustReason === REVOKED_BY_OWNER;
}

/**
 * How it stands in a list and in a refusal: when, by whom and why, in a sentence without a full stop.
 * @returns null where the key is not taken out of use
 */
export function describeDistrust({
  distrustedAt,
  distrustedBy,
  distrustReason,
}: DistrustableKey): string | null {
  if (distrustedAt === null) return null;
  return `Tagen ur bruk ${swedishTime(new Date(distrustedAt))} av ${distrustedBy ?? ''}: ${distrustReason ?? ''}`;
}
