import { Option, type Command } from 'commander';
import { readFileSync } from 'node:fs';
import { SigillError } from '../../../../shared/domain/error.ts';
import {
  FACT_IDS,
  INCIDENT_STATES,
  LOG_KINDS,
  POINTER_SENTENCE,
  TIME_IDS,
} from '../../../../shared/domain/incident.ts';
import type { FactId, Incident, IncidentState, LogKind } from '../../../../shared/domain/incident.ts';
import { describeMarking, type Level } from '../../../../shared/domain/marking.ts';
import { importIncidentFiles } from '../../../core/import-incidents.ts';
import { sensitiveRegimes } from '../../../core/open-session.ts';
import { historyOf } from '../../../incidents/history.ts';
import {
  findItem,
  lowerMarking,
  raiseMarking,
  wantedMarking,
  writeItem,
} from '../../../incidents/marking.ts';
import type { ItemReference } from '../../../incidents/repository.ts';
import { changeState, getIncident, listAllIncidents, makeLogKey } from '../../../incidents/service.ts';
import { requireIncidentId, table, withVault, type Context, type VaultOptions } from '../context.ts';
import { levelOption, unlockOptions } from '../options.ts';
import type { Run } from '../sigill.ts';

/** `system` → a fact; `titel`; `tid:detected`; `logg:3f9a…` → an entry of the log by its key. */
function readItemName(incident: string, name: string): ItemReference {
  const incidentId = requireIncidentId(incident);
  if (name === 'titel' || name === 'title') return { incidentId, kind: 'title', key: '' };
  const [prefix, key] = name.split(':', 2);
  if ((prefix === 'tid' || prefix === 'time') && TIME_IDS.some((id) => id === key)) {
    return { incidentId, kind: 'time', key: key ?? '' };
  }
  if ((prefix === 'logg' || prefix === 'log') && key) return { incidentId, kind: 'log', key };
  if (FACT_IDS.some((id) => id === name)) return { incidentId, kind: 'fact', key: name };
  throw new SigillError('usage', 'Okänd uppgift. Ange titel, tid:TID, logg:NYCKEL eller ett av:', [
    FACT_IDS.join(', '),
  ]);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw new SigillError(
      'usage',
      `Kan inte läsa ${file} (${(error as NodeJS.ErrnoException).code ?? 'okänt fel'}).`,
    );
  }
}

const STATE_NAME: Readonly<Record<IncidentState, string>> = {
  draft: 'utkast',
  active: 'pågående',
  closed: 'avslutad',
};

function titleOf(incident: Incident): string {
  const exercise = incident.exercise && !incident.title?.text.startsWith('ÖVNING') ? 'ÖVNING ' : '';
  return exercise + (incident.title?.text ?? POINTER_SENTENCE);
}

function describeIncident(incident: Incident): string {
  const lines = [
    `${incident.id}  ${titleOf(incident)}`,
    `${incident.title ? describeMarking(incident.title.marking) : ''}`,
    `${STATE_NAME[incident.state]}; ${incident.organisationKind}; regimer: ${incident.regimes.join(', ') || '–'}`,
    incident.protectedPartHidden ? POINTER_SENTENCE : '',
    '',
    ...incident.times.map(
      (time) => `tid:${time.id}  ${time.at} (${time.precision})  [${describeMarking(time.marking)}]`,
    ),
    '',
    ...incident.facts.flatMap((fact) => [
      `${fact.id}  [${describeMarking(fact.marking)}]`,
      ...(fact.codes.length > 0 ? [`    val: ${fact.codes.join('; ')}`] : []),
      ...(fact.text ? [`    ${fact.text}`] : []),
    ]),
    '',
    ...incident.log.map(
      (entry) =>
        `logg:${entry.key}  ${entry.at}  ${entry.kind}${entry.by ? `, ${entry.by}` : ''}  [${describeMarking(entry.marking)}]\n    ${entry.text}`,
    ),
  ];
  return `${lines.filter((line, index) => line !== '' || lines[index - 1] !== '').join('\n')}\n`;
}

interface MarkOptions extends VaultOptions {
  readonly incident: string;
  readonly fact: string;
  readonly level: Level;
  readonly basis?: string[];
  readonly reason?: string;
  readonly secondUser?: string;
  readonly secondPass?: string;
}

export function addIncidentCommands(program: Command, context: Context, run: Run): void {
  const incident = program.command('incident').description('incidenter: läs in, visa, skriv');

  unlockOptions(
    incident.command('import <fil...>').description('läs in incidentfiler, alla eller ingen'),
  ).action((files: string[], options: VaultOptions) =>
    run(() =>
      withVault(context, options, ['open'], (vault, rules) => {
        const ids = importIncidentFiles(vault, rules, files);
        return {
          text: table(ids.map((id, index) => [id, files[index] ?? ''])),
          json: ids.map((id, index) => ({ incident: id, file: files[index] })),
        };
      }),
    ),
  );

  unlockOptions(incident.command('list').description('incidenterna i de rum som är upplåsta')).action(
    (options: VaultOptions) =>
      run(() =>
        withVault(context, options, [], (vault) => {
          const incidents = listAllIncidents(vault);
          return {
            text: table(incidents.map((one) => [one.id, STATE_NAME[one.state], one.createdAt, titleOf(one)])),
            json: incidents.map((one) => ({
              incident: one.id,
              state: one.state,
              createdAt: one.createdAt,
              exercise: one.exercise,
              title: one.title?.text ?? null,
              regimes: one.regimes,
              hasProtectedPart: one.hasProtectedPart,
            })),
          };
        }),
      ),
  );

  unlockOptions(incident.command('show <id>').description('visa en incident'))
    .addOption(
      new Option('--room <rum>', 'ur vilket rum').choices(['open', 'protected', 'both']).default('both'),
    )
    .action((id: string, options: VaultOptions & { room: 'open' | 'protected' | 'both' }) =>
      run(() =>
        withVault(context, options, [], (vault) => {
          const found = getIncident(vault, requireIncidentId(id), options.room);
          return { text: describeIncident(found), json: found };
        }),
      ),
    );

  unlockOptions(incident.command('history <id>').description('en uppgifts alla ändringar: när, vem, vad'))
    .requiredOption('--fact <uppgift>', 'uppgift, titel, tid:TID eller logg:NYCKEL')
    .action((id: string, options: VaultOptions & { fact: string }) =>
      run(() =>
        withVault(context, options, [], (vault) => {
          const history = historyOf(vault, readItemName(id, options.fact));
          return {
            text: table(
              history.map((one) => [
                String(one.revision),
                one.changedAt,
                one.changedBy,
                one.change,
                describeMarking(one.marking),
              ]),
            ),
            json: history,
          };
        }),
      ),
    );

  unlockOptions(incident.command('state <id>').description('utkast, pågående eller avslutad'))
    .addOption(new Option('--to <läge>', 'nytt läge').choices(INCIDENT_STATES).makeOptionMandatory())
    .action((id: string, options: VaultOptions & { to: IncidentState }) =>
      run(() =>
        withVault(context, options, [], (vault) => {
          changeState(vault, requireIncidentId(id), options.to);
          return {
            text: `Incidenten är ${STATE_NAME[options.to]}.\n`,
            json: { incident: id, state: options.to },
          };
        }),
      ),
    );

  unlockOptions(incident.command('write <id>').description('skriv en uppgift: ny, eller en ny lydelse'))
    .requiredOption('--fact <uppgift>', 'uppgiftens id')
    .requiredOption('--text-file <fil>', 'fil med texten (texten anges aldrig på kommandoraden)')
    .option('--code <kod...>', 'val ur kodlista')
    .addOption(levelOption('--level <nivå>', 'märkning').makeOptionMandatory())
    .option('--basis <bestämmelse...>', 'bestämmelser bakom märkningen')
    .option('--reason <skäl>', 'varför uppgiften ändras')
    .action(
      (
        id: string,
        options: VaultOptions & {
          fact: FactId;
          textFile: string;
          code?: string[];
          level: Level;
          basis?: string[];
          reason?: string;
        },
      ) =>
        run(() =>
          withVault(context, options, ['open'], (vault, rules) => {
            const reference = readItemName(id, options.fact);
            if (reference.kind !== 'fact')
              throw new SigillError('usage', 'Ange en uppgift ur listan.', [FACT_IDS.join(', ')]);
            const marking = wantedMarking(vault, options.level, options.basis ?? []);
            const content = { text: readText(options.textFile), codes: options.code ?? [] };
            writeItem(vault, reference, content, marking, options.reason ?? null, sensitiveRegimes(rules));
            const now = findItem(vault, reference)?.item.marking ?? marking;
            return {
              text: `Uppgiften är skriven: ${describeMarking(now)}.\n`,
              json: { incident: id, fact: options.fact, marking: now },
            };
          }),
        ),
    );

  unlockOptions(incident.command('log <id>').description('skriv en rad i händelseloggen'))
    .addOption(new Option('--kind <slag>', 'radens slag').choices(LOG_KINDS).makeOptionMandatory())
    .option('--at <tid>', 'ISO 8601 med tidszon; annars nu')
    .requiredOption('--text-file <fil>', 'fil med texten')
    .addOption(levelOption('--level <nivå>', 'märkning').makeOptionMandatory())
    .option('--basis <bestämmelse...>', 'bestämmelser bakom märkningen')
    .action(
      (
        id: string,
        options: VaultOptions & {
          kind: LogKind;
          at?: string;
          textFile: string;
          level: Level;
          basis?: string[];
        },
      ) =>
        run(() =>
          withVault(context, options, ['open'], (vault, rules) => {
            const at = options.at ?? vault.now().toISOString();
            if (!/T.*(Z|[+-]\d\d:\d\d)$/.test(at) || Number.isNaN(Date.parse(at))) {
              throw new SigillError('usage', 'Tiden anges som 2026-10-24T22:40:00+02:00 (--at).');
            }
            const text = readText(options.textFile);
            if (text.trim() === '') throw new SigillError('usage', 'Loggraden är tom.');
            const reference: ItemReference = {
              incidentId: requireIncidentId(id),
              kind: 'log',
              key: makeLogKey(),
            };
            const marking = wantedMarking(vault, options.level, options.basis ?? []);
            const by = vault.requireRoom('open').actor.name;
            writeItem(
              vault,
              reference,
              { at, kind: options.kind, text, by },
              marking,
              null,
              sensitiveRegimes(rules),
            );
            return {
              text: `Raden är skriven: logg:${reference.key}.\n`,
              json: { incident: id, log: reference.key, marking },
            };
          }),
        ),
    );

  unlockOptions(
    program.command('mark').description('höj en märkning; att sänka den är ett beslut av två personer'),
  )
    .requiredOption('--incident <id>', 'incidentens beteckning')
    .requiredOption('--fact <uppgift>', 'uppgift, titel, tid:TID eller logg:NYCKEL')
    .addOption(levelOption('--level <nivå>', 'den nya märkningen').makeOptionMandatory())
    .option('--basis <bestämmelse...>', 'bestämmelser, till exempel "15 kap. 2 § OSL"')
    .option('--reason <skäl>', 'varför; krävs när en märkning sänks')
    .option('--second-user <namn>', 'den andra personen i ett beslut att sänka')
    .option('--second-pass <fil>', 'fil med den andra personens lösenfras för rummet där uppgiften ligger')
    .action((options: MarkOptions) =>
      run(async () => {
        const second =
          options.secondUser !== undefined && options.secondPass !== undefined
            ? {
                userName: options.secondUser,
                passphrase: Buffer.from(await context.secrets.read(options.secondPass)),
              }
            : null;
        return withVault(context, options, [], async (vault, rules) => {
          const reference = readItemName(options.incident, options.fact);
          const wanted = wantedMarking(vault, options.level, options.basis ?? []);
          const marking = second
            ? await lowerMarking(vault, reference, wanted, options.reason ?? '', second)
            : raiseMarking(vault, reference, wanted, options.reason ?? null, sensitiveRegimes(rules));
          return {
            text: `Märkningen är nu ${describeMarking(marking)}.\n`,
            json: { incident: reference.incidentId, fact: options.fact, marking },
          };
        });
      }),
    );
}
