import { SigillError } from '../../../shared/domain/error.ts';
import { decodeText, readInputFile } from './input-file.ts';
import type { Terminal } from './terminal.ts';

/** What is asked for by each option that names a secret, as it stands in front of the cursor. */
const SECRET_NAME = {
  '--open-pass': 'Lösenfras för öppna rummet',
  '--protected-pass': 'Lösenfras för skyddade rummet',
  '--open-recovery': 'Återställningskod för öppna rummet',
  '--protected-recovery': 'Återställningskod för skyddade rummet',
  '--new-open-pass': 'Ny lösenfras för öppna rummet',
  '--new-protected-pass': 'Ny lösenfras för skyddade rummet',
  '--key-pass': 'Nyckelns lösenfras',
  '--second-pass': 'Den andra personens lösenfras',
} as const;
export type SecretOption = keyof typeof SECRET_NAME;

/** A passphrase has at most 1 024 characters and a code some forty; a file beyond this is not the one that was meant. */
const LARGEST_SECRET = 16 * 1024;

/**
 * Reads secrets for one command, from files or standard input. Several that are `-` take one line each from standard
 * input, in the order they are asked for: open room, protected room, new ones, second person. A fault names the option,
 * never the file: who writes the passphrase itself in its place must not see it in an error or a log.
 */
export class SecretReader {
  readonly #terminal: Terminal;
  #lines: string[] | null = null;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /**
   * A passphrase, as it stands: nothing is trimmed but the line end.
   * @param file a path, or `-` for the next line of standard input
   * @throws SigillError `usage` where there is none, or more than one line. Never says what was read.
   */
  async passphrase(option: SecretOption, file: string): Promise<string> {
    const text = await this.#read(option, file);
    const line = text.replace(/\r?\n$/, '');
    if (line === '') throw new SigillError('usage', `${option}: ingen lösenfras.`);
    if (/[\r\n]/.test(line)) {
      throw new SigillError(
        'usage',
        `${option}: filen har fler än en rad. Lösenfrasen ska stå ensam, på en rad.`,
      );
    }
    return line;
  }

  /** A recovery code. In a file it may stand in several rows, as on its sheet of paper. */
  async code(option: SecretOption, file: string): Promise<string> {
    const text = await this.#read(option, file);
    if (text.trim() === '') throw new SigillError('usage', `${option}: ingen återställningskod.`);
    return text;
  }

  async #read(option: SecretOption, file: string): Promise<string> {
    if (file !== '-') {
      const bytes = readInputFile(file, option, LARGEST_SECRET);
      try {
        return decodeText(bytes, option);
      } finally {
        bytes.fill(0);
      }
    }
    if (this.#terminal.askSecret) return this.#terminal.askSecret(`${SECRET_NAME[option]}: `);
    this.#lines ??= await this.#readLines(option);
    return this.#lines.shift() ?? '';
  }

  async #readLines(option: SecretOption): Promise<string[]> {
    const bytes = await this.#terminal.readStandardInput();
    if (bytes.length > LARGEST_SECRET) {
      throw new SigillError(
        'usage',
        `${option}: för mycket i standard in, högst ${LARGEST_SECRET / 1024} KiB.`,
      );
    }
    try {
      return decodeText(bytes, option).split(/\r?\n/);
    } finally {
      bytes.fill(0);
    }
  }
}
