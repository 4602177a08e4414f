import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { SigillError } from '../../../shared/domain/error.ts';
import { readUsableKey, type UsableKey } from '../../keys/inspect.ts';
import { openpgp } from '../../keys/openpgp-config.ts';
import { createOwnKey } from '../../keys/own.ts';
import { checkSealed, seal, type SealingKey, type SealRequest } from './seal.ts';
import { streamLetters } from './seal-stream.ts';

const at = new Date('2026-11-22T13:05:00Z');
const content = Buffer.from('Innehåll\r\n');

async function makeSealer(name: string): Promise<SealingKey> {
  const made = await createOwnKey({ name, email: null, at });
  return {
    usable: await readUsableKey(made.armoredPublic, at),
    secret: await openpgp.readPrivateKey({ armoredKey: made.armoredPrivate }),
  };
}

let own: SealingKey;
let stranger: SealingKey;
let reader: UsableKey;
let request: SealRequest;

beforeAll(async () => {
  own = await makeSealer('Vi');
  stranger = await makeSealer('Någon annan');
  reader = (await makeSealer('Mottagaren')).usable;
  request = { content, filename: 'prov.eml', recipients: [reader], own, at };
});

/** A message as a faulty program would make it. */
async function faulty(change: {
  readers?: readonly UsableKey[];
  signer?: openpgp.PrivateKey | null;
  bytes?: Uint8Array;
  aead?: boolean;
}): Promise<string> {
  const { readers = [reader, own.usable], signer = own.secret, bytes = content, aead = false } = change;
  return openpgp.encrypt({
    message: await openpgp.createMessage({ binary: bytes }),
    encryptionKeys: readers.map(({ key }) => key),
    ...(signer ? { signingKeys: signer } : {}),
    sessionKey: {
      data: Buffer.alloc(32, 7),
      algorithm: 'aes256',
      ...(aead ? { aeadAlgorithm: 'gcm' as const } : {}),
    },
    date: at,
  });
}

describe('reading back a sealed message', () => {
  it('accepts what seal() made', async () => {
    await expect(checkSealed(await seal(request), request)).resolves.toBeUndefined();
    await expect(checkSealed(await faulty({}), request)).resolves.toBeUndefined();
  });

  it.each([
    ['is not a message', async () => 'prov', 'inte att läsa'],
    ['lacks a recipient', () => faulty({ readers: [own.usable] }), 'fel nycklar'],
    [
      'has a reader too many',
      () => faulty({ readers: [reader, own.usable, stranger.usable] }),
      'fel nycklar',
    ],
    ['has another reader', () => faulty({ readers: [own.usable, stranger.usable] }), 'fel nycklar'],
    ['has a reader twice', () => faulty({ readers: [own.usable, reader, reader] }), 'fel nycklar'],
    ['is not signed', () => faulty({ signer: null }), 'inte att öppna'],
    ['is signed by somebody else', () => faulty({ signer: stranger.secret }), 'inte att öppna'],
    ['holds something else', () => faulty({ bytes: Buffer.from('Innehåll\n') }), 'ett annat'],
    ['is SEIPDv2', () => faulty({ aead: true }), 'det format'],
  ])('refuses one that %s', async (_, make, words) => {
    const error: unknown = await checkSealed(await make(), request).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SigillError);
    expect(error).toMatchObject({ kind: 'damaged', message: expect.stringContaining(words) });
  });

  it('refuses one that has been cut or changed', async () => {
    const { data } = await openpgp.unarmor(await seal(request));
    const bytes = Uint8Array.from(data as unknown as Uint8Array);
    for (const place of [bytes.length - 150, bytes.length - 60, bytes.length - 5]) {
      const changed = Uint8Array.from(bytes);
      changed[place] = (changed[place] ?? 0) ^ 1;
      const armored = openpgp.armor(openpgp.enums.armor.message, changed);
      await expect(checkSealed(armored, request), String(place)).rejects.toThrow(SigillError);
    }
    const cut = openpgp.armor(openpgp.enums.armor.message, bytes.slice(0, -30));
    await expect(checkSealed(cut, request)).rejects.toThrow(SigillError);
  });

  it('seals each time with a new session key', async () => {
    expect(await seal(request)).not.toBe(await seal(request));
  });

  it('is read from a file by a slow machine too: what has to wait is not thrown', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sigill-'));
    try {
      const file = join(folder, 'brev.pgp');
      const letters = 'Rad\r\n'.repeat(60_000);
      writeFileSync(file, letters);
      const stream = streamLetters(file);
      await new Promise((resolve) => setTimeout(resolve, 100));
      let read = '';
      for await (const some of stream) read += some;
      expect(read).toBe(letters);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
