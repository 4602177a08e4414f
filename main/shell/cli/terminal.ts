/** Where a command reads and writes; the real streams, or a test's. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly readStandardInput: () => Promise<Buffer>;
  /** Asks a person at the keyboard, without showing what she types. Left out where standard input is no keyboard. */
  readonly askSecret?: (prompt: string) => Promise<string>;
  /** Width of the screen; left out where the answer goes to a file or a program. */
  readonly columns?: number;
}

/** What a command answers: for a person, and for a program (`--json`). */
export interface Answer {
  readonly text: string;
  readonly json: unknown;
  /** Told on standard error, so that they do not mix with what was asked for. */
  readonly remarks?: readonly string[];
  readonly exitCode?: number;
}

/** How a command is hung on the program: it gives an answer, and never prints by itself. */
export type Run = (work: () => Promise<Answer>) => Promise<void>;
