import { z } from 'zod';
import type { FromCore, ToCore } from './messages.ts';
import { LARGEST_ANSWER } from '../domain/answer.ts';
import { nothing, text } from './schemas.ts';

/**
 * What a window may ask of the shell it stands in, beside what it asks of the core: dialogs, printing, the clipboard,
 * the few settings that must be known while everything is locked. Every shell with a window answers all of it. Nothing
 * here reads a vault, and no path but one that the person chose in a dialog comes out of it.
 */

/** More than the longest value (`LONGEST_TEXT`) and all its labels: whatever a person means to copy. */
export const MAX_COPIED_CHARACTERS = 1_000_000;
/** The largest file that `chooseFile` reads but for mail: keys, certificates and incident files are far smaller. */
export const MAX_CHOSEN_FILE_BYTES = 8 * 1024 * 1024;
/** The largest PDF that `print` takes. */
const MAX_PRINTED_PDF_BYTES = 32 * 1024 * 1024;
/** How long copied text stays on the clipboard. It is cleared only if it is still the same. */
export const CLIPBOARD_SECONDS = 30;
/** From how many seconds before an idle lock the window is told, so that it can warn. */
export const LOCK_WARNING_SECONDS = 60;

const base64Within = (bytes: number) => z.base64().max(Math.ceil(bytes / 3) * 4);
const dialogTitle = text.min(1).max(120);
/** A bare file name: no folder in it, and no name that only looks empty. */
const fileName = text
  .min(1)
  .max(180)
  .regex(/^[^/\\\p{Cc}]*[^/\\\p{Cc}. ]$/u);

export const shellSettings = z.strictObject({
  /** Minutes without input until both rooms are locked. There is no "never". */
  idleLockMinutes: z.number().int().min(1).max(60),
  lockOnMinimise: z.boolean(),
  theme: z.enum(['system', 'light', 'dark']),
  /** `more`: lines and text as strong as they can be, whatever the computer is set to. */
  contrast: z.enum(['system', 'more']),
  /** The vault that was used last, so that it can be offered while locked; null: ask. */
  vaultFolder: text.max(4096).nullable(),
});
export type ShellSettings = z.infer<typeof shellSettings>;

export const DEFAULT_SETTINGS: ShellSettings = Object.freeze({
  idleLockMinutes: 10,
  lockOnMinimise: true,
  theme: 'system',
  contrast: 'system',
  vaultFolder: null,
});

interface ShellOperation<Request extends z.ZodType = z.ZodType, Answer extends z.ZodType = z.ZodType> {
  readonly request: Request;
  readonly answer: Answer;
}

export const SHELL_CONTRACT = {
  /** Which shell this is. `systemIdle`: idle time is that of the whole computer, else that of the window alone. */
  about: {
    request: nothing,
    answer: z.strictObject({
      shell: z.enum(['electron', 'chromium']),
      version: text,
      packaged: z.boolean(),
      systemIdle: z.boolean(),
    }),
  },
  /** Answers null in all four choices where the person closed the dialog. */
  chooseFolder: { request: z.strictObject({ title: dialogTitle }), answer: text.nullable() },
  chooseFile: {
    request: z.strictObject({
      title: dialogTitle,
      kind: z.enum(['any', 'incident', 'key', 'certificate', 'rules', 'pdf', 'mail']),
    }),
    answer: z.strictObject({ name: fileName, content: base64Within(LARGEST_ANSWER) }).nullable(),
  },
  /** A file that may be large: only the path; the core reads it. */
  chooseFilePath: { request: z.strictObject({ title: dialogTitle }), answer: text.nullable() },
  /** Where to write a file: only the path; the core writes it. */
  chooseSavePath: {
    request: z.strictObject({ title: dialogTitle, suggestedName: fileName }),
    answer: text.nullable(),
  },
  /**
   * Opens the system's print dialog. `printed` false: the person closed it; null: the shell is not told, and the person
   * must be asked. The job is named `Sigill`, never more.
   */
  print: {
    request: z.strictObject({ pdf: base64Within(MAX_PRINTED_PDF_BYTES) }),
    answer: z.strictObject({ printed: z.boolean().nullable() }),
  },
  /** Puts text on the clipboard for CLIPBOARD_SECONDS, or until the rooms are locked. */
  copyText: { request: z.strictObject({ text: text.min(1).max(MAX_COPIED_CHARACTERS) }), answer: nothing },
  getSettings: { request: nothing, answer: shellSettings },
  changeSettings: { request: shellSettings.partial(), answer: shellSettings },
  /** Locks both rooms at once, destroys this window's renderer and starts a new one. The answer may not arrive. */
  lock: { request: nothing, answer: nothing },
  /**
   * Destroys this window's renderer and starts a new one, and takes away what was copied. The core lives on with the room
   * that is still open: this is what follows when the protected room alone has been locked. The answer does not arrive.
   */
  restartWindow: { request: nothing, answer: nothing },
  /** Locks, and ends the program. */
  quit: { request: nothing, answer: nothing },
} as const satisfies Readonly<Record<string, ShellOperation>>;

export type ShellOperationName = keyof typeof SHELL_CONTRACT;
export type ShellRequest<N extends ShellOperationName> = z.output<(typeof SHELL_CONTRACT)[N]['request']>;
/** How many bytes `chooseFile` reads of a file of this kind. */
export function largestChosenFile(kind: ShellRequest<'chooseFile'>['kind']): number {
  return kind === 'mail' ? LARGEST_ANSWER : MAX_CHOSEN_FILE_BYTES;
}
export type ShellAnswer<N extends ShellOperationName> = z.output<(typeof SHELL_CONTRACT)[N]['answer']>;

/** Every operation of the contract, as a shell implements it. It throws SigillError for what a person should read. */
export type ShellHandlers = {
  readonly [N in ShellOperationName]: (request: ShellRequest<N>) => Promise<ShellAnswer<N>> | ShellAnswer<N>;
};

export const toShell = z.strictObject({
  kind: z.literal('shell'),
  /** Counted apart from the ids of core calls. */
  id: z.number().int().positive(),
  operation: z.enum(Object.keys(SHELL_CONTRACT) as [ShellOperationName, ...ShellOperationName[]]),
  request: z.unknown(),
});
export type ToShell = z.infer<typeof toShell>;

export const fromShell = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('shellAnswer'), id: z.number().int(), answer: z.unknown() }),
  z.strictObject({
    kind: z.literal('shellError'),
    id: z.number().int(),
    error: z.strictObject({
      kind: z.enum(['usage', 'policy', 'unlock', 'damaged', 'locked', 'fault']),
      message: text,
      faults: z.array(text),
    }),
  }),
  /**
   * Told without being asked: the rooms are locked in so many seconds unless somebody does something. Null: no longer.
   * 0: now; save drafts at once. A lock by suspend comes without it.
   */
  z.strictObject({ kind: z.literal('lockSoon'), seconds: z.number().int().min(0).nullable() }),
  /** The core's process ended by itself and has been started anew: every call in flight is lost, both rooms are locked. */
  z.strictObject({ kind: z.literal('coreRestarted'), message: text }),
]);
export type FromShell = z.infer<typeof fromShell>;

/** What a renderer finds as `window.sigill`, and all it finds. Both ends check what they receive. */
export interface SigillBridge {
  readonly send: (message: ToCore | ToShell) => void;
  /** @returns a function that ends the listening */
  readonly onMessage: (listener: (message: FromCore | FromShell) => void) => () => void;
}
