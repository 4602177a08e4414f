import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { openpgp } from '../../keys/openpgp-config.ts';
import { damaged, readersOf, requirePackets, requireSignedOnce, type SealRequest } from './seal.ts';

/** Sealing of what is too large to be held: from a stream to a file, in the same form as {@link seal} gives. */

type StreamRequest = Omit<SealRequest, 'content'>;

const web = (stream: Readable): WebStream<Uint8Array> => Readable.toWeb(stream) as WebStream<Uint8Array>;

/** Armor with CRLF, as the whole of a mail has. */
function crlf(): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, chunk.toString('latin1').replaceAll('\r', '').replaceAll('\n', '\r\n'));
    },
  });
}

/**
 * Signs and encrypts a stream into a file. Only a few blocks of it are in memory at a time.
 * @returns SHA-256 of what was sealed, hex
 */
export async function sealToFile(
  content: Readable,
  file: string,
  { filename, recipients, own, at }: StreamRequest,
): Promise<string> {
  const hash = createHash('sha256');
  const watched = content.pipe(
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    }),
  );
  content.on('error', (error) => watched.destroy(error));
  const encryptionKeys = readersOf(recipients, own).map((reader) => reader.key);
  const sessionKey = await openpgp.generateSessionKey({ encryptionKeys, date: at });
  try {
    const armored = await openpgp.encrypt({
      message: await openpgp.createMessage({ binary: web(watched), filename, date: at }),
      encryptionKeys,
      signingKeys: own.secret,
      // As for what is small: without the AEAD algorithm, or nobody but the newest could read it.
      sessionKey: { data: sessionKey.data, algorithm: sessionKey.algorithm },
      date: at,
      format: 'armored',
    });
    await pipeline(
      Readable.fromWeb(armored as unknown as WebStream<string>),
      crlf(),
      createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }),
    );
  } finally {
    sessionKey.data.fill(0);
  }
  return hash.digest('hex');
}

/** The letters of a file in ASCII, whether the reader is quick or slow. */
export function streamLetters(file: string): WebStream<string> {
  const source = createReadStream(file, { encoding: 'latin1' });
  // Counted, not measured: a string has no length in bytes, and one that has to wait would throw where nobody catches it.
  const strategy = new CountQueuingStrategy({ highWaterMark: 1 });
  return Readable.toWeb(source, { strategy }) as unknown as WebStream<string>;
}

/**
 * Reads a sealed file back as the archive copy will be read, as {@link checkSealed} does, in a stream: nothing of it is used
 * before its end, where the integrity code and the signature are judged.
 * @throws SigillError `damaged` where anything differs: the file is not to be sent
 */
export async function checkSealedFile(file: string, hash: string, request: StreamRequest): Promise<void> {
  const { own, at } = request;
  const message = await openpgp.readMessage({ armoredMessage: streamLetters(file) }).catch(() => null);
  if (message === null) throw damaged('det går inte att läsa');
  requirePackets(message, request);
  const opened = await openpgp
    .decrypt({
      message,
      decryptionKeys: own.secret,
      verificationKeys: own.usable.key,
      date: at,
      format: 'binary',
      config: { allowUnauthenticatedStream: true },
    })
    .catch(() => null);
  if (opened === null) throw damaged('arkivkopian går inte att öppna');
  const read = createHash('sha256');
  try {
    for await (const chunk of opened.data as unknown as AsyncIterable<Uint8Array>) read.update(chunk);
  } catch {
    throw damaged('arkivkopian går inte att öppna');
  }
  await requireSignedOnce(opened.signatures);
  if (read.digest('hex') !== hash) throw damaged('innehållet är ett annat');
}
