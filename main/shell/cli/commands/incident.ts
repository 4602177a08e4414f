import { Option, type Command } from 'commander';
import { SigillError } from '../../../../shared/domain/error.ts';
import { INCIDENT_STATES, type IncidentState } from '../../../../shared/domain/incident.ts';
import { describeMarking } from '../../../../shared/domain/marking.ts';
import { ROOM_NAME } from '../../../../shared/domain/room.ts';
import { importIncidentFiles } from '../../../core/import-incidents.ts';
import { historyOf, type HistoryStep } from '../../../incidents/history.ts';
import type { ItemChange } from '../../../incidents/repository.ts';
import { changeState, getIncident, listAllIncidents } from '../../../incidents/service.ts';
import { formatShortTime } from '../../../reports/time.ts';
import { LOG_KIND_NAME, STATE_NAME } from '../../../../shared/domain/words.ts';
import { swedishTime } from '../../../../shared/domain/swedish-time.ts';
import { requireIncidentId, withVault, type Context, type VaultOptions } from '../context.ts';
import { describeIncident, describeIncidents, indented } from '../describe-incident.ts';
import { readItemName } from '../item-name.ts';
import { table } from '../layout.ts';
import { unlockOptions } from '../options.ts';
import type { Run } from '../terminal.ts';

const CHANGE_NAME: Readonly<Record<ItemChange, string>> = {
  created: 'skriven',
  revised: 'ändrad',
  raised: 'märkningen höjd',
  lowered: 'märkningen sänkt',
  released: 'flyttad till öppna rummet',
};

/** What the value was: its text, or its time. The shape depends on what kind of value it is. */
function contentOf(step: HistoryStep): string[] {
  const { text, at, precision, kind, codes } = step.content as {
    text?: string;
    at?: string;
    precision?: Parameters<typeof formatShortTime>[1];
    kind?: keyof typeof LOG_KIND_NAME;
    codes?: readonly string[];
  };
  const when = at === undefined ? [] : [formatShortTime(at, precision ?? 'exact')];
  const what = kind === undefined ? when : [[...when, LOG_KIND_NAME[kind]].join(', ')];
  return [
    ...what.map((line) => `    ${line}`),
    ...(codes && codes.length > 0 ? [`    Val: ${codes.join('; ')}`] : []),
    ...indented(text ?? ''),
  ];
}

function describeStep(step: HistoryStep): string {
  const reason = step.reason === null ? '' : ` Skäl: ${step.reason}`;
  const lines = [
    `${step.revision}. ${swedishTime(new Date(step.changedAt))}, ${step.changedBy}: ${CHANGE_NAME[step.change]} ` +
      `(${ROOM_NAME[step.room]}).${reason}`,
    `    Märkning: ${describeMarking(step.marking)}`,
    ...contentOf(step),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

export function addIncidentCommands(program: Command, context: Context, run: Run): void {
  const incident = program.command('incident').description('incidenter: läs in, visa, byt läge');

  unlockOptions(
    incident
      .command('import')
      .description('läs in incidentfiler, alla eller ingen')
      .argument('<fil...>', 'incidentfiler'),
  ).action((files: string[], options: VaultOptions) =>
    run(() =>
      withVault(context, options, ['open'], (vault, rules) => {
        const ids = importIncidentFiles(vault, rules, files);
        // With the regimes: one may have come along that the file does not name.
        const regimes = ids.map((id) => getIncident(vault, id).regimes);
        return {
          text: table(
            ids.map((id, index) => [id, files[index] ?? '', regimes[index]?.join(', ') ?? '']),
            context.columns,
          ),
          json: ids.map((id, index) => ({ incident: id, file: files[index], regimes: regimes[index] })),
        };
      }),
    ),
  );

  unlockOptions(
    incident.command('list').description('incidenterna i de rum som är upplåsta, den senast inlästa först'),
  ).action((options: VaultOptions) =>
    run(() =>
      withVault(context, options, [], (vault) => {
        const incidents = listAllIncidents(vault);
        return {
          text: describeIncidents(incidents, context.columns),
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

  unlockOptions(
    incident.command('show').description('visa en incident').argument('<id>', 'incidentens beteckning'),
  )
    .addOption(
      new Option('--room <rum>', 'ur vilket rum').choices(['open', 'protected', 'both']).default('both'),
    )
    .action((id: string, options: VaultOptions & { room: 'open' | 'protected' | 'both' }) =>
      run(async () => {
        const incidentId = requireIncidentId(id);
        return withVault(context, options, [], (vault) => {
          const found = getIncident(vault, incidentId, options.room);
          return { text: describeIncident(found), json: found };
        });
      }),
    );

  unlockOptions(
    incident
      .command('history')
      .description('en uppgifts alla ändringar: när, vem, vad')
      .argument('<id>', 'incidentens beteckning'),
  )
    .requiredOption('--fact <uppgift>', 'uppgiftens id, titel, tid:TID eller logg:NYCKEL')
    .action((id: string, options: VaultOptions & { fact: string }) =>
      run(async () => {
        const reference = readItemName(requireIncidentId(id), options.fact);
        return withVault(context, options, [], (vault) => {
          getIncident(vault, reference.incidentId);
          const history = historyOf(vault, reference);
          if (history.length === 0) {
            throw new SigillError('usage', 'Uppgiften finns inte i de rum som är upplåsta.');
          }
          return { text: history.map(describeStep).join(''), json: history };
        });
      }),
    );

  unlockOptions(
    incident
      .command('state')
      .description('byt läge: under bedömning (draft), pågår (active), avslutad (closed)')
      .argument('<id>', 'incidentens beteckning'),
  )
    .addOption(new Option('--to <läge>', 'nytt läge').choices(INCIDENT_STATES).makeOptionMandatory())
    .action((id: string, options: VaultOptions & { to: IncidentState }) =>
      run(async () => {
        const incidentId = requireIncidentId(id);
        return withVault(context, options, [], (vault) => {
          changeState(vault, incidentId, options.to);
          return {
            text: `${incidentId}: ${STATE_NAME[options.to]}.\n`,
            json: { incident: incidentId, state: options.to },
          };
        });
      }),
    );
}
