import type { BrowserWindowConstructorOptions, CustomScheme, ForkOptions, WebPreferences } from 'electron';

/**
 * Every choice that hardens the shell, as data and pure functions: what is here is what Electron is given, and what
 * hardening.test.ts asserts. Nothing in this file does anything.
 */

export const SCHEME = 'app';
/** Where the renderer lies. */
export const APP_HOST = 'sigill';
/** Where the page lies that draws a PDF for the printer: another origin, without any bridge. */
export const PRINT_HOST = 'utskrift';
export const APP_PAGE = `${SCHEME}://${APP_HOST}/index.html`;
export const PRINT_PAGE = `${SCHEME}://${PRINT_HOST}/index.html`;

/** Without `persist:` a partition lives in memory only: no cache, cookie or storage reaches the disk. */
export const PARTITION = 'sigill';

/** The one channel between a window and the shell, in both directions. */
export const CHANNEL = 'sigill';

/** Standard and secure, so that the page has an origin of its own; it may not pass by the CSP, nor be fetched from elsewhere. */
export const SCHEMES: CustomScheme[] = [
  {
    scheme: SCHEME,
    privileges: {
      standard: true,
      secure: true,
      bypassCSP: false,
      allowServiceWorkers: false,
      supportFetchAPI: true,
      corsEnabled: false,
      stream: false,
      codeCache: false,
    },
  },
];

/** Given to Chromium before it starts: nothing that calls home, resolves a name or writes a cache. */
export const SWITCHES: readonly (readonly [name: string, value?: string])[] = [
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['no-proxy-server'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-sync'],
  ['disable-quic'],
  ['no-pings'],
  ['disable-breakpad'],
  ['disable-http-cache'],
  ['disable-gpu-shader-disk-cache'],
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
];

/** A packaged Sigill that is started with one of these does not start: each opens it, or takes a protection away. */
export const REFUSED_SWITCHES: readonly string[] = [
  'allow-file-access-from-files',
  'allow-running-insecure-content',
  'auto-open-devtools-for-tabs',
  'disable-gpu-sandbox',
  'disable-namespace-sandbox',
  'disable-seccomp-filter-sandbox',
  'disable-setuid-sandbox',
  'disable-site-isolation-trials',
  'disable-web-security',
  'enable-blink-features',
  'enable-logging',
  'gpu-launcher',
  'host-rules',
  'ignore-certificate-errors',
  'inspect',
  'inspect-brk',
  'js-flags',
  'load-extension',
  'log-file',
  'log-net-log',
  'no-sandbox',
  'no-zygote',
  'proxy-pac-url',
  'proxy-server',
  'ppapi-plugin-launcher',
  'remote-debugging-address',
  'remote-debugging-pipe',
  'remote-debugging-port',
  'renderer-cmd-prefix',
  'single-process',
  'trace-startup',
  'unsafely-treat-insecure-origin-as-secure',
  'utility-cmd-prefix',
];

/** All that a renderer is given. Defaults are written out, so that a changed default changes nothing here. */
function webPreferences(devTools: boolean): WebPreferences {
  return {
    partition: PARTITION,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    plugins: false,
    webgl: false,
    enableWebSQL: false,
    navigateOnDragDrop: false,
    enableDeprecatedPaste: false,
    spellcheck: false,
    disableDialogs: true,
    devTools,
  };
}

export function windowOptions(preload: string, devTools: boolean): BrowserWindowConstructorOptions {
  return {
    title: 'Sigill',
    width: 1440,
    height: 900,
    minWidth: 640,
    minHeight: 480,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: '#ffffff',
    webPreferences: { ...webPreferences(devTools), preload },
  };
}

/** Never shown, and without a bridge: it gets the pages to draw, and is thrown away. */
export function printWindowOptions(): BrowserWindowConstructorOptions {
  return {
    title: 'Sigill',
    show: false,
    skipTaskbar: true,
    // A window that is never shown must draw all the same.
    paintWhenInitiallyHidden: true,
    webPreferences: { ...webPreferences(false), backgroundThrottling: false },
  };
}

/** What the core needs to know of its surroundings; all else, such as NODE_OPTIONS, stays outside. */
const CORE_ENVIRONMENT = [
  'HOME',
  'LANG',
  'LC_ALL',
  'PATH',
  'SystemRoot',
  'TEMP',
  'TMP',
  'TMPDIR',
  'TZ',
  'USERPROFILE',
];

export function coreOptions(environment: NodeJS.ProcessEnv, packaged: boolean): ForkOptions {
  const env: Record<string, string> = {};
  for (const name of CORE_ENVIRONMENT) {
    const value = environment[name];
    if (value !== undefined) env[name] = value;
  }
  return {
    serviceName: 'Sigill kärna',
    env,
    execArgv: [],
    // A library that prints while it fails could print what it worked on.
    stdio: packaged ? 'ignore' : 'inherit',
    // Should a library ever try the network, it meets the same refusal as the window.
    partition: PARTITION,
  };
}

/** `new URL().origin` is "null" for a scheme that Node does not know, so the parts are compared. */
export function isAppUrl(text: string, hosts: readonly string[] = [APP_HOST]): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return (
    url !== null &&
    url.protocol === `${SCHEME}:` &&
    hosts.includes(url.hostname) &&
    url.port === '' &&
    url.username === '' &&
    url.password === ''
  );
}

/** Whether a request may be made at all. A blob: carries the origin that made it. */
export function isAllowedRequest(text: string, devTools: boolean): boolean {
  const hosts = [APP_HOST, PRINT_HOST];
  if (text.startsWith('blob:')) return isAppUrl(text.slice('blob:'.length), hosts);
  return isAppUrl(text, hosts) || (devTools && text.startsWith('devtools://devtools/'));
}

/** @returns the first refused switch among the arguments of a start, or null */
export function findRefusedSwitch(isGiven: (name: string) => boolean): string | null {
  return REFUSED_SWITCHES.find((name) => isGiven(name)) ?? null;
}
