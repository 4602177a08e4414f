import type { Command } from 'commander';
import { describeElapsed, describeMoment } from '../../../../shared/domain/deadline-words.ts';
import type { Deadline } from '../../../../shared/domain/incident-deadline.ts';
import { POINTER_SENTENCE } from '../../../../shared/domain/incident.ts';
import { CHANNEL_NAME, CONFIDENCE_NAME, DEADLINE_STATE_NAME } from '../../../../shared/domain/words.ts';
import { clockStatus } from '../../../clock/clock.ts';
import { incidentDeadlines, overviewDeadlines } from '../../../deadlines/service.ts';
import { requireIncidentId, withVault, type Context, type VaultOptions } from '../context.ts';
import { unlockOptions } from '../options.ts';
import type { Run } from '../terminal.ts';

export function addDeadlinesCommand(program: Command, context: Context, run: Run): void {
  unlockOptions(
    program.command('deadlines').description('frister: vad som ska vara gjort när, och enligt vilken regel'),
  )
    .option(
      '--incident <id>',
      'alla steg för en incident; annars det som väntar i alla som inte är avslutade',
    )
    .action((options: VaultOptions & { incident?: string }) =>
      run(async () => {
        const id = options.incident === undefined ? null : requireIncidentId(options.incident);
        return withVault(context, options, [], async (vault, rules) => {
          const clock = clockStatus(vault, null);
          const found =
            id === null
              ? await overviewDeadlines(vault, rules, { most: Number.POSITIVE_INFINITY })
              : incidentDeadlines(vault, rules, id);
          const now = vault.now();
          return {
            text:
              found.deadlines.length === 0
                ? 'Inga frister.\n'
                : found.deadlines.map((deadline) => describe(deadline, now)).join('\n'),
            json: { now: now.toISOString(), clock, ...found },
            remarks: [
              ...(clock.isConfirmed
                ? []
                : [
                    'Datorns klocka är inte bekräftad. Jämför den med en annan klocka innan du litar på fristerna.',
                  ]),
              ...found.unknown.map(
                ({ incident, regime }) =>
                  `${incident}: regelverket ${regime} finns inte i regelpaketet. Inga frister räknas för det.`,
              ),
            ],
          };
        });
      }),
    );
}

function describe(deadline: Deadline, now: Date): string {
  const { incident, regime, step, event } = deadline;
  const lines = [
    `${incident.exercise ? 'ÖVNING. ' : ''}${incident.id}  ${incident.title ?? POINTER_SENTENCE}`,
    `  ${regime.name}: ${step.name}`,
    `  ${standing(deadline, now)}`,
    `  Regel: ${deadline.wording} (${CONFIDENCE_NAME[deadline.confidence]})`,
    ...deadline.explanation.map((sentence) => `  – ${sentence}`),
    ...deadline.start.earlier.map(
      (at) => `  – Tidigare värde för ${deadline.start.label}: ${describeMoment({ at, date: null })}.`,
    ),
    ...(deadline.recipients.length === 0
      ? []
      : [`  Mottagare: ${deadline.recipients.map(({ name }) => name).join(', ')}`]),
    ...(deadline.channels.length === 0
      ? []
      : [`  Vägar: ${deadline.channels.map((channel) => CHANNEL_NAME[channel]).join(', ')}`]),
    ...(deadline.forms.length === 0 ? [] : [`  Formulär: ${deadline.forms.map(({ id }) => id).join(', ')}`]),
    ...(event?.note ? [`  Anteckning: ${event.note}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function standing({ state, due, start, event, target, wasLate }: Deadline, now: Date): string {
  const name = DEADLINE_STATE_NAME[state];
  if (event) {
    const late = wasLate ? ', efter fristens utgång' : '';
    return `${name} ${describeMoment({ at: event.at, date: null })}${late}, av ${event.by}`;
  }
  if (due && (state === 'running' || state === 'overdue')) {
    const left = Date.parse(due.at) - now.getTime();
    const aim = target && target.at !== due.at ? `. Sikta på ${describeMoment(target)}` : '';
    const words = describeElapsed(Math.abs(left));
    return state === 'overdue'
      ? `Försenad ${words}: senast ${describeMoment(due)}`
      : `Senast ${describeMoment(due)}, om ${words}${aim}`;
  }
  if (state === 'running') {
    const since =
      start.at === null ? '' : `, ${describeElapsed(now.getTime() - Date.parse(start.at))} har gått`;
    return `Skyndsamt${since}`;
  }
  if (state === 'waiting') return `${name}: ${start.label}`;
  return name;
}
