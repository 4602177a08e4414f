import { SigillError } from '../../shared/domain/error.ts';
import { isMailAddress, LONGEST_LINE } from '../../shared/domain/names.ts';
import type { OwnYears } from '../../shared/domain/own-key.ts';
import { lifeInSeconds } from './own-life.ts';
import { openpgp } from './openpgp-config.ts';

/** A key of the organisation's own: it signs every report and reads the archive copy. */
export interface OwnKey {
  /** 40 hex digits in upper case. */
  readonly fingerprint: string;
  readonly armoredPublic: string;
  /** Without a passphrase: it is kept in the encrypted database and nowhere else. */
  readonly armoredPrivate: string;
  /** ISO 8601 UTC instants. */
  readonly createdAt: string;
  readonly expiresAt: string | null;
}

interface OwnKeyRequest {
  readonly name: string;
  readonly email: string | null;
  readonly at: Date;
  /** Left out, or null: without an end. */
  readonly years?: OwnYears | null;
}

/**
 * Makes a version 4 key with Ed25519 for signing and Curve25519 for encryption, in the encoding that GnuPG 2.1 and
 * later reads ("Legacy" in RFC 9580): the newer encoding of the same curves is refused by GnuPG 2.2 and Sequoia 1.x.
 * Without an end, which is what is proposed: an isolated workstation cannot spread a renewed key, and one that has run out
 * at night stops the report. It is retired by making a new one, or revoked by the certificate in the safe.
 * @throws SigillError `usage` for a name or an address that cannot stand in a user id.
 */
export async function createOwnKey({ name, email, at, years = null }: OwnKeyRequest): Promise<OwnKey> {
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > LONGEST_LINE || /[\p{C}<>()]/u.test(trimmed)) {
    throw new SigillError(
      'usage',
      `Nyckelns namn ska ha 1–${LONGEST_LINE} tecken, utan radbrytningar och utan < > ( ).`,
    );
  }
  if (email !== null && !isMailAddress(email)) {
    throw new SigillError('usage', 'Nyckelns e-postadress är inte en adress (namn@exempel.se).');
  }
  const { privateKey } = await openpgp.generateKey({
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs: [email === null ? { name: trimmed } : { name: trimmed, email }],
    keyExpirationTime: lifeInSeconds(at, at, years),
    date: at,
    format: 'object',
  });
  const end = await privateKey.getExpirationTime();
  return {
    fingerprint: privateKey.getFingerprint().toUpperCase(),
    armoredPublic: privateKey.toPublic().armor(),
    armoredPrivate: privateKey.armor(),
    createdAt: privateKey.getCreationTime().toISOString(),
    expiresAt: end instanceof Date ? end.toISOString() : null,
  };
}
