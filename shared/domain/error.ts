/**
 * Errors a person is meant to read. The kind decides the exit code of the terminal and the tone of the window.
 * Messages are Swedish, say what to do, and never quote the text of a fact: a fault is named by its place. They hold in
 * every shell, so they name no button and no option: how it is done in the terminal stands in `terminal`.
 */
export type ErrorKind = 'usage' | 'policy' | 'unlock' | 'damaged' | 'locked';

export class SigillError extends Error {
  readonly kind: ErrorKind;
  /** One line per fault; empty where the message says it all. */
  readonly faults: readonly string[];
  /** The options or the command that do what the message says: added by the terminal, and by nobody else. */
  readonly terminal: string | null;

  constructor(
    kind: ErrorKind,
    message: string,
    faults: readonly string[] = [],
    terminal: string | null = null,
  ) {
    super(message);
    this.name = 'SigillError';
    this.kind = kind;
    this.faults = faults;
    this.terminal = terminal;
  }
}
