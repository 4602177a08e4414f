import { createHash, randomBytes } from 'node:crypto';
import { SigillError } from '../../shared/domain/error.ts';

/**
 * The recovery code: 160 random bits that open a key slot when the passphrase is forgotten. It is written on paper and
 * typed back by a tired person, so it is Crockford Base32 (https://www.crockford.com/base32.html: no I, L, O or U;
 * case does not matter) in nine groups of four, and ends in 20 bits of checksum. A slip of the pen then becomes a clear
 * message at once instead of a second of Argon2id and "wrong code". The checksum tells nothing about the secret that
 * the code does not hold already.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SECRET_BYTES = 20;
const CHECKSUM_BITS = 20n;
const GROUP = 4;
/** (160 + 20) bits / 5 bits */
const CHARACTERS = 36;
const GROUPS = CHARACTERS / GROUP;

/** `secret` is what a key is derived from; the caller wipes it. `code` is for the paper. */
export function makeRecoveryCode(): { code: string; secret: Uint8Array } {
  const secret = Uint8Array.from(randomBytes(SECRET_BYTES));
  return { code: writeRecoveryCode(secret), secret };
}

function writeRecoveryCode(secret: Uint8Array): string {
  let bits = (toBits(secret) << CHECKSUM_BITS) | checksum(secret);
  let characters = '';
  for (let count = 0; count < CHARACTERS; count += 1) {
    characters = ALPHABET.charAt(Number(bits & 31n)) + characters;
    bits >>= 5n;
  }
  return groupsOf(characters).join('-');
}

/**
 * Reads a code as a person types it: any case, with or without spaces and dashes, O for 0, I and L for 1.
 * @throws SigillError `usage` saying what looks wrong, by group and never by quoting the code.
 */
export function readRecoveryCode(text: string): Uint8Array {
  const characters = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}\u2212]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');

  // Something else was pasted: its groups are nothing to look through.
  if (characters.length > 2 * CHARACTERS) throw wrongLength(characters.length);
  const strange = groupsOf(characters).flatMap((group, index) =>
    [...group].every((character) => ALPHABET.includes(character)) ? [] : [index + 1],
  );
  if (strange.length > 0) {
    throw new SigillError(
      'usage',
      `Återställningskoden har ett tecken som inte kan finnas i den, i grupp ${strange.join(', ')}. ` +
        'Koden består av siffror och bokstäverna A–Z utom I, L, O och U.',
    );
  }
  if (characters.length !== CHARACTERS) throw wrongLength(characters.length);

  let bits = 0n;
  for (const character of characters) bits = (bits << 5n) | BigInt(ALPHABET.indexOf(character));
  const secret = fromBits(bits >> CHECKSUM_BITS);
  if (checksum(secret) !== (bits & ((1n << CHECKSUM_BITS) - 1n))) {
    secret.fill(0);
    throw new SigillError(
      'usage',
      'Återställningskoden är felskriven: minst ett tecken är fel eller två har bytt plats. ' +
        `Alla ${GROUPS} grupper behövs. Jämför grupp för grupp med papperet.`,
    );
  }
  return secret;
}

function wrongLength(length: number): SigillError {
  return new SigillError(
    'usage',
    `Återställningskoden har ${length} tecken men ska ha ${CHARACTERS}, i ${GROUPS} grupper om ${GROUP}. ` +
      'Alla grupper behövs. Jämför grupp för grupp med papperet.',
  );
}

/** The first 20 bits of a hash with a purpose of its own: what it lets through is one slip in a million. */
function checksum(secret: Uint8Array): bigint {
  const digest = createHash('sha256').update('sigill-recovery-code/1\n').update(secret).digest();
  return BigInt(digest.readUInt32BE(0) >>> (32 - Number(CHECKSUM_BITS)));
}

function toBits(secret: Uint8Array): bigint {
  return secret.reduce((bits, byte) => (bits << 8n) | BigInt(byte), 0n);
}

function fromBits(value: bigint): Uint8Array {
  const secret = new Uint8Array(SECRET_BYTES);
  let bits = value;
  for (let index = SECRET_BYTES - 1; index >= 0; index -= 1) {
    secret[index] = Number(bits & 255n);
    bits >>= 8n;
  }
  return secret;
}

function groupsOf(characters: string): string[] {
  return characters.match(/.{1,4}/gsu) ?? [];
}
