import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { ReportDocument } from '../../shared/domain/report.ts';

/**
 * The identity of a report: SHA-256 in hex over its canonical JSON (RFC 8785).
 * A clearance is bound to it, and so is the receipt in the audit.
 */
export function documentDigest(document: ReportDocument): string {
  const canonical = canonicalize(document);
  if (canonical === undefined) throw new TypeError('A report is plain JSON.');
  return createHash('sha256').update(canonical, 'utf8').digest('hex');
}
