import { randomUUID } from 'node:crypto';
import { SigillError } from '../../../shared/domain/error.ts';
import { isAtMost, joinMarkings, LEVEL_NAME } from '../../../shared/domain/marking.ts';
import type { ReportDocument } from '../../../shared/domain/report.ts';
import { formatFingerprint, readUsableKey, type UsableKey } from '../../keys/inspect.ts';
import { openpgp } from '../../keys/openpgp-config.ts';
import { isMailAddress } from '../../keys/own.ts';
import { documentDigest } from '../../reports/digest.ts';
import type { ExportFile } from '../files.ts';
import { requireClearance, type Clearance } from '../gate.ts';
import {
  buildEncryptedMail,
  buildReportMime,
  isCanonicalMail,
  readAttachment,
  type MailHeaders,
} from './mime.ts';
import { checkSealed, seal, type SealingKey, type SealRequest } from './seal.ts';

export interface EmailExportInput {
  readonly document: ReportDocument;
  readonly clearance: Clearance;
  /** The same document in its three forms; the JSON is checked against the document. */
  readonly rendered: { readonly text: string; readonly pdf: Uint8Array; readonly json: Uint8Array };
  readonly recipients: readonly { readonly fingerprint: string; readonly armored: string }[];
  readonly ownKey: {
    readonly fingerprint: string;
    readonly armoredPrivate: string;
    readonly armoredPublic: string;
  };
  /** Without an address the draft has no From, and the mail program that sends it fills in its own. */
  readonly from: { readonly name: string; readonly email: string | null };
  /** May be empty: the addresses are then filled in where the mail is sent. */
  readonly to: readonly string[];
  readonly at: Date;
}

const PDF_NAME = 'rapport.pdf';
const JSON_NAME = 'rapport.json';
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

async function readRecipients(input: EmailExportInput): Promise<UsableKey[]> {
  if (input.recipients.length === 0) {
    throw new SigillError('usage', 'Ange minst en mottagare med en verifierad OpenPGP-nyckel.');
  }
  const found = new Map<string, UsableKey>();
  for (const { fingerprint, armored } of input.recipients) {
    const usable = await readPinnedKey(armored, fingerprint, input.at);
    found.set(usable.inspected.fingerprint, usable);
  }
  return [...found.values()];
}

/** A key may have run out since it was read in, and what is stored must still be the key that was verified. */
async function readPinnedKey(armored: string, fingerprint: string, at: Date): Promise<UsableKey> {
  const usable = await readUsableKey(armored, at);
  if (usable.inspected.fingerprint !== fingerprint.toUpperCase()) throw otherKey(fingerprint);
  return usable;
}

async function readOwnKey({ ownKey, at }: EmailExportInput): Promise<SealingKey> {
  const usable = await readPinnedKey(ownKey.armoredPublic, ownKey.fingerprint, at);
  const secret = await openpgp.readPrivateKey({ armoredKey: ownKey.armoredPrivate }).catch(() => null);
  if (secret?.getFingerprint().toUpperCase() !== usable.inspected.fingerprint || !secret.isDecrypted()) {
    throw otherKey(ownKey.fingerprint);
  }
  return { usable, secret };
}

function otherKey(fingerprint: string): SigillError {
  return new SigillError(
    'damaged',
    `Den sparade nyckeln är inte den som har fingeravtrycket ${formatFingerprint(fingerprint)}. Läs in nyckeln på nytt.`,
  );
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
    subject: `Rapport, ref ${document.reference}`,
    from: from.email === null ? null : { name: from.name, address: from.email },
    to,
    date: at,
    // RFC 5322 3.6.4 asks for a domain of the sender's. The name of the workstation tells something; the domain of
    // the address tells nothing that From does not. Without one: the domain that can never exist (RFC 6761 6.4).
    messageId: `<${randomUUID()}@${from.email?.split('@')[1] ?? 'rapport.invalid'}>`,
  };
}

const ascii = (text: string): Uint8Array => Buffer.from(text, 'latin1');

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
 * @throws SigillError `policy` where the gate has not cleared this document for `epost`, where it is
 *   säkerhetsskyddsklassificerad, or where the files are another document's; `usage` for keys and addresses that
 *   cannot be used; `damaged` where a stored key or the result is not what it should be.
 */
export async function makeEmailExport(input: EmailExportInput): Promise<ExportFile[]> {
  const { document, clearance, rendered, at } = input;
  requireClearance(clearance, document, ['epost']);
  refuseClassified(document);
  requireSameDocument(document, rendered.json);
  if (!NEUTRAL_REFERENCE.test(document.reference)) throw new TypeError('The reference is not neutral.');

  const headers = makeHeaders(input);
  const own = await readOwnKey(input);
  const recipients = await readRecipients(input);
  const stem = `rapport-${document.reference}`;
  const content = await buildReportMime(headers, rendered.text, [
    { filename: PDF_NAME, contentType: 'application/pdf', bytes: rendered.pdf },
    { filename: JSON_NAME, contentType: 'application/json', bytes: rendered.json },
  ]);
  const request: SealRequest = { content, filename: `${stem}.eml`, recipients, own, at };
  const armored = await seal(request);
  const mail = await buildEncryptedMail(headers, armored);

  await checkSealed(armored, request);
  const pdf = readAttachment(content, PDF_NAME);
  if (
    pdf === null ||
    Buffer.compare(pdf, rendered.pdf) !== 0 ||
    !Buffer.from(mail).includes(armored) ||
    ![content, mail].every(isCanonicalMail)
  ) {
    throw new SigillError('damaged', 'Mejlet blev inte som det skulle. Inget har lämnats ut. Anmäl felet.');
  }
  return [
    { name: `${stem}.eml`, bytes: mail },
    { name: `${stem}.pgp`, bytes: ascii(armored) },
    { name: 'avsandarens-nyckel.asc', bytes: ascii(own.usable.inspected.armored) },
  ];
}
