import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { EmailExportInput } from '../export/email/epost.ts';
import type { ExportFile, StreamedFile } from '../export/files.ts';
import type { OwnKey } from '../keys/own.ts';
import { renderJson } from '../reports/json.ts';
import { sampleClearance, sampleReport } from './report.ts';

/** A word that stands in every form of the sample report, and may be read nowhere outside the encryption. */
export const CANARY = 'Björktrast';

/** A text with what mail programs tend to change: Swedish letters, form feed, "From ", a lone dot, long lines. */
export const SAMPLE_TEXT =
  `SEKRETESS\n\nDriftsystem ${CANARY} stod stilla. Räksmörgås – 100 %, a=b\n.\nFrom here on\n-- \n` +
  `${'mycket lång rad '.repeat(90)}\n\fSida 2\n`;

/** Not a real PDF: bytes of every kind, lone CR and LF among them. */
export const SAMPLE_PDF: Uint8Array = Buffer.concat([
  Buffer.from(`%PDF-1.7\n%åäö ${CANARY}\r\n\r`),
  Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
  randomBytes(50_000),
  Buffer.from('\n%%EOF'),
]);

/** An e-mail export of a report with OSL-sekretess, cleared by the real gate. */
export function sampleEmail(
  ownKey: OwnKey,
  recipients: EmailExportInput['recipients'],
  at: Date,
  change: Partial<EmailExportInput> = {},
): EmailExportInput {
  const document = change.document ?? sampleReport('sekretess');
  return {
    document,
    clearance: sampleClearance(document, 'epost'),
    rendered: { text: SAMPLE_TEXT, pdf: SAMPLE_PDF, json: renderJson(document) },
    recipients,
    ownKey,
    from: { name: 'Säkerhetsskydd, Norra driftverket', email: 'sakskydd@exempel.se' },
    to: ['cert@exempel.se', 'rapport@exempel.se'],
    at,
    ...change,
  };
}

/** @throws Error where there is no file of that name. */
export function fileNamed(files: readonly (ExportFile | StreamedFile)[], pattern: RegExp): Buffer {
  const found = files.find((file) => pattern.test(file.name));
  if (!found) throw new Error(`No file matches ${String(pattern)}.`);
  return 'bytes' in found ? Buffer.from(found.bytes) : readFileSync(found.at);
}
