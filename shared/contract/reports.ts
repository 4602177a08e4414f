import { z } from 'zod';
import type { ReportDocument } from '../domain/report.ts';
import { formSchema } from '../domain/rules.ts';
import { operation } from './operation.ts';
import { gateAnswer, incidentId, level, marking, nothing, text, writtenFile } from './schemas.ts';

const order = {
  incident: incidentId,
  form: text,
  version: z.enum(['full', 'open']),
  openLevel: level.nullable(),
  draft: z.boolean(),
};
const dispatchOrder = {
  ...order,
  out: text,
  decision: z.strictObject({ reason: text.min(1), decidedBy: text.nullable() }).nullable(),
};
/** The core makes it and hashes it; the window only shows it. */
const reportDocument = z.custom<ReportDocument>(
  (value) =>
    typeof value === 'object' && value !== null && (value as ReportDocument).format === 'sigill-report/1',
);
const dispatched = z.strictObject({
  marking,
  answers: z.array(gateAnswer),
  files: z.array(writtenFile),
  remarks: z.array(text),
});

/** Forms over the facts, the gate, and the three ways out. */
export const reportsArea = {
  forms: operation({ request: nothing, answer: z.array(formSchema), room: 'none', changes: false }),
  build: operation({
    request: z.strictObject(order),
    answer: z.strictObject({ document: reportDocument, remarks: z.array(text) }),
    room: 'any',
    changes: false,
  }),
  /** The pages as they would be printed: a PDF in base64, held in memory only. */
  preview: operation({
    request: z.strictObject(order),
    answer: z.strictObject({ pdf: z.base64() }),
    room: 'any',
    changes: false,
  }),
  /** The gate's answer for every channel. */
  gate: operation({
    request: z.strictObject(order),
    answer: z.array(gateAnswer),
    room: 'any',
    changes: false,
  }),
  byEmail: operation({
    request: z.strictObject({ ...dispatchOrder, to: z.array(text) }),
    answer: dispatched,
    room: 'open',
    changes: true,
  }),
  bySignalskydd: operation({
    request: z.strictObject({
      ...dispatchOrder,
      medium: text.nullable(),
      grade: text.nullable(),
      recipientName: text.nullable(),
    }),
    answer: dispatched,
    room: 'any',
    changes: true,
  }),
  byEnvelope: operation({
    request: z.strictObject({
      ...dispatchOrder,
      carriage: z.enum(['rek', 'varde', 'personlig-leverans']).nullable(),
      layout: z.enum(['C4', 'C5', 'A4-etikett']),
      copies: z.number().int().min(1).max(50),
      recipient: text.nullable(),
      attention: text.nullable(),
      securityBag: text.nullable(),
      consignment: text.nullable(),
    }),
    answer: dispatched,
    room: 'any',
    changes: true,
  }),
} as const;
