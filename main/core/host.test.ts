import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTRACT, findOperation } from '../../shared/contract/contract.ts';
import { CoreWindow } from '../testing/core-window.ts';
import { makeTestVault, PASSPHRASES, readCase, USER, type TestVault } from '../testing/vault.ts';

let vault: TestVault;
let window: CoreWindow;

beforeAll(async () => {
  vault = await makeTestVault();
  window = new CoreWindow();
});
afterAll(async () => {
  await window.host.lock('slut');
  vault.remove();
});

const unlock = (room: 'open' | 'protected'): Promise<unknown> =>
  window.answer('vault.unlock', {
    folder: vault.folder,
    room,
    userName: USER,
    passphrase: PASSPHRASES[room],
  });

describe('the core as a window sees it', () => {
  it('has a handler for every entry of the contract', async () => {
    for (const [area, entries] of Object.entries(CONTRACT)) {
      for (const entry of Object.keys(entries)) {
        const end = await window.call(`${area}.${entry}`, { not: 'a request' });
        expect(JSON.stringify(end), `${area}.${entry}`).not.toContain('kan inte göras i den här versionen');
      }
    }
  });

  it('answers nothing that the contract does not declare', async () => {
    for (const name of ['vault.destroy', 'toString.call', 'vault.__proto__', 'constructor.name', '']) {
      expect(findOperation(name)).toBeNull();
      expect(await window.call(name, null)).toMatchObject({ kind: 'error', error: { kind: 'usage' } });
    }
  });

  it('ignores what is not a message', async () => {
    const before = window.messages.length;
    for (const raw of [
      null,
      'call',
      { kind: 'call' },
      { kind: 'call', id: -1, operation: 'vault.lock', request: null },
    ]) {
      await window.host.receive(raw);
    }
    expect(window.messages).toHaveLength(before);
  });

  it('refuses a request that is not as declared, by its place and without quoting it', async () => {
    const end = await window.call('vault.status', { folder: 7, secret: 'KANARIE' });
    expect(end).toMatchObject({ kind: 'error', error: { kind: 'usage' } });
    expect(JSON.stringify(end)).not.toContain('KANARIE');
  });

  it('tells a folder that is gone from one that holds no vault', async () => {
    const ask = (folder: string): Promise<unknown> => window.answer('vault.status', { folder });
    expect(await ask(vault.folder)).toMatchObject({ exists: true, isFolder: true });
    expect(await ask(dirname(vault.folder))).toMatchObject({ exists: false, isFolder: true });
    expect(await ask(join(vault.folder, 'borta'))).toMatchObject({ exists: false, isFolder: false });
  });

  it('makes no vault where the place that was chosen is gone, and makes no place of its own', async () => {
    const gone = join(dirname(vault.folder), 'urdraget');
    const request = {
      ...{ organisationName: 'Provkommunen', organisationKind: 'kommun', email: null, ceiling: 'sekretess' },
      ...{ userName: USER, passphrases: PASSPHRASES, recoveryFolder: join(dirname(vault.folder), 'koder') },
    };
    for (const folders of [
      { folder: join(gone, 'v.sigill') },
      { folder: join(dirname(vault.folder), 'v.sigill'), recoveryFolder: join(gone, 'koder') },
    ]) {
      expect(await window.call('vault.create', { ...request, ...folders })).toMatchObject({
        error: { kind: 'usage', message: expect.stringContaining('finns inte längre') },
      });
    }
    expect(existsSync(gone)).toBe(false);
    expect(existsSync(join(dirname(vault.folder), 'v.sigill'))).toBe(false);
  });

  it('refuses work on a locked vault, and a wrong passphrase, and holds nothing after it', async () => {
    expect(await window.call('users.list', null)).toMatchObject({ error: { kind: 'unlock' } });
    const wrong = { folder: vault.folder, room: 'open', userName: USER, passphrase: 'fel fras alldeles' };
    expect(await window.call('vault.unlock', wrong)).toMatchObject({ error: { kind: 'unlock' } });
    // Had the failed attempt kept the writer lock, this would be refused.
    (await vault.open(['open'])).close();
  });

  it('does the main job over messages: unlock, import, raise, report, gate', async () => {
    await unlock('open');
    expect(
      await window.call('incidents.import', {
        files: [{ name: 'övning', text: readCase('ovning-sakerhetskanslig') }],
      }),
    ).toMatchObject({ error: { kind: 'unlock' } });
    await unlock('protected');
    const [id] = (await window.answer('incidents.import', {
      files: [{ name: 'kalix', text: readCase('kalix-2021') }],
    })) as string[];
    const item = { incident: id, kind: 'fact', key: 'system' };
    const raised = await window.answer('incidents.raise', {
      item,
      level: 'begransat-hemlig',
      basis: ['15 kap. 2 § OSL'],
      reason: 'prövad',
    });
    expect(raised).toMatchObject({ marking: { level: 'begransat-hemlig' } });
    const order = {
      incident: id,
      form: 'kommun-slutrapport',
      version: 'full',
      openLevel: null,
      draft: false,
    };
    const built = (await window.answer('reports.build', order)) as {
      document: { marking: { level: string } };
    };
    expect(built.document.marking.level).toBe('begransat-hemlig');
    const answers = (await window.answer('reports.gate', order)) as { channel: string; answer: string }[];
    expect(answers.find(({ channel }) => channel === 'epost')?.answer).toBe('refused');
    const preview = (await window.answer('reports.preview', { ...order, version: 'open' })) as {
      pdf: string;
    };
    expect(Buffer.from(preview.pdf, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('locks at once, tells the window, and cancels what was queued', async () => {
    const queued = [1, 2, 3].map(() => window.call('keys.createOwn', { email: null, years: null }));
    await window.host.lock('användaren låste');
    const ends = await Promise.all(queued);
    expect(ends.some((end) => end.kind === 'error' && end.error.kind === 'cancelled')).toBe(true);
    expect(window.messages.at(-1)).toEqual({ kind: 'locked', reason: 'användaren låste' });
    expect(await window.call('users.list', null)).toMatchObject({ error: { kind: 'unlock' } });
  });

  it('tells the window that it is locked, also where the window asked for it', async () => {
    await unlock('open');
    const before = window.messages.length;
    await window.answer('vault.lock', null);
    const told = window.messages.slice(before).map(({ kind }) => kind);
    expect(told.toSorted()).toEqual(['answer', 'locked']);
    expect(await window.call('users.list', null)).toMatchObject({ error: { kind: 'unlock' } });
  });
});
