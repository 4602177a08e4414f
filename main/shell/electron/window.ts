import { BrowserWindow, type WebContents } from 'electron';
import { CrashLimit } from './crash-limit.ts';
import { APP_PAGE, windowOptions } from './security.ts';

const ZOOM_STEPS: readonly number[] = [0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];

export interface WindowOptions {
  readonly preload: string;
  /** Only where the program is not packaged. */
  readonly devTools: boolean;
  readonly minimised: () => void;
  /** The computer is being turned off (Windows). */
  readonly sessionEnding: () => void;
  /** Somebody did something in the window. */
  readonly active: () => void;
  /** The renderer ended, and nobody here ended it. */
  readonly crashed: () => void;
  /** It ended again and again: it is not started any more. */
  readonly failed: () => void;
}

/** The one window. Its renderer can be destroyed and started anew under it, so that nothing shown outlives a lock. */
export class AppWindow {
  readonly browserWindow: BrowserWindow;
  /** Held, since a closed window no longer gives it. */
  readonly #contents: WebContents;
  readonly #crashes = new CrashLimit();
  /** How many ends of a renderer were asked for, and have not been reported yet. */
  #expectedEnds = 0;

  constructor(options: WindowOptions) {
    const window = new BrowserWindow(windowOptions(options.preload, options.devTools));
    this.browserWindow = window;
    window.setMenu(null);
    // Out of screen shots, screen sharing and the system's thumbnails, where the system can do it (not under Linux).
    window.setContentProtection(true);
    // A title is shown in task lists: it says the program's name, whatever the page holds.
    window.on('page-title-updated', (event) => event.preventDefault());
    window.on('minimize', options.minimised);
    window.on('session-end', options.sessionEnding);
    window.once('ready-to-show', () => window.show());
    const contents = (this.#contents = window.webContents);
    contents.on('input-event', options.active);
    contents.on('render-process-gone', () => {
      if (this.#expectedEnds > 0) this.#expectedEnds -= 1;
      else if (this.#crashes.isReached()) options.failed();
      else options.crashed();
    });
    this.#offerZoom();
  }

  /** Ends the renderer where it stands: no code of the page runs any more, and its memory goes back to the system. */
  destroyPage(): void {
    if (this.#contents.isDestroyed() || this.#contents.isCrashed()) return;
    this.#expectedEnds += 1;
    this.#contents.forcefullyCrashRenderer();
  }

  /** Starts the page in a new renderer, with nothing left of what an earlier one stored. */
  async loadPage(): Promise<void> {
    if (this.#contents.isDestroyed()) return;
    await this.#contents.session.clearStorageData();
    await this.#contents.session.clearCache();
    await this.browserWindow.loadURL(APP_PAGE);
    this.#contents.navigationHistory.clear();
  }

  /** Brings the window to the person, as when Sigill is started a second time. */
  present(): void {
    if (this.browserWindow.isMinimized()) this.browserWindow.restore();
    this.browserWindow.show();
    this.browserWindow.focus();
  }

  /** Without a menu Chromium offers no zoom, and text must be enlargeable to 200 %. */
  #offerZoom(): void {
    const contents = this.#contents;
    const step = (direction: 1 | -1): void => {
      const nearest = ZOOM_STEPS.findIndex((factor) => factor >= contents.getZoomFactor() - 0.01);
      const wanted = Math.min(Math.max(nearest + direction, 0), ZOOM_STEPS.length - 1);
      contents.setZoomFactor(ZOOM_STEPS[wanted] ?? 1);
    };
    contents.on('zoom-changed', (_event, direction) => step(direction === 'in' ? 1 : -1));
    contents.on('before-input-event', (event, input) => {
      if (input.type !== 'keyDown' || !input.control || input.alt || input.meta) return;
      if (input.key === '+' || input.key === '=') step(1);
      else if (input.key === '-') step(-1);
      else if (input.key === '0') contents.setZoomFactor(1);
      else return;
      event.preventDefault();
    });
  }
}
