import { powerMonitor } from 'electron';
import type { FromCore } from '../../../shared/contract/messages.ts';
import type { FromShell, ShellSettings } from '../../../shared/contract/shell.ts';
import { CORE_RESTARTED } from '../window/lock-words.ts';
import { IdleLock } from '../window/idle-lock.ts';

/** From "now" until the lock: time for the window to put drafts in the vault. */
const DRAFT_GRACE_MS = 1_500;
/** How often the screen is asked whether it is locked, where no event tells (Linux). */
const SCREEN_POLL_MS = 2_000;

export interface LockingOptions {
  readonly settings: () => ShellSettings;
  /** Whether the system's idle time can be read; else only what is done in the window counts. */
  readonly systemIdle: boolean;
  readonly lockCore: (reason: string) => Promise<void>;
  readonly destroyPage: () => void;
  readonly loadPage: () => Promise<void>;
  /** Everything else that must go: the clipboard, pages on their way to a printer, answers on their way to the page. */
  readonly forget: () => void;
  readonly send: (message: FromCore | FromShell) => void;
}

/** Wayland tells no program how long the person has been away from the others. */
export function canReadSystemIdle(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): boolean {
  if (platform !== 'linux') return true;
  return environment['XDG_SESSION_TYPE'] !== 'wayland' && environment['WAYLAND_DISPLAY'] === undefined;
}

/** Every reason for which both rooms are locked, and the one way in which it is done. */
export class Locking {
  readonly #options: LockingOptions;
  readonly #idle: IdleLock;
  #running: Promise<void> | null = null;
  /** What runs also locks: a lock that comes then has already been done. */
  #isLocking = false;
  #grace: NodeJS.Timeout | null = null;
  #screenPoll: NodeJS.Timeout | null = null;
  #screenLocked = false;

  constructor(options: LockingOptions) {
    this.#options = options;
    this.#idle = new IdleLock({
      idleLockMinutes: () => options.settings().idleLockMinutes,
      warn: (seconds) => options.send({ kind: 'lockSoon', seconds }),
      lock: (reason) => void this.lock(reason),
      ...(options.systemIdle ? { systemIdleSeconds: () => powerMonitor.getSystemIdleTime() } : {}),
    });
  }

  start(): void {
    // A computer that is going to sleep may stop at any moment: no time for drafts beyond those already saved.
    powerMonitor.on('suspend', () => void this.lock('Datorn går i vila.'));
    powerMonitor.on('lock-screen', () => this.lockAfterDrafts('Skärmen har låsts.'));
    this.#screenPoll = setInterval(() => this.#lookAtScreen(), SCREEN_POLL_MS);
    this.#idle.start();
  }

  stop(): void {
    if (this.#screenPoll) clearInterval(this.#screenPoll);
    if (this.#grace) clearTimeout(this.#grace);
    this.#screenPoll = this.#grace = null;
    this.#idle.stop();
  }

  /** Somebody did something in the window. */
  active(): void {
    this.#idle.active();
  }

  minimised(): void {
    if (this.#options.settings().lockOnMinimise) this.lockAfterDrafts('Fönstret har minimerats.');
  }

  /** Tells the window to save what is being written, and locks a moment later. */
  lockAfterDrafts(reason: string): void {
    if (this.#grace) return;
    this.#options.send({ kind: 'lockSoon', seconds: 0 });
    this.#grace = setTimeout(() => void this.lock(reason), DRAFT_GRACE_MS);
  }

  /**
   * Locks both rooms and destroys the page. The page goes first and at once; the keys follow as soon as the core has
   * finished what it is writing. The new page is told why.
   */
  lock(reason: string): Promise<void> {
    if (this.#grace) clearTimeout(this.#grace);
    this.#grace = null;
    return this.#replace(() => this.#options.lockCore(reason), { kind: 'locked', reason });
  }

  /**
   * The protected room alone has been locked: what was shown of it goes with the page, while the core lives on with the
   * open room. A lock that is under way already does as much.
   */
  restartPage(): Promise<void> {
    return this.#replace(null, null);
  }

  /** The core's process is gone, and the keys with it: what is shown must go too. */
  coreCrashed(): Promise<void> {
    return this.#replace(() => Promise.resolve(), {
      kind: 'coreRestarted',
      message: CORE_RESTARTED,
    });
  }

  /**
   * One at a time. A lock that comes while the page is only begun anew does not wait for it with the keys.
   * @param secure null where the keys stay
   */
  #replace(secure: (() => Promise<void>) | null, afterwards: FromCore | FromShell | null): Promise<void> {
    const earlier = this.#running;
    if (earlier && (this.#isLocking || !secure)) return earlier;
    this.#isLocking = secure !== null;
    const secured = earlier ? secure?.() : undefined;
    const mine = (
      earlier
        ? earlier.then(() => this.#perform(() => secured, afterwards))
        : this.#perform(secure, afterwards)
    ).finally(() => {
      if (this.#running === mine) this.#running = null;
    });
    this.#running = mine;
    return mine;
  }

  async #perform(
    secure: (() => Promise<void> | undefined) | null,
    afterwards: FromCore | FromShell | null,
  ): Promise<void> {
    this.#options.destroyPage();
    this.#options.forget();
    await Promise.all([secure?.(), this.#options.loadPage()]);
    if (afterwards) this.#options.send(afterwards);
  }

  #lookAtScreen(): void {
    const locked = powerMonitor.getSystemIdleState(60) === 'locked';
    if (locked && !this.#screenLocked) this.lockAfterDrafts('Skärmen har låsts.');
    this.#screenLocked = locked;
  }
}
