import { z } from 'zod';
import { incidentFilter } from './incidents.ts';
import { operation } from './operation.ts';
import { instant, nothing, room, text } from './schemas.ts';

const name = text.trim().min(1).max(80);

/** Filters of the list of incidents that somebody has given a name, shared by all who may enter the room. */
export const filtersArea = {
  list: operation({
    request: nothing,
    answer: z.array(
      z.strictObject({ room, name: text, filter: incidentFilter, savedAt: instant, savedBy: text }),
    ),
    room: 'any',
    changes: false,
  }),
  /** One of the same name is replaced. The answer tells in which room it lies. */
  save: operation({
    request: z.strictObject({ name, filter: incidentFilter }),
    answer: z.strictObject({ room }),
    room: 'any',
    changes: true,
  }),
  remove: operation({
    request: z.strictObject({ room, name: text }),
    answer: nothing,
    room: 'any',
    changes: true,
  }),
} as const;
