import * as electron from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS, type ShellHandlers } from '../../../shared/contract/shell.ts';
import { TimedClipboard } from './clipboard.ts';
import { Channel } from './ipc.ts';
import { canReadSystemIdle, Locking } from './locking.ts';
import { CHANNEL } from './security.ts';
import type { FakeWindow } from './testing/fake-electron.ts';
import { type FakeElectron } from './testing/fake-electron.ts';
import { AppWindow } from './window.ts';

vi.mock('electron', async () => (await import('./testing/fake-electron.ts')).fakeElectron());

const fake = electron as unknown as FakeElectron;
const order: string[] = [];
const sent: unknown[] = [];
let lockOnMinimise = true;
let locking: Locking;

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  order.length = 0;
  sent.length = 0;
  lockOnMinimise = true;
  fake.powerMonitor.removeAllListeners();
  fake.powerMonitor.getSystemIdleTime.mockReturnValue(0);
  fake.powerMonitor.getSystemIdleState.mockReturnValue('active');
  locking = new Locking({
    settings: () => ({ ...DEFAULT_SETTINGS, lockOnMinimise }),
    systemIdle: true,
    lockCore: async (reason) => void order.push(`core: ${reason}`),
    destroyPage: () => void order.push('destroy'),
    loadPage: async () => void order.push('load'),
    forget: () => void order.push('forget'),
    send: (message) => void sent.push(message),
  });
  locking.start();
});

afterEach(() => {
  locking.stop();
  vi.useRealTimers();
});

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

describe('locking', () => {
  it('takes the page away first, then the keys, and tells the new page why', async () => {
    await locking.lock('prov');
    expect(order).toEqual(['destroy', 'forget', 'core: prov', 'load']);
    expect(sent).toEqual([{ kind: 'locked', reason: 'prov' }]);
  });

  it('locks at once when the computer goes to sleep', async () => {
    fake.powerMonitor.emit('suspend');
    expect(order[0]).toBe('destroy');
    await settle();
    expect(sent).toEqual([{ kind: 'locked', reason: 'Datorn går i vila.' }]);
  });

  it('lets drafts be saved, then locks, when the screen is locked: told by an event or by asking', async () => {
    fake.powerMonitor.emit('lock-screen');
    expect(sent).toEqual([{ kind: 'lockSoon', seconds: 0 }]);
    expect(order).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(order[0]).toBe('destroy');

    order.length = 0;
    fake.powerMonitor.getSystemIdleState.mockReturnValue('locked');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(order.filter((step) => step === 'destroy')).toHaveLength(1);
  });

  it('locks when nobody has touched the computer for the time set, with a warning before', async () => {
    fake.powerMonitor.getSystemIdleTime.mockReturnValue(DEFAULT_SETTINGS.idleLockMinutes * 60 - 30);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toEqual([{ kind: 'lockSoon', seconds: 30 }]);
    fake.powerMonitor.getSystemIdleTime.mockReturnValue(DEFAULT_SETTINGS.idleLockMinutes * 60);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(order).toContain('destroy');
  });

  it('locks when minimised, if so set', async () => {
    lockOnMinimise = false;
    locking.minimised();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(order).toEqual([]);
    lockOnMinimise = true;
    locking.minimised();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(order[0]).toBe('destroy');
  });

  it('takes the page away when the core has crashed, and says what was not lost', async () => {
    await locking.coreCrashed();
    expect(order).toEqual(['destroy', 'forget', 'load']);
    expect(sent).toMatchObject([
      { kind: 'coreRestarted', message: expect.stringMatching(/sparat finns kvar.*utkast/) as string },
    ]);
  });

  it('begins the page anew without locking the core, and a lock that comes meanwhile takes the keys at once', async () => {
    const restarted = locking.restartPage();
    const locked = locking.lock('prov');
    expect(order).toEqual(['destroy', 'forget', 'load', 'core: prov']);
    await Promise.all([restarted, locked]);
    expect(order).toEqual(['destroy', 'forget', 'load', 'core: prov', 'destroy', 'forget', 'load']);
    expect(sent).toEqual([{ kind: 'locked', reason: 'prov' }]);
    order.length = 0;
    await locking.restartPage();
    expect(order).toEqual(['destroy', 'forget', 'load']);
  });

  it('knows where idle time cannot be read', () => {
    expect(canReadSystemIdle('linux', { XDG_SESSION_TYPE: 'wayland' })).toBe(false);
    expect(canReadSystemIdle('linux', { XDG_SESSION_TYPE: 'x11' })).toBe(true);
    expect(canReadSystemIdle('win32', {})).toBe(true);
  });
});

describe('the window under a lock', () => {
  const crashed = vi.fn();
  const make = (): { app: AppWindow; window: FakeWindow } => {
    const nothing = (): void => undefined;
    const app = new AppWindow({
      preload: '/preload.cjs',
      devTools: false,
      minimised: nothing,
      sessionEnding: nothing,
      active: nothing,
      crashed,
      failed: nothing,
    });
    return { app, window: app.browserWindow as unknown as FakeWindow };
  };

  it('ends the renderer, and starts one with nothing left of it', async () => {
    const { app, window } = make();
    app.destroyPage();
    expect(window.webContents.forcefullyCrashRenderer).toHaveBeenCalledOnce();
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(crashed).not.toHaveBeenCalled();
    await app.loadPage();
    expect(window.webContents.session.clearStorageData).toHaveBeenCalledOnce();
    expect(window.loadURL).toHaveBeenCalledWith('app://sigill/index.html');
    expect(window.webContents.navigationHistory.clear).toHaveBeenCalledOnce();
    window.webContents.emit('render-process-gone', {}, { reason: 'oom' });
    expect(crashed).toHaveBeenCalledOnce();
  });

  it('never gives a later page the answer to an earlier one', async () => {
    const { window } = make();
    let choose: (path: string | null) => void = () => undefined;
    const handlers = {
      chooseFolder: () => new Promise<string | null>((resolve) => (choose = resolve)),
    } as unknown as ShellHandlers;
    const channel = new Channel({ contents: window.webContents as never, handlers, toCore: vi.fn() });
    const request = { kind: 'shell', id: 1, operation: 'chooseFolder', request: { title: 'Välj mapp' } };
    const event = { sender: window.webContents, senderFrame: window.webContents.mainFrame };
    fake.ipcMain.emit(CHANNEL, event, request);
    channel.forget();
    choose('/hem/valv');
    await settle();
    expect(window.webContents.send).not.toHaveBeenCalled();

    fake.ipcMain.emit(CHANNEL, event, request);
    choose('/hem/valv');
    await settle();
    expect(window.webContents.send).toHaveBeenCalledExactlyOnceWith(CHANNEL, {
      kind: 'shellAnswer',
      id: 1,
      answer: '/hem/valv',
    });
  });

  it('can be enlarged to 200 % and more by keyboard', () => {
    const { window } = make();
    const press = (key: string): void =>
      void window.webContents.emit(
        'before-input-event',
        { preventDefault: vi.fn() },
        { type: 'keyDown', control: true, alt: false, meta: false, key },
      );
    for (let step = 0; step < 5; step += 1) press('+');
    expect(window.webContents.zoom).toBe(2);
    press('-');
    expect(window.webContents.zoom).toBe(1.75);
    press('0');
    expect(window.webContents.zoom).toBe(1);
  });
});

describe('copied text', () => {
  it('is cleared after a while, if it is still ours', async () => {
    const clipboard = new TimedClipboard();
    await clipboard.copy('fingeravtryck');
    fake.clipboard.readText.mockResolvedValue('fingeravtryck');
    await vi.advanceTimersByTimeAsync(29_000);
    expect(fake.clipboard.clear).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(fake.clipboard.clear).toHaveBeenCalledOnce();

    await clipboard.copy('fingeravtryck');
    fake.clipboard.readText.mockResolvedValue('något annat');
    await clipboard.clear();
    expect(fake.clipboard.clear).toHaveBeenCalledOnce();
  });
});
