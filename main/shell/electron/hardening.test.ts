import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as electron from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ServedFile } from '../window/serving.ts';
import { answerAppRequest } from './app-protocol.ts';
import { hardenBeforeReady, hardenWhenReady } from './hardening.ts';
import { Channel } from './ipc.ts';
import { readFuses } from './packaging/package-contents.ts';
import { APP_PAGE, CHANNEL } from './security.ts';
import { emitPreventable, FakeContents, type FakeElectron } from './testing/fake-electron.ts';
import { bothPreferences, guardedSession, openWindow, resetElectron } from './testing/hardened.ts';

vi.mock('electron', async () => (await import('./testing/fake-electron.ts')).fakeElectron());

const fake = electron as unknown as FakeElectron;
const PROJECT = join(import.meta.dirname, '../../..');
const page: ServedFile = { type: 'text/html; charset=utf-8', body: Buffer.from('<!doctype html>') };
const hosts = { sigill: new Map([['/index.html', page]]), utskrift: new Map([['/index.html', page]]) };
const ask = (url: string, method = 'GET'): Response => answerAppRequest(hosts, { url, method });

/** The source of what ships: neither tests nor what only tests use. */
function source(): readonly (readonly [name: string, text: string])[] {
  return readdirSync(import.meta.dirname, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .filter((entry) => !entry.parentPath.endsWith('testing'))
    .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'utf8')]);
}

beforeEach(() => {
  resetElectron();
  expect(hardenBeforeReady()).toBeNull();
});

describe("Electron's security checklist, point by point", () => {
  it('1. loads only its own content', async () => {
    const { window } = openWindow();
    expect(APP_PAGE).toBe('app://sigill/index.html');
    for (const session of [guardedSession(), fake.session.defaultSession]) {
      hardenWhenReady();
      const [handler] = session.webRequest.onBeforeRequest.mock.lastCall as [
        (details: { url: string }, answer: (result: { cancel: boolean }) => void) => void,
      ];
      const isCancelled = (url: string): boolean => {
        let cancelled = true;
        handler({ url }, ({ cancel }) => (cancelled = cancel));
        return cancelled;
      };
      expect(isCancelled('app://sigill/assets/index.js')).toBe(false);
      expect(isCancelled('blob:app://sigill/4b0c')).toBe(false);
      for (const url of [
        'https://cdn.jsdelivr.net/x.woff2',
        'http://localhost/',
        'ws://sigill/',
        'file:///etc/passwd',
        'data:text/html,x',
        'devtools://devtools/bundled/inspector.html',
        'chrome-extension://abc/x.js',
        'app://elsewhere/',
        'app://sigill.example/',
        'app://sigill:80/',
        'app://user@sigill/',
        'blob:https://example.org/4b0c',
        'blob:null/4b0c',
        'not a url',
      ]) {
        expect(isCancelled(url), url).toBe(true);
      }
    }
    expect(window.loadURL).not.toHaveBeenCalled();
  });

  it('2, 3, 4. no Node in a renderer, an isolated context, a sandbox', async () => {
    for (const preferences of await bothPreferences()) {
      expect(preferences).toMatchObject({
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        contextIsolation: true,
        sandbox: true,
      });
    }
    expect(fake.app.enableSandbox).toHaveBeenCalledOnce();
  });

  it('5. refuses every permission and every device', () => {
    hardenWhenReady();
    for (const session of [guardedSession(), fake.session.defaultSession]) {
      const granted = vi.fn();
      session.setPermissionRequestHandler.mock.lastCall?.[0](null, 'clipboard-read', granted, {});
      expect(granted).toHaveBeenCalledExactlyOnceWith(false);
      expect(session.setPermissionCheckHandler.mock.lastCall?.[0](null, 'media', 'app://sigill', {})).toBe(
        false,
      );
      expect(session.setDevicePermissionHandler.mock.lastCall?.[0]({ deviceType: 'usb' })).toBe(false);
      const paired = vi.fn();
      session.setBluetoothPairingHandler.mock.lastCall?.[0]({}, paired);
      expect(paired).toHaveBeenCalledWith({ confirmed: false });
      const streams = vi.fn();
      session.setDisplayMediaRequestHandler.mock.lastCall?.[0]({}, streams);
      expect(streams).toHaveBeenCalledWith(null);
      for (const device of ['select-hid-device', 'select-usb-device']) {
        expect(emitPreventable(session, device, {}, vi.fn()), device).toBe(true);
      }
      expect(emitPreventable(session, 'select-serial-port', [], {}, vi.fn())).toBe(true);
    }
  });

  it('6, 8, 9, 10. web security stays on, nothing insecure, nothing experimental', async () => {
    for (const preferences of await bothPreferences()) {
      expect(preferences).toMatchObject({
        webSecurity: true,
        allowRunningInsecureContent: false,
        experimentalFeatures: false,
        plugins: false,
      });
      expect(preferences).not.toHaveProperty('enableBlinkFeatures');
    }
  });

  it('7. sends a content security policy with every answer, also with a refusal', async () => {
    for (const answer of [
      ask('app://sigill/index.html'),
      ask('app://utskrift/index.html'),
      ask('app://sigill/nothing'),
      ask('app://elsewhere/index.html'),
      ask('app://sigill/index.html', 'POST'),
    ]) {
      const policy = answer.headers.get('content-security-policy') ?? '';
      const directives = new Map(
        policy.split('; ').map((directive) => [directive.split(' ')[0], directive] as const),
      );
      expect(directives.get('default-src')).toBe("default-src 'none'");
      expect(directives.get('script-src')).toBe("script-src 'self'");
      expect(directives.get('style-src')).toBe("style-src 'self'");
      expect(directives.get('connect-src')).toBe("connect-src 'none'");
      for (const name of ['frame-src', 'frame-ancestors', 'object-src', 'base-uri', 'form-action']) {
        expect(directives.get(name)).toBe(`${name} 'none'`);
      }
      expect(directives.get('require-trusted-types-for')).toBe("require-trusted-types-for 'script'");
      expect(directives.get('trusted-types')).toBe('trusted-types default');
      expect(policy).not.toMatch(/unsafe|https?:|\*|data:/);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
    expect(await ask('app://sigill/index.html').text()).toBe('<!doctype html>');
  });

  it('11, 12. has no webview, and lets none be attached', async () => {
    for (const preferences of await bothPreferences()) expect(preferences['webviewTag']).toBe(false);
    const contents = new FakeContents();
    fake.app.emit('web-contents-created', {}, contents);
    expect(emitPreventable(contents, 'will-attach-webview', {}, {})).toBe(true);
  });

  it('13, 14. goes nowhere and opens nothing, whatever page it is', () => {
    const contents = new FakeContents();
    fake.app.emit('web-contents-created', {}, contents);
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      expect(emitPreventable(contents, name, 'app://sigill/other.html'), name).toBe(true);
    }
    expect(contents.setWindowOpenHandler.mock.lastCall?.[0]({ url: 'app://sigill/' })).toEqual({
      action: 'deny',
    });
    expect(emitPreventable(guardedSession(), 'will-download', {}, contents)).toBe(true);
  });

  it('15. never hands anything to the system to open', () => {
    for (const [name, text] of source()) {
      expect(text, name).not.toMatch(/openExternal|openPath|\bshell\b.*from 'electron'/);
    }
  });

  it('16. is built for an exact version of Electron, the one that it is tested against', () => {
    const manifest = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    const yaml = readFileSync(join(PROJECT, 'electron-builder.yml'), 'utf8');
    expect(/^electronVersion: (.+)$/m.exec(yaml)?.[1]).toBe(manifest.devDependencies['electron']);
  });

  it('17. hears the main frame of its own window at its own origin, and nobody else', async () => {
    const { window } = openWindow();
    const heard = vi.fn();
    new Channel({ contents: window.webContents as never, handlers: {} as never, toCore: heard });
    const call = { kind: 'call', id: 1, operation: 'vault.lock', request: null };
    const frame = window.webContents.mainFrame;
    const send = (sender: unknown, senderFrame: unknown): void =>
      void fake.ipcMain.emit(CHANNEL, { sender, senderFrame }, call);

    send(window.webContents, null);
    send(window.webContents, { url: APP_PAGE, parent: frame });
    send(window.webContents, { url: APP_PAGE, parent: null });
    send(new FakeContents(), new FakeContents().mainFrame);
    for (const url of [
      'https://sigill/',
      'app://utskrift/index.html',
      'app://sigill.se/',
      'about:blank',
      '',
    ]) {
      frame.url = url;
      send(window.webContents, frame);
    }
    expect(heard).not.toHaveBeenCalled();
    frame.url = APP_PAGE;
    send(window.webContents, frame);
    expect(heard).toHaveBeenCalledExactlyOnceWith(call);
    const importers = source().filter(([, text]) => /\bipcMain\b/.test(text) && /from 'electron'/.test(text));
    expect(importers.map(([name]) => name)).toEqual(['ipc.ts']);
  });

  it('18. serves exactly the files that were built, over a scheme of its own', () => {
    const [schemes] = fake.protocol.registerSchemesAsPrivileged.mock.lastCall as [
      { scheme: string; privileges: Record<string, boolean> }[],
    ];
    expect(schemes).toHaveLength(1);
    expect(schemes[0]).toMatchObject({
      scheme: 'app',
      privileges: { standard: true, secure: true, bypassCSP: false, allowServiceWorkers: false },
    });
    for (const url of [
      'app://sigill/../package.json',
      'app://sigill/..%2f..%2fpackage.json',
      'app://sigill/%2e%2e/%2e%2e/etc/passwd',
      'app://sigill/assets/..\\..\\package.json',
      'app://sigill//etc/passwd',
      'app://sigill/index.html/',
      'app://sigill/INDEX.HTML',
      'app://sigill/index.html%00.js',
      'app://sigill/__proto__',
    ]) {
      expect(ask(url).status, url).toBe(404);
    }
    for (const url of [
      'app://elsewhere/index.html',
      'app://sigill:1/',
      'app://a:b@sigill/',
      'https://sigill/',
      'x',
    ]) {
      expect(ask(url).status, url).toBe(403);
    }
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect(ask(APP_PAGE, method).status, method).toBe(405);
    }
    expect(ask(APP_PAGE, 'HEAD').headers.get('content-length')).toBe(String(page.body.length));
    for (const [name, text] of source()) {
      expect(text, name).not.toMatch(/loadFile|file:\/\//);
    }
  });

  it('19. asks for the fuses, by names that electron-builder knows', () => {
    const fuses = readFuses(readFileSync(join(PROJECT, 'electron-builder.yml'), 'utf8'));
    expect(fuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
    const scheme = JSON.parse(
      readFileSync(join(PROJECT, 'node_modules/app-builder-lib/scheme.json'), 'utf8'),
    ) as { definitions: { FuseOptionsV1: { properties: Record<string, unknown> } } };
    for (const name of Object.keys(fuses)) {
      expect(scheme.definitions.FuseOptionsV1.properties).toHaveProperty(name);
    }
  });

  it('20. gives the page two functions, and never an event or a module', async () => {
    await import('./preload.ts');
    const [name, bridge] = fake.contextBridge.exposeInMainWorld.mock.lastCall as [
      string,
      { send: (message: unknown) => void; onMessage: (listener: (...all: unknown[]) => void) => () => void },
    ];
    expect(name).toBe('sigill');
    expect(Object.keys(bridge)).toEqual(['send', 'onMessage']);
    fake.ipcRenderer.emit(CHANNEL, { sender: 'the event' }, { kind: 'locked', reason: 'early' });
    const listener = vi.fn();
    const unsubscribe = bridge.onMessage(listener);
    fake.ipcRenderer.emit(CHANNEL, { sender: 'the event' }, { kind: 'lockSoon', seconds: 5 });
    expect(listener.mock.calls).toEqual([
      [{ kind: 'locked', reason: 'early' }],
      [{ kind: 'lockSoon', seconds: 5 }],
    ]);
    unsubscribe();
    fake.ipcRenderer.emit(CHANNEL, {}, { kind: 'lockSoon', seconds: 4 });
    expect(listener).toHaveBeenCalledTimes(2);
    bridge.send({ kind: 'cancel', id: 1 });
    expect(fake.ipcRenderer.send).toHaveBeenCalledExactlyOnceWith(CHANNEL, { kind: 'cancel', id: 1 });
  });
});
