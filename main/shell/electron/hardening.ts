import { app, Menu, protocol, session, type Session, type WebContents } from 'electron';
import { keepMemoryOutOfCoreDumps } from './core-dumps.ts';
import { findRefusedSwitch, isAllowedRequest, SCHEMES, SWITCHES } from './security.ts';

/** Chromium's own code for "this certificate is not accepted". */
const CERTIFICATE_REFUSED = -2;

/**
 * All that must be in place before Electron is ready. Crash reports are never started, so none is written or sent.
 * @returns why this start is refused, in Swedish, or null
 */
export function hardenBeforeReady(): string | null {
  const refused = app.isPackaged ? findRefusedSwitch((name) => app.commandLine.hasSwitch(name)) : null;
  if (refused !== null) return `Sigill startar inte med växeln --${refused}: den tar bort ett skydd.`;
  keepMemoryOutOfCoreDumps();
  app.enableSandbox();
  for (const [name, value] of SWITCHES) {
    if (value === undefined) app.commandLine.appendSwitch(name);
    else app.commandLine.appendSwitch(name, value);
  }
  protocol.registerSchemesAsPrivileged(SCHEMES);
  // Without a menu there is none of its shortcuts either: no reload, no developer tools.
  Menu.setApplicationMenu(null);
  guardEverythingToCome();
  return null;
}

/** Whatever session or page comes to be, whoever makes it, gets the same guards. */
function guardEverythingToCome(): void {
  app.on('session-created', guardSession);
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault();
    answer(false);
  });
  app.on('login', (event, _contents, _details, _info, answer) => {
    event.preventDefault();
    answer();
  });
  app.on('select-client-certificate', (event, _contents, _url, _list, answer) => {
    event.preventDefault();
    (answer as () => void)();
  });
}

/** What needs Electron to be ready. The default session is made before anybody can listen, so it is guarded here. */
export function hardenWhenReady(): void {
  guardSession(session.defaultSession);
  app.configureHostResolver({
    enableBuiltInResolver: false,
    enableHappyEyeballs: false,
    secureDnsMode: 'off',
  });
}

/** No network, no permission, no device, no download, no dictionary. */
function guardSession(guarded: Session): void {
  const devTools = !app.isPackaged;
  guarded.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: !isAllowedRequest(url, devTools) }),
  );
  guarded.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  guarded.setPermissionCheckHandler(() => false);
  guarded.setDevicePermissionHandler(() => false);
  guarded.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }));
  guarded.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  guarded.setCertificateVerifyProc((_request, answer) => answer(CERTIFICATE_REFUSED));
  guarded.setSpellCheckerEnabled(false);
  // A place that nothing answers from, should a dictionary be asked for all the same.
  guarded.setSpellCheckerDictionaryDownloadURL('app://ingenstans/');
  void guarded.setProxy({ mode: 'direct' });
  guarded.on('will-download', (event) => event.preventDefault());
  guarded.on('select-hid-device', (event, _details, answer) => {
    event.preventDefault();
    answer(null);
  });
  guarded.on('select-serial-port', (event, _ports, _contents, answer) => {
    event.preventDefault();
    answer('');
  });
  guarded.on('select-usb-device', (event, _details, answer) => {
    event.preventDefault();
    answer();
  });
}

/** A page stays where the shell put it, opens nothing and holds no other page. */
export function guardContents(contents: WebContents): void {
  const refuse = (event: { preventDefault: () => void }): void => event.preventDefault();
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', refuse);
  contents.on('will-frame-navigate', refuse);
  contents.on('will-redirect', refuse);
  contents.on('will-attach-webview', refuse);
  contents.on('select-bluetooth-device', (event, _devices, answer) => {
    event.preventDefault();
    answer('');
  });
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}
