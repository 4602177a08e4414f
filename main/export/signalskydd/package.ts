import { Buffer } from 'node:buffer';
import type { ReportDocument } from '../../../shared/domain/report.ts';
import { sha256Hex, type ExportFile } from '../files.ts';
import { clearedBy, requireClearance, type Clearance } from '../gate.ts';
import type { TransferProfile } from '../../../shared/domain/rules.ts';
import { fitProfile, type Renderings, type TransferChoice } from './fit-profile.ts';
import { checkGrade } from './grade.ts';
import { transferSheet, type SheetInput, type Transfer } from './transfer-sheet.ts';

export interface SignalskyddInput {
  readonly document: ReportDocument;
  readonly clearance: Clearance;
  /** The same report three ways: the profile decides which one the system at the other end can take. */
  readonly rendered: Renderings;
  readonly profile: TransferProfile;
  readonly choice: TransferChoice;
  readonly transfer: Transfer;
}

/**
 * Makes what is carried on a medium to the signalskydd operator: the report in the plain formats of the profile, since the
 * approved system does the protecting, checksums that `sha256sum -c` reads, and the sheet that goes with the medium on paper.
 * @param draw draws the sheet, here or in another thread
 * @throws SigillError `policy` without a clearance for this document by signalskydd, with too low a grade, or where the report
 *   does not fit the profile
 */
export async function makeSignalskyddPackage(
  input: SignalskyddInput,
  draw: (sheet: SheetInput) => Promise<Uint8Array> = transferSheet,
): Promise<ExportFile[]> {
  const { document, clearance, rendered, profile, choice, transfer } = input;
  requireClearance(clearance, document, ['signalskydd']);
  if (transfer.grade !== undefined) checkGrade(transfer.grade, document.marking.level);
  const fitted = fitProfile(profile, rendered, choice, document.sections);
  const sums = fitted.files.map((file) => `${sha256Hex(file.bytes)}  ${file.name}\n`).join('');
  const files: ExportFile[] = [
    ...fitted.files,
    { name: 'sha256sums.txt', bytes: Buffer.from(sums, 'ascii') },
  ];
  const { text } = fitted;
  const sheet = await draw({ document, clearance: clearedBy(clearance), transfer, profile, text, files });
  return [...files, { name: 'overforingsblad.pdf', bytes: sheet }];
}
