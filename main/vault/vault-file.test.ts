import { createHash, randomInt } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SigillError } from '../../shared/domain/error.ts';
import {
  readVaultCopy,
  readVaultFile,
  slotsOf,
  withSlots,
  writeVaultFile,
  type KeySlot,
} from './vault-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigill-valvfil-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const base64 = (size: number): string => Buffer.alloc(size, 7).toString('base64');
const slot: KeySlot = {
  id: 'plats-1',
  kind: 'passphrase',
  userId: 'anna',
  userName: 'Anna Åberg',
  createdAt: '2026-11-22T08:00:00.000Z',
  kdf: { algorithm: 'argon2id', memoryKiB: 262_144, iterations: 3, parallelism: 4, salt: base64(16) },
  wrap: { algorithm: 'aes-256-gcm', nonce: base64(12), ciphertext: base64(64), tag: base64(16) },
};
const content = {
  format: 'sigill-vault/1',
  vaultId: '0198c0de-0000-7000-8000-000000000000',
  createdAt: '2026-11-22T08:00:00.000Z',
  rooms: {
    open: { file: 'open.db', slots: [slot] },
    protected: { file: 'protected.db', slots: [{ ...slot, id: 'plats-2' }] },
  },
} as const;
/** A copy of it that the writer's types let in. */
const written = (): Parameters<typeof writeVaultFile>[1] => structuredClone(content) as never;

function refusal(): SigillError {
  try {
    readVaultFile(folder);
  } catch (error) {
    if (error instanceof SigillError) return error;
    throw error;
  }
  throw new Error('It was read.');
}

function put(name: string, value: unknown): void {
  writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
}

/** What somebody would write who knows how the checksum is counted. */
function withChecksum(value: object): object {
  const checksum = createHash('sha256')
    .update(String(canonicalize(value)))
    .digest('hex');
  return { ...value, checksum };
}

describe('vault.json', () => {
  it('is read as it was written, and its copy says the same', () => {
    const file = writeVaultFile(folder, written());
    expect(readVaultFile(folder)).toEqual(file);
    expect(slotsOf(file, 'open')).toEqual([slot]);
    expect(readdirSync(folder).sort()).toEqual(['vault.copy.json', 'vault.json']);
    expect(readVaultCopy(folder, file.vaultId)).toEqual(file);
    expect(readVaultCopy(folder, 'ett annat valv')).toBeNull();
    put('vault.copy.json', 'annat');
    expect(readVaultCopy(folder, file.vaultId)).toBeNull();
  });

  it('is the owner’s alone, whatever the umask', () => {
    const umask = process.umask(0);
    writeVaultFile(folder, written());
    process.umask(umask);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  it('counts its checksum over all the rest, in the order of RFC 8785', () => {
    const file = writeVaultFile(folder, written());
    expect(withChecksum(content)).toEqual(file);
  });

  it('is told damaged when a byte of it is changed, wherever, and the whole copy is pointed to', () => {
    writeVaultFile(folder, written());
    const path = join(folder, 'vault.json');
    const bytes = readFileSync(path);
    const lastThatCounts = bytes.lastIndexOf('}');
    for (let offset = 0; offset <= lastThatCounts; offset += randomInt(1, 7)) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(bytes.readUInt8(offset) ^ 1, offset);
      writeFileSync(path, changed);
      const error = refusal();
      expect(error.kind, `byte ${offset}`).toBe('damaged');
      expect(error.message).toMatch(/Kopian vault\.copy\.json i samma mapp är hel: byt namn på den/);
    }
  });

  it('is told damaged when it is cut anywhere, empty, or something else', () => {
    writeVaultFile(folder, written());
    const text = readFileSync(join(folder, 'vault.json'), 'utf8');
    for (let length = 0; length < text.trimEnd().length; length += 97) {
      put('vault.json', text.slice(0, length));
      expect(refusal().kind).toBe('damaged');
    }
    for (const other of ['null', '[]', '"x"', '{}', '{"format":"sigill-vault/1"}', '\u0000']) {
      put('vault.json', other);
      expect(refusal().kind, other).toBe('damaged');
    }
  });

  it('can be taken from its copy, by the rename that the words advise', () => {
    const file = writeVaultFile(folder, written());
    put('vault.json', '{');
    expect(refusal().message).toMatch(/byt namn/);
    renameSync(join(folder, 'vault.copy.json'), join(folder, 'vault.json'));
    expect(readVaultFile(folder)).toEqual(file);
  });

  it('that is gone is damage where the copy is left, and no vault where it is not', () => {
    writeVaultFile(folder, written());
    rmSync(join(folder, 'vault.json'));
    expect(refusal()).toMatchObject({ kind: 'damaged' });
    put('vault.copy.json', '{');
    expect(refusal().message).toMatch(/Återställ filen från säkerhetskopia/);
    rmSync(join(folder, 'vault.copy.json'));
    expect(refusal()).toMatchObject({ kind: 'usage' });
    expect(refusal().message).toMatch(/Det finns inget valv i/);
  });

  it('from a newer Sigill is told as that, and one that may not be read as that', () => {
    put('vault.json', { format: 'sigill-vault/2', rooms: {} });
    expect(refusal().message).toMatch(/nyare Sigill.*Inget har ändrats/);
    rmSync(join(folder, 'vault.json'));
    mkdirSync(join(folder, 'vault.json'));
    expect(refusal()).toMatchObject({ kind: 'usage' });
    expect(refusal().message).toMatch(/EISDIR/);
  });

  it('with a true checksum over what no Sigill writes is damaged all the same', () => {
    const faults: ((file: Record<string, unknown>) => unknown)[] = [
      (file) => ({ ...file, more: 1 }),
      (file) => ({ ...file, vaultId: 'inget-uuid' }),
      (file) => ({ ...file, rooms: { open: content.rooms.open } }),
      ...['../annan/open.db', '/etc/passwd', 'protected.db', 'open.db.before-20'].map((name) => () => ({
        ...content,
        rooms: { ...content.rooms, open: { file: name, slots: [slot] } },
      })),
      ...[
        { wrap: { ...slot.wrap, tag: base64(4) } },
        { wrap: { ...slot.wrap, nonce: base64(16) } },
        { wrap: { ...slot.wrap, ciphertext: base64(63) } },
        { wrap: { ...slot.wrap, algorithm: 'aes-128-gcm' } },
        { kdf: { ...slot.kdf, algorithm: 'argon2i' } },
        { kdf: { ...slot.kdf, memoryKiB: 1.5 } },
        { kind: 'master' },
      ].map((change) => () => ({
        ...content,
        rooms: { ...content.rooms, open: { file: 'open.db', slots: [{ ...slot, ...change }] } },
      })),
    ];
    put('vault.json', withChecksum(content));
    expect(readVaultFile(folder).vaultId).toBe(content.vaultId);
    for (const fault of faults) {
      put('vault.json', withChecksum(fault({ ...content }) as object));
      expect(refusal().kind, String(fault)).toBe('damaged');
    }
  });

  it('is the old one or the new one, also when the disk is full in the middle', () => {
    const before = writeVaultFile(folder, written());
    mkdirSync(join(folder, 'vault.json.next'));
    expect(() => writeVaultFile(folder, withSlots(before, 'open', []))).toThrow(/EISDIR/);
    expect(readVaultFile(folder)).toEqual(before);
    rmSync(join(folder, 'vault.json.next'), { recursive: true });
    mkdirSync(join(folder, 'vault.copy.json.next'));
    expect(() => writeVaultFile(folder, withSlots(before, 'open', []))).toThrow(/EISDIR/);
    expect(slotsOf(readVaultFile(folder), 'open')).toEqual([]);
    expect(slotsOf(readVaultFile(folder), 'protected')).toHaveLength(1);
  });

  it('tells nothing of the organisation, the ceiling or what has happened', () => {
    const file = writeVaultFile(folder, written());
    expect(Object.keys(file).sort()).toEqual(['checksum', 'createdAt', 'format', 'rooms', 'vaultId']);
    expect(Object.keys(file.rooms.open).sort()).toEqual(['file', 'slots']);
  });
});
