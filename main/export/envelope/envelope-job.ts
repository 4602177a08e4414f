import { SigillError } from '../../../shared/domain/error.ts';
import type { ExportFile } from '../files.ts';
import { clearedBy, requireClearance, type Clearance } from '../gate.ts';
import { drawEnvelopes, type EnvelopeDrawing } from './draw-envelopes.ts';

export interface EnvelopeInput extends Omit<EnvelopeDrawing, 'cleared'> {
  /** For the carriage. */
  readonly clearance: Clearance;
  /** For the printer. */
  readonly printClearance: Clearance;
}

const MOST_COPIES = 50;

/**
 * Makes the whole paper job as one file to print. One file, because a job in several files is a job where a sheet is
 * forgotten.
 * @param draw draws the pages, here or in another thread
 * @throws SigillError `policy` without a clearance for this document by this very carriage, and one for
 *   printing it; `usage` where the address
 *   is missing, the number of copies is wrong, or the paper does not go into the envelope.
 */
export async function makeEnvelopeJob(
  input: EnvelopeInput,
  draw: (drawing: EnvelopeDrawing) => Promise<Uint8Array> = drawEnvelopes,
): Promise<ExportFile[]> {
  const { clearance, printClearance, ...drawing } = input;
  requireClearance(clearance, input.document, [input.carriage]);
  requireClearance(printClearance, input.document, ['utskrift']);
  if (!Number.isInteger(input.copies) || input.copies < 1 || input.copies > MOST_COPIES) {
    throw new SigillError('usage', `Antalet exemplar ska vara ett heltal från 1 till ${MOST_COPIES}.`);
  }
  const bytes = await draw({ ...drawing, cleared: [printClearance, clearance].map(clearedBy) });
  return [{ name: 'utskrift.pdf', bytes }];
}
