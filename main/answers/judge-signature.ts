import { SigillError } from '../../shared/domain/error.ts';
import { swedishTime } from '../../shared/domain/swedish-time.ts';
import type { openpgp } from '../keys/openpgp-config.ts';
import type { AnswerJob } from './answer-job.ts';
import type { UncheckedSignature } from './signed-part.ts';

/** A key in the vault that has signed. */
interface KnownSigner {
  readonly fingerprint: string;
  readonly owner: string;
  /** ISO 8601. */
  readonly signedAt: string | null;
}

/** How the signature stands. */
export type AnswerSignature =
  | ({ readonly kind: 'verified' } & KnownSigner)
  /** With the organisation's own key: a letter from here, come back. */
  | ({ readonly kind: 'own' } & KnownSigner)
  /** The signature is whole, but nobody has compared the fingerprint of the key. */
  | ({ readonly kind: 'unverified-key' } & KnownSigner)
  /** The signature is whole, but the key is one that somebody has taken out of use. */
  | ({ readonly kind: 'distrusted-key' } & KnownSigner)
  /** Signed with a key that is not in the vault. */
  | { readonly kind: 'unknown-key'; readonly keyId: string }
  /** There is one, of a kind or in a place that is not checked. */
  | { readonly kind: 'unchecked'; readonly by: UncheckedSignature }
  | { readonly kind: 'unsigned' };

type Signatures = openpgp.DecryptMessageResult['signatures'];

/** As much may another computer's clock be ahead of this one, which is told nothing by a network. */
export const MOST_AHEAD_MS = 10 * 60_000;

/** @throws SigillError `usage` where a signature was made so much later than now that no clock that is cared for can be so wrong */
export async function requireNotAhead(signatures: Signatures, now: Date): Promise<void> {
  for (const { signature } of signatures) {
    const made = (await signature).packets[0]?.created ?? null;
    if (made === null || made.getTime() - now.getTime() <= MOST_AHEAD_MS) continue;
    throw new SigillError(
      'usage',
      `Svaret är underskrivet ${swedishTime(made)}, som är senare än den här datorns klocka (${swedishTime(now)}). Kontrollera ` +
        'klockan mot en annan och läs in svaret igen. Går den rätt: ring avsändaren, vars klocka då är fel. Inget av svaret visas.',
    );
  }
}

/** An answer comes within days; one that was signed long ago may be to something else, and sent again by whoever has it. */
const LONG_AGO_MS = 24 * 60 * 60_000;

export function ageRemarks(signature: AnswerSignature, now: Date): string[] {
  if (!('signedAt' in signature) || signature.signedAt === null || signature.kind === 'own') return [];
  const signed = new Date(signature.signedAt);
  if (now.getTime() - signed.getTime() <= LONG_AGO_MS) return [];
  return [
    `Svaret underskrevs ${swedishTime(signed)}, för mer än ett dygn sedan. Kontrollera att det svarar på just den här ` +
      'incidenten, och inte är ett äldre svar som har sänts igen.',
  ];
}

/** Who is said to write is not always who signed: the key is what has been compared. */
export function senderRemarks(
  signature: AnswerSignature,
  from: string | null,
  known: AnswerJob['knownKeys'],
): string[] {
  if (signature.kind !== 'verified' && signature.kind !== 'unverified-key') return [];
  const emails = known.find(({ fingerprint }) => fingerprint === signature.fingerprint)?.emails ?? [];
  if (from === null || emails.some((email) => email.toLowerCase() === from.toLowerCase())) return [];
  return [
    `Brevet uppger en annan avsändare (${from}) än nyckelns ägare. Det är ägaren som har skrivit under; ring om det är oväntat.`,
  ];
}

/** @throws SigillError `damaged` where a key in the vault is said to have signed, and it does not hold */
export async function judgeSignature(
  signatures: Signatures,
  known: readonly (AnswerJob['knownKeys'][number] & { readonly key: openpgp.PublicKey })[],
): Promise<AnswerSignature> {
  let best: AnswerSignature | null = null;
  for (const { keyID, verified, signature } of signatures) {
    const signer = known.find(({ key }) => key.getKeys(keyID).length > 0);
    if (!signer) {
      best ??= { kind: 'unknown-key', keyId: keyID.toHex().toUpperCase() };
      continue;
    }
    const holds = await verified.catch(() => false);
    if (!holds) {
      throw new SigillError(
        'damaged',
        'Underskriften stämmer inte: svaret är ändrat, eller underskrivet med en nyckel som inte längre får användas. ' +
          'Inget av det visas. Ring avsändaren.',
      );
    }
    const made = (await signature).packets[0]?.created ?? null;
    const signedAt = made?.toISOString() ?? null;
    const { fingerprint, owner } = signer;
    // One that is verified is not set aside by another, but each must hold.
    if (best?.kind === 'verified') continue;
    if (signer.isOwn) best = { kind: 'own', fingerprint, owner, signedAt };
    else if (signer.isVerified) best = { kind: 'verified', fingerprint, owner, signedAt };
    else if (signer.isDistrusted === true) best = { kind: 'distrusted-key', fingerprint, owner, signedAt };
    else best = { kind: 'unverified-key', fingerprint, owner, signedAt };
  }
  return best ?? { kind: 'unsigned' };
}
