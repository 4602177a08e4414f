import { openAnswer } from '../answers/open-answer.ts';
import { sealMail } from '../export/email/seal-mail.ts';
import { drawEnvelopes } from '../export/envelope/draw-envelopes.ts';
import { printerTest } from '../export/envelope/test-sheet.ts';
import { transferSheet } from '../export/signalskydd/transfer-sheet.ts';
import { inspectPublicKey } from '../keys/inspect.ts';
import { takeInKey } from '../keys/take-in.ts';
import { readOwnKeyFile } from '../keys/import-own.ts';
import { extendOwnKey } from '../keys/own-life.ts';
import { revocationSheet } from '../keys/revocation-sheet.ts';
import { createOwnKey } from '../keys/own.ts';
import { renderListPdf } from '../register/list-pdf.ts';
import type { DocumentLook } from '../documents/look.ts';
import { renderReportPdf, type ReportStamp } from '../reports/pdf.ts';
import type { ReportDocument } from '../../shared/domain/report.ts';

interface ReportDrawing {
  readonly document: ReportDocument;
  readonly stamp?: ReportStamp;
  readonly look?: DocumentLook;
}

/**
 * The heavy work: pages and OpenPGP. Each task takes and gives plain data that can go to another thread, knows no vault,
 * and asks no gate: a Clearance cannot leave the thread of the core, so whoever hands out a task has asked for it there.
 */
const TASKS = {
  reportPdf: ({ document, stamp, look }: ReportDrawing) => renderReportPdf(document, stamp, look),
  transferSheet,
  registerList: renderListPdf,
  printerTest,
  drawEnvelopes: (drawing: Parameters<typeof drawEnvelopes>[0]) => drawEnvelopes(drawing),
  sealMail,
  inspectKey: ({ key, at }: { key: Uint8Array | string; at: Date }) => inspectPublicKey(key, at),
  takeInKey,
  createOwnKey,
  openAnswer,
  readOwnKeyFile,
  extendOwnKey,
  revocationSheet,
} as const;

export type TaskName = keyof typeof TASKS;
export type JobOf<N extends TaskName> = Parameters<(typeof TASKS)[N]>[0];
export type ResultOf<N extends TaskName> = Awaited<ReturnType<(typeof TASKS)[N]>>;

/** Has a task done, here or in another thread. */
export type RunTask = <N extends TaskName>(name: N, job: JobOf<N>) => Promise<ResultOf<N>>;

/** In this thread: for the terminal, which has nothing else to do meanwhile, and in the worker itself. */
export const runHere: RunTask = (name, job) =>
  (TASKS[name] as (job: unknown) => Promise<ResultOf<typeof name>>)(job);
