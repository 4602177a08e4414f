import { Command, CommanderError } from 'commander';
import { SigillError } from '../../../shared/domain/error.ts';
import { addAuditCommands } from './commands/audit.ts';
import { addDispatchCommands } from './commands/dispatch.ts';
import { addIncidentCommands } from './commands/incident.ts';
import { addKeyCommands } from './commands/key.ts';
import { addReportCommands } from './commands/report.ts';
import { addUserCommands } from './commands/user.ts';
import { addVaultCommands } from './commands/vault.ts';
import { EXIT_CODE, makeContext, type Answer, type Terminal } from './context.ts';
import { translateCommanderError } from './swedish.ts';

/** How a command is hung on the program: it gives an answer, and never prints by itself. */
export type Run = (work: () => Promise<Answer>) => Promise<void>;

/**
 * Runs one command of the terminal.
 * @param words what stands after `sigill --`
 * @returns the exit code: 0 done, 2 wrong use or bad input, 3 refused by policy, 4 cannot unlock, 5 damaged or tampered,
 *   6 locked by another process; 1 for a fault in Sigill itself
 */
export async function runCli(words: readonly string[], terminal: Terminal): Promise<number> {
  const asJson = words.includes('--json');
  let exitCode = 0;
  const run: Run = async (work) => {
    const answer = await work();
    for (const remark of answer.remarks ?? []) terminal.err(`OBS: ${remark}\n`);
    terminal.out(asJson ? `${JSON.stringify(answer.json, null, 2)}\n` : answer.text);
    exitCode = answer.exitCode ?? 0;
  };
  try {
    await buildProgram(terminal, run).parseAsync([...words], { from: 'user' });
    return exitCode;
  } catch (error) {
    return report(error, asJson, terminal);
  }
}

function buildProgram(terminal: Terminal, run: Run): Command {
  const program = new Command('sigill');
  const context = makeContext(terminal);
  program
    .description('Sigill: registrera it-incidenter i två åtskilda rum och få ut rapporterna på tre vägar.')
    .helpOption('-h, --help', 'visa hjälp')
    .helpCommand('help [kommando]', 'visa hjälp för ett kommando')
    .configureOutput({ writeOut: terminal.out, writeErr: () => undefined })
    .exitOverride();
  for (const add of [
    addVaultCommands,
    addUserCommands,
    addKeyCommands,
    addIncidentCommands,
    addReportCommands,
    addDispatchCommands,
    addAuditCommands,
  ]) {
    add(program, context, run);
  }
  settle(program);
  return program;
}

/** Every command, however deep: JSON on request, errors thrown instead of ending the process, Swedish help. */
function settle(command: Command): void {
  for (const child of command.commands) {
    child.copyInheritedSettings(command).helpOption('-h, --help', 'visa hjälp').exitOverride();
    if (child.commands.length === 0) child.option('--json', 'svara maskinläsbart');
    settle(child);
  }
}

function report(error: unknown, asJson: boolean, terminal: Terminal): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    return tell(new SigillError('usage', translateCommanderError(error)), asJson, terminal);
  }
  if (error instanceof SigillError) return tell(error, asJson, terminal);
  // Something nobody foresaw. The message may quote what was being worked on, so only its kind and its place are shown.
  const kind = error instanceof Error ? error.name : typeof error;
  const code = (error as { code?: string } | null)?.code;
  const place = /\/((?:main|shared)\/[^\s)]+)/.exec(error instanceof Error ? (error.stack ?? '') : '')?.[1];
  const where = [kind, code, place].filter((part) => part !== undefined).join(', ');
  terminal.err(
    `Ett fel i Sigill har stoppat kommandot (${where}). Det som inte blev klart har inte sparats.\n`,
  );
  return 1;
}

function tell(error: SigillError, asJson: boolean, terminal: Terminal): number {
  if (asJson) {
    const { kind, message, faults } = error;
    terminal.out(`${JSON.stringify({ error: { kind, message, faults } }, null, 2)}\n`);
  }
  terminal.err(`${error.message}\n`);
  for (const fault of error.faults) terminal.err(`  – ${fault}\n`);
  return EXIT_CODE[error.kind];
}
