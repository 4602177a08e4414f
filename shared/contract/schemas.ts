import { z } from 'zod';
import {
  FACT_IDS,
  INCIDENT_STATES,
  LOG_KINDS,
  ORGANISATION_KINDS,
  TIME_IDS,
  TIME_PRECISIONS,
} from '../domain/incident.ts';
import { LEVELS } from '../domain/marking.ts';
import { ROOMS } from '../domain/room.ts';
import { CHANNELS, CONFIDENCES } from '../domain/rules.ts';
import { COUNTIES, SUPERVISION_ACTS } from '../domain/supervision-schema.ts';

/** Schemas of what crosses between window and core, shared by several areas. */
export const text = z.string();
export const room = z.enum(ROOMS);
export const level = z.enum(LEVELS);
export const instant = z.iso.datetime({ offset: true });
export const incidentId = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
export const fingerprint = z.string().regex(/^[0-9A-F]{40}(?:[0-9A-F]{24})?$/);
export const nothing = z.null();

export const marking = z.strictObject({ level, basis: z.array(text) });

export const organisation = z.strictObject({
  name: text,
  kind: text,
  number: text.nullable(),
  contact: text.nullable(),
  phone: text.nullable(),
  hours: text.nullable(),
  address: z.array(text),
  email: text.nullable(),
});

const fact = z.strictObject({
  id: z.enum(FACT_IDS),
  text,
  codes: z.array(text),
  marking,
});
const incidentTime = z.strictObject({
  id: z.enum(TIME_IDS),
  at: instant,
  precision: z.enum(TIME_PRECISIONS),
  marking,
});
const logEntry = z.strictObject({
  key: text,
  number: z.number().int(),
  at: instant,
  kind: z.enum(LOG_KINDS),
  text,
  by: text.nullable(),
  marking,
});
const formAnswer = z.strictObject({ form: text, field: text, text, codes: z.array(text), marking });
export const incident = z.strictObject({
  id: incidentId,
  organisationKind: z.enum(ORGANISATION_KINDS),
  regimes: z.array(text),
  exercise: z.boolean(),
  state: z.enum(INCIDENT_STATES),
  createdAt: instant,
  title: z.strictObject({ text, marking }).nullable(),
  times: z.array(incidentTime),
  facts: z.array(fact),
  answers: z.array(formAnswer),
  log: z.array(logEntry),
  hasProtectedPart: z.boolean(),
  protectedPartHidden: z.boolean(),
});

export const itemKind = z.enum(['title', 'fact', 'time', 'log', 'answer', 'assessment-answer', 'assessment']);

/** A value of an incident: `key` is empty for the title. */
export const itemReference = z.strictObject({
  incident: incidentId,
  kind: itemKind,
  key: text,
});

export const gateAnswer = z.strictObject({
  channel: z.enum(CHANNELS),
  answer: z.enum(['allowed', 'decision', 'refused']),
  decidedBy: z.strictObject({ origin: text, marking }),
  rule: z.strictObject({
    contentClass: text,
    reason: text,
    provision: text.nullable(),
    confidence: text,
    absolute: z.boolean(),
  }),
  decider: z.enum(['anvandaren', 'sakerhetsskyddschefen']).nullable(),
  conditions: z.array(text),
});

/** The same where a person asks before she decides. */
export const askedGateAnswer = z.strictObject({
  ...gateAnswer.shape,
  /** The decision takes another person too: so it is set for the room that the document is kept in. */
  takesTwo: z.boolean(),
});

export const writtenFile = z.strictObject({ name: text, size: z.number().int(), sha256: text });

/** What a person was told of an address by the one who has it. */
export const addressCheck = z.strictObject({
  outcome: z.enum(['confirmed', 'wrong']),
  checkedAt: instant,
  checkedBy: text,
  checkedHow: text,
});

export const dutySettings = z.strictObject({
  sectors: z.array(text),
  /** Kept by an older Sigill, and to be chosen anew. */
  sectorsToChoose: z.array(text).optional(),
  county: z.enum(COUNTIES).nullable(),
  securityGroup: text.nullable(),
  noonRule: z.enum(['applies', 'excluded']).nullable(),
  targets: z.record(text, z.number().int()),
  starts: z.record(text, z.enum(TIME_IDS)),
});

export const named = z.strictObject({ id: text, name: text });
export const supervisor = z.strictObject({
  act: z.enum(SUPERVISION_ACTS),
  group: text,
  /** null where it goes by county and none is given. */
  authority: named.nullable(),
  provision: text,
  confidence: z.enum(CONFIDENCES),
});

/** The second person of a decision that takes two: she proves who she is. */
export const secondPerson = z.strictObject({ userName: text, passphrase: text });
/** The decision that a way out asks for; `second` where the säkerhetsskyddschef's takes two. */
export const decision = z
  .strictObject({ reason: text.min(1), decidedBy: text.nullable(), second: secondPerson.nullish() })
  .nullable();
