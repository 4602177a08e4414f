import './umask.ts';
import { join } from 'node:path';
import { app, dialog, nativeTheme, powerMonitor, session } from 'electron';
import { WINDOW_CRASHED } from '../window/lock-words.ts';
import { readServedFiles } from '../window/serving.ts';
import { SettingsFile } from '../window/settings-file.ts';
import { answerAppRequest } from './app-protocol.ts';
import { TimedClipboard } from './clipboard.ts';
import { CoreClient } from './core-client.ts';
import { hardenBeforeReady, hardenWhenReady } from './hardening.ts';
import { Channel } from './ipc.ts';
import { canReadSystemIdle, Locking } from './locking.ts';
import { closePrinting } from './printing.ts';
import { APP_HOST, coreOptions, PARTITION, PRINT_HOST, SCHEME } from './security.ts';
import { createHandlers } from './shell-handlers.ts';
import { AppWindow } from './window.ts';

/** The life of the program: what is made in which order, and how it ends. What is made stands in the other files. */

/** Where the bundle lies: dist/electron. */
const HERE = import.meta.dirname;

function fail(message: string): void {
  dialog.showErrorBox('Sigill', message);
  app.exit(1);
}

function serveApp(): void {
  const hosts = {
    [APP_HOST]: readServedFiles(join(HERE, '../renderer')),
    [PRINT_HOST]: readServedFiles(join(HERE, 'print')),
  };
  // `session-created` guards it before this call returns.
  session
    .fromPartition(PARTITION, { cache: false })
    .protocol.handle(SCHEME, (request) => answerAppRequest(hosts, request));
}

async function run(): Promise<void> {
  hardenWhenReady();
  serveApp();
  const settings = new SettingsFile(join(app.getPath('userData'), 'installningar.json'));
  nativeTheme.themeSource = settings.get().theme;
  const clipboard = new TimedClipboard();
  const systemIdle = canReadSystemIdle(process.platform, process.env);

  const window = new AppWindow({
    preload: join(HERE, 'preload.cjs'),
    devTools: !app.isPackaged,
    minimised: () => locking.minimised(),
    sessionEnding: () => void locking.lock('Datorn stängs av.'),
    active: () => locking.active(),
    // A renderer that ends by itself may have been made to: the keys go as well.
    crashed: () => void locking.lock(WINDOW_CRASHED),
    failed: () =>
      fail('Sigills fönster stannar gång på gång. Det som var sparat finns kvar. Starta om datorn.'),
  });
  const core = new CoreClient(join(HERE, 'core-process.js'), coreOptions(process.env, app.isPackaged), {
    message: (message) => channel.send(message),
    crashed: () => void locking.coreCrashed(),
    failed: () =>
      fail('Sigills kärna går inte att starta. Det som var sparat finns kvar. Installera om Sigill.'),
  });
  const locking = new Locking({
    settings: () => settings.get(),
    systemIdle,
    lockCore: (reason) => core.lock(reason),
    destroyPage: () => window.destroyPage(),
    loadPage: () =>
      window
        .loadPage()
        .catch(() =>
          fail('Sigills fönster går inte att visa. Det som var sparat finns kvar. Starta om Sigill.'),
        ),
    forget: () => {
      channel.forget();
      void clipboard.clear();
      closePrinting();
    },
    send: (message) => channel.send(message),
  });
  const channel = new Channel({
    contents: window.browserWindow.webContents,
    handlers: createHandlers({
      window: window.browserWindow,
      settings,
      clipboard,
      systemIdle,
      lock: (reason) => locking.lock(reason),
      restartWindow: () => locking.restartPage(),
    }),
    toCore: (message) => core.send(message),
  });

  let ended = false;
  app.on('before-quit', (event) => {
    if (ended) return;
    event.preventDefault();
    ended = true;
    locking.stop();
    closePrinting();
    void Promise.allSettled([core.close(), clipboard.clear()]).then(() => app.exit(0));
  });
  app.on('second-instance', () => window.present());
  app.on('window-all-closed', () => app.quit());
  powerMonitor.on('shutdown', (event?: { preventDefault: () => void }) => {
    // Asks the system to wait while the vault is closed. Electron documents the event, but its types leave it out.
    event?.preventDefault();
    app.quit();
  });

  locking.start();
  await window.loadPage();
}

const refusal = hardenBeforeReady();
if (refusal !== null) fail(refusal);
else if (!app.requestSingleInstanceLock()) app.exit(0);
else {
  app
    .whenReady()
    .then(run)
    .catch(() => fail('Sigill går inte att starta. Det som var sparat finns kvar. Installera om Sigill.'));
}
