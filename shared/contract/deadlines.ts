import { z } from 'zod';
import { DEADLINE_STATES, STEP_EVENTS } from '../domain/incident-deadline.ts';
import { TIME_IDS, TIME_PRECISIONS } from '../domain/incident.ts';
import { CHANNELS, CONFIDENCES } from '../domain/rules.ts';
import { operation } from './operation.ts';
import { incidentId, instant, marking, named, nothing, supervisor, text, writtenFile } from './schemas.ts';

const moment = z.strictObject({ at: instant, date: z.iso.date().nullable() });

const deadline = z.strictObject({
  incident: z.strictObject({ id: incidentId, title: text.nullable(), exercise: z.boolean() }),
  regime: named.extend({ isInternal: z.boolean(), isReadOnly: z.boolean() }),
  step: named,
  state: z.enum(DEADLINE_STATES),
  start: z.strictObject({
    event: z.union([z.enum(TIME_IDS), z.literal('none'), z.string().regex(/^submitted:[a-z-]+$/)]),
    label: text,
    at: instant.nullable(),
    precision: z.enum(TIME_PRECISIONS).nullable(),
    earlier: z.array(instant),
  }),
  limit: z.strictObject({ amount: z.number().int(), unit: z.enum(['hour', 'week', 'month']) }).nullable(),
  due: moment.nullable(),
  extendedFrom: moment.nullable(),
  target: moment.nullable(),
  isProvisional: z.boolean(),
  ownTarget: z.strictObject({ hours: z.number().int(), at: instant.nullable(), note: text }).nullable(),
  postBy: z.strictObject({ date: z.iso.date(), channels: z.array(z.enum(CHANNELS)) }).nullable(),
  lateReason: z.strictObject({ provision: text, before: z.boolean(), isGiven: z.boolean() }).nullable(),
  supervisors: z.array(supervisor),
  explanation: z.array(text),
  wording: text,
  confidence: z.enum(CONFIDENCES),
  note: text.nullable(),
  sources: z.array(z.strictObject({ reference: text, checked: z.iso.date() })),
  forms: z.array(named),
  recipients: z.array(named),
  channels: z.array(z.enum(CHANNELS)),
  event: z
    .strictObject({
      event: z.enum(['done', 'not-applicable']),
      at: instant,
      note: text.nullable(),
      by: text,
    })
    .nullable(),
  wasLate: z.boolean(),
});
const answer = z.strictObject({
  deadlines: z.array(deadline),
  unknown: z.array(z.strictObject({ incident: incidentId, regime: text })),
  /** Incidents whose kept rules cannot be read, and why: nothing is counted for them. */
  unreadable: z.array(z.strictObject({ incident: incidentId, reason: text })),
});

/** What is due, by which rule, and what has been said of it. */
export const deadlinesArea = {
  /** Of all incidents that are not closed: what is running, overdue or waiting for its start. */
  overview: operation({
    request: nothing,
    answer: answer.extend({
      /** How many there are in all: more than are told, where there are many. */
      counts: z.strictObject({ urgent: z.number().int(), waiting: z.number().int() }),
    }),
    room: 'any',
    changes: false,
  }),
  /** Every step of one incident. */
  ofIncident: operation({
    request: z.strictObject({ incident: incidentId }),
    answer,
    room: 'any',
    changes: false,
  }),
  /**
   * The deadlines of one incident, or of all that are not closed, as a calendar file. Neutral: a reference and a time.
   * With a decision: what it is about as well. What lies above `sekretess` is never there.
   */
  exportCalendar: operation({
    request: z.strictObject({
      incident: incidentId.nullable(),
      out: text,
      decision: z.strictObject({ reason: text.min(1), decidedBy: text.nullable() }).nullable(),
    }),
    answer: z.strictObject({
      file: writtenFile,
      marking,
      events: z.number().int(),
      remarks: z.array(text),
    }),
    room: 'open',
    changes: true,
  }),
  record: operation({
    request: z.strictObject({
      incident: incidentId,
      regime: text,
      step: text,
      event: z.enum(STEP_EVENTS),
      at: instant,
      note: text.nullable(),
      /** By when it is to be given: with `requested` alone. */
      due: instant.nullable(),
    }),
    answer: nothing,
    room: 'any',
    changes: true,
  }),
} as const;

const status = z.strictObject({
  now: instant,
  isConfirmed: z.boolean(),
  reason: z.enum(['never', 'old', 'behind', 'jump']).nullable(),
  jumpSeconds: z.number().int().nullable(),
  confirmed: z
    .strictObject({ at: instant, by: text, method: text, offsetSeconds: z.number().int() })
    .nullable(),
});

/** Whether the computer's clock can be trusted. */
export const clockArea = {
  /** In its turn like what changes: a jump that is found is written into the audit. */
  status: operation({ request: nothing, answer: status, room: 'any', changes: true }),
  confirm: operation({
    request: z.strictObject({ method: text, offsetSeconds: z.number().int() }),
    answer: status,
    room: 'any',
    changes: true,
  }),
} as const;
