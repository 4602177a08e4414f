import { z } from 'zod';
import { FACT_IDS, TIME_IDS } from '../domain/incident.ts';
import { operation } from './operation.ts';
import { incidentId, instant, level, nothing, room, text } from './schemas.ts';

/** The largest draft, as JSON: far more than anybody writes by hand, and no way to fill the disk. */
export const MAX_DRAFT_CHARACTERS = 500_000;

const ID = '[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2}';
const NAME = '[A-Za-z0-9._-]{1,80}';

/**
 * What a draft is of: a value of an incident, a row that is being written in its log, a call, what is told of a step or an
 * expedition, a way out that is being made ready, what has been copied into a portal; or a new incident, the organisation, its duties, its printers,
 * the clock, a key, an address, a pack of rules; or what is told of a document, a copy or a medium in the register.
 */
export const draftSubject = text.regex(
  new RegExp(
    `^(?:fact:${ID}:(?:${FACT_IDS.join('|')})|title:${ID}|time:${ID}:(?:${TIME_IDS.join('|')})|answer:${ID}:[A-Za-z0-9-]+/[A-Za-z0-9-]+|log:${ID}|assessment:${ID}:[A-Za-z0-9-]{1,60}|call:${ID}|step:${ID}:${NAME}/${NAME}/${NAME}|event:${ID}:${NAME}/${NAME}|way:${ID}:${NAME}/${NAME}/${NAME}|portal:${ID}:[0-9a-f-]{36}|numbers:${ID}:${NAME}/${NAME}|lower:${ID}:${NAME}/${NAME}|rules:${ID}|reading:${ID}(?::[0-9a-f]{64})?|(?:print|sheet):${ID}:${NAME}/${NAME}|new-incident|organisation|duties|printers|clock|(?:compare|distrust):${NAME}|(?:incoming|inventory|medium|list):(?:open|protected)|(?:address|bind|words|move|medium|pack):${NAME}/${NAME})$`,
  ),
);

const head = {
  subject: draftSubject,
  /** null for an incident that is not there yet. */
  incident: incidentId.nullable(),
  room,
  savedAt: instant,
};

/**
 * What a person has written and not saved, kept so that a lock, a crash or a power cut takes nothing. A draft is the
 * person's own. It lies in the room of the marking that is chosen in the form, and in the protected one where the
 * incident has a part there.
 */
export const draftsArea = {
  /** The newest one counts: a put replaces what the person had of the same subject, in both rooms. */
  put: operation({
    request: z.strictObject({
      subject: draftSubject,
      incident: incidentId.nullable(),
      content: z.record(text, z.json()),
      level,
    }),
    answer: z.strictObject({ room, savedAt: instant }),
    room: 'any',
    changes: true,
  }),
  list: operation({
    request: nothing,
    answer: z.array(z.strictObject(head)),
    room: 'any',
    changes: false,
  }),
  get: operation({
    request: z.strictObject({ subject: draftSubject }),
    answer: z
      .strictObject({
        ...head,
        content: z.record(text, z.json()),
        /** An older one in the other room, that was locked when the newest was written; null where there is none. */
        other: z.strictObject({ savedAt: instant, content: z.record(text, z.json()) }).nullable(),
      })
      .nullable(),
    room: 'any',
    changes: false,
  }),
  remove: operation({
    request: z.strictObject({ subject: draftSubject }),
    answer: nothing,
    room: 'any',
    changes: true,
  }),
} as const;
