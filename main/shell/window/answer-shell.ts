import { SigillError } from '../../../shared/domain/error.ts';
import {
  SHELL_CONTRACT,
  toShell,
  type FromShell,
  type ShellHandlers,
  type ToShell,
} from '../../../shared/contract/shell.ts';

type ShellError = Extract<FromShell, { kind: 'shellError' }>['error'];

/** @returns the message as the contract knows it; null for what is meant for the core, or for nobody */
export function readToShell(raw: unknown): ToShell | null {
  const message = toShell.safeParse(raw);
  return message.success ? message.data : null;
}

/** Answers one request of the window: checked before, checked after. Never throws. */
export async function answerShell(handlers: ShellHandlers, message: ToShell): Promise<FromShell> {
  const { id, operation } = message;
  const entry = SHELL_CONTRACT[operation];
  const request = entry.request.safeParse(message.request);
  if (!request.success) {
    return {
      kind: 'shellError',
      id,
      error: {
        kind: 'usage',
        message: 'Något i det som skickades är fel.',
        faults: request.error.issues.map((issue) => issue.path.join('.') || 'hela'),
      },
    };
  }
  try {
    const handler = handlers[operation] as (request: unknown) => unknown;
    return { kind: 'shellAnswer', id, answer: entry.answer.parse(await handler(request.data)) };
  } catch (error) {
    return { kind: 'shellError', id, error: describe(error) };
  }
}

function describe(error: unknown): ShellError {
  if (error instanceof SigillError) {
    return { kind: error.kind, message: error.message, faults: [...error.faults] };
  }
  // The text of an unforeseen error may quote a path or what was being worked on.
  return {
    kind: 'fault',
    message: 'Ett fel i Sigill stoppade det här. Ingenting i valvet har ändrats. Försök igen.',
    faults: [],
  };
}
