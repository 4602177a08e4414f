import { Buffer } from 'node:buffer';
import type { ReportDocument } from '../../../shared/domain/report.ts';
import { sha256Hex, type ExportFile } from '../files.ts';
import { clearedBy, requireClearance, type Clearance } from '../gate.ts';
import { checkGrade } from './grade.ts';
import { transferSheet, type SheetInput, type Transfer } from './transfer-sheet.ts';

export interface SignalskyddInput {
  readonly document: ReportDocument;
  readonly clearance: Clearance;
  /** The same report three ways: the system at the other end decides which one it can take. */
  readonly rendered: { readonly text: string; readonly pdf: Uint8Array; readonly json: Uint8Array };
  readonly transfer: Transfer;
}

/**
 * Makes what is carried on a medium to the signalskydd operator: the report in plain formats, since the approved system
 * does the protecting, checksums that `sha256sum -c` reads, and the sheet that goes with the medium on paper.
 * @param draw draws the sheet, here or in another thread
 * @throws SigillError `policy` without a clearance for this document by signalskydd, or with too low a grade.
 */
export async function makeSignalskyddPackage(
  input: SignalskyddInput,
  draw: (sheet: SheetInput) => Promise<Uint8Array> = transferSheet,
): Promise<ExportFile[]> {
  const { document, clearance, rendered, transfer } = input;
  requireClearance(clearance, document, ['signalskydd']);
  if (transfer.grade !== undefined) checkGrade(transfer.grade, document.marking.level);
  const text = rendered.text.endsWith('\n') ? rendered.text : `${rendered.text}\n`;
  const report: ExportFile[] = [
    { name: 'rapport.txt', bytes: Buffer.from(text, 'utf8') },
    { name: 'rapport.pdf', bytes: rendered.pdf },
    { name: 'rapport.json', bytes: rendered.json },
  ];
  const sums = report.map((file) => `${sha256Hex(file.bytes)}  ${file.name}\n`).join('');
  const files: ExportFile[] = [...report, { name: 'sha256sums.txt', bytes: Buffer.from(sums, 'ascii') }];
  const sheet = await draw({ document, clearance: clearedBy(clearance), transfer, files });
  return [...files, { name: 'overforingsblad.pdf', bytes: sheet }];
}
