import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SigillError } from '../../../shared/domain/error.ts';
import { formatFingerprint, readUsableKey, type UsableKey } from '../../keys/inspect.ts';
import type { KeyOwner } from '../../keys/refusal.ts';
import { openpgp } from '../../keys/openpgp-config.ts';
import { describeStreamed, notReadBack, type ExportFile, type StreamedFile } from '../files.ts';
import { REPORT_FILES, type Attachment } from './attachments.ts';
import {
  buildEncryptedMail,
  buildReportMime,
  isCanonicalMail,
  readAttachment,
  streamReportMime,
  type MailHeaders,
} from './mime.ts';
import { checkSealed, seal, type SealingKey, type SealRequest } from './seal.ts';
import { checkSealedFile, sealToFile } from './seal-stream.ts';

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
  /** Files that go along, read as a stream; and a folder of our own beside the one that all is meant for. */
  readonly attachments?: {
    readonly files: readonly Pick<Attachment, 'path' | 'name' | 'sha256'>[];
    readonly workshop: string;
  };
}

/** Stands for the message while the mail around it is put together. */
const PLACE = 'SIGILL-MESSAGE';

const ascii = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/**
 * Makes the files of a mail and reads them back. Asks no gate: `makeEmailExport` has done so, and tells what each file is.
 * @throws SigillError `usage` for keys that cannot be used; `damaged` where a stored key or the result is not what it
 *   should be.
 */
export async function sealMail(job: MailJob): Promise<(ExportFile | StreamedFile)[]> {
  const { headers, rendered, at, attachments } = job;
  const own = await readOwnKey(job);
  const recipients = await readRecipients(job);
  const stem = `rapport-${job.reference}`;
  const ownFile = { name: 'avsandarens-nyckel.asc', bytes: ascii(own.usable.inspected.armored) };
  if (attachments) {
    const request = { filename: `${stem}.eml`, recipients, own, at };
    return [...(await sealLarge(job, attachments, request, stem)), ownFile];
  }
  const content = await buildReportMime(headers, rendered.text, [
    { filename: REPORT_FILES.pdf, contentType: 'application/pdf', content: rendered.pdf },
    { filename: REPORT_FILES.json, contentType: 'application/json', content: rendered.json },
  ]);
  const request: SealRequest = { content, filename: `${stem}.eml`, recipients, own, at };
  const armored = await seal(request);
  const mail = await buildEncryptedMail(headers, armored);

  await checkSealed(armored, request);
  const pdf = readAttachment(content, REPORT_FILES.pdf);
  if (
    pdf === null ||
    Buffer.compare(pdf, rendered.pdf) !== 0 ||
    !Buffer.from(mail).includes(armored) ||
    ![content, mail].every(isCanonicalMail)
  ) {
    throw new SigillError('damaged', 'Mejlet blev inte som det skulle. Inget har lämnats ut. Anmäl felet.');
  }
  return [{ name: `${stem}.eml`, bytes: mail }, { name: `${stem}.pgp`, bytes: ascii(armored) }, ownFile];
}

/** The same with files along, which may be large: all is streamed to encrypted files, and read back from them. */
async function sealLarge(
  { headers, rendered }: MailJob,
  { files, workshop }: NonNullable<MailJob['attachments']>,
  request: Omit<SealRequest, 'content'>,
  stem: string,
): Promise<StreamedFile[]> {
  const sources = files.map(({ path }) => watchedFile(path));
  const content = streamReportMime(headers, rendered.text, [
    { filename: REPORT_FILES.pdf, contentType: 'application/pdf', content: rendered.pdf },
    { filename: REPORT_FILES.json, contentType: 'application/json', content: rendered.json },
    ...files.map(({ name }, index) => ({
      filename: name,
      contentType: 'application/octet-stream',
      content: sources[index]?.stream ?? Buffer.alloc(0),
    })),
  ]);
  const message = join(workshop, `${stem}.pgp`);
  // What went wrong with a source is told by its hash: an error of the stream may come in any shape.
  const sealed = await sealToFile(content, message, request).catch((error: unknown) => error);
  const wrong = files.find(({ sha256 }, index) => sources[index]?.hash() !== sha256);
  if (wrong) {
    throw new SigillError(
      'usage',
      `Bilagan ${wrong.name} ändrades eller gick inte att läsa medan brevet gjordes. Inget har lämnats ut. ` +
        'Lägg till den igen.',
    );
  }
  if (typeof sealed !== 'string') throw sealed;
  await checkSealedFile(message, sealed, request);
  // Around the message: the mail as it is for a small one, opened where the message stands.
  const around = Buffer.from(await buildEncryptedMail(headers, PLACE))
    .toString('latin1')
    .split(PLACE);
  const [before, after] = around;
  if (before === undefined || after === undefined || around.length !== 2) {
    throw new TypeError('The mail has no place for the message.');
  }
  const mail = join(workshop, `${stem}.eml`);
  // What is put in the mail is what was read back of the message: both are described by one reading of it.
  const [inMail, alone] = [createHash('sha256'), createHash('sha256')];
  let size = 0;
  inMail.update(before);
  await pipeline(
    async function* () {
      yield before;
      for await (const chunk of createReadStream(message) as AsyncIterable<Buffer>) {
        inMail.update(chunk);
        alone.update(chunk);
        size += chunk.length;
        yield chunk;
      }
      yield after;
    },
    createWriteStream(mail, { flags: 'wx', mode: 0o600, flush: true }),
  );
  inMail.update(after);
  const whole = await describeStreamed(`${stem}.eml`, mail);
  if (whole.sha256 !== inMail.digest('hex')) throw notReadBack(whole.name);
  return [whole, { name: `${stem}.pgp`, at: message, size, sha256: alone.digest('hex') }];
}

/**
 * A file that is read when it is asked for, and its hash when it has been read to its end; null before that. Where it cannot be read
 * the stream ends early and there is no hash: an error in it would come up in openpgp.js at places where nobody waits for it.
 */
function watchedFile(path: string): { readonly stream: Readable; readonly hash: () => string | null } {
  const hash = createHash('sha256');
  let whole: string | null = null;
  async function* blocks(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of createReadStream(path)) {
        hash.update(chunk as Buffer);
        yield chunk as Buffer;
      }
      whole = hash.digest('hex');
    } catch {
      whole = null;
    }
  }
  return { stream: Readable.from(blocks(), { objectMode: false }), hash: () => whole };
}

async function readRecipients(input: MailJob): Promise<UsableKey[]> {
  if (input.recipients.length === 0) {
    throw new SigillError('usage', 'Ange minst en mottagare med en verifierad OpenPGP-nyckel.');
  }
  const found = new Map<string, UsableKey>();
  for (const { fingerprint, armored } of input.recipients) {
    const usable = await readPinnedKey(armored, fingerprint, input.at, 'recipient');
    found.set(usable.inspected.fingerprint, usable);
  }
  return [...found.values()];
}

/** A key may have run out since it was read in, and what is stored must still be the key that was verified. */
async function readPinnedKey(
  armored: string,
  fingerprint: string,
  at: Date,
  owner: KeyOwner,
): Promise<UsableKey> {
  const usable = await readUsableKey(armored, at, owner);
  if (usable.inspected.fingerprint !== fingerprint.toUpperCase()) throw otherKey(fingerprint);
  return usable;
}

async function readOwnKey({ ownKey, at }: MailJob): Promise<SealingKey> {
  const usable = await readPinnedKey(ownKey.armoredPublic, ownKey.fingerprint, at, 'own');
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
