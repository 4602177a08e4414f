import { z } from 'zod';
import { DISPATCH_NUMBER_KINDS } from '../domain/dispatch.ts';
import { MOST_OFFSET, MOST_PRINTERS, TEST_FORMATS, type TestFormat } from '../domain/printer.ts';
import { transferProfileSchema } from '../domain/rules.ts';
import { operation } from './operation.ts';
import { expedition } from './reports.ts';
import { nothing, text } from './schemas.ts';

const offset = z.number().min(-MOST_OFFSET).max(MOST_OFFSET);
const printers = z
  .array(z.strictObject({ name: text.max(100), right: offset, down: offset }))
  .max(MOST_PRINTERS);

/** What the ways out by paper and medium need beside the report: printers, profiles of signalskydd, numbers told afterwards. */
export const paperArea = {
  printers: operation({ request: nothing, answer: printers, room: 'any', changes: false }),
  /** In both rooms, so that envelopes can be printed from either alone. */
  changePrinters: operation({
    request: z.strictObject({ printers }),
    answer: printers,
    room: 'any',
    changes: true,
  }),
  /** A sheet with a cross to measure: a PDF in base64, held in memory only. It tells nothing of any incident. */
  printerTest: operation({
    request: z.strictObject({
      printer: text.nullable(),
      format: z.enum(Object.keys(TEST_FORMATS) as [TestFormat, ...TestFormat[]]),
    }),
    answer: z.strictObject({ pdf: z.base64() }),
    room: 'any',
    changes: true,
  }),
  /** What signalskydd systems take, by the rules in force. */
  profiles: operation({
    request: nothing,
    answer: z.array(transferProfileSchema),
    room: 'any',
    changes: false,
  }),
  /** The number of a copy's security bag or consignment, before or after it was handed in. What stood there stays. */
  tellNumber: operation({
    request: z.strictObject({
      dispatch: text,
      copy: z.number().int().min(1),
      kind: z.enum(DISPATCH_NUMBER_KINDS),
      number: text.max(100).nullable(),
      reason: text.max(500).nullable(),
    }),
    answer: expedition,
    room: 'open',
    changes: true,
  }),
} as const;
