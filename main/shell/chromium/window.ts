import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page, type Request, type Route } from 'playwright-core';
import { SigillError } from '../../../shared/domain/error.ts';
import { SECURITY_HEADERS } from '../window/headers.ts';
import { findServedFile, type ServedFile } from '../window/serving.ts';
import { ORIGIN } from './origin.ts';
import { BINDING, installBridge, type BridgeCall } from './bridge.ts';
import { PRINT_ORIGIN, printFrom } from './printing.ts';

const START = `${ORIGIN}/`;

/** A browser program, and what it needs around it. */
export interface Browser {
  readonly executable: string;
  readonly environment: Readonly<Record<string, string>>;
  /** False only where the sandbox cannot run: as root, and for the browser that the tests unpack. */
  readonly sandbox: boolean;
}

/** A request that the page made, and whether it was to the program itself. */
export interface SeenRequest {
  readonly url: string;
  readonly own: boolean;
}

export interface WindowOptions {
  readonly browser: Browser;
  readonly headed: boolean;
  readonly files: ReadonlyMap<string, ServedFile>;
  /** The page that draws a PDF for the printer. */
  readonly printPage: ReadonlyMap<string, ServedFile>;
  /** What the page says to the core, and to the shell, as JSON. */
  readonly toCore: (json: string) => void;
  readonly toShell: (json: string) => void;
  readonly active: () => void;
  readonly minimised: () => void;
  /** The page is gone without being asked to go: closed by the person, crashed, or led away. */
  readonly gone: (why: 'closed' | 'crashed' | 'left') => void;
  readonly seen: (request: SeenRequest) => void;
  /** Called with the page before it loads anything. */
  readonly onPage?: (page: Page) => void;
}

/** No network in any way that a switch can turn off; what is left is refused by `#answer`. */
const NETWORK_OFF = [
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--no-proxy-server',
  '--no-pings',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-quic',
  '--disable-sync',
  '--dns-prefetch-disable',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
];
const PLAIN_WINDOW = [
  '--no-first-run',
  '--no-default-browser-check',
  '--deny-permission-prompts',
  // The system's dialog, which has the printers of the system; the browser's own offers first to save a file.
  '--disable-print-preview',
  '--disable-breakpad',
  '--lang=sv-SE',
  // Else a bar about command-line switches covers the top of the page.
  '--test-type',
];

/**
 * One window: a browser of its own with a profile of its own, both gone when it is closed. Driven through a pipe, so no
 * port is open for anybody else to drive it by.
 */
export class ChromiumWindow {
  readonly #options: WindowOptions;
  readonly #profile: string;
  readonly #context: BrowserContext;
  readonly page: Page;
  readonly #waiting: string[] = [];
  #receiver: ((json: string) => void) | null = null;
  #isPrinting = false;
  #minimisedWatch: NodeJS.Timeout | null = null;
  #closing = false;

  private constructor(options: WindowOptions, profile: string, context: BrowserContext, page: Page) {
    this.#options = options;
    this.#profile = profile;
    this.#context = context;
    this.page = page;
  }

  /** Starts the browser; the page is still empty. */
  static async open(options: WindowOptions): Promise<ChromiumWindow> {
    const profile = makeProfile();
    try {
      writePreferences(profile);
      const context = await launch(options, profile);
      const page = context.pages()[0] ?? (await context.newPage());
      return new ChromiumWindow(options, profile, context, page);
    } catch (error) {
      removeProfile(profile);
      throw error;
    }
  }

  /** Shows the program. Its first questions come before this is done. */
  async load(): Promise<void> {
    const { page } = this;
    const context = this.#context;
    await context.route('**/*', (route, request) => this.#answer(route, request));
    await context.routeWebSocket('**/*', (socket) => {
      this.#options.seen({ url: socket.url(), own: false });
      void socket.close();
    });
    await page.exposeBinding(BINDING, ({ frame }, call: BridgeCall, json: string) =>
      frame === page.mainFrame() ? this.#called(call, json) : undefined,
    );
    await page.addInitScript(installBridge, BINDING);
    // A second window has no bridge and no reason to be.
    context.on('page', (other) => {
      if (other !== page && !this.#isPrinting) void other.close().catch(() => undefined);
    });
    page.on('crash', () => this.#lost('crashed'));
    page.on('close', () => this.#lost('closed'));
    // Loaded once more, the page would count its questions from one again, and take answers meant for the one before.
    let loads = 0;
    page.on('domcontentloaded', () => {
      loads += 1;
      if (loads > 1) this.#lost('left');
    });
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame() && !isStart(frame.url())) this.#lost('left');
    });
    this.#options.onPage?.(page);
    await page.goto(START);
    if (this.#options.headed) await this.#watchMinimised();
  }

  /** Tells the page something; kept for it until it asks. */
  post(json: string): void {
    this.#waiting.push(json);
    this.#deliver();
  }

  /** @returns null when the dialog has been closed: the browser does not tell whether the person printed */
  async print(pdf: Buffer): Promise<null> {
    if (!this.#options.headed || this.#isPrinting) {
      throw new SigillError(
        'usage',
        'Det går inte att skriva ut just nu. Stäng andra utskrifter och försök igen.',
      );
    }
    this.#isPrinting = true;
    try {
      await printFrom(await this.#context.newPage(), pdf);
      return null;
    } finally {
      this.#isPrinting = false;
    }
  }

  async close(): Promise<void> {
    this.#closing = true;
    clearInterval(this.#minimisedWatch ?? undefined);
    await this.#context.close().catch(() => undefined);
    removeProfile(this.#profile);
  }

  /** The browser tells nobody when it is minimised; it has to be asked. */
  async #watchMinimised(): Promise<void> {
    const session = await this.#context.newCDPSession(this.page);
    const { windowId } = await session.send('Browser.getWindowForTarget');
    const look = async (): Promise<void> => {
      const { bounds } = await session.send('Browser.getWindowBounds', { windowId });
      if (bounds.windowState !== 'minimized' || this.#closing) return;
      clearInterval(this.#minimisedWatch ?? undefined);
      this.#options.minimised();
    };
    this.#minimisedWatch = setInterval(() => void look().catch(() => undefined), 1_000);
  }

  async #answer(route: Route, request: Request): Promise<void> {
    const url = new URL(request.url());
    const files = this.#servedAt(url.origin);
    this.#options.seen({ url: request.url(), own: files !== null });
    const file = files && request.method() === 'GET' ? findServedFile(files, url.pathname) : null;
    // The page may be closing, and then there is nobody to answer.
    const answered = file
      ? route.fulfill({
          status: 200,
          headers: { ...SECURITY_HEADERS, 'content-type': file.type },
          body: file.body,
        })
      : files
        ? route.fulfill({ status: 404, headers: { ...SECURITY_HEADERS, 'content-type': 'text/plain' } })
        : route.abort('blockedbyclient');
    await answered.catch(() => undefined);
  }

  #servedAt(origin: string): ReadonlyMap<string, ServedFile> | null {
    if (origin === ORIGIN) return this.#options.files;
    return origin === PRINT_ORIGIN && this.#isPrinting ? this.#options.printPage : null;
  }

  #called(call: BridgeCall, json: string): Promise<string> | undefined {
    if (this.#closing) return undefined;
    if (call === 'core') this.#options.toCore(json);
    else if (call === 'shell') this.#options.toShell(json);
    else if (call === 'active') this.#options.active();
    else {
      return new Promise((resolve) => {
        this.#receiver = resolve;
        this.#deliver();
      });
    }
    return undefined;
  }

  #deliver(): void {
    if (!this.#receiver || this.#waiting.length === 0) return;
    const receiver = this.#receiver;
    this.#receiver = null;
    receiver(`[${this.#waiting.splice(0).join(',')}]`);
  }

  #lost(why: 'closed' | 'crashed' | 'left'): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#options.gone(why);
  }
}

function isStart(url: string): boolean {
  return url === START || url.startsWith(`${START}#`);
}

function launch({ browser, headed }: WindowOptions, profile: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath: browser.executable,
    env: { ...process.env, ...browser.environment },
    chromiumSandbox: browser.sandbox,
    headless: !headed,
    args: [
      ...NETWORK_OFF,
      ...PLAIN_WINDOW,
      ...(headed
        ? ['--app=data:text/html;charset=utf-8,<title>Sigill</title>', '--window-size=1440,960']
        : ['--disable-gpu']),
    ],
    // Its bar says that a test program drives the browser.
    ignoreDefaultArgs: ['--enable-automation'],
    serviceWorkers: 'block',
    acceptDownloads: false,
    locale: 'sv-SE',
    // The person's own window: its size and her colours, not a test's.
    ...(headed
      ? { viewport: null, colorScheme: null, reducedMotion: null, forcedColors: null, contrast: null }
      : { viewport: { width: 1280, height: 720 } }),
    // A signal must lock the vault before anything else; Playwright would end the program at once.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/** What has no switch: offering to translate, to check the spelling with a fetched word list, and to remember. */
const PREFERENCES = {
  autofill: { credit_card_enabled: false, profile_enabled: false },
  browser: { enable_spellchecking: false },
  credentials_enable_service: false,
  profile: { password_manager_enabled: false },
  search: { suggest_enabled: false },
  translate: { enabled: false },
};

function writePreferences(profile: string): void {
  mkdirSync(join(profile, 'Default'), { mode: 0o700 });
  writeFileSync(join(profile, 'Default/Preferences'), JSON.stringify(PREFERENCES), { mode: 0o600 });
}

/** Every profile of this run that may still lie on the disk. */
const profiles = new Set<string>();
// A part of the browser that was still writing may have put something back.
process.once('exit', () => {
  for (const profile of profiles) rmSync(profile, { recursive: true, force: true });
});

function makeProfile(): string {
  const profile = mkdtempSync(join(tmpdir(), 'sigill-fonster-'));
  profiles.add(profile);
  return profile;
}

function removeProfile(profile: string): void {
  // The last of the browser's processes may still be writing.
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
