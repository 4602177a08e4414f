import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { SigillError } from '../../shared/domain/error.ts';
import type { Room } from '../../shared/domain/room.ts';
import { flushFolder } from '../store/private-file.ts';

/**
 * `vault.json`: what must be readable before anything is unlocked, and nothing else: the format, and for each room the
 * key slots. It tells nothing about incidents, the organisation or the ceiling; those stand inside the rooms.
 */
const base64 = (...sizes: readonly number[]) =>
  z.base64().refine((text) => sizes.includes(Buffer.from(text, 'base64').length));

const slotSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(['passphrase', 'recovery']),
  userId: z.string(),
  userName: z.string(),
  createdAt: z.iso.datetime(),
  kdf: z.strictObject({
    algorithm: z.literal('argon2id'),
    memoryKiB: z.number().int(),
    iterations: z.number().int(),
    parallelism: z.number().int(),
    salt: z.base64(),
  }),
  wrap: z.strictObject({
    algorithm: z.literal('aes-256-gcm'),
    nonce: base64(12),
    ciphertext: base64(64),
    tag: base64(16),
  }),
});
export type KeySlot = z.infer<typeof slotSchema>;

/** The name of the file is no choice: one from elsewhere would have SQLite work on a file outside the vault. */
const roomSchema = <const F extends string>(file: F) =>
  z.strictObject({ file: z.literal(file), slots: z.array(slotSchema) });

const vaultSchema = z.strictObject({
  format: z.literal('sigill-vault/1'),
  vaultId: z.uuid(),
  createdAt: z.iso.datetime(),
  rooms: z.strictObject({ open: roomSchema('open.db'), protected: roomSchema('protected.db') }),
  /** SHA-256 over the canonical JSON of all the rest: tells damage from a wrong passphrase. */
  checksum: z.string(),
});
export type VaultFile = z.infer<typeof vaultSchema>;
type VaultContent = Omit<VaultFile, 'checksum'>;

const FILE = 'vault.json';
const COPY = 'vault.copy.json';

function checksumOf(content: VaultContent): string {
  return createHash('sha256')
    .update(String(canonicalize(content)), 'utf8')
    .digest('hex');
}

/**
 * Reads `vault.json`.
 * @throws SigillError `usage` where the folder is no vault or may not be read; `damaged` where the file has been changed
 *   or is cut, or was written by a newer Sigill
 */
export function readVaultFile(folder: string): VaultFile {
  const text = readIfThere(join(folder, FILE));
  const copyText = readIfThere(join(folder, COPY));
  if (text === null && copyText === null) {
    throw new SigillError('usage', `Det finns inget valv i ${folder} (${FILE} saknas).`);
  }
  const whole = text === null ? null : parseWhole(text);
  if (whole) return whole;
  const isCopyWhole = copyText !== null && parseWhole(copyText) !== null;
  if (text !== null && !isCopyWhole && isNewer(text)) {
    throw new SigillError(
      'damaged',
      'Valvet är skrivet av en nyare Sigill. Öppna det med den nyare versionen. Inget har ändrats.',
    );
  }
  throw new SigillError(
    'damaged',
    `${FILE} är skadad eller ändrad. Databaserna berörs inte. ` +
      (isCopyWhole
        ? `Kopian ${COPY} i samma mapp är hel: byt namn på den till ${FILE} och försök igen.`
        : 'Återställ filen från säkerhetskopia.'),
  );
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new SigillError(
      'usage',
      `Kan inte läsa ${path} (${code ?? 'okänt fel'}). Kontrollera rättigheterna till valvmappen.`,
    );
  }
}

function parseWhole(text: string): VaultFile | null {
  try {
    const parsed = vaultSchema.parse(JSON.parse(text));
    const { checksum, ...content } = parsed;
    return checksum === checksumOf(content) ? parsed : null;
  } catch {
    return null;
  }
}

function isNewer(text: string): boolean {
  try {
    const { format } = JSON.parse(text) as { format?: unknown };
    return typeof format === 'string' && /^sigill-vault\/(?!1$)\d+$/.test(format);
  } catch {
    return false;
  }
}

/** Writes `vault.json` and its copy, each in one step: a crash leaves the old one or the new one, never half of one. */
export function writeVaultFile(folder: string, content: VaultContent): VaultFile {
  const { format, vaultId, createdAt, rooms } = content;
  const clean = { format, vaultId, createdAt, rooms };
  const whole: VaultFile = { ...clean, checksum: checksumOf(clean) };
  const text = `${JSON.stringify(whole, null, 2)}\n`;
  for (const name of [FILE, COPY]) {
    const path = join(folder, name);
    const next = `${path}.next`;
    writeFileSync(next, text, { mode: 0o600, flush: true });
    renameSync(next, path);
  }
  flushFolder(folder);
  return whole;
}

/** @returns what the copy of `vault.json` says; null where it is missing, unreadable, damaged or of another vault */
export function readVaultCopy(folder: string, vaultId: string): VaultFile | null {
  try {
    const text = readIfThere(join(folder, COPY));
    const copy = text === null ? null : parseWhole(text);
    return copy?.vaultId === vaultId ? copy : null;
  } catch {
    return null;
  }
}

/** @returns the slots that a person or a recovery key opens a room with */
export function slotsOf(file: VaultFile, room: Room): readonly KeySlot[] {
  return file.rooms[room].slots;
}

/** The same file with other slots in one room. */
export function withSlots(file: VaultFile, room: Room, slots: readonly KeySlot[]): VaultFile {
  return { ...file, rooms: { ...file.rooms, [room]: { ...file.rooms[room], slots: [...slots] } } };
}
