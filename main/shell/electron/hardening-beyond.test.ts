import * as electron from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { guardContents, hardenBeforeReady, hardenWhenReady } from './hardening.ts';
import { coreOptions, isAllowedRequest, REFUSED_SWITCHES } from './security.ts';
import { emitPreventable, FakeContents, type FakeElectron } from './testing/fake-electron.ts';
import { bothPreferences, guardedSession, openWindow, resetElectron } from './testing/hardened.ts';

vi.mock('electron', async () => (await import('./testing/fake-electron.ts')).fakeElectron());

const fake = electron as unknown as FakeElectron;

beforeEach(() => {
  resetElectron();
  expect(hardenBeforeReady()).toBeNull();
});

describe("beyond Electron's checklist", () => {
  it('switches off what calls home, resolves names or writes a cache', () => {
    const given = new Map(fake.app.commandLine.appendSwitch.mock.calls as [string, string | undefined][]);
    expect(given.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND');
    for (const name of [
      'no-proxy-server',
      'disable-background-networking',
      'disable-component-update',
      'disable-domain-reliability',
      'disable-breakpad',
      'disable-http-cache',
    ]) {
      expect(given.has(name), name).toBe(true);
    }
    hardenWhenReady();
    expect(fake.app.configureHostResolver).toHaveBeenCalledWith(
      expect.objectContaining({ enableBuiltInResolver: false, secureDnsMode: 'off' }),
    );
    const session = guardedSession();
    expect(session.setProxy).toHaveBeenCalledWith({ mode: 'direct' });
    expect(session.setSpellCheckerEnabled).toHaveBeenCalledWith(false);
    expect(session.setSpellCheckerDictionaryDownloadURL.mock.lastCall?.[0]).toMatch(/^app:/);
    const verified = vi.fn();
    session.setCertificateVerifyProc.mock.lastCall?.[0]({}, verified);
    expect(verified).toHaveBeenCalledWith(-2);
    expect(fake.crashReporter.start).not.toHaveBeenCalled();
  });

  it('refuses certificates, logins and client certificates', () => {
    const trusted = vi.fn();
    expect(emitPreventable(fake.app, 'certificate-error', null, '', '', {}, trusted)).toBe(true);
    expect(trusted).toHaveBeenCalledWith(false);
    const login = vi.fn();
    expect(emitPreventable(fake.app, 'login', null, {}, {}, login)).toBe(true);
    expect(login).toHaveBeenCalledWith();
    const certificate = vi.fn();
    expect(emitPreventable(fake.app, 'select-client-certificate', null, '', [], certificate)).toBe(true);
    expect(certificate).toHaveBeenCalledWith();
  });

  it('does not start, when packaged, with a switch that takes a protection away', () => {
    for (const name of REFUSED_SWITCHES) {
      fake.app.given.clear();
      fake.app.given.add(name);
      expect(hardenBeforeReady(), name).toContain(`--${name}`);
    }
    fake.app.isPackaged = false;
    expect(hardenBeforeReady()).toBeNull();
  });

  it('keeps the window out of pictures, and its title, menu, spelling and developer tools closed', async () => {
    const { window } = openWindow();
    expect(window.setContentProtection).toHaveBeenCalledWith(true);
    expect(window.setMenu).toHaveBeenCalledWith(null);
    expect(fake.Menu.setApplicationMenu).toHaveBeenCalledWith(null);
    expect(emitPreventable(window, 'page-title-updated', 'Hemligt')).toBe(true);
    for (const preferences of await bothPreferences()) {
      expect(preferences).toMatchObject({ devTools: false, spellcheck: false, navigateOnDragDrop: false });
      // In memory: only a name that begins with persist: is stored.
      expect(preferences['partition']).toBe('sigill');
    }
    expect(isAllowedRequest('devtools://devtools/bundled/inspector.html', false)).toBe(false);
  });

  it('gives the page that prints no bridge', async () => {
    const [withBridge, printer] = await bothPreferences();
    expect(withBridge).toHaveProperty('preload', '/sigill/preload.cjs');
    expect(printer).not.toHaveProperty('preload');
  });

  it('starts the core without what could change how Node runs', () => {
    const options = coreOptions(
      { HOME: '/home/a', NODE_OPTIONS: '--require x', ELECTRON_RUN_AS_NODE: '1' },
      true,
    );
    expect(options).toMatchObject({
      env: { HOME: '/home/a' },
      execArgv: [],
      stdio: 'ignore',
      partition: 'sigill',
    });
    expect(Object.keys(options.env ?? {})).toEqual(['HOME']);
  });

  it('guards a page before it can load anything', () => {
    const contents = new FakeContents();
    guardContents(contents as never);
    expect(contents.setWebRTCIPHandlingPolicy).toHaveBeenCalledWith('disable_non_proxied_udp');
    expect(emitPreventable(contents, 'select-bluetooth-device', [], vi.fn())).toBe(true);
  });
});
