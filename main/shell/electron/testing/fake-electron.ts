import { EventEmitter } from 'node:events';
import { vi } from 'vitest';

/**
 * Electron as the tests have it: every object records what it was given, and its events can be sent. Nothing here
 * behaves; a test calls the recorded handler itself and looks at what it answers.
 */

class FakeEvent {
  prevented = false;
  preventDefault(): void {
    this.prevented = true;
  }
}

/** @returns whether any listener prevented the event */
export function emitPreventable(emitter: EventEmitter, name: string, ...rest: unknown[]): boolean {
  const event = new FakeEvent();
  emitter.emit(name, event, ...rest);
  return event.prevented;
}

export class FakeSession extends EventEmitter {
  readonly webRequest = { onBeforeRequest: vi.fn() };
  readonly protocol = { handle: vi.fn() };
  readonly setPermissionRequestHandler = vi.fn();
  readonly setPermissionCheckHandler = vi.fn();
  readonly setDevicePermissionHandler = vi.fn();
  readonly setBluetoothPairingHandler = vi.fn();
  readonly setDisplayMediaRequestHandler = vi.fn();
  readonly setCertificateVerifyProc = vi.fn();
  readonly setSpellCheckerEnabled = vi.fn();
  readonly setSpellCheckerDictionaryDownloadURL = vi.fn();
  readonly setProxy = vi.fn(async () => undefined);
  readonly clearStorageData = vi.fn(async () => undefined);
  readonly clearCache = vi.fn(async () => undefined);
}

export class FakeContents extends EventEmitter {
  readonly session = new FakeSession();
  readonly navigationHistory = { clear: vi.fn() };
  readonly mainFrame = { url: 'app://sigill/index.html', parent: null };
  crashed = false;
  zoom = 1;
  readonly send = vi.fn();
  readonly setWindowOpenHandler = vi.fn();
  readonly setWebRTCIPHandlingPolicy = vi.fn();
  readonly executeJavaScript = vi.fn(async () => 1);
  readonly print = vi.fn();
  readonly isCrashed = (): boolean => this.crashed;
  readonly isDestroyed = (): boolean => false;
  readonly getZoomFactor = (): number => this.zoom;
  readonly setZoomFactor = (factor: number): void => void (this.zoom = factor);
  readonly forcefullyCrashRenderer = vi.fn(() => void (this.crashed = true));
}

export class FakeWindow extends EventEmitter {
  static readonly made: FakeWindow[] = [];
  readonly webContents = new FakeContents();
  readonly options: Record<string, unknown>;
  destroyed = false;
  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
    FakeWindow.made.push(this);
  }
  readonly setMenu = vi.fn();
  readonly setContentProtection = vi.fn();
  readonly show = vi.fn();
  readonly loadURL = vi.fn(async () => void (this.webContents.crashed = false));
  readonly isDestroyed = (): boolean => this.destroyed;
  destroy(): void {
    this.destroyed = true;
    this.emit('closed');
  }
}

export class FakeUtilityProcess extends EventEmitter {
  readonly sent: unknown[] = [];
  readonly kill = vi.fn(() => true);
  readonly postMessage = (message: unknown): void => void this.sent.push(message);
}

class FakeApp extends EventEmitter {
  isPackaged = true;
  readonly given = new Set<string>();
  readonly commandLine = {
    appendSwitch: vi.fn(),
    hasSwitch: (name: string): boolean => this.given.has(name),
  };
  readonly enableSandbox = vi.fn();
  readonly configureHostResolver = vi.fn();
  readonly getVersion = (): string => '0.1.0';
  readonly quit = vi.fn();
}

/** A module to put in the place of `electron`. */
export function fakeElectron() {
  return {
    app: new FakeApp(),
    BrowserWindow: FakeWindow,
    clipboard: { writeText: vi.fn(async () => undefined), readText: vi.fn(async () => ''), clear: vi.fn() },
    contextBridge: { exposeInMainWorld: vi.fn() },
    crashReporter: { start: vi.fn() },
    dialog: { showOpenDialog: vi.fn(), showSaveDialog: vi.fn(), showErrorBox: vi.fn() },
    ipcMain: new EventEmitter(),
    ipcRenderer: Object.assign(new EventEmitter(), { send: vi.fn() }),
    Menu: { setApplicationMenu: vi.fn() },
    nativeTheme: { themeSource: 'system' },
    powerMonitor: Object.assign(new EventEmitter(), {
      getSystemIdleTime: vi.fn(() => 0),
      getSystemIdleState: vi.fn(() => 'active'),
    }),
    protocol: { registerSchemesAsPrivileged: vi.fn() },
    session: { defaultSession: new FakeSession() },
    utilityProcess: { fork: vi.fn(() => new FakeUtilityProcess()) },
  };
}

export type FakeElectron = ReturnType<typeof fakeElectron>;
