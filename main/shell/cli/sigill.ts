import { Command, CommanderError } from 'commander';
import { SigillError } from '../../../shared/domain/error.ts';
import { addAuditCommands } from './commands/audit.ts';
import { addAssessCommand } from './commands/assess.ts';
import { addDeadlinesCommand } from './commands/deadlines.ts';
import { addDispatchCommands } from './commands/dispatch.ts';
import { addDutiesCommand } from './commands/duties.ts';
import { addIncidentCommands } from './commands/incident.ts';
import { addKeyCommands } from './commands/key.ts';
import { addRecipientCommands } from './commands/recipient.ts';
import { addRegisterCommands } from './commands/register.ts';
import { addRegisterEntryCommands } from './commands/register-entries.ts';
import { addExpeditionCommands } from './commands/expedition.ts';
import { addMailCommands } from './commands/mail.ts';
import { addMediumCommands } from './commands/medium.ts';
import { addPortalCommands } from './commands/portal.ts';
import { addReportCommands } from './commands/report.ts';
import { addRulesCommands } from './commands/rules.ts';
import { addUserCommands } from './commands/user.ts';
import { addVaultCommands } from './commands/vault.ts';
import { addWriteCommands } from './commands/write.ts';
import { EXIT_CODE, makeContext } from './context.ts';
import { explainForeign } from './foreign-error.ts';
import { fit, printableJson } from './layout.ts';
import { SWEDISH_HELP, translateCommanderError } from './swedish.ts';
import type { Run, Terminal } from './terminal.ts';

/** Wider lines than this are hard to follow, however wide the screen is. */
const WIDEST_HELP = 110;
const FAULT_IN_SIGILL = 1;

/**
 * Runs one command of the terminal.
 * @param words what stands after `sigill --`
 * @returns the exit code: 0 done, 2 wrong use or bad input, 3 refused by policy, 4 cannot unlock, 5 damaged or tampered,
 *   6 locked by another process; 1 for a fault in Sigill itself
 */
export async function runCli(words: readonly string[], terminal: Terminal): Promise<number> {
  const asJson = words.includes('--json');
  const columns = terminal.columns ?? null;
  let exitCode = 0;
  const run: Run = async (work) => {
    const answer = await work();
    for (const remark of answer.remarks ?? []) terminal.err(fit(`OBS: ${remark}\n`, columns));
    terminal.out(asJson ? printableJson(answer.json) : fit(answer.text, columns));
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
  const helpWidth = Math.min(terminal.columns ?? 80, WIDEST_HELP);
  program
    .description('Registrera it-incidenter i två åtskilda rum och få ut rapporterna på tre vägar.')
    .addHelpText(
      'after',
      '\nStarta med: npm run -s sigill -- <kommando>\n' +
        'Hjälp om ett kommando: npm run -s sigill -- vault create --help\n' +
        'Alla kommandon tar --json för ett maskinläsbart svar.\n' +
        'Handboken ligger i docs/handbok/.\n\n' +
        'Avslutskoder: 0 klart, 2 fel användning, 3 avvisat av regel,\n' +
        '4 kan inte låsas upp, 5 skadat eller ändrat, 6 låst av annat program.',
    )
    .configureHelp(SWEDISH_HELP)
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.err,
      // Faults are told once, by `report` below.
      outputError: () => undefined,
      getOutHelpWidth: () => helpWidth,
      getErrHelpWidth: () => helpWidth,
    });
  for (const add of [
    addVaultCommands,
    addUserCommands,
    addKeyCommands,
    addIncidentCommands,
    addWriteCommands,
    addDeadlinesCommand,
    addDutiesCommand,
    addRecipientCommands,
    addAssessCommand,
    addReportCommands,
    addDispatchCommands,
    addPortalCommands,
    addRegisterCommands,
    addRegisterEntryCommands,
    addMediumCommands,
    addExpeditionCommands,
    addMailCommands,
    addAuditCommands,
    addRulesCommands,
  ]) {
    add(program, context, run);
  }
  settle(program);
  return program;
}

/** Every command, however deep: JSON on request, errors thrown instead of ending the process, Swedish help. */
function settle(command: Command): void {
  command.helpOption('-h, --help', 'visa hjälp').exitOverride();
  if (command.commands.length > 0) command.helpCommand('help [kommando]', 'visa hjälp för ett kommando');
  else command.option('--json', 'svara maskinläsbart');
  for (const child of command.commands) settle(child.copyInheritedSettings(command));
}

function report(error: unknown, asJson: boolean, terminal: Terminal): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    return tell(new SigillError('usage', translateCommanderError(error)), asJson, terminal);
  }
  const known = error instanceof SigillError ? error : explainForeign(error);
  if (known) return tell(known, asJson, terminal);
  const message = `Ett fel i Sigill har stoppat kommandot (${placeOf(error)}). Det som inte blev klart har inte sparats.`;
  tellError({ kind: 'fault', message, faults: [], terminal: null }, asJson, terminal);
  return FAULT_IN_SIGILL;
}

/** A word that a program has chosen, such as the name of an error; anything else could be text out of an incident. */
const WORD = /^[\w-]{1,60}$/;

/** Of something nobody foresaw: its kind and its place. Never its message, which may quote what was being worked on. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { name, message, stack = '' } = error;
  const code = (error as { code?: unknown }).code;
  const trace = stack.slice(stack.indexOf(message) + message.length);
  const place = /^.*\/((?:main|shared)\/[\w./-]+:\d+)/m.exec(trace)?.[1];
  const words = [name, code].filter((word) => typeof word === 'string' && WORD.test(word));
  return [...words, ...(place === undefined ? [] : [place])].join(', ');
}

function tell(error: SigillError, asJson: boolean, terminal: Terminal): number {
  tellError(error, asJson, terminal);
  return EXIT_CODE[error.kind];
}

interface ToldError {
  readonly kind: string;
  readonly message: string;
  readonly faults: readonly string[];
  readonly terminal: string | null;
}

function tellError(
  { kind, message, faults, terminal: option }: ToldError,
  asJson: boolean,
  terminal: Terminal,
): void {
  const columns = terminal.columns ?? null;
  // What the window has a button for has an option here.
  const said = option === null ? message : `${message} I terminalen: ${option}.`;
  if (asJson) terminal.out(printableJson({ error: { kind, message: said, faults } }));
  terminal.err(fit(`${said}\n${faults.map((fault) => `  – ${fault}\n`).join('')}`, columns));
}
