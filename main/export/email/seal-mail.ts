import { SigillError } from '../../../shared/domain/error.ts';
import { formatFingerprint, readUsableKey, type UsableKey } from '../../keys/inspect.ts';
import { openpgp } from '../../keys/openpgp-config.ts';
import type { ExportFile } from '../files.ts';
import {
  buildEncryptedMail,
  buildReportMime,
  isCanonicalMail,
  readAttachment,
  type MailHeaders,
} from './mime.ts';
import { checkSealed, seal, type SealingKey, type SealRequest } from './seal.ts';

/** What a mail is made from: plain data, so that another thread can make it. */
export interface MailJob {
  readonly headers: MailHeaders;
  /** Neutral: it stands in the names of the files. */
  readonly reference: string;
  readonly rendered: { readonly text: string; readonly pdf: Uint8Array; readonly json: Uint8Array };
  readonly recipients: readonly { readonly fingerprint: string; readonly armored: string }[];
  readonly ownKey: {
    readonly fingerprint: string;
    readonly armoredPrivate: string;
    readonly armoredPublic: string;
  };
  readonly at: Date;
}

const PDF_NAME = 'rapport.pdf';
const JSON_NAME = 'rapport.json';

const ascii = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/**
 * Makes the files of a mail and reads them back. Asks no gate: `makeEmailExport` has done so, and tells what each file is.
 * @throws SigillError `usage` for keys that cannot be used; `damaged` where a stored key or the result is not what it
 *   should be.
 */
export async function sealMail(job: MailJob): Promise<ExportFile[]> {
  const { headers, rendered, at } = job;
  const own = await readOwnKey(job);
  const recipients = await readRecipients(job);
  const stem = `rapport-${job.reference}`;
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

async function readRecipients(input: MailJob): Promise<UsableKey[]> {
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

async function readOwnKey({ ownKey, at }: MailJob): Promise<SealingKey> {
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
