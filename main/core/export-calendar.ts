import { createHmac, randomBytes } from 'node:crypto';
import { SigillError } from '../../shared/domain/error.ts';
import type { Deadline } from '../../shared/domain/incident-deadline.ts';
import type { Incident, IncidentId } from '../../shared/domain/incident.ts';
import {
  isAtMost,
  joinMarkings,
  makeMarking,
  OPEN_MARKING,
  type Level,
  type Marking,
} from '../../shared/domain/marking.ts';
import { answeredField, textPart, type ReportDocument } from '../../shared/domain/report.ts';
import { maskPersonalData } from '../../shared/domain/personal-data.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { incidentDeadlines, overviewDeadlines } from '../deadlines/service.ts';
import { calendarText, type CalendarEvent } from '../export/calendar.ts';
import { clear, requireClearance, type ChannelDecision } from '../export/gate.ts';
import type { WrittenFile } from '../export/files.ts';
import { getIncident } from '../incidents/service.ts';
import { tellingRegimes } from '../packs/for-incident.ts';
import { documentDigest } from '../reports/digest.ts';
import { readSetting, writeSetting } from '../vault/repository.ts';
import type { Vault } from '../vault/session.ts';
import { gatePolicy } from './make-report.ts';
import { writeOneFile } from './write-one-file.ts';

/** What a calendar file may hold at the most: a calendar program knows nothing of classes. */
const HIGHEST: Level = 'sekretess';
const KEY_SETTING = 'calendar-key';

export interface CalendarOrder {
  /** null: all incidents that are not closed. */
  readonly incidentId: IncidentId | null;
  /** The file, which must not be there. */
  readonly out: string;
  /** With a decision the events say what they are about; without one they are a reference and a time. */
  readonly decision: { readonly reason: string; readonly decidedBy: string | null } | null;
}

export interface WrittenCalendar {
  readonly file: WrittenFile;
  readonly marking: Marking;
  readonly events: number;
  readonly remarks: readonly string[];
}

/**
 * Writes the deadlines that are running as a calendar file. As all that leaves the vault it passes the gate: every event
 * is a part with the marking of what it tells, and the file is one for the workstation. What is klassat, or tells of
 * säkerhetsskydd, is never in it, whatever is decided.
 * @throws SigillError `usage` where nothing runs, or the file is there already; `policy` where the gate says no
 */
export async function exportCalendar(
  vault: Vault,
  rules: RulePack,
  order: CalendarOrder,
): Promise<WrittenCalendar> {
  const open = vault.requireRoom('open');
  const found =
    order.incidentId === null
      ? await overviewDeadlines(vault, rules, { most: Number.POSITIVE_INFINITY })
      : incidentDeadlines(vault, rules, order.incidentId);
  const decision = decisionOf(order, open.actor.name, vault.now());
  const telling = tellingRegimes(vault, rules);
  const timed = found.deadlines.filter(hasTime).map((deadline) => ({
    deadline,
    marking: markingOf(
      deadline,
      getIncident(vault, deadline.incident.id as IncidentId),
      telling,
      decision !== null,
    ),
  }));
  const told = timed.filter(({ marking }) => isAtMost(marking.level, HIGHEST));
  if (told.length === 0)
    throw new SigillError(
      'usage',
      'Inga frister som får stå i en kalender löper just nu. Ingen fil har skrivits.',
    );
  const document = documentOf(vault, told, decision !== null);
  const clearance = clear(document, 'arbetsstation', gatePolicy(vault, rules), decision);
  requireClearance(clearance, document, ['arbetsstation']);
  const text = calendarText(
    told.map(({ deadline }) => eventOf(deadline, calendarKey(vault), decision !== null)),
    document.createdAt,
  );
  const file = writeOneFile(order.out, Buffer.from(text, 'utf8'), ({ size, sha256 }, publish) =>
    vault.transaction(open, () => {
      vault.audit(open, 'calendar.written', order.incidentId, {
        incident: order.incidentId,
        events: told.length,
        document: documentDigest(document),
        marking: document.marking,
        decision,
        size,
        sha256,
      });
      publish();
    }),
  );
  return {
    file: { name: file.path, size: file.size, sha256: file.sha256 },
    marking: document.marking,
    events: told.length,
    remarks: [
      ...remarksOf(timed.length - told.length, document.marking),
      ...(decision !== null &&
      told.some(({ deadline }) => titleOf(deadline) !== (deadline.incident.title ?? ''))
        ? ['Personuppgifter i en rubrik är maskerade i kalenderfilen.']
        : []),
      ...found.unreadable.map(({ incident, reason }) => `${incident} är inte med. ${reason}`),
    ],
  };
}

function decisionOf({ decision }: CalendarOrder, user: string, now: Date): ChannelDecision | null {
  if (decision === null) return null;
  const reason = decision.reason.normalize('NFC').trim();
  if (reason === '') throw new SigillError('usage', 'Skriv beslutet och skälet.');
  return { reason, decidedBy: decision.decidedBy?.trim() || user, at: now.toISOString() };
}

/** What is still to be done and has a time: the law's, or an own aim. */
function hasTime({ state, due, ownTarget }: Deadline): boolean {
  if (state !== 'running' && state !== 'overdue') return false;
  return due !== null || (ownTarget !== null && ownTarget.at !== null);
}

/**
 * What a time tells: as much as that which it was counted from. A regime that is itself telling is as high as the
 * incident's protected part; with a decision the title stands there too.
 */
function markingOf(
  deadline: Deadline,
  incident: Incident,
  telling: ReadonlySet<string>,
  isNamed: boolean,
): Marking {
  const start = incident.times.find(({ id }) => id === deadline.start.event);
  const isTelling = telling.has(deadline.regime.id);
  return joinMarkings([
    // A report that was sent has the time at which it was sent, which is no secret but stands in its own audit.
    start?.marking ?? OPEN_MARKING,
    ...(isTelling ? [makeMarking('begransat-hemlig', ['15 kap. 2 § OSL'])] : []),
    ...(isNamed && incident.title ? [incident.title.marking] : []),
  ]);
}

function documentOf(
  vault: Vault,
  told: readonly { readonly deadline: Deadline; readonly marking: Marking }[],
  isNamed: boolean,
): ReportDocument {
  const { organisation, actor } = vault.requireRoom('open');
  const parts = told.map(({ deadline, marking }) =>
    textPart(
      `deadline:${deadline.incident.id}`,
      `${summaryOf(deadline, isNamed)} ${deadline.due?.at ?? deadline.ownTarget?.at ?? ''}`,
      marking,
    ),
  );
  return {
    format: 'sigill-report/1',
    form: {
      id: 'kalender',
      name: 'Frister som kalenderfil',
      version: '1',
      audience: 'document',
      confidence: 'statute',
      note: null,
    },
    version: 'open',
    openLevel: HIGHEST,
    reference: told.length === 1 ? (told[0]?.deadline.incident.id ?? '') : 'frister',
    organisation: organisation.name,
    createdAt: vault.now().toISOString(),
    author: actor.name,
    exercise: told.every(({ deadline }) => deadline.incident.exercise),
    draft: false,
    marking: joinMarkings(told.map(({ marking }) => marking)),
    introduction: null,
    sections: [
      {
        id: 'frister',
        title: 'Frister',
        fields: [answeredField({ id: 'frister', label: 'Frister' }, parts)],
      },
    ],
    checkpoint: null,
    missing: [],
  };
}

/** Neutral: the incident's random reference. Named: which step, by which rules. */
function summaryOf({ incident, due, regime, step }: Deadline, isNamed: boolean): string {
  const exercise = incident.exercise ? 'ÖVNING ' : '';
  const word = due === null ? 'Eget mål' : 'Frist';
  const what = isNamed ? `${step.name} (${regime.id}), ${incident.id}` : incident.id;
  return `${exercise}${word}: ${what}`;
}

/** A calendar needs to know what a limit is about, and nobody's number or address: they are always masked. */
const titleOf = ({ incident }: Deadline): string => maskPersonalData(incident.title ?? '');

const ALARM_HOURS = [24, 2];

function eventOf(deadline: Deadline, key: Buffer, isNamed: boolean): CalendarEvent {
  const { incident, regime, step, due, ownTarget } = deadline;
  const at = due?.at ?? ownTarget?.at;
  if (at === undefined || at === null) throw new TypeError('A deadline without a time has no event.');
  // By a key of the vault: a plain hash over so few regimes and steps could be tried out, and would tell which it is.
  const uid = createHmac('sha256', key)
    .update(`${incident.id}/${regime.id}/${step.id}`)
    .digest('hex')
    .slice(0, 32);
  return {
    uid: `${uid}@sigill.invalid`,
    summary: summaryOf(deadline, isNamed),
    description: isNamed ? [titleOf(deadline), deadline.wording].filter(Boolean).join('\n') : null,
    at: due !== null && due.date !== null ? { day: due.date } : { instant: at },
    alarms: ALARM_HOURS,
  };
}

/** Made the first time that it is needed, and the same from then on. */
function calendarKey(vault: Vault): Buffer {
  const open = vault.requireRoom('open');
  const found = readSetting(open.store, KEY_SETTING);
  if (found !== null) return Buffer.from(found, 'hex');
  const key = randomBytes(32);
  vault.transaction(open, () => writeSetting(open.store, KEY_SETTING, key.toString('hex')));
  return key;
}

function remarksOf(left: number, marking: Marking): string[] {
  return [
    ...(left === 0
      ? []
      : [`${left} ${left === 1 ? 'frist är' : 'frister är'} inte med: klassade, eller om säkerhetsskydd.`]),
    ...(marking.level === 'oppen'
      ? []
      : ['Filen omfattas av sekretess. Läs in den bara i en kalender som får innehålla det.']),
  ];
}
