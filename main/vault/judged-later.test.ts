import { closeSync, ftruncateSync, openSync, readFileSync, readSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FromCore } from '../../shared/contract/messages.ts';
import { CoreHost } from '../core/host.ts';
import { importIncidents, listAllIncidents } from '../incidents/service.ts';
import { loadRulePack } from '../rules/load.ts';
import { PAGE_SIZE } from '../store/pages.ts';
import { crashedCopy, draftWith, SENSITIVE } from '../testing/incidents.ts';
import { makeTestVault, PASSPHRASES, USER, type TestVault } from '../testing/vault.ts';
import { Vault } from './session.ts';

vi.mock(import('./key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

let test: TestVault;
/** Closed: what a whole vault looks like on the disk. */
let whole: Vault;
beforeAll(async () => {
  test = await makeTestVault();
  whole = await test.open(['open']);
  const text = 'Ord som fyller sidor. '.repeat(40);
  importIncidents(
    whole,
    Array.from({ length: 60 }, () => draftWith({ system: [text, 'oppen'], orsak: [text, 'oppen'] })),
    SENSITIVE,
  );
  whole.close();
});
afterAll(() => test.remove());

/** A copy of the vault, with one thing done to the open room's file. */
function copyWith(harm: (descriptor: number, pages: number) => void): { folder: string; file: string } {
  const folder = crashedCopy(whole, test.root);
  const file = join(folder, 'open.db');
  const descriptor = openSync(file, 'r+');
  harm(descriptor, statSync(file).size / PAGE_SIZE);
  closeSync(descriptor);
  return { folder, file };
}
const harmPage =
  (choose: (pages: number) => number) =>
  (descriptor: number, pages: number): void => {
    const place = (choose(pages) - 1) * PAGE_SIZE + 100;
    const byte = Buffer.alloc(1);
    readSync(descriptor, byte, 0, 1, place);
    // Another byte than the one that is there, whatever it is: a fixed one is the same once in 256.
    writeSync(descriptor, Buffer.of(byte.readUInt8() ^ 0xff), 0, 1, place);
  };

const passphrase = (): Buffer => Buffer.from(PASSPHRASES.open);
const damaged = expect.objectContaining({ kind: 'damaged' });

describe('a room that is judged while it is read', () => {
  it('is whole in the end where it is whole, and can then be written', async () => {
    const { folder } = copyWith(() => undefined);
    const vault = Vault.open(folder);
    const room = await vault.unlock('open', USER, passphrase(), 'later');
    expect(room.store.check?.isDone).toBe(false);
    expect(listAllIncidents(vault)).toHaveLength(60);
    for (let steps = 0; !room.store.check?.isDone; steps += 1) {
      expect(steps).toBeLessThan(10_000);
      room.store.check?.step(0);
    }
    importIncidents(vault, [draftWith({})], SENSITIVE);
    expect(listAllIncidents(vault)).toHaveLength(61);
    vault.close();
  });

  it('is brought to the end by the first thing that is to be written', async () => {
    const { folder } = copyWith(() => undefined);
    const vault = Vault.open(folder);
    const room = await vault.unlock('open', USER, passphrase(), 'later');
    importIncidents(vault, [draftWith({})], SENSITIVE);
    expect(room.store.check?.isDone).toBe(true);
    vault.close();
  });

  it.each([
    ['the last page', harmPage((pages) => pages)],
    ['a page in the middle', harmPage((pages) => Math.max(40, Math.floor(pages / 2)))],
  ])('is written nothing in, and stays as it was found, where %s is damaged', async (_what, harm) => {
    const { folder, file } = copyWith(harm);
    const before = readFileSync(file);
    const vault = Vault.open(folder);
    const room = await vault.unlock('open', USER, passphrase(), 'later');
    expect(() => importIncidents(vault, [draftWith({})], SENSITIVE)).toThrow(damaged);
    expect(() => room.store.check?.step(0)).toThrow(damaged);
    expect(() => room.store.check?.finish()).toThrow(damaged);
    vault.close();
    expect(readFileSync(file).equals(before)).toBe(true);
    await expect(Vault.open(folder).unlock('open', USER, passphrase())).rejects.toEqual(damaged);
  });

  it.each([
    ['the first page is damaged', harmPage(() => 1)],
    ['a page among the first is damaged', harmPage(() => 9)],
  ])('is not opened at all where %s', async (_what, harm) => {
    const { folder } = copyWith(harm);
    const vault = Vault.open(folder);
    await expect(vault.unlock('open', USER, passphrase(), 'later')).rejects.toEqual(damaged);
    expect(vault.unlockedRooms()).toEqual([]);
    vault.close();
  });

  it('is found out where the end of the file is gone', async () => {
    const { folder } = copyWith((descriptor, pages) => ftruncateSync(descriptor, (pages - 3) * PAGE_SIZE));
    const vault = Vault.open(folder);
    const reading = vault
      .unlock('open', USER, passphrase(), 'later')
      .then((room) => room.store.check?.finish());
    await expect(reading).rejects.toEqual(damaged);
    vault.close();
  });

  it('is judged before it is opened where a crash has left a log', async () => {
    const open = await test.open(['open']);
    importIncidents(open, [draftWith({})], SENSITIVE);
    const folder = crashedCopy(open, test.root);
    open.close();
    expect(statSync(join(folder, 'open.db-wal')).size).toBeGreaterThan(0);
    const vault = Vault.open(folder);
    const room = await vault.unlock('open', USER, passphrase(), 'later');
    expect(room.store.check).toBeNull();
    vault.close();
  });
});

describe('the core, of a room that it has let the window read', () => {
  const start = (folder: string) => {
    const messages: FromCore[] = [];
    const host = new CoreHost({ rules: loadRulePack(), send: (message) => messages.push(message) });
    const request = { folder, room: 'open', userName: USER, passphrase: PASSPHRASES.open };
    return { host, messages, unlock: { kind: 'call', id: 1, operation: 'vault.unlock', request } };
  };

  it('locks and tells why where a page turns out to be damaged', async () => {
    const { folder } = copyWith(harmPage((pages) => pages));
    const { host, messages, unlock } = start(folder);
    await host.receive(unlock);
    expect(messages[0]).toMatchObject({ kind: 'answer' });
    await expect
      .poll(() => messages.at(-1))
      .toEqual({ kind: 'locked', reason: expect.stringMatching(/skadad eller ändrad/) });
    // It has let go of the vault: another may take it.
    Vault.open(folder).close();
  });

  it('goes on where all are whole, and answers meanwhile', async () => {
    const { folder } = copyWith(() => undefined);
    const { host, messages, unlock } = start(folder);
    await host.receive(unlock);
    const request = {
      search: 'sidor',
      state: null,
      level: null,
      exercise: null,
      sort: 'title',
      offset: 0,
      limit: 5,
    };
    await host.receive({ kind: 'call', id: 2, operation: 'incidents.summaries', request });
    expect(messages.at(-1)).toMatchObject({ kind: 'answer', answer: { total: 60 } });
    await host.lock('slut');
  });
});
