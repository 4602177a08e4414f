import { createPublicKey, sign, verify } from 'node:crypto';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { SigillError } from '../../shared/domain/error.ts';
import { DERIVATION_FLOOR, passphraseBytes } from './key-derivation.ts';
import {
  makeRoomSecrets,
  makeSlot,
  openSlot,
  publicKeyOf,
  signingKeyOf,
  wipe,
  type SlotOwner,
} from './slots.ts';
import type { KeySlot } from './vault-file.ts';

vi.mock('./key-derivation.ts', async (original) =>
  (await import('./testing/derivations.ts')).rememberDerivations(await original()),
);

const PASSPHRASE = 'korrekt häst batteri häftklammer';
const VAULT = '0198c0de-0000-7000-8000-000000000000';
const owner: SlotOwner = {
  vaultId: VAULT,
  room: 'open',
  userId: 'anna',
  userName: 'Anna Åberg',
  kind: 'passphrase',
};
const secrets = makeRoomSecrets();
let slot: KeySlot;

beforeAll(async () => {
  slot = await makeSlot(owner, secrets, passphraseBytes(PASSPHRASE), DERIVATION_FLOOR, new Date());
});

/** @returns `opened`, `refused`, or the kind of the error */
async function attempt(
  changed: KeySlot,
  { vaultId = VAULT, room = 'open' as 'open' | 'protected', passphrase = PASSPHRASE } = {},
): Promise<string> {
  try {
    const opened = await openSlot(vaultId, room, changed, passphraseBytes(passphrase));
    return opened ? 'opened' : 'refused';
  } catch (error) {
    return error instanceof SigillError ? error.kind : String(error);
  }
}

describe('a key slot', () => {
  it('opens with its passphrase, and gives back both secrets', async () => {
    const opened = await openSlot(VAULT, 'open', slot, passphraseBytes(PASSPHRASE));
    expect(opened?.dataKey.equals(secrets.dataKey)).toBe(true);
    expect(opened?.signingSeed.equals(secrets.signingSeed)).toBe(true);
  });

  it('opens however the same letters were typed: NFKC', async () => {
    const decomposed = PASSPHRASE.normalize('NFD');
    expect(decomposed).not.toBe(PASSPHRASE);
    expect(await attempt(slot, { passphrase: decomposed })).toBe('opened');
    expect(await attempt(slot, { passphrase: PASSPHRASE.replace('k', 'ｋ').replaceAll(' ', '\u00a0') })).toBe(
      'opened',
    );
  });

  it('does not open with one that is nearly the same: a space more, a capital, another letter', async () => {
    for (const other of [
      ` ${PASSPHRASE}`,
      `${PASSPHRASE} `,
      `K${PASSPHRASE.slice(1)}`,
      PASSPHRASE.replace('ä', 'a'),
    ]) {
      expect(await attempt(slot, { passphrase: other }), JSON.stringify(other)).toBe('refused');
    }
  });

  it('does not open moved to another vault, room, user, kind, place or time', async () => {
    expect(await attempt(slot, { vaultId: VAULT.replace('8', '9') })).toBe('refused');
    expect(await attempt(slot, { room: 'protected' })).toBe('refused');
    for (const change of [
      { userId: 'bo' },
      { userName: 'Bo Ek' },
      { kind: 'recovery' },
      { id: 'annan-plats' },
      { createdAt: '2020-01-01T00:00:00.000Z' },
    ] as const) {
      expect(await attempt({ ...slot, ...change }), JSON.stringify(change)).toBe('refused');
    }
  });

  it('does not open with weaker, heavier or merely other parameters', async () => {
    const withKdf = (change: Partial<KeySlot['kdf']>): Promise<string> =>
      attempt({ ...slot, kdf: { ...slot.kdf, ...change } });
    expect(await withKdf({ memoryKiB: 64 })).toBe('damaged');
    expect(await withKdf({ memoryKiB: 262_143 })).toBe('damaged');
    expect(await withKdf({ iterations: 1 })).toBe('damaged');
    expect(await withKdf({ parallelism: 1 })).toBe('damaged');
    expect(await withKdf({ memoryKiB: 2 ** 31 })).toBe('damaged');
    expect(await withKdf({ iterations: 2 ** 31 })).toBe('damaged');
    expect(await withKdf({ salt: 'AAAA' })).toBe('damaged');
    expect(await withKdf({ iterations: 4 })).toBe('refused');
    expect(await withKdf({ salt: Buffer.alloc(16).toString('base64') })).toBe('refused');
  });

  it('does not open with a changed or cut nonce, ciphertext or tag', async () => {
    const withWrap = (change: Partial<KeySlot['wrap']>): Promise<string> =>
      attempt({ ...slot, wrap: { ...slot.wrap, ...change } });
    for (const part of ['nonce', 'ciphertext', 'tag'] as const) {
      const bytes = Buffer.from(slot.wrap[part], 'base64');
      bytes.writeUInt8(bytes.readUInt8(3) ^ 1, 3);
      expect(await withWrap({ [part]: bytes.toString('base64') }), part).toBe('refused');
    }
    // Four right bytes of the tag are a tag to Node, unless it is told how long tags are.
    const tag = Buffer.from(slot.wrap.tag, 'base64');
    expect(await withWrap({ tag: tag.subarray(0, 4).toString('base64') })).toBe('refused');
    expect(await withWrap({ tag: '' })).toBe('refused');
  });

  it('is never the same twice: other salt, other nonce, other bytes', async () => {
    const again = await makeSlot(owner, secrets, passphraseBytes(PASSPHRASE), DERIVATION_FLOOR, new Date());
    expect(again.id).not.toBe(slot.id);
    expect(again.kdf.salt).not.toBe(slot.kdf.salt);
    expect(again.wrap.nonce).not.toBe(slot.wrap.nonce);
    expect(again.wrap.ciphertext).not.toBe(slot.wrap.ciphertext);
  });
});

describe('the secrets of a room', () => {
  it('are random, 32 bytes each, and gone when wiped', () => {
    const one = makeRoomSecrets();
    const other = makeRoomSecrets();
    expect([one.dataKey.length, one.signingSeed.length]).toEqual([32, 32]);
    expect(one.dataKey.equals(other.dataKey)).toBe(false);
    expect(one.signingSeed.equals(other.signingSeed)).toBe(false);
    wipe(one);
    expect(Buffer.concat([one.dataKey, one.signingSeed]).every((byte) => byte === 0)).toBe(true);
  });

  it('hold an Ed25519 key that verifies by the public half in the list of users', () => {
    const data = Buffer.from('rad 1');
    const signature = sign(null, data, signingKeyOf(secrets));
    const der = Buffer.from(publicKeyOf(secrets), 'base64');
    expect(verify(null, data, createPublicKey({ key: der, format: 'der', type: 'spki' }), signature)).toBe(
      true,
    );
    const another = Buffer.from(publicKeyOf(makeRoomSecrets()), 'base64');
    expect(
      verify(null, data, createPublicKey({ key: another, format: 'der', type: 'spki' }), signature),
    ).toBe(false);
  });
});
