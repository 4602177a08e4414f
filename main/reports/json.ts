import type { ReportDocument } from '../../shared/domain/report.ts';
import { canonicalText } from './digest.ts';

/**
 * The report as UTF-8 JSON for machines and for archives: keys in the order of RFC 8785 (the one that its digest is
 * computed over), two spaces of indentation, a newline at the end. The same report always gives the same bytes.
 */
export function renderJson(document: ReportDocument): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(JSON.parse(canonicalText(document)), null, 2)}\n`);
}
