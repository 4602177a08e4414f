import { Option, type Command } from 'commander';
import { describeElapsed, describeMoment } from '../../../../shared/domain/deadline-words.ts';
import {
  nextActionOf,
  STEP_EVENTS,
  type Deadline,
  type StepEventKind,
} from '../../../../shared/domain/incident-deadline.ts';
import { POINTER_SENTENCE, type IncidentId } from '../../../../shared/domain/incident.ts';
import { describeMarking } from '../../../../shared/domain/marking.ts';
import { CHANNEL_NAME, CONFIDENCE_NAME, DEADLINE_STATE_NAME } from '../../../../shared/domain/words.ts';
import { clockStatus } from '../../../clock/clock.ts';
import { exportCalendar } from '../../../core/export-calendar.ts';
import { normalUserName } from '../../../vault/user-name.ts';
import { incidentDeadlines, overviewDeadlines, recordStep } from '../../../deadlines/service.ts';
import { requireIncidentId, withVault, type Context, type VaultOptions } from '../context.ts';
import { timeOf, unlockOptions, writtenTime } from '../options.ts';
import type { Answer, Run } from '../terminal.ts';

interface DeadlinesOptions extends VaultOptions {
  readonly incident?: string;
  readonly ics?: string;
  readonly decision?: string;
  readonly decidedBy?: string;
}

interface StepOptions extends VaultOptions {
  readonly incident: string;
  readonly regime: string;
  readonly step: string;
  readonly event: StepEventKind;
  readonly at?: string;
  readonly due?: string;
  readonly note?: string;
}

/** What has become of one step, as it is recorded in the window too. */
function addStepCommand(program: Command, context: Context, run: Run): void {
  unlockOptions(
    program.command('step').description('anteckna att ett steg är klart, inte gäller eller har begärts'),
  )
    .requiredOption('--incident <id>', 'incidentens beteckning')
    .requiredOption('--regime <id>', 'regelverkets id')
    .requiredOption('--step <id>', 'stegets id, se deadlines --json')
    .addOption(
      new Option(
        '--event <vad>',
        'done: klart; not-applicable: gäller inte; reopened: öppnas igen; requested: begärt',
      )
        .choices(STEP_EVENTS)
        .makeOptionMandatory(),
    )
    .option('--at <tid>', 'när, som 2026-11-22T14:00 (svensk tid); annars nu')
    .option('--due <tid>', 'med requested: när det ska vara lämnat')
    .option('--note <text>', 'anteckning, eller skälet')
    .action((options: StepOptions) =>
      run(async () => {
        const incident = requireIncidentId(options.incident);
        const { regime, step, event, note = null } = options;
        const due = options.due === undefined ? null : writtenTime(options.due, '--due');
        return withVault(context, options, [], (vault, rules) => {
          const at = timeOf(options.at, vault.now());
          recordStep(vault, rules, { incident, regime, step, event, at, note, due });
          const found = incidentDeadlines(vault, rules, incident).deadlines.filter(
            (one) => one.regime.id === regime && one.step.id === step,
          );
          const now = vault.now();
          return { text: found.map((one) => describe(one, now)).join(''), json: found[0] };
        });
      }),
    );
}

export function addDeadlinesCommand(program: Command, context: Context, run: Run): void {
  addStepCommand(program, context, run);
  unlockOptions(
    program.command('deadlines').description('frister: vad som ska vara gjort när, och enligt vilken regel'),
  )
    .option(
      '--incident <id>',
      'alla steg för en incident; annars det som väntar i alla som inte är avslutade',
    )
    .option('--ics <fil>', 'skriv i stället fristerna till en kalenderfil: en neutral referens och en tid')
    .option('--decision <text>', 'med --ics: beslutet, och skälet, att filen säger vad fristerna gäller')
    .option('--decided-by <namn>', 'vem som har beslutat; annars användaren', normalUserName)
    .action((options: DeadlinesOptions) =>
      run(async () => {
        const id = options.incident === undefined ? null : requireIncidentId(options.incident);
        if (options.ics !== undefined) return writeCalendar(context, options, id, options.ics);
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
              ...found.unreadable.map(
                ({ incident, reason }) => `${incident}: inga frister räknas. ${reason}`,
              ),
            ],
          };
        });
      }),
    );
}

async function writeCalendar(
  context: Context,
  options: DeadlinesOptions,
  incidentId: IncidentId | null,
  out: string,
): Promise<Answer> {
  const { decision, decidedBy } = options;
  const order = {
    incidentId,
    out,
    decision: decision === undefined ? null : { reason: decision, decidedBy: decidedBy ?? null },
  };
  return withVault(context, options, ['open'], async (vault, rules) => {
    const written = await exportCalendar(vault, rules, order);
    const { file, events, marking, remarks } = written;
    return {
      text:
        `${events} ${events === 1 ? 'frist' : 'frister'} skrevs till ${file.name}\n` +
        `Märkning: ${describeMarking(marking)}\nSHA-256: ${file.sha256}\n`,
      json: written,
      remarks,
    };
  });
}

const NEXT = {
  call: () => 'ring CERT-SE och läs upp telefonnotifieringen',
  report: (form: string) => `skriv rapporten med formuläret ${form}`,
  incident: () => 'fyll i hos mottagaren eller på annan väg, och markera steget som klart',
} as const;

function nextWords(deadline: Deadline): string[] {
  if (deadline.state === 'done' || deadline.state === 'not-applicable' || deadline.regime.isReadOnly)
    return [];
  const next = nextActionOf(deadline);
  return [`  Nästa steg: ${next.kind === 'report' ? NEXT.report(next.form) : NEXT[next.kind]()}`];
}

function badges({ regime, confidence }: Deadline): string {
  const words = [
    ...(regime.isInternal ? ['intern rutin'] : []),
    ...(regime.isReadOnly ? ['upphävt, bara för läsning'] : []),
    ...(confidence === 'unconfirmed' ? ['obekräftad regel'] : []),
  ];
  return words.length === 0 ? '' : ` [${words.join('; ')}]`;
}

function describe(deadline: Deadline, now: Date): string {
  const { incident, regime, step, event } = deadline;
  const lines = [
    `${incident.exercise ? 'ÖVNING. ' : ''}${incident.id}  ${incident.title ?? POINTER_SENTENCE}`,
    `  ${regime.name}: ${step.name}${badges(deadline)}`,
    `  ${standing(deadline, now)}`,
    ...nextWords(deadline),
    `  Regel: ${deadline.wording} (${CONFIDENCE_NAME[deadline.confidence]})`,
    ...(deadline.note === null ? [] : [`  Obs: ${deadline.note}`]),
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
    ...(deadline.ownTarget === null
      ? []
      : [
          `  Eget mål: ${deadline.ownTarget.at === null ? `${deadline.ownTarget.hours} h från starten` : describeMoment({ at: deadline.ownTarget.at, date: null })}. ${deadline.ownTarget.note}`,
        ]),
    ...(deadline.postBy === null
      ? []
      : [`  Postas senast ${deadline.postBy.date} för att vara framme i tid (Sigills försiktiga mått).`]),
    ...(deadline.lateReason === null
      ? []
      : [
          `  Skäl för sen rapport begärs i ${deadline.lateReason.provision}: ${deadline.lateReason.isGiven ? 'skrivet' : 'inte skrivet (incident write --fact skal-sen-rapport)'}.`,
        ]),
    ...deadline.supervisors.map(
      ({ authority, group, confidence }) =>
        `  Tillsyn: ${authority?.name ?? 'länet är inte angivet'} (${group}) [${CONFIDENCE_NAME[confidence]}]`,
    ),
    `  Källa: ${deadline.sources.map(({ reference, checked }) => `${reference} (kontrollerad ${checked})`).join('; ')}`,
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
