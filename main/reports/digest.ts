import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { ReportDocument } from '../../shared/domain/report.ts';

/** The canonical JSON of a report (RFC 8785): the same report always gives the same text. */
export function canonicalText(document: ReportDocument): string {
  const canonical = canonicalize(document);
  if (canonical === undefined) throw new TypeError('A report is plain JSON.');
  return canonical;
}

/**
 * The identity of a report: SHA-256 in hex over its canonical JSON.
 * A clearance is bound to it, and so is the receipt in the audit.
 */
export function documentDigest(document: ReportDocument): string {
  return createHash('sha256').update(canonicalText(document), 'utf8').digest('hex');
}
