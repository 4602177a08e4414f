import { z } from 'zod';
import { INCIDENT_STATES, LISTED_STATES, LOG_KINDS, TIME_IDS, TIME_PRECISIONS } from '../domain/incident.ts';
import { draftSubject } from './drafts.ts';
import { operation } from './operation.ts';
import {
  incident,
  incidentId,
  instant,
  itemKind,
  itemReference,
  level,
  marking,
  nothing,
  room,
  text,
} from './schemas.ts';

const wanted = { level, basis: z.array(text) };
/** The draft that this was: it goes when this is stored. */
const savedDraft = draftSubject.optional();

/** What a list of incidents can be narrowed to, and in which order it stands. */
export const incidentFilter = z.strictObject({
  search: text.max(500),
  state: z.enum(LISTED_STATES).nullable(),
  level: level.nullable(),
  exercise: z.boolean().nullable(),
  sort: z.enum(['newest', 'oldest', 'title', 'updated']),
});

/** Incidents: what is known, with its marking, and every change of it. */
export const incidentsArea = {
  /** One page of the list: what a row shows, and how many there are. */
  summaries: operation({
    request: incidentFilter.extend({
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(500),
    }),
    answer: z.strictObject({
      total: z.number().int(),
      all: z.number().int(),
      rows: z.array(
        z.strictObject({
          id: incidentId,
          title: text.nullable(),
          hasHiddenPart: z.boolean(),
          exercise: z.boolean(),
          state: z.enum(INCIDENT_STATES),
          createdAt: instant,
          updatedAt: instant,
          marking,
        }),
      ),
    }),
    room: 'any',
    changes: false,
  }),
  get: operation({
    request: z.strictObject({ incident: incidentId }),
    answer: incident,
    room: 'any',
    changes: false,
  }),
  /** The text of incident files (`sigill-incident/1`), stored all or none. */
  import: operation({
    request: z.strictObject({
      files: z.array(z.strictObject({ name: text, text })).min(1),
      draft: savedDraft,
    }),
    answer: z.array(incidentId),
    room: 'open',
    changes: true,
  }),
  /** Writes a fact. Its draft is gone when it is saved; so it is with a title and a time. */
  write: operation({
    request: z.strictObject({
      item: itemReference,
      text,
      codes: z.array(text),
      ...wanted,
      reason: text.nullable(),
    }),
    answer: z.strictObject({ marking }),
    room: 'open',
    changes: true,
  }),
  /** Writes what only one form asks. The field's kind says what can be an answer. */
  writeAnswer: operation({
    request: z.strictObject({
      incident: incidentId,
      form: text,
      field: text,
      text,
      codes: z.array(text),
      ...wanted,
      reason: text.nullable(),
    }),
    answer: z.strictObject({ marking }),
    room: 'open',
    changes: true,
  }),
  writeTitle: operation({
    request: z.strictObject({ incident: incidentId, text, ...wanted, reason: text.nullable() }),
    answer: z.strictObject({ marking }),
    room: 'open',
    changes: true,
  }),
  writeTime: operation({
    request: z.strictObject({
      incident: incidentId,
      time: z.enum(TIME_IDS),
      at: instant,
      precision: z.enum(TIME_PRECISIONS),
      ...wanted,
      reason: text.nullable(),
    }),
    answer: z.strictObject({ marking }),
    room: 'open',
    changes: true,
  }),
  log: operation({
    request: z.strictObject({
      incident: incidentId,
      kind: z.enum(LOG_KINDS),
      at: instant.nullable(),
      text: text.min(1),
      ...wanted,
      draft: savedDraft,
    }),
    answer: z.strictObject({ key: text, marking }),
    room: 'open',
    changes: true,
  }),
  raise: operation({
    request: z.strictObject({ item: itemReference, ...wanted, reason: text.nullable() }),
    answer: z.strictObject({ marking }),
    room: 'any',
    changes: true,
  }),
  /** A decision by two persons: the second one proves who she is. */
  lower: operation({
    request: z.strictObject({
      item: itemReference,
      ...wanted,
      reason: text.min(1),
      secondUser: text,
      secondPassphrase: text,
    }),
    answer: z.strictObject({ marking }),
    room: 'any',
    changes: true,
  }),
  history: operation({
    request: z.strictObject({ item: itemReference }),
    answer: z.array(
      z.strictObject({
        room,
        revision: z.number().int(),
        change: z.enum(['created', 'revised', 'raised', 'lowered', 'released']),
        content: z.unknown(),
        marking,
        reason: text.nullable(),
        changedAt: instant,
        changedBy: text,
      }),
    ),
    room: 'any',
    changes: false,
  }),
  decisions: operation({
    request: z.strictObject({ incident: incidentId }),
    answer: z.array(
      z.strictObject({
        kind: z.enum(['logged', 'lowered', 'dispatched', 'assessed']),
        at: instant,
        text: text.nullable(),
        item: z.strictObject({ kind: itemKind, key: text }).nullable(),
        way: text.nullable(),
        reason: text.nullable(),
        by: z.array(text),
      }),
    ),
    room: 'any',
    changes: false,
  }),
  changeState: operation({
    request: z.strictObject({ incident: incidentId, state: z.enum(INCIDENT_STATES) }),
    answer: nothing,
    room: 'any',
    changes: true,
  }),
} as const;
