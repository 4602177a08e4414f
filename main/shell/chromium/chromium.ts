import type { Page } from 'playwright-core';
import type { FromCore } from '../../../shared/contract/messages.ts';
import type { FromShell, ShellHandlers } from '../../../shared/contract/shell.ts';
import { answerShell, readToShell } from '../window/answer-shell.ts';
import { CORE_RESTARTED, LOCKED_BY_PERSON, WINDOW_CRASHED } from '../window/lock-words.ts';
import { IdleLock } from '../window/idle-lock.ts';
import type { ServedFile } from '../window/serving.ts';
import type { SettingsFile } from '../window/settings-file.ts';
import { Clipboard } from './clipboard.ts';
import { CoreClient } from './core-client.ts';
import type { Dialogs } from './dialogs.ts';
import { shellHandlers } from './handlers.ts';
import { ChromiumWindow, type Browser, type SeenRequest } from './window.ts';

export interface ShellOptions {
  readonly browser: Browser;
  readonly headed: boolean;
  readonly version: string;
  /** The built renderer. */
  readonly files: ReadonlyMap<string, ServedFile>;
  /** The page that draws a PDF for the printer; empty where `print` is given. */
  readonly printPage: ReadonlyMap<string, ServedFile>;
  readonly settings: SettingsFile;
  readonly dialogs: Dialogs;
  /** In place of the print dialog of the browser. */
  readonly print?: (pdf: Buffer) => Promise<boolean | null>;
  /** Called with each new page, before it loads anything. */
  readonly onPage?: (page: Page) => void;
  /** The file that a core thread starts from. */
  readonly coreEntry?: URL;
}

const DRAFT_GRACE_MS = 1_500;

/**
 * Sigill in a Chromium window, for development, tests and demonstration. The same contract and the same page as under
 * Electron. A lock ends the browser and the core's thread, both, and starts new ones: nothing that was shown or typed is
 * left in a process that lives on.
 */
export class ChromiumShell {
  readonly #options: ShellOptions;
  readonly #core: CoreClient;
  readonly #handlers: ShellHandlers;
  readonly #idle: IdleLock;
  readonly #clipboard = new Clipboard();
  readonly #requests: SeenRequest[] = [];
  readonly #ended = Promise.withResolvers<void>();
  #window: ChromiumWindow | null = null;
  #replacing: Promise<void> | null = null;
  /** What replaces the window now also locks: a lock that comes then has already been done. */
  #isLocking = false;
  #quitting: Promise<void> | null = null;

  private constructor(options: ShellOptions) {
    this.#options = options;
    this.#core = new CoreClient(
      {
        message: (json) => this.#window?.post(json),
        locked: (reason) => this.#lock(reason),
        restarted: () => this.#coreRestarted(),
        failed: () => void this.quit(),
      },
      options.coreEntry,
    );
    this.#handlers = shellHandlers({
      version: options.version,
      settings: options.settings,
      dialogs: options.dialogs,
      print: options.print ?? ((pdf) => this.#requireWindow().print(pdf)),
      copy: (text) => this.#clipboard.copy(this.#requireWindow().page, text),
      lock: () => this.#lock(LOCKED_BY_PERSON),
      restartWindow: () => this.#replace(null),
      quit: () => void this.quit(),
    });
    this.#idle = new IdleLock({
      idleLockMinutes: () => options.settings.get().idleLockMinutes,
      warn: (seconds) => this.#tell({ kind: 'lockSoon', seconds }),
      lock: (reason) => this.#lock(reason),
    });
  }

  static async start(options: ShellOptions): Promise<ChromiumShell> {
    const shell = new ChromiumShell(options);
    try {
      await shell.#openWindow();
    } catch (error) {
      await shell.quit();
      throw error;
    }
    shell.#idle.start();
    return shell;
  }

  /** Every request that any page made since the start. */
  get requests(): readonly SeenRequest[] {
    return this.#requests;
  }

  /** Resolves when the program has ended: the window was closed, or the page asked for it. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** The page that is shown now; waits for the new one while a lock is under way. */
  async page(): Promise<Page> {
    await this.#replacing;
    return this.#requireWindow().page;
  }

  /** Locks, and replaces window and core. */
  async lock(reason: string): Promise<void> {
    this.#lock(reason);
    await this.#replacing;
  }

  /** Locks, and ends everything. */
  quit(): Promise<void> {
    this.#quitting ??= this.#end();
    return this.#quitting;
  }

  /** Tells the page to save what is being written, and locks a moment later. */
  #lockAfterDrafts(reason: string): void {
    this.#tell({ kind: 'lockSoon', seconds: 0 });
    setTimeout(() => this.#lock(reason), DRAFT_GRACE_MS);
  }

  #lock(reason: string): void {
    this.#replace(() => this.#core.lock(reason), { kind: 'locked', reason });
  }

  #coreRestarted(): void {
    this.#replace(() => Promise.resolve(), { kind: 'coreRestarted', message: CORE_RESTARTED });
  }

  /**
   * One at a time. A lock that comes while the window is only begun anew does not wait for it with the keys.
   * @param secure null where the keys stay
   */
  #replace(secure: (() => Promise<void>) | null, news?: FromCore | FromShell): void {
    const earlier = this.#replacing;
    if (this.#quitting || (earlier && (this.#isLocking || !secure))) return;
    this.#isLocking = secure !== null;
    const secured = secure?.();
    const mine = (earlier ?? Promise.resolve())
      .then(() => this.#exchange(secured, news))
      .catch(() => void this.quit())
      .finally(() => {
        if (this.#replacing === mine) this.#replacing = null;
      });
    this.#replacing = mine;
  }

  async #exchange(secured: Promise<void> | undefined, news?: FromCore | FromShell): Promise<void> {
    const old = this.#window;
    this.#window = null;
    // At once and side by side: what is shown must not wait for what is being written.
    await Promise.all([old && this.#discard(old), secured]);
    if (this.#quitting) return;
    // Told to the new page, which can say why it is empty.
    await this.#openWindow(news);
  }

  async #discard(window: ChromiumWindow): Promise<void> {
    await this.#clipboard.clear(window.page);
    await window.close();
  }

  async #end(): Promise<void> {
    this.#idle.stop();
    const window = this.#window;
    this.#window = null;
    await Promise.all([window && this.#discard(window), this.#core.close()]);
    await this.#replacing;
    // A window that was opened while the end had already begun.
    await (this.#window as ChromiumWindow | null)?.close();
    this.#ended.resolve();
  }

  /** The window is ours before its page is loaded: the page asks its first questions while it loads. */
  async #openWindow(news?: FromCore | FromShell): Promise<void> {
    const { browser, headed, files, printPage, onPage } = this.#options;
    const window = await ChromiumWindow.open({
      browser,
      headed,
      files,
      printPage,
      ...(onPage ? { onPage } : {}),
      toCore: (json) => this.#core.send(json),
      toShell: (json) => void this.#answer(json),
      active: () => this.#idle.active(),
      seen: (request) => this.#requests.push(request),
      minimised: () => {
        if (this.#options.settings.get().lockOnMinimise) this.#lockAfterDrafts('Fönstret har minimerats.');
      },
      gone: (why) => {
        if (why === 'closed') void this.quit();
        else this.#lock(why === 'crashed' ? WINDOW_CRASHED : 'Fönstret lämnade Sigills sida.');
      },
    });
    this.#window = window;
    if (news) window.post(JSON.stringify(news));
    await window.load();
  }

  async #answer(json: string): Promise<void> {
    const asked = this.#window;
    let raw: unknown;
    try {
      raw = JSON.parse(json);
    } catch {
      return;
    }
    const message = readToShell(raw);
    if (!message) return;
    const answer = await answerShell(this.#handlers, message);
    // To who asked, or to nobody: the next page counts its questions from one again.
    if (asked && asked === this.#window) asked.post(JSON.stringify(answer));
  }

  #tell(message: FromShell): void {
    this.#window?.post(JSON.stringify(message));
  }

  #requireWindow(): ChromiumWindow {
    if (!this.#window) throw new Error('There is no window.');
    return this.#window;
  }
}
