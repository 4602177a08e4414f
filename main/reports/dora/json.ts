import { SigillError } from '../../../shared/domain/error.ts';
import type { ReportDocument } from '../../../shared/domain/report.ts';
import type { CodeList, Form } from '../../../shared/domain/rules.ts';
import { buildDoraReport } from './build.ts';

/**
 * A DORA report as UTF-8 JSON in EBA's structure, two spaces of indentation, a newline at the end.
 * @throws SigillError `usage` with one line for each field that lacks an answer or has one that does not fit: the structure
 *   has no mark for a draft, so half a report is never written
 */
export function renderDoraJson(
  document: ReportDocument,
  form: Form,
  codeLists: ReadonlyMap<string, CodeList>,
): Uint8Array {
  const { report, faults } = buildDoraReport(document, form, codeLists);
  if (document.draft)
    throw new SigillError('usage', 'EBA:s struktur har inget märke för ett utkast. Välj ett annat format.');
  if (faults.length > 0) {
    throw new SigillError(
      'usage',
      'Rapporten kan inte skrivas i EBA:s struktur än. Fyll i eller rätta det som står här. ' +
        'Som PDF, text eller Sigills egen JSON kan den skrivas ändå, som utkast.',
      faults,
    );
  }
  return new TextEncoder().encode(`${JSON.stringify(report, null, 2)}\n`);
}
