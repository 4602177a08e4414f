import { InvalidArgumentError, Option, type Command } from 'commander';
import { dispatch, type Dispatched, type WayOut } from '../../../core/dispatch.ts';
import { CARRIAGES, type Carriage } from '../../../core/carriage.ts';
import { byEmail, byEnvelope, bySignalskydd, ENVELOPE_LAYOUTS } from '../../../core/ways-out.ts';
import { explainAnswer } from '../../../export/gate.ts';
import type { RulePack } from '../../../../shared/domain/rules.ts';
import type { Vault } from '../../../vault/session.ts';
import { table, withVault, type Answer, type Context } from '../context.ts';
import { reportOptions } from '../options.ts';
import type { Run } from '../sigill.ts';
import { orderOf, type ReportOptions } from './report.ts';

interface DispatchOptions extends ReportOptions {
  readonly out: string;
  readonly decision?: string;
  readonly decidedBy?: string;
  readonly draft?: boolean;
}

function dispatchOptions(command: Command): Command {
  return reportOptions(command)
    .requiredOption('--out <mapp>', 'ny eller tom mapp för filerna')
    .option('--decision <text>', 'beslutet, där vägen kräver ett')
    .option('--decided-by <namn>', 'vem som har beslutat; annars användaren')
    .option('--draft', 'utkast: obligatoriska uppgifter får saknas');
}

function answerOf({ document, clearances, files, remarks }: Dispatched, out: string): Answer {
  return {
    text:
      clearances.map((clearance) => `${explainAnswer(clearance.answer)}\n`).join('') +
      `Filer i ${out}:\n` +
      table(files.map((file) => [`  ${file.name}`, `${file.size} byte`, file.sha256])),
    json: {
      marking: document.marking,
      draft: document.draft,
      answers: clearances.map(({ answer, decision }) => ({ ...answer, decision })),
      folder: out,
      files,
      remarks,
    },
    remarks,
  };
}

function copiesOf(value: string): number {
  const copies = Number(value);
  if (!Number.isInteger(copies) || copies < 1 || copies > 50) throw new InvalidArgumentError('1–50');
  return copies;
}

export function addDispatchCommands(program: Command, context: Context, run: Run): void {
  const send = program.command('export').description('gör i ordning en rapport för en av de tre vägarna ut');

  const go = (options: DispatchOptions, way: (vault: Vault, rules: RulePack) => WayOut): Promise<void> =>
    run(() =>
      withVault(context, options, [], async (vault, rules) => {
        const order = {
          ...orderOf(options, options.draft ?? false),
          out: options.out,
          decision:
            options.decision === undefined
              ? null
              : { reason: options.decision, decidedBy: options.decidedBy ?? null },
        };
        return answerOf(await dispatch(vault, rules, order, way(vault, rules)), options.out);
      }),
    );

  dispatchOptions(send.command('epost').description('OpenPGP-krypterad e-post: .eml och .pgp'))
    .option('--to <fingeravtryck...>', 'mottagarens nyckel; behövs inte om bara en är verifierad')
    .action((options: DispatchOptions & { to?: string[] }) =>
      go(options, (vault) => byEmail(vault, options.to ?? [])),
    );

  dispatchOptions(send.command('signalskydd').description('mapp för signalskyddsoperatören'))
    .option('--medium <nummer>', 'mediets nummer i registret')
    .option('--grade <grad>', 'signalskyddsgrad: SG R, SG C, SG S eller SG TS')
    .option('--recipient <namn>', 'mottagande signalskyddsfunktion')
    .action((options: DispatchOptions & { medium?: string; grade?: string; recipient?: string }) =>
      go(options, () =>
        bySignalskydd({
          medium: options.medium ?? null,
          grade: options.grade ?? null,
          recipientName: options.recipient ?? null,
        }),
      ),
    );

  dispatchOptions(send.command('kuvert').description('utskrift för kuvert i kuvert'))
    .addOption(new Option('--carriage <sätt>', 'hur försändelsen går').choices(CARRIAGES))
    .addOption(new Option('--layout <format>', 'kuvertens format').choices(ENVELOPE_LAYOUTS).default('C4'))
    .option('--copies <antal>', 'antal exemplar', copiesOf, 1)
    .option('--recipient <id>', 'mottagare ur regelpaketet; annars formulärets')
    .option('--attention <namn>', 'person eller funktion hos mottagaren')
    .option('--bag <nummer>', 'säkerhetspåsens nummer')
    .option('--consignment <nummer>', 'REK- eller VÄRDE-nummer')
    .action(
      (
        options: DispatchOptions & {
          carriage?: Carriage;
          layout: (typeof ENVELOPE_LAYOUTS)[number];
          copies: number;
          recipient?: string;
          attention?: string;
          bag?: string;
          consignment?: string;
        },
      ) =>
        go(options, (vault, rules) =>
          byEnvelope(vault, rules, options.form, {
            carriage: options.carriage ?? null,
            layout: options.layout,
            copies: options.copies,
            recipientId: options.recipient ?? null,
            attention: options.attention ?? null,
            securityBag: options.bag ?? null,
            consignment: options.consignment ?? null,
          }),
        ),
    );
}
