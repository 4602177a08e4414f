import { z } from 'zod';
import { codeListSchema, regimeSchema } from '../domain/rules.ts';
import { operation } from './operation.ts';
import { nothing } from './schemas.ts';

/** The rule pack, as far as a window needs to read it. */
export const rulesArea = {
  codeLists: operation({
    request: nothing,
    answer: z.array(codeListSchema),
    room: 'none',
    changes: false,
  }),
  regimes: operation({ request: nothing, answer: z.array(regimeSchema), room: 'none', changes: false }),
} as const;
