import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { LARGEST_ANSWER } from '../../../shared/domain/answer.ts';
import { makeTestVault, PASSPHRASES, readCase, USER, type TestVault } from '../../testing/vault.ts';
import { LOCKED_BY_PERSON } from '../window/lock-words.ts';
import { SettingsFile } from '../window/settings-file.ts';
import { ChromiumShell } from './chromium.ts';
import { listeningSockets, processTree } from './testing/processes.ts';
import { testBrowser } from './testing/npm-browser.ts';
import { ask, call, ending, send, TINY_PAGE, told, type TinyWorld } from './testing/tiny-page.ts';

let vault: TestVault;
let shell: ChromiumShell;
const printed: Buffer[] = [];
let chosen: string | null = null;
let offered: readonly string[] = [];

const start = (): Promise<ChromiumShell> =>
  ChromiumShell.start({
    browser: testBrowser(),
    headed: false,
    version: '1.2.3',
    files: TINY_PAGE,
    printPage: new Map(),
    settings: new SettingsFile(join(vault.root, 'settings.json')),
    dialogs: {
      folder: () => Promise.resolve(chosen),
      file: (_title, extensions) => {
        offered = extensions;
        return Promise.resolve(chosen);
      },
      savePath: () => Promise.resolve(chosen),
    },
    print: (pdf) => {
      printed.push(pdf);
      return Promise.resolve(true);
    },
  });

beforeAll(async () => {
  vault = await makeTestVault();
  shell = await start();
});
afterAll(async () => {
  await shell.quit();
  vault.remove();
});

const mark = (page: Page): Promise<string> => page.evaluate(() => (globalThis as unknown as TinyWorld).mark);

/** Waits until that page is gone; the shell then waits for the next one by itself. */
const replaced = (page: Page): Promise<void> =>
  expect.poll(() => page.isClosed(), { timeout: 10_000 }).toBe(true);

const unlock = async (room: 'open' | 'protected'): Promise<void> => {
  const page = await shell.page();
  const status = await call(page, 'vault.status', { folder: vault.folder });
  if (JSON.stringify(status).includes(`{"room":"${room}","user":`)) return;
  const request = { folder: vault.folder, room, userName: USER, passphrase: PASSPHRASES[room] };
  expect(await call(page, 'vault.unlock', request)).toMatchObject({ kind: 'answer' });
};

describe('the bridge', () => {
  it('is a secure page of its own origin with the headers that shut everything out', async () => {
    const page = await shell.page();
    expect(page.url()).toBe('https://app.localhost/');
    expect(
      await page.evaluate(() => (globalThis as unknown as { isSecureContext: boolean }).isSecureContext),
    ).toBe(true);
    const headers = await page.evaluate(async () => {
      // Refused by the page's own rules, as every other way out.
      const asked = await (globalThis as unknown as { fetch: (path: string) => Promise<unknown> })
        .fetch('/page.js')
        .catch((error: unknown) => String(error));
      return asked;
    });
    expect(headers).toContain('TypeError');
  });

  it('leaves window.sigill and nothing else of ours on the window, and it cannot be changed', async () => {
    const page = await shell.page();
    const found = await page.evaluate(() => {
      const world = globalThis as unknown as Record<string, unknown>;
      const { sigill } = world;
      try {
        world['sigill'] = null;
      } catch {
        // Strict code throws, other code is ignored: both leave it as it was.
      }
      return {
        names: Object.getOwnPropertyNames(world).filter((name) => /sigill/i.test(name)),
        same: world['sigill'] === sigill && Object.isFrozen(sigill),
        keys: Object.keys(sigill as object),
      };
    });
    expect(found).toEqual({ names: ['sigill'], same: true, keys: ['send', 'onMessage'] });
  });

  it('carries questions to the core and answers back, errors too', async () => {
    const page = await shell.page();
    expect(await call(page, 'vault.status', { folder: vault.folder })).toMatchObject({
      kind: 'answer',
      answer: { exists: true, unlocked: [] },
    });
    expect(await call(page, 'users.list', null)).toMatchObject({ error: { kind: 'unlock' } });
    expect(await call(page, 'vault.destroy', null)).toMatchObject({ error: { kind: 'usage' } });
    expect(await call(page, 'vault.status', { folder: 7 })).toMatchObject({ error: { kind: 'usage' } });
  });

  it('carries progress before the answer, large answers, and Swedish letters', async () => {
    await unlock('open');
    await unlock('protected');
    const page = await shell.page();
    const files = [{ name: 'övning åäö', text: readCase('kalix-2021') }];
    const imported = await call(page, 'incidents.import', { files });
    expect(imported).toMatchObject({ kind: 'answer' });
    const [incident] = (imported as unknown as { answer: string[] }).answer;
    const order = { incident, form: 'kommun-slutrapport', version: 'full', openLevel: null, draft: true };
    const preview = (await call(page, 'reports.preview', order)) as unknown as { answer: { pdf: string } };
    expect(Buffer.from(preview.answer.pdf, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
    const listed = await call(page, 'incidents.get', { incident });
    expect(JSON.stringify(listed)).toContain('ö');
    await call(page, 'vault.create', { ...CREATION, folder: vault.folder, recoveryFolder: vault.root });
    expect((await told(page)).some((message) => message.kind === 'progress')).toBe(true);
  });

  it('cancels what waits for its turn', async () => {
    const page = await shell.page();
    await page.evaluate(() => {
      const { sigill } = globalThis as unknown as TinyWorld;
      for (const id of [9001, 9002]) {
        sigill.send({ kind: 'call', id, operation: 'keys.createOwn', request: { email: null, years: null } });
      }
      sigill.send({ kind: 'cancel', id: 9002 });
    });
    expect(await ending(page, 9002)).toMatchObject({ kind: 'error', error: { kind: 'cancelled' } });
    expect(await ending(page, 9001)).toMatchObject({ kind: 'answer' });
  });
});

describe('the network', () => {
  it('has no listening port, in any process of the browser', () => {
    const tree = processTree(process.pid);
    expect(tree.length).toBeGreaterThan(3);
    expect(listeningSockets(tree)).toEqual([]);
  });

  it('refuses every address but its own, remembers that it was asked, and stays what it is', async () => {
    const page = await shell.page();
    expect(shell.requests.filter(({ own }) => !own)).toEqual([]);
    const address = 'https://example.org/uppgifter?text=hemlig';
    await page
      .evaluate((to) => {
        (globalThis as unknown as { location: { href: string } }).location.href = to;
      }, address)
      .catch(() => undefined);
    await expect.poll(() => shell.requests).toContainEqual({ url: address, own: false });
    await expect
      .poll(async () => (await shell.page()).url(), { timeout: 20_000 })
      .toBe('https://app.localhost/');
    // The refused navigation may still be tearing the old page down: asked until the window answers.
    await expect
      .poll(async () => call(await shell.page(), 'nothing.at-all', null).catch(() => null), {
        timeout: 20_000,
      })
      .toMatchObject({ kind: 'error' });
    const after = await shell.page();
    expect(after.context().pages()).toHaveLength(1);
  });

  it('closes a window that the page opens', async () => {
    const page = await shell.page();
    await page.evaluate(() => void (globalThis as unknown as { open: (url: string) => unknown }).open('/'));
    await expect.poll(() => page.context().pages().length).toBe(1);
    expect(page.isClosed()).toBe(false);
  });
});

describe('the shell', () => {
  it('answers its contract: about, settings, dialogs, printing, clipboard', async () => {
    const page = await shell.page();
    expect(await ask(page, 'about', null)).toMatchObject({ answer: { shell: 'chromium', version: '1.2.3' } });
    expect(
      await ask(page, 'changeSettings', { vaultFolder: vault.folder, idleLockMinutes: 5 }),
    ).toMatchObject({
      answer: { vaultFolder: vault.folder, idleLockMinutes: 5, lockOnMinimise: true },
    });
    expect(new SettingsFile(join(vault.root, 'settings.json')).get()).toMatchObject({ idleLockMinutes: 5 });
    expect(await ask(page, 'chooseFolder', { title: 'Välj' })).toMatchObject({ answer: null });
    chosen = join(vault.root, 'nyckel å.asc');
    writeFileSync(chosen, 'nyckel');
    expect(await ask(page, 'chooseFile', { title: 'Välj', kind: 'key' })).toMatchObject({
      answer: { name: 'nyckel å.asc', content: Buffer.from('nyckel').toString('base64') },
    });
    // An answer is as large in this window as in the terminal, and comes whole through the browser.
    chosen = join(vault.root, 'svar.eml');
    writeFileSync(chosen, Buffer.alloc(LARGEST_ANSWER, 'a'));
    const { answer } = (await ask(page, 'chooseFile', { title: 'Välj', kind: 'mail' })) as {
      answer?: { content: string };
    };
    expect(answer?.content.length).toBe(Math.ceil(LARGEST_ANSWER / 3) * 4);
    // What Notepad saves, with the message pasted in.
    expect(offered).toContain('txt');
    expect(await ask(page, 'chooseFile', { title: 'Välj', kind: 'key' })).toMatchObject({
      error: { kind: 'usage', message: expect.stringContaining('högst 8 MB') },
    });
    chosen = '/dev/zero';
    expect(await ask(page, 'chooseFile', { title: 'Välj', kind: 'key' })).toMatchObject({
      error: { kind: 'usage', message: expect.stringContaining('vanlig fil') },
    });
    chosen = join(vault.root, 'nyckel å.asc');
    rmSync(chosen);
    expect(await ask(page, 'chooseFile', { title: 'Välj', kind: 'key' })).toMatchObject({
      error: { kind: 'usage', message: expect.stringContaining('går inte att läsa') },
    });
    const pdf = Buffer.from('%PDF-1.7').toString('base64');
    expect(await ask(page, 'print', { pdf })).toMatchObject({ answer: { printed: true } });
    expect(printed.at(-1)?.toString()).toBe('%PDF-1.7');
    expect(await ask(page, 'print', { pdf: 'inte base64!' })).toMatchObject({ error: { kind: 'usage' } });
    expect(await ask(page, 'copyText', { text: 'ärende' })).toMatchObject({ kind: 'shellAnswer' });
    const readable = await page.evaluate(() =>
      (
        globalThis as unknown as { navigator: { clipboard: { readText: () => Promise<string> } } }
      ).navigator.clipboard
        .readText()
        .catch(() => 'nekat'),
    );
    expect(readable).toBe('nekat');
  });

  it('on lock, puts a new page in the place of the old, in a new browser, and says why', async () => {
    await unlock('open');
    const before = await shell.page();
    const [oldMark, oldTree] = [await mark(before), processTree(process.pid)];
    await before.evaluate(() => {
      (globalThis as unknown as TinyWorld).secret = 'KANARIE';
    });
    await send(before, { kind: 'shell', id: 1, operation: 'lock', request: null });
    await replaced(before);
    const after = await shell.page();
    expect(await mark(after)).not.toBe(oldMark);
    expect(processTree(process.pid).some((pid) => oldTree.includes(pid) && pid !== process.pid)).toBe(false);
    await expect.poll(() => told(after)).toContainEqual({ kind: 'locked', reason: LOCKED_BY_PERSON });
    expect(await call(after, 'users.list', null)).toMatchObject({ error: { kind: 'unlock' } });
    expect(await call(after, 'vault.status', { folder: vault.folder })).toMatchObject({
      answer: { unlocked: [] },
    });
  });

  it('begins the window anew and keeps the room that is still open; a lock that comes meanwhile takes that too', async () => {
    const restart = { kind: 'shell', id: 1, operation: 'restartWindow', request: null } as const;
    await unlock('open');
    const before = await shell.page();
    const [oldMark, oldTree] = [await mark(before), processTree(process.pid)];
    await send(before, restart);
    await replaced(before);
    const after = await shell.page();
    expect(await mark(after)).not.toBe(oldMark);
    expect(processTree(process.pid).some((pid) => oldTree.includes(pid) && pid !== process.pid)).toBe(false);
    expect(await call(after, 'users.list', null)).toMatchObject({ kind: 'answer' });
    expect((await told(after)).some(({ kind }) => kind === 'locked')).toBe(false);
    await send(after, restart);
    await replaced(after);
    await shell.lock('prov');
    const last = await shell.page();
    await expect.poll(() => told(last)).toContainEqual({ kind: 'locked', reason: 'prov' });
    expect(await call(last, 'users.list', null)).toMatchObject({ error: { kind: 'unlock' } });
  });

  it('locks when the page is loaded once more, or is led away', async () => {
    for (const lead of ['reload', 'about:blank', 'blob:']) {
      await unlock('open');
      const page = await shell.page();
      const oldMark = await mark(page);
      await page
        .evaluate((how) => {
          const {
            location,
            URL: Address,
            Blob: Piece,
          } = globalThis as unknown as {
            location: { reload: () => void; href: string };
            URL: { createObjectURL: (blob: unknown) => string };
            Blob: new (parts: string[], options: object) => unknown;
          };
          if (how === 'reload') location.reload();
          else if (how === 'blob:')
            location.href = Address.createObjectURL(new Piece(['x'], { type: 'text/html' }));
          else location.href = how;
        }, lead)
        .catch(() => undefined);
      await replaced(page);
      const after = await shell.page();
      expect(await mark(after), lead).not.toBe(oldMark);
      expect(await call(after, 'users.list', null), lead).toMatchObject({ error: { kind: 'unlock' } });
    }
  });

  it('locks when the page crashes', async () => {
    await unlock('open');
    const page = await shell.page();
    const session = await page.context().newCDPSession(page);
    void session.send('Page.crash').catch(() => undefined);
    await replaced(page);
    expect(await call(await shell.page(), 'users.list', null)).toMatchObject({
      error: { kind: 'unlock' },
    });
  });

  it('leaves no profile behind, and frees the vault for others', async () => {
    await unlock('open');
    const profiles = (): string[] =>
      readdirSync(tmpdir()).filter((name) => name.startsWith('sigill-fonster-'));
    const mine = profiles().filter((name) => profileOf(name));
    expect(mine).toHaveLength(1);
    const page = await shell.page();
    await send(page, { kind: 'shell', id: 2, operation: 'quit', request: null });
    await shell.ended;
    expect(profiles()).not.toContain(mine[0]);
    expect(processTree(process.pid)).toEqual([process.pid]);
    (await vault.open(['open'])).close();
  });
});

/** Whether one of this test's own processes uses that profile: other tests may run at the same time. */
function profileOf(name: string): boolean {
  return processTree(process.pid).some((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(name));
}

const CREATION = {
  organisationName: 'Prov',
  email: null,
  organisationKind: 'kommun',
  ceiling: 'hemlig',
  userName: USER,
  passphrases: PASSPHRASES,
};
