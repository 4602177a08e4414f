import { LARGEST_ANSWER } from '../../shared/domain/answer.ts';
import { SigillError } from '../../shared/domain/error.ts';
import { sha256Hex } from '../export/files.ts';
import { openpgp } from '../keys/openpgp-config.ts';
import { findEncrypted } from './find-encrypted.ts';
import {
  ageRemarks,
  judgeSignature,
  MOST_AHEAD_MS,
  requireNotAhead,
  senderRemarks,
  type AnswerSignature,
} from './judge-signature.ts';
import type { AnswerJob } from './answer-job.ts';
import type { OpenedAnswer } from './opened-answer.ts';
import { readContent, readSignedContent } from './read-content.ts';
import { findSignedPart, signersOf } from './signed-part.ts';

/**
 * Opens an encrypted answer with the organisation's own keys and tells who has signed it. Nothing is shown of what is
 * not whole: where the message or a signature by a known key does not hold, the answer is refused.
 * @throws SigillError `usage` where it is not an encrypted message, is too large, or is to somebody else; `damaged`
 *   where it has been changed on its way
 */
export async function openAnswer(job: AnswerJob): Promise<OpenedAnswer> {
  if (job.file.length > LARGEST_ANSWER) {
    throw new SigillError(
      'usage',
      `Filen är för stor för att läsas som ett svar (högst ${LARGEST_ANSWER / 1024 / 1024} MB).`,
    );
  }
  const { message, others } = await findEncrypted(job.file);
  const own = await Promise.all(job.ownKeys.map((armoredKey) => openpgp.readPrivateKey({ armoredKey })));
  requireReader(message, own);
  const known = await Promise.all(
    job.knownKeys.map(async (key) => ({ ...key, key: await openpgp.readKey({ armoredKey: key.armored }) })),
  );
  const verificationKeys = known.map(({ key }) => key);
  // A little later than now: a signature by a clock that is ahead is good all the same.
  const date = new Date(job.at.getTime() + MOST_AHEAD_MS);
  const opened: Opened | null = await openpgp
    .decrypt({ message, decryptionKeys: own, verificationKeys, date, format: 'binary' })
    .catch(() => null);
  if (opened === null) {
    throw new SigillError(
      'damaged',
      'Svaret går inte att öppna: det är ändrat eller skadat på vägen, eller gjort på ett sätt som inte är säkert. ' +
        'Inget av det visas. Ring avsändaren och be om det igen.',
    );
  }
  const inside = Buffer.from(opened.data);
  const part = await findSignedPart(inside);
  const signatures = [
    ...opened.signatures,
    ...(part === null ? [] : await signersOf(part, verificationKeys, date)),
  ];
  await requireNotAhead(signatures, job.at);
  const judged = await judgeSignature(signatures, known);
  // Of a part that is signed, nothing is shown that stands beside it.
  const { remarks, unchecked, contents, ...content } =
    part === null
      ? await readContent(inside, opened.filename)
      : await readSignedContent(part.content, inside);
  const signature: AnswerSignature =
    judged.kind === 'unsigned' && unchecked !== null ? { kind: 'unchecked', by: unchecked } : judged;
  return {
    fileHash: sha256Hex(job.file),
    signature,
    ...content,
    ...(job.withContents === true ? { contents } : {}),
    remarks: [
      ...ageRemarks(signature, job.at),
      ...senderRemarks(signature, content.from, job.knownKeys),
      ...remarks,
      ...(others > 0 ? [MORE_MESSAGES] : []),
    ],
  };
}

type Opened = Omit<openpgp.DecryptMessageResult, 'data' | 'filename'> & {
  readonly data: Uint8Array;
  /** null where the sender's program has given it no name. */
  readonly filename: string | null;
};

const MORE_MESSAGES =
  'Filen har fler krypterade delar än den som är läst här. Spara dem var för sig ur e-postprogrammet och läs in dem också.';

/** A hidden reader (RFC 9580 5.1): each of our keys is tried. */
const ANY_KEY = '0'.repeat(16);

/** To tell "not to us" from "changed on its way", which a failed decryption alone does not. */
function requireReader(message: openpgp.Message<Uint8Array>, own: readonly openpgp.PrivateKey[]): void {
  const readers = message.getEncryptionKeyIDs();
  const isOurs = readers.some(
    (reader) => reader.toHex() === ANY_KEY || own.some((key) => key.getKeys(reader).length > 0),
  );
  if (isOurs) return;
  throw new SigillError(
    'usage',
    'Svaret är krypterat till en annan nyckel än er, och kan inte öppnas här. ' +
      'Ge avsändaren er öppna nyckel och be om svaret igen.',
  );
}
