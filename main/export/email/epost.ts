import { randomUUID } from 'node:crypto';
import { SigillError } from '../../../shared/domain/error.ts';
import { isAtMost, joinMarkings, LEVEL_NAME } from '../../../shared/domain/marking.ts';
import { fillText, MAIL_SUBJECT_TEXT } from '../../../shared/domain/standard-text.ts';
import type { ReportDocument } from '../../../shared/domain/report.ts';
import { isMailAddress } from '../../../shared/domain/names.ts';
import { documentDigest } from '../../reports/digest.ts';
import type { ExportFile, StreamedFile } from '../files.ts';
import { requireClearance, type Clearance } from '../gate.ts';
import type { MailHeaders } from './mime.ts';
import { sealMail, type MailJob } from './seal-mail.ts';

export interface EmailExportInput extends Pick<MailJob, 'recipients' | 'ownKey' | 'at' | 'attachments'> {
  readonly document: ReportDocument;
  readonly clearance: Clearance;
  /** The same document in its three forms; the JSON is checked against the document. */
  readonly rendered: MailJob['rendered'];
  /** Without an address the draft has no From, and the mail program that sends it fills in its own. */
  readonly from: { readonly name: string; readonly email: string | null };
  /** May be empty: the addresses are then filled in where the mail is sent. */
  readonly to: readonly string[];
}

const NEUTRAL_REFERENCE = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/;

/**
 * The gate has answered already. This is the second wall, which knows no table, no decision and no exception: a
 * säkerhetsskyddsklassificerad uppgift may leave only in a crypto that Försvarsmakten has approved (3 kap. 5 §
 * säkerhetsskyddsförordningen (2021:955)), and OpenPGP is not one.
 */
function refuseClassified(document: ReportDocument): void {
  const parts = document.sections.flatMap((section) => section.fields.flatMap((field) => field.parts));
  const { level } = joinMarkings([
    document.marking,
    ...parts.filter((part) => !part.withheld).map((part) => part.marking),
  ]);
  if (isAtMost(level, 'sekretess')) return;
  throw new SigillError(
    'policy',
    `Rapporten är ${LEVEL_NAME[level]} och får inte lämnas med e-post. OpenPGP är inte godkänt av Försvarsmakten ` +
      '(3 kap. 5 § säkerhetsskyddsförordningen (2021:955)). Använd signalskydd eller fysisk försändelse.',
  );
}

/** What is sent must be what was cleared: the JSON form is the document itself, so that can be seen. */
function requireSameDocument(document: ReportDocument, json: Uint8Array): void {
  let digest: string | null = null;
  try {
    digest = documentDigest(
      JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json)) as ReportDocument,
    );
  } catch {
    // Not JSON at all: the same answer.
  }
  if (digest !== documentDigest(document)) {
    throw new SigillError(
      'policy',
      'Filerna hör till ett annat dokument än det som fick klartecken. Gör om rapporten.',
    );
  }
}

/** What goes along must stand in the document that was cleared, file by file. */
function requireNamed(document: ReportDocument, attachments: EmailExportInput['attachments']): void {
  const cleared = document.sections
    .flatMap(({ fields }) => fields.flatMap(({ parts }) => parts))
    .flatMap((part) => (part.withheld || !part.origin.startsWith('attachment:') ? [] : [part.text]));
  const sent = attachments?.files ?? [];
  if (cleared.length === sent.length && sent.every(({ sha256 }, index) => cleared[index]?.endsWith(sha256)))
    return;
  throw new SigillError('policy', 'Bilagorna är inte de som fick klartecken. Gör om brevet.');
}

function makeHeaders({ document, from, to, at }: EmailExportInput): MailHeaders {
  const wrong = [...to, ...(from.email === null ? [] : [from.email])].find(
    (address) => !isMailAddress(address),
  );
  if (wrong !== undefined) {
    throw new SigillError(
      'usage',
      'En adress går inte att använda. Skriv varje adress för sig: namn@exempel.se.',
    );
  }
  return {
    // The same neutral words inside and outside: a mail program indexes and quotes a decrypted subject in clear.
    subject: fillText(MAIL_SUBJECT_TEXT, { referens: document.reference }),
    from: from.email === null ? null : { name: from.name, address: from.email },
    to,
    date: at,
    // RFC 5322 3.6.4 asks for a domain of the sender's. The name of the workstation tells something; the domain of
    // the address tells nothing that From does not. Without one: the domain that can never exist (RFC 6761 6.4).
    messageId: `<${randomUUID()}@${from.email?.split('@')[1] ?? 'rapport.invalid'}>`,
  };
}

/**
 * Makes the files for sending a report with OpenPGP-encrypted e-mail:
 *
 * - `rapport-<ref>.eml`: the whole mail as PGP/MIME (RFC 3156). It is put in a mail program's outbox, or handed to a
 *   mail server, as it is. It has no `X-Unsent`: a program that opens it for editing takes the encrypted parts apart
 *   and sends something that is no longer PGP/MIME.
 * - `rapport-<ref>.pgp`: the same encrypted message by itself, armored, for attaching to any mail. Decrypted it is
 *   `rapport-<ref>.eml`: the report as text, and the PDF and JSON attached, which any mail program opens.
 * - `avsandarens-nyckel.asc`: our public key, for checking the signature.
 *
 * Everything is read back before it is handed out: the archive copy is decrypted, the signature verified, the PDF
 * compared, and the list of readers held against the keys that were asked for.
 *
 * @param seal makes and reads back the files, here or in another thread
 * @throws SigillError `policy` where the gate has not cleared this document for `epost`, where it is
 *   säkerhetsskyddsklassificerad, or where the files are another document's; `usage` for keys and addresses that
 *   cannot be used; `damaged` where a stored key or the result is not what it should be.
 */
export async function makeEmailExport(
  input: EmailExportInput,
  seal: (job: MailJob) => Promise<(ExportFile | StreamedFile)[]> = sealMail,
): Promise<(ExportFile | StreamedFile)[]> {
  const { document, clearance, rendered, at } = input;
  requireClearance(clearance, document, ['epost']);
  refuseClassified(document);
  requireSameDocument(document, rendered.json);
  if (!NEUTRAL_REFERENCE.test(document.reference)) throw new TypeError('The reference is not neutral.');

  const { reference } = document;
  const { recipients, ownKey, attachments } = input;
  requireNamed(document, attachments);
  const headers = makeHeaders(input);
  const job = { headers, reference, rendered, recipients, ownKey, at };
  return seal(attachments ? { ...job, attachments } : job);
}
