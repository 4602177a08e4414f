import { clipboard } from 'electron';
import { CLIPBOARD_SECONDS } from '../../../shared/contract/shell.ts';

/** Text that was copied from Sigill, for a while. */
export class TimedClipboard {
  #text: string | null = null;
  #timer: NodeJS.Timeout | null = null;

  async copy(text: string): Promise<void> {
    this.#forget();
    this.#text = text;
    this.#timer = setTimeout(() => void this.clear(), CLIPBOARD_SECONDS * 1000);
    await clipboard.writeText(text);
  }

  /** Empties the clipboard if what lies there is still ours: what somebody else has put there since is not touched. */
  async clear(): Promise<void> {
    const ours = this.#text;
    this.#forget();
    if (ours !== null && (await clipboard.readText()) === ours) clipboard.clear();
  }

  #forget(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#text = null;
  }
}
