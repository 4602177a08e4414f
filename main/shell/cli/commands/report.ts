import { Option, type Command } from 'commander';
import { SigillError } from '../../../../shared/domain/error.ts';
import type { Level } from '../../../../shared/domain/marking.ts';
import { REPORT_FORMATS, type ReportFormat, type ReportVersion } from '../../../../shared/domain/report.ts';
import { CHANNELS, type Channel, type RulePack } from '../../../../shared/domain/rules.ts';
import { chooseCarriage } from '../../../core/carriage.ts';
import { makeReport, gatePolicy, personalDataRemarks, reportRemarks } from '../../../core/make-report.ts';
import { writeReportFile } from '../../../core/write-report.ts';
import { askGate, type GateAnswer } from '../../../export/gate.ts';
import { describeMarking } from '../../../../shared/domain/marking.ts';
import type { Vault } from '../../../vault/session.ts';
import { EXIT_CODE, requireIncidentId, withVault, type Context, type VaultOptions } from '../context.ts';
import { describeAnswer } from '../gate-answer.ts';
import { reportOptions } from '../options.ts';
import type { Run } from '../terminal.ts';

export interface ReportOptions extends VaultOptions {
  readonly incident: string;
  readonly form: string;
  readonly version: ReportVersion;
  readonly openLevel?: Level;
  readonly supplement?: boolean;
  readonly supplementOf?: string;
  readonly mask?: boolean;
}

export function orderOf(options: ReportOptions, draft: boolean) {
  return {
    incidentId: requireIncidentId(options.incident),
    formId: options.form,
    version: options.version,
    ...(options.openLevel === undefined ? {} : { openLevel: options.openLevel }),
    draft,
    isSupplement: options.supplement === true || options.supplementOf !== undefined,
    ...(options.supplementOf === undefined ? {} : { supplements: options.supplementOf }),
    mask: options.mask === true,
  };
}

export function addReportCommands(program: Command, context: Context, run: Run): void {
  program
    .command('forms')
    .description('formulären')
    .command('list')
    .description('id, namn, regim och vägar; behöver inget valv')
    .action(() =>
      run(async () => {
        const forms = [...context.rules().forms.values()];
        return {
          text: forms
            .map(
              (form) =>
                `${form.id}\n  ${form.name}\n  Regim: ${form.regimes.join(', ')}\n  Vägar: ${form.channels.join(', ')}\n`,
            )
            .join(''),
          json: forms.map(({ id, name, regimes, channels, version, confidence }) => ({
            id,
            name,
            regimes,
            channels,
            version,
            confidence,
          })),
        };
      }),
    );

  reportOptions(program.command('report').description('gör en rapport till en fil på arbetsstationen'))
    .addOption(new Option('--format <format>', 'filens format').choices(REPORT_FORMATS).makeOptionMandatory())
    .requiredOption('--out <fil>', 'filen som skapas; den är inte krypterad')
    .option(...UNMASKED)
    .action((options: ReportOptions & { format: ReportFormat; out: string; unmasked?: boolean }) =>
      run(async () => {
        const order = orderOf(options, false);
        return withVault(context, options, [], async (vault, rules) => {
          requireChoice(vault, rules, order, options.unmasked === true);
          const personal = personalDataRemarks(vault, rules, order);
          const { document, file } = await writeReportFile(vault, rules, order, options.format, options.out);
          return {
            text: `${file.path}\nMärkning: ${describeMarking(document.marking)}${document.draft ? '. UTKAST' : ''}\n`,
            json: { file, marking: document.marking, missing: document.missing, draft: document.draft },
            remarks: [
              ...reportRemarks(rules, vault, order, document),
              ...personal,
              'Filen ligger okrypterad på disken. Förstör den när den inte behövs.',
            ],
          };
        });
      }),
    );

  reportOptions(
    program.command('gate').description('fråga grinden om en rapport får gå en väg; inget skrivs'),
  )
    .addOption(
      new Option('--channel <kanal>', 'vägen ut').choices([...CHANNELS, 'kuvert']).makeOptionMandatory(),
    )
    .action((options: ReportOptions & { channel: Channel | 'kuvert' }) =>
      run(async () => {
        // Asked of the draft: that facts are missing has nothing to do with the way.
        const order = orderOf(options, true);
        return withVault(context, options, [], (vault, rules) => {
          const document = makeReport(vault, rules, order);
          const policy = gatePolicy(vault, rules, options.form);
          const channels = channelsOf(options.channel, () => chooseCarriage(document, policy, true));
          const answers = channels.map((channel) => askGate(document, channel, policy));
          const strictest = strictestOf(answers);
          return {
            text: answers.map((answer) => describeAnswer(answer)).join(''),
            json: { channel: options.channel, answer: strictest.answer, answers, marking: document.marking },
            remarks: [
              ...reportRemarks(rules, vault, order, document),
              ...personalDataRemarks(vault, rules, order),
            ],
            exitCode: strictest.answer === 'refused' ? EXIT_CODE.policy : 0,
          };
        });
      }),
    );
}

function channelsOf(channel: Channel | 'kuvert', carriage: () => Channel): Channel[] {
  return channel === 'kuvert' ? ['utskrift', carriage()] : [channel];
}

function strictestOf(answers: readonly GateAnswer[]): GateAnswer {
  const order = ['allowed', 'decision', 'refused'];
  const [strictest] = [...answers].sort(
    (one, other) => order.indexOf(other.answer) - order.indexOf(one.answer),
  );
  if (!strictest) throw new TypeError('No channel was asked about.');
  return strictest;
}

/** Beside `--mask`, where something is written that is to leave: one of the two is chosen before it is there. */
export const UNMASKED = [
  '--unmasked',
  'låt personnummer, e-postadresser och telefonnummer stå kvar',
] as const;

/**
 * What is told of persons is chosen before it is written.
 * @throws SigillError `usage` with the fields and the kinds, where neither is chosen
 */
export function requireChoice(
  vault: Vault,
  rules: RulePack,
  order: ReturnType<typeof orderOf>,
  isUnmasked: boolean,
): void {
  if (order.mask || isUnmasked) return;
  const personal = personalDataRemarks(vault, rules, order);
  if (personal.length === 0) return;
  throw new SigillError(
    'usage',
    'Rapporten rymmer personuppgifter, och inget har skrivits. Maskera dem, eller låt dem stå kvar:',
    personal,
    '--mask eller --unmasked',
  );
}
