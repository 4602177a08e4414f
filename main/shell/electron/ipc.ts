import { ipcMain, type IpcMainEvent, type WebContents } from 'electron';
import { toCore, type FromCore, type ToCore } from '../../../shared/contract/messages.ts';
import type { FromShell, ShellHandlers } from '../../../shared/contract/shell.ts';
import { answerShell, readToShell } from '../window/answer-shell.ts';
import { CHANNEL, isAppUrl } from './security.ts';

export interface ChannelOptions {
  readonly contents: WebContents;
  readonly handlers: ShellHandlers;
  readonly toCore: (message: ToCore) => void;
}

/**
 * The one channel between window and shell, and the only place that listens to a renderer. It hears the main frame of
 * the one window, at our own origin, and messages that the contract knows; all else is dropped without an answer.
 */
export class Channel {
  readonly #options: ChannelOptions;
  /** Counted up when the renderer is destroyed: an answer to an earlier page must never reach a later one. */
  #generation = 0;

  constructor(options: ChannelOptions) {
    this.#options = options;
    ipcMain.on(CHANNEL, (event, raw: unknown) => void this.#receive(event, raw));
  }

  send(message: FromCore | FromShell): void {
    const { contents } = this.#options;
    if (!contents.isDestroyed() && !contents.isCrashed()) contents.send(CHANNEL, message);
  }

  /** The page is gone, and with it everything that it had asked for. */
  forget(): void {
    this.#generation += 1;
  }

  async #receive(event: IpcMainEvent, raw: unknown): Promise<void> {
    if (!this.#isTrusted(event)) return;
    const request = readToShell(raw);
    if (request) {
      const generation = this.#generation;
      const answer = await answerShell(this.#options.handlers, request);
      if (generation === this.#generation) this.send(answer);
      return;
    }
    const message = toCore.safeParse(raw);
    if (message.success) this.#options.toCore(message.data);
  }

  /** The frame is null when it was navigated away or destroyed after it sent. */
  #isTrusted({ sender, senderFrame }: IpcMainEvent): boolean {
    return (
      sender === this.#options.contents &&
      senderFrame !== null &&
      senderFrame.parent === null &&
      senderFrame === sender.mainFrame &&
      isAppUrl(senderFrame.url)
    );
  }
}
