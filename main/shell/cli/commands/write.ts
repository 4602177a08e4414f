import { Option, type Command } from 'commander';
import { SigillError } from '../../../../shared/domain/error.ts';
import {
  FACT_IDS,
  LOG_KINDS,
  TIME_IDS,
  TIME_PRECISIONS,
  type IncidentId,
  type LogKind,
  type TimePrecision,
} from '../../../../shared/domain/incident.ts';
import { describeMarking, type Level } from '../../../../shared/domain/marking.ts';
import type { RulePack } from '../../../../shared/domain/rules.ts';
import { checkAnswer, type NewFormAnswer } from '../../../core/check-answer.ts';
import { knownCodes } from '../../../core/import-incidents.ts';
import {
  findItem,
  lowerMarking,
  raiseMarking,
  wantedMarking,
  writeItem,
} from '../../../incidents/marking.ts';
import type { ItemReference } from '../../../incidents/repository.ts';
import { getIncident, makeLogKey } from '../../../incidents/service.ts';
import type { FactContent, TimeContent } from '../../../incidents/view.ts';
import { rulesForIncident, tellingRegimes } from '../../../packs/for-incident.ts';
import type { Vault } from '../../../vault/session.ts';
import { requireIncidentId, withUnlocked, withVault, type Context, type VaultOptions } from '../context.ts';
import { readTextFile } from '../input-file.ts';
import { readItemName } from '../item-name.ts';
import { levelOption, unlockOptions, writtenTime } from '../options.ts';
import { readUnlockAndSecond, secondPersonOptions, type SecondPersonOptions } from '../second-person.ts';
import type { Run } from '../terminal.ts';

interface MarkingOptions extends VaultOptions {
  readonly level: Level;
  readonly basis?: string[];
}
interface WriteOptions extends MarkingOptions {
  readonly fact?: string;
  readonly answer?: string;
  readonly time?: string;
  readonly textFile?: string;
  readonly code?: string[];
  readonly at?: string;
  readonly precision: TimePrecision;
  readonly reason?: string;
}
interface LogOptions extends MarkingOptions {
  readonly kind: LogKind;
  readonly at?: string;
  readonly textFile: string;
}
interface MarkOptions extends MarkingOptions, SecondPersonOptions {
  readonly incident: string;
  readonly fact: string;
  readonly reason?: string;
}

/** The commands that write in an incident. What is written comes from a file: a command stays in the shell's history. */
export function addWriteCommands(program: Command, context: Context, run: Run): void {
  const incident = program.commands.find((command) => command.name() === 'incident');
  if (!incident) throw new TypeError('The incident commands come first.');
  addWrite(incident, context, run);
  addLog(incident, context, run);
  addMark(program, context, run);
}

function addWrite(incident: Command, context: Context, run: Run): void {
  unlockOptions(
    incident
      .command('write')
      .description('skriv en uppgift, ett svar i ett formulär eller en tidpunkt: ny, eller en ny lydelse')
      .argument('<id>', 'incidentens beteckning'),
  )
    .option('--fact <uppgift>', 'uppgiftens id')
    .option(
      '--answer <formulär/fält>',
      'i stället: ett svar i ett formulär, som stat-incidentanmalan/uppdatering',
    )
    .option('--time <tid>', 'i stället: en tidpunkt, som aware, med --at')
    .option('--text-file <fil>', 'fil med texten, i UTF-8')
    .option('--code <kod...>', 'val ur kodlista')
    .option('--at <tid>', 'med --time: som 2026-10-24T22:40 (svensk tid)')
    .addOption(
      new Option('--precision <noggrannhet>', 'med --time: hur säkert klockslaget är')
        .choices(TIME_PRECISIONS)
        .default('exact'),
    )
    .addOption(levelOption('--level <nivå>', 'märkning').makeOptionMandatory())
    .option('--basis <bestämmelse...>', 'bestämmelser bakom märkningen')
    .option('--reason <skäl>', 'varför uppgiften ändras')
    .action((id: string, options: WriteOptions) =>
      run(async () => {
        const asked = askedOf(requireIncidentId(id), options);
        return withVault(context, options, ['open'], (vault, rules) => {
          const { reference, content } = checked(vault, rules, asked, options.level);
          const marking = wantedMarking(vault, options.level, options.basis ?? []);
          writeItem(vault, reference, content, marking, options.reason ?? null, tellingRegimes(vault, rules));
          const now = findItem(vault, reference)?.item.marking ?? marking;
          return {
            text: `${WRITTEN[asked.kind]}: ${describeMarking(now)}.\n`,
            json: { incident: reference.incidentId, [asked.kind]: reference.key, marking: now },
          };
        });
      }),
    );
}

const WRITTEN = {
  fact: 'Uppgiften är skriven',
  answer: 'Svaret är skrivet',
  time: 'Tidpunkten är skriven',
} as const;

/** What is to be written, as far as it can be told without a vault. */
type Asked =
  | { readonly kind: 'fact'; readonly reference: ItemReference; readonly content: FactContent }
  | { readonly kind: 'answer'; readonly answer: Omit<NewFormAnswer, 'level'> }
  | { readonly kind: 'time'; readonly reference: ItemReference; readonly content: TimeContent };

function askedOf(incidentId: IncidentId, options: WriteOptions): Asked {
  const { fact, answer, time, textFile, at, precision } = options;
  if ([fact, answer, time].filter((one) => one !== undefined).length !== 1)
    throw new SigillError('usage', 'Ange en av --fact, --answer och --time.');
  if (time !== undefined) {
    const key = TIME_IDS.find((one) => one === time);
    if (key === undefined)
      throw new SigillError('usage', 'Okänd tidpunkt (--time). Ange ett av:', [TIME_IDS.join(', ')]);
    if (at === undefined) throw new SigillError('usage', 'Ange när (--at).');
    return {
      kind: 'time',
      reference: { incidentId, kind: 'time', key },
      content: { at: writtenTime(at), precision },
    };
  }
  const codes = options.code ?? [];
  const text = textFile === undefined ? '' : readTextFile(textFile, '--text-file');
  if (text.trim() === '' && codes.length === 0)
    throw new SigillError('usage', 'Uppgiften är tom: varken text (--text-file) eller val (--code).');
  if (answer !== undefined) {
    const [form = '', field = '', ...more] = answer.split('/');
    if (form === '' || field === '' || more.length > 0)
      throw new SigillError('usage', 'Ange formulär och fält med snedstreck emellan (--answer).');
    return { kind: 'answer', answer: { incidentId, form, field, text: text.trim(), codes } };
  }
  const reference = readItemName(incidentId, fact ?? '');
  if (reference.kind !== 'fact')
    throw new SigillError('usage', 'Ange en uppgift (--fact). Ange ett av:', [FACT_IDS.join(', ')]);
  return { kind: 'fact', reference, content: { text, codes } };
}

function checked(
  vault: Vault,
  rules: RulePack,
  asked: Asked,
  level: Level,
): { readonly reference: ItemReference; readonly content: FactContent | TimeContent } {
  if (asked.kind === 'answer') return checkAnswer(vault, rules, { ...asked.answer, level });
  if (asked.kind === 'fact') requireKnownCodes(vault, rules, asked.reference.incidentId, asked.content.codes);
  return asked;
}

/** By the rules of the incident: another may have other code lists. */
function requireKnownCodes(vault: Vault, rules: RulePack, id: IncidentId, asked: readonly string[]): void {
  const codes = knownCodes(rulesForIncident(vault, rules, getIncident(vault, id)));
  if (asked.some((code) => !codes.has(code)))
    throw new SigillError('usage', 'Ett val (--code) står inte i någon kodlista. Koderna är:', [...codes]);
}

function addLog(incident: Command, context: Context, run: Run): void {
  unlockOptions(
    incident
      .command('log')
      .description('skriv en rad i händelseloggen')
      .argument('<id>', 'incidentens beteckning'),
  )
    .addOption(new Option('--kind <slag>', 'radens slag').choices(LOG_KINDS).makeOptionMandatory())
    .option('--at <tid>', 'som 2026-10-24T22:40 (svensk tid); annars nu')
    .requiredOption('--text-file <fil>', 'fil med texten, i UTF-8')
    .addOption(levelOption('--level <nivå>', 'märkning').makeOptionMandatory())
    .option('--basis <bestämmelse...>', 'bestämmelser bakom märkningen')
    .action((id: string, options: LogOptions) =>
      run(async () => {
        const reference: ItemReference = {
          incidentId: requireIncidentId(id),
          kind: 'log',
          key: makeLogKey(),
        };
        const asked = options.at === undefined ? null : writtenTime(options.at);
        const text = readTextFile(options.textFile, '--text-file');
        if (text.trim() === '') throw new SigillError('usage', 'Loggraden är tom (--text-file).');
        return withVault(context, options, ['open'], (vault, rules) => {
          const marking = wantedMarking(vault, options.level, options.basis ?? []);
          const by = vault.requireRoom('open').actor.name;
          const content = { at: asked ?? vault.now().toISOString(), kind: options.kind, text, by };
          writeItem(vault, reference, content, marking, null, tellingRegimes(vault, rules));
          return {
            text: `Raden är skriven: logg:${reference.key}, ${describeMarking(marking)}.\n`,
            json: { incident: reference.incidentId, log: reference.key, marking },
          };
        });
      }),
    );
}

function addMark(program: Command, context: Context, run: Run): void {
  const mark = program
    .command('mark')
    .description('höj en märkning; att sänka den är ett beslut av två personer');
  secondPersonOptions(unlockOptions(mark), 'när en märkning sänks')
    .requiredOption('--incident <id>', 'incidentens beteckning')
    .requiredOption('--fact <uppgift>', 'uppgiftens id, titel, tid:TID eller logg:NYCKEL')
    .addOption(levelOption('--level <nivå>', 'den nya märkningen').makeOptionMandatory())
    .option('--basis <bestämmelse...>', 'bestämmelser, till exempel "15 kap. 2 § OSL"')
    .option('--reason <skäl>', 'varför; krävs när en märkning sänks')
    .action((options: MarkOptions) =>
      run(async () => {
        const reference = readItemName(requireIncidentId(options.incident), options.fact);
        const { unlock, second } = await readUnlockAndSecond(context, options);
        return withUnlocked(context, unlock, [], async (vault, rules) => {
          const wanted = wantedMarking(vault, options.level, options.basis ?? []);
          const marking = second
            ? await lowerMarking(vault, reference, wanted, options.reason ?? '', second)
            : raiseMarking(vault, reference, wanted, options.reason ?? null, tellingRegimes(vault, rules));
          return {
            text: `Märkningen är nu ${describeMarking(marking)}.\n`,
            json: { incident: reference.incidentId, fact: options.fact, marking },
          };
        });
      }),
    );
}
