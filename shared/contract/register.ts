import { z } from 'zod';
import { DISPATCH_WAYS } from '../domain/dispatch.ts';
import {
  COPY_MOVES,
  COPY_STATES,
  DESTRUCTION_WAYS,
  INCOMING_KINDS,
  MEDIUM_EVENTS,
  MEDIUM_KINDS,
  type DestructionWay,
  type MediumKind,
} from '../domain/register.ts';
import { LIST_KINDS } from '../domain/register-lists.ts';
import { CHANNELS, CONFIDENCES } from '../domain/rules.ts';
import { operation } from './operation.ts';
import {
  decision,
  askedGateAnswer,
  incidentId,
  instant,
  level,
  marking,
  nothing,
  room,
  secondPerson,
  text,
} from './schemas.ts';

const how = z.enum(Object.keys(DESTRUCTION_WAYS) as [DestructionWay, ...DestructionWay[]]);
const mediumKind = z.enum(Object.keys(MEDIUM_KINDS) as [MediumKind, ...MediumKind[]]);
const short = text.max(500);

const copy = z.strictObject({
  /** Random: what the QR code on the paper holds. */
  code: text,
  number: z.number().int(),
  designation: text,
  state: z.enum(COPY_STATES),
  holder: text.nullable(),
  external: z.boolean(),
  /** Since when a kvittens has been waited for. */
  outstandingSince: instant.nullable(),
  possible: z.array(z.enum(COPY_MOVES)),
  events: z.array(
    z.strictObject({
      move: z.enum(COPY_MOVES),
      state: z.enum(COPY_STATES),
      at: instant,
      holder: text.nullable(),
      external: z.boolean(),
      how: how.nullable(),
      witness: text.nullable(),
      note: text.nullable(),
      recordedAt: instant,
      recordedBy: text,
    }),
  ),
});

const entry = z.strictObject({
  room,
  serial: z.number().int(),
  designation: text,
  /** Its number in the open register, which may stand on its papers. */
  formerly: text.nullable(),
  /** Null for what came in, and for a list of this register. */
  dispatch: text.nullable(),
  /** Null for a list, which tells of many. */
  incident: incidentId.nullable(),
  level,
  marking,
  /** Its papers bear this class, and it is higher now, since then. */
  raised: z.strictObject({ from: level, at: instant }).nullable(),
  registeredAt: instant,
  registeredBy: text,
  withdrawn: z.boolean(),
  /** Kept apart: date and number only. */
  withheld: z.boolean(),
  way: z.enum(DISPATCH_WAYS).nullable(),
  correspondent: text.nullable(),
  summary: text.nullable(),
  omitCorrespondent: z.boolean(),
  omitSummary: z.boolean(),
  /** Null for what goes out. */
  incoming: z
    .strictObject({ cameAt: instant, kind: z.enum(INCOMING_KINDS), answers: text.nullable() })
    .nullable(),
  /** That it might go its way: who, when, why and by which rule; null where none was needed. */
  decision: z
    .strictObject({
      decider: z.enum(['anvandaren', 'sakerhetsskyddschefen']),
      decidedBy: text,
      secondBy: text.nullable(),
      at: instant,
      reason: text,
      recordedBy: text,
      rules: z.array(
        z.strictObject({
          channel: z.enum(CHANNELS),
          reason: text,
          provision: text.nullable(),
          confidence: z.enum(CONFIDENCES),
          conditions: z.array(text),
        }),
      ),
    })
    .nullable(),
  copies: z.array(copy),
});

const distribution = z.array(
  z.strictObject({
    position: z.number().int(),
    name: text,
    addedAt: instant,
    addedBy: text,
    struckAt: instant.nullable(),
    struckBy: text.nullable(),
  }),
);

const countedCopy = z.strictObject({
  code: text,
  designation: text,
  serial: z.number().int(),
  number: z.number().int(),
  isUnexpected: z.boolean(),
  state: z.enum(COPY_STATES),
  holder: text.nullable(),
  seenAt: instant.nullable(),
  seenBy: text.nullable(),
  seenHow: z.enum(['scan', 'hand']).nullable(),
  result: z.enum(['seen', 'missing', 'moved']).nullable(),
});

const inventory = z.strictObject({
  id: text,
  startedAt: instant,
  startedBy: text,
  finishedAt: instant.nullable(),
  finishedBy: text.nullable(),
  note: text.nullable(),
  copies: z.array(countedCopy),
});

const medium = z.strictObject({
  code: text,
  room,
  label: text,
  kind: mediumKind,
  level,
  registeredAt: instant,
  registeredBy: text,
  events: z.array(
    z.strictObject({
      event: z.enum(MEDIUM_EVENTS),
      at: instant,
      what: text.nullable(),
      how: how.nullable(),
      witness: text.nullable(),
      recordedAt: instant,
      recordedBy: text,
    }),
  ),
  possible: z.array(z.enum(MEDIUM_EVENTS)),
});

const settings = z.strictObject({
  pattern: text.min(1).max(200),
  chief: text.max(200).nullable(),
  /** The säkerhetsskyddschef's decision about a way out takes another person too. */
  twoPersons: z.boolean(),
  /** The organisation's own rule for counting what is below kvalificerat hemlig. */
  inventoryMonths: z.number().int().nullable(),
});
const listOrder = {
  room,
  list: z.enum(LIST_KINDS),
  inventory: text.nullable(),
};

/** The register of documents in each room: numbers, copies, kvittenser, inventories, media, and their lists on paper. */
export const registerArea = {
  entries: operation({
    request: z.strictObject({ room }),
    answer: z.array(entry),
    room: 'any',
    changes: false,
  }),
  /** The copy that a code stands for, in whichever of the open rooms it is. */
  find: operation({
    request: z.strictObject({ code: text.max(100) }),
    answer: z.strictObject({ entry, copy, distribution }),
    room: 'any',
    changes: false,
  }),
  /** Copies without a kvittens in the rooms that are open, what has waited the longest first. */
  outstanding: operation({
    request: nothing,
    answer: z.array(z.strictObject({ entry, copy, since: instant })),
    room: 'any',
    changes: false,
  }),
  move: operation({
    request: z.strictObject({
      code: text,
      move: z.enum(COPY_MOVES),
      at: instant,
      holder: short.nullable(),
      external: z.boolean(),
      how: how.nullable(),
      witness: short.nullable(),
      note: short.nullable(),
    }),
    answer: z.strictObject({ entry, copy, distribution }),
    room: 'any',
    changes: true,
  }),
  changeWords: operation({
    request: z.strictObject({
      room,
      serial: z.number().int(),
      correspondent: short.nullable(),
      summary: short.nullable(),
      omitCorrespondent: z.boolean(),
      omitSummary: z.boolean(),
    }),
    answer: entry,
    room: 'any',
    changes: true,
  }),
  addToDistribution: operation({
    request: z.strictObject({ room, serial: z.number().int(), name: short }),
    answer: distribution,
    room: 'any',
    changes: true,
  }),
  strikeFromDistribution: operation({
    request: z.strictObject({ room, serial: z.number().int(), position: z.number().int() }),
    answer: distribution,
    room: 'any',
    changes: true,
  }),
  settings: operation({
    request: z.strictObject({ room }),
    answer: settings,
    room: 'any',
    changes: false,
  }),
  changeSettings: operation({
    request: z.strictObject({
      room,
      ...settings.shape,
      /** Where decisions take two, so does a change of that or of who the säkerhetsskyddschef is. */
      second: secondPerson.nullable(),
    }),
    answer: settings,
    room: 'any',
    changes: true,
  }),
  /** The organisation's own diary number of an incident, for the documents that are numbered from now on. */
  setDiary: operation({
    request: z.strictObject({ room, incident: incidentId, number: text.max(100) }),
    answer: nothing,
    room: 'any',
    changes: true,
  }),
  /** That number now, by room; null where it has none there. */
  diary: operation({
    request: z.strictObject({ incident: incidentId }),
    answer: z.array(z.strictObject({ room, number: text.nullable() })),
    room: 'any',
    changes: false,
  }),
  /** A paper that has come in: a kvittens, an answer. Its level says in which room. */
  addIncoming: operation({
    request: z.strictObject({
      incident: incidentId,
      kind: z.enum(INCOMING_KINDS),
      cameAt: instant,
      level,
      sender: short,
      summary: short.nullable(),
      /** The serial, in that room, of the document that it answers. */
      answers: z.number().int().nullable(),
      /** The copy that a kvittens is for; null where only one is waited for. */
      copy: z.number().int().positive().nullable(),
    }),
    /** Its row, and the numbers of the copies that it is the kvittens of. */
    answer: z.strictObject({ entry, receipted: z.array(z.string()) }),
    room: 'any',
    changes: true,
  }),
  /** By when the copies of each open room are to have been counted; a room without any such rule is not there. */
  inventoryDue: operation({
    request: nothing,
    answer: z.array(
      z.strictObject({
        room,
        date: text,
        level,
        months: z.number().int(),
        source: text,
        confidence: z.enum([...CONFIDENCES, 'own']),
      }),
    ),
    room: 'any',
    changes: false,
  }),
  inventories: operation({
    request: z.strictObject({ room }),
    answer: z.array(inventory),
    room: 'any',
    changes: false,
  }),
  startInventory: operation({
    request: z.strictObject({ room, independent: z.boolean() }),
    answer: inventory,
    room: 'any',
    changes: true,
  }),
  tick: operation({
    request: z.strictObject({ room, code: text.max(100), how: z.enum(['scan', 'hand', 'untick']) }),
    answer: z.strictObject({ inventory, copy: countedCopy.nullable(), wasSeen: z.boolean() }),
    room: 'any',
    changes: true,
  }),
  finishInventory: operation({
    request: z.strictObject({ room, note: short.nullable() }),
    answer: inventory,
    room: 'any',
    changes: true,
  }),
  media: operation({
    request: z.strictObject({ room }),
    answer: z.array(medium),
    room: 'any',
    changes: false,
  }),
  addMedium: operation({
    request: z.strictObject({ label: text.max(100), kind: mediumKind, level }),
    answer: medium,
    room: 'any',
    changes: true,
  }),
  recordMedium: operation({
    request: z.strictObject({
      code: text,
      event: z.enum(MEDIUM_EVENTS),
      at: instant,
      what: short.nullable(),
      how: how.nullable(),
      witness: short.nullable(),
    }),
    answer: medium,
    room: 'any',
    changes: true,
  }),
  /** What the gate says of printing a list. */
  gate: operation({
    request: z.strictObject(listOrder),
    answer: askedGateAnswer,
    room: 'any',
    changes: false,
  }),
  /** A list for the printer: a PDF in base64, held in memory only, and its number; null where it is given none. */
  print: operation({
    request: z.strictObject({ ...listOrder, decision }),
    answer: z.strictObject({ pdf: z.base64(), number: text.nullable() }),
    room: 'any',
    changes: true,
  }),
} as const;
