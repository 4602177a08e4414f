import type { DutySettings } from '../../shared/domain/duty-settings.ts';
import { SigillError } from '../../shared/domain/error.ts';
import type { Deadline, StepEventKind } from '../../shared/domain/incident-deadline.ts';
import type { Incident, IncidentId, TimeId } from '../../shared/domain/incident.ts';
import type { Room } from '../../shared/domain/room.ts';
import type { RegimeStep, RulePack } from '../../shared/domain/rules.ts';
import { historyOf } from '../incidents/history.ts';
import { isHalfImported, listRegimes } from '../incidents/repository.ts';
import { getIncident } from '../incidents/service.ts';
import { readableRulesFor, rulesForIncident } from '../packs/for-incident.ts';
import { listUsers } from '../vault/repository.ts';
import type { UnlockedRoom, Vault } from '../vault/session.ts';
import { Cancelled } from '../workers/cancelled.ts';
import { deriveDeadlines } from './derive.ts';
import { readDutySettings } from './settings.ts';
import { addStepEvent, listOngoing, listStepEvents, type StepEvent } from './repository.ts';

/** Longer than any reason needs to be. */
const LONGEST_NOTE = 2000;
/** How far ahead of the clock a thing may have been done: the clock may be slow, a wrong year may not pass. */
const AHEAD_MS = 60 * 60_000;

export interface Deadlines {
  readonly deadlines: readonly Deadline[];
  /** Incidents whose rules the vault has kept and cannot read: nothing is counted for them, and the others are told. */
  readonly unreadable: readonly { readonly incident: IncidentId; readonly reason: string }[];
  /** Regimes of an incident that the rules do not know: nothing is counted for them, and that must be said. */
  readonly unknown: readonly { readonly incident: IncidentId; readonly regime: string }[];
}

/** As much as a person can overlook; the rest stands on the incidents, and how much it is is told. */
const MOST_SHOWN = 60;
/** Short enough that nobody who asks for something else notices. */
const SLICE_MS = 10;

export interface DeadlinesOverview extends Deadlines {
  /** How many are running or late, and how many wait for their start: more than are told, where there are many. */
  readonly counts: { readonly urgent: number; readonly waiting: number };
}

/**
 * What is due, or may become so, in all incidents that are not closed: first what is late, then what is to be done
 * without delay, then by when it is due, then what still waits for its start. What lies in a room that is locked is not
 * there. Where many incidents go on it takes its time, in slices, so that whoever asks for something else is answered.
 * @param most how many of those that are urgent, and of those that wait, are told
 * @throws Cancelled where nobody waits for the answer any more; SigillError `unlock` where the vault is locked meanwhile
 */
export async function overviewDeadlines(
  vault: Vault,
  rules: RulePack,
  { most = MOST_SHOWN, signal }: { readonly most?: number; readonly signal?: AbortSignal } = {},
): Promise<DeadlinesOverview> {
  const ids = new Set(vault.unlockedRooms().flatMap(({ store }) => listOngoing(store)));
  const secret = vault.room('protected');
  const urgent: Deadline[] = [];
  const waiting: Deadline[] = [];
  const unknown: Deadlines['unknown'][number][] = [];
  const unreadable: Deadlines['unreadable'][number][] = [];
  const settings = readDutySettings(vault);
  let sliceBegan = performance.now();
  for (const id of ids) {
    if (performance.now() - sliceBegan > SLICE_MS) {
      await new Promise(setImmediate);
      if (signal?.aborted) throw new Cancelled();
      sliceBegan = performance.now();
    }
    // The protected half of an import that a crash left is no incident yet.
    if (secret && isHalfImported(secret.store, id)) continue;
    const incident = getIncident(vault, id);
    if (incident.state === 'closed') continue;
    const judged = readableRulesFor(vault, rules, incident);
    if ('reason' in judged) {
      unreadable.push({ incident: id, reason: judged.reason });
      continue;
    }
    const found = derive(vault, judged.rules, incident, settings);
    urgent.push(...found.deadlines.filter(({ state }) => state === 'running' || state === 'overdue'));
    waiting.push(...found.deadlines.filter(({ state }) => state === 'waiting'));
    unknown.push(...found.unknown);
  }
  const counts = { urgent: urgent.length, waiting: waiting.length };
  const shown = [urgent, waiting].flatMap((some) => some.sort(byUrgency).slice(0, most));
  return { deadlines: shown, unknown: unknown.slice(0, most), unreadable: unreadable.slice(0, most), counts };
}

/**
 * Every step of one incident, done or not.
 * @throws SigillError `usage` where no unlocked room knows the incident
 */
export function incidentDeadlines(vault: Vault, rules: RulePack, id: IncidentId): Deadlines {
  const incident = getIncident(vault, id);
  const found = derive(vault, rulesForIncident(vault, rules, incident), incident, readDutySettings(vault));
  return { ...found, deadlines: [...found.deadlines].sort(byUrgency) };
}

/** What is late before what is at once, and that before what has its time still to come. */
const RANK = { overdue: 0, running: 1, waiting: 2, 'on-request': 3, done: 4, 'not-applicable': 5 } as const;

function byUrgency(one: Deadline, other: Deadline): number {
  const dueOf = ({ due }: Deadline): number => (due === null ? Number.NEGATIVE_INFINITY : Date.parse(due.at));
  const startOf = ({ start }: Deadline): number => (start.at === null ? 0 : Date.parse(start.at));
  const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);
  return (
    RANK[one.state] - RANK[other.state] ||
    compare(dueOf(one), dueOf(other)) ||
    compare(startOf(one), startOf(other))
  );
}

function derive(vault: Vault, rules: RulePack, incident: Incident, settings: DutySettings): Deadlines {
  return {
    unreadable: [],
    deadlines: deriveDeadlines({
      incident,
      events: eventsOf(vault, incident),
      earlierTimes: (id) => earlierTimes(vault, incident, id),
      rules,
      settings,
      now: vault.now(),
    }),
    unknown: incident.regimes
      .filter((regime) => !rules.regimes.has(regime))
      .map((regime) => ({ incident: incident.id, regime })),
  };
}

/** The room where a regime of an incident is kept. Should a crash have left it in both, the protected one counts. */
export function roomOfRegime(vault: Vault, id: IncidentId, regime: string): UnlockedRoom<Room> | null {
  const rooms = [vault.room('protected'), vault.room('open')];
  return rooms.find((unlocked) => unlocked && listRegimes(unlocked.store, id).includes(regime)) ?? null;
}

function eventsOf(vault: Vault, incident: Incident): StepEvent[] {
  const byRoom = vault.unlockedRooms().map((unlocked) => {
    const events = listStepEvents(unlocked.store, incident.id);
    if (events.length === 0) return [];
    const names = new Map(listUsers(unlocked.store).map(({ id, name }) => [id, name]));
    return events
      .filter(({ regime }) => roomOfRegime(vault, incident.id, regime)?.room === unlocked.room)
      .map((event) => ({ ...event, recordedBy: names.get(event.recordedBy) ?? event.recordedBy }));
  });
  return byRoom.flat();
}

function earlierTimes(vault: Vault, incident: Incident, key: TimeId): string[] {
  const current = incident.times.find(({ id }) => id === key)?.at;
  const said = historyOf(vault, { incidentId: incident.id, kind: 'time', key }).map(
    ({ content }) => (content as { at: string }).at,
  );
  return [...new Set(said)].filter((at) => at !== current);
}

export interface StepRecord {
  readonly incident: IncidentId;
  readonly regime: string;
  readonly step: string;
  readonly event: StepEventKind;
  /** ISO 8601 with offset. */
  readonly at: string;
  readonly note: string | null;
  /** By when, ISO 8601 with offset: given with `requested` and with nothing else. */
  readonly due?: string | null;
}

/**
 * Records that a step is done, does not apply, is to be done after all, or has been asked for. It is kept in the room where the regime is.
 * @throws SigillError `usage` where the incident, its regime or the step is not there, the reason is missing or too long,
 *   the time lies ahead, there is nothing to reopen, or the regime is only there to be read. Nothing is changed.
 */
export function recordStep(vault: Vault, rules: RulePack, record: StepRecord): void {
  const { incident: id, regime, step, event, at } = record;
  const incident = getIncident(vault, id);
  const unlocked = roomOfRegime(vault, id, regime);
  const known = rulesForIncident(vault, rules, incident).regimes.get(regime);
  const written = known?.steps.find((one) => one.id === step);
  if (!unlocked || !known || !written) {
    throw new SigillError(
      'usage',
      'Incidenten har inte det regelverket eller steget i de rum som är upplåsta.',
    );
  }
  if (known.readOnly === true)
    throw new SigillError(
      'usage',
      `${known.name} är upphävt och finns bara för att läsas. Inget antecknas där.`,
    );
  const note = record.note?.normalize('NFC').trim() || null;
  const due = record.due ?? null;
  requireUsable(vault, event, at, note);
  requireDue(event, written, at, due);
  vault.transaction(unlocked, () => {
    const last = listStepEvents(unlocked.store, id).findLast(
      (one) => one.regime === regime && one.step === step,
    );
    if (event === 'reopened' && (!last || last.event === 'reopened'))
      throw new SigillError(
        'usage',
        'Steget är varken klart eller borttaget. Det finns inget att öppna igen.',
      );
    addStepEvent(unlocked.store, id, {
      regime,
      step,
      event,
      at,
      note,
      due,
      recordedAt: vault.now().toISOString(),
      recordedBy: unlocked.actor.userId,
    });
    // The note is not told: it may say what the incident is about, and the audit is read by more people.
    vault.audit(unlocked, 'deadline.recorded', id, {
      incident: id,
      regime,
      step,
      event,
      at,
      ...(due === null ? {} : { due }),
    });
  });
}

function requireUsable(vault: Vault, event: StepEventKind, at: string, note: string | null): void {
  const time = Date.parse(at);
  if (Number.isNaN(time)) throw new SigillError('usage', 'Tiden går inte att läsa.');
  if (time > vault.now().getTime() + AHEAD_MS) {
    throw new SigillError(
      'usage',
      'Tiden ligger i framtiden. Kontrollera datumet, och datorns klocka. Inget har antecknats.',
    );
  }
  if (event !== 'done' && event !== 'requested' && note === null)
    throw new SigillError('usage', 'Skriv ett skäl. Den som granskar ska kunna förstå beslutet.');
  if (note !== null && note.length > LONGEST_NOTE)
    throw new SigillError('usage', `Anteckningen är för lång: högst ${LONGEST_NOTE} tecken.`);
}

function requireDue(event: StepEventKind, step: RegimeStep, at: string, due: string | null): void {
  if ((event === 'requested') !== (due !== null))
    throw new SigillError('usage', 'Ange när det begärda ska vara lämnat, och bara för det som begärs.');
  if (due === null) return;
  if (step.start !== 'none')
    throw new SigillError('usage', 'Steget har sin egen frist. Bara det som lämnas på begäran kan begäras.');
  if (!(Date.parse(due) > Date.parse(at)))
    throw new SigillError('usage', 'Tiden då det ska vara lämnat ligger före begäran. Kontrollera datumen.');
}
