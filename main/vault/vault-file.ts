import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { SigillError } from '../../shared/domain/error.ts';
import type { Room } from '../../shared/domain/room.ts';

/**
 * `vault.json`: what must be readable before anything is unlocked, and nothing else: the format, and for each room the
 * key slots. It tells nothing about incidents, the organisation or the ceiling; those stand inside the rooms.
 */
const base64 = z.base64();

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
    salt: base64,
  }),
  wrap: z.strictObject({
    algorithm: z.literal('aes-256-gcm'),
    nonce: base64,
    ciphertext: base64,
    tag: base64,
  }),
});
export type KeySlot = z.infer<typeof slotSchema>;

const roomSchema = z.strictObject({ file: z.string(), slots: z.array(slotSchema) });

const vaultSchema = z.strictObject({
  format: z.literal('sigill-vault/1'),
  vaultId: z.uuid(),
  createdAt: z.iso.datetime(),
  rooms: z.strictObject({ open: roomSchema, protected: roomSchema }),
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
 * @throws SigillError `usage` where the folder is no vault; `damaged` where the file has been changed or is cut
 */
export function readVaultFile(folder: string): VaultFile {
  const path = join(folder, FILE);
  if (!existsSync(path) && !existsSync(join(folder, COPY))) {
    throw new SigillError('usage', `Det finns inget valv i ${folder} (${FILE} saknas).`);
  }
  const whole = readWhole(path);
  if (whole) return whole;
  const copy = readWhole(join(folder, COPY));
  throw new SigillError(
    'damaged',
    `${FILE} är skadad eller ändrad. Databaserna berörs inte. ` +
      (copy
        ? `Kopian ${COPY} i samma mapp är hel: byt namn på den till ${FILE} och försök igen.`
        : 'Återställ filen från säkerhetskopia.'),
  );
}

function readWhole(path: string): VaultFile | null {
  if (!existsSync(path)) return null;
  try {
    const parsed = vaultSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    const { checksum, ...content } = parsed;
    return checksum === checksumOf(content) ? parsed : null;
  } catch {
    return null;
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

/** A rename is lasting only when its folder is flushed too; Windows has no such call and needs none. */
function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
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
