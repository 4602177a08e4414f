import { SigillError } from '../../shared/domain/error.ts';
import { asText } from '../keys/inspect.ts';
import { openpgp } from '../keys/openpgp-config.ts';
import { armoredMessages, MOST_MESSAGES } from './armored-messages.ts';
import { textOfHtml } from './html-text.ts';
import { bytesOf, parseMail } from './parse-mail.ts';

interface FoundMessage {
  readonly message: openpgp.Message<Uint8Array>;
  /** How many more there are in the file. */
  readonly others: number;
}

/**
 * The encrypted message in a file: binary or armored, alone, with text around it, in a mail's text, attached to a mail, or as a
 * part of PGP/MIME.
 * @throws SigillError `usage` where there is none, saying what there is instead
 */
export async function findEncrypted(file: Uint8Array): Promise<FoundMessage> {
  const found = await candidatesOf(file);
  // What is quoted is what was answered, unless there is nothing else.
  const written = found.filter(({ isQuoted }) => !isQuoted);
  const messages = (written.length > 0 ? written : found).map(({ message }) => message);
  const encrypted = messages.filter((message) => message.getEncryptionKeyIDs().length > 0);
  const [first] = encrypted;
  if (first) return { message: first, others: encrypted.length - 1 };
  if (messages.some(isToPassword)) throw new SigillError('usage', TO_PASSWORD);
  const isSigned = messages.length > 0 || (await partsOf(file)).some(hasSignature);
  throw new SigillError('usage', isSigned ? NOT_ENCRYPTED : NO_MESSAGE);
}

const NO_MESSAGE =
  'Filen är inte ett OpenPGP-krypterat svar. Spara hela brevet som .eml, eller den krypterade delen för sig ' +
  '(.asc eller .pgp), och läs in den filen.';

const NOT_ENCRYPTED =
  'Svaret är underskrivet men inte krypterat: andra kan ha läst det på vägen, och underskriften kontrolleras inte här. ' +
  'Läs det i e-postprogrammet och skriv in det som behövs i händelseloggen. Be avsändaren kryptera nästa svar till er ' +
  'öppna nyckel.';

const TO_PASSWORD =
  'Svaret är krypterat med ett lösenord och inte till er nyckel, och kan inte öppnas här. ' +
  'Ge avsändaren er öppna nyckel och be om svaret igen.';

const isToPassword = ({ packets }: openpgp.Message<Uint8Array>): boolean =>
  [...packets].some((packet) => packet instanceof openpgp.SymEncryptedSessionKeyPacket);

/** Clear-signed text, or a signature beside what it is of. */
const hasSignature = (part: Part): boolean => asText(part)?.includes('-----BEGIN PGP SIGN') === true;

/** As text where it is known to be that. */
type Part = Uint8Array | string;

interface Candidate {
  readonly message: openpgp.Message<Uint8Array>;
  readonly isQuoted: boolean;
}

async function candidatesOf(file: Uint8Array): Promise<Candidate[]> {
  const found = await messagesIn(await partsOf(file));
  const text = asText(file);
  // A text with lines above the message is not always one that can be read as a mail.
  return found.length > 0 || text === null ? found : messagesIn([text]);
}

/** The file itself, or what a mail is made of: the letter first, for what is attached to it comes after what it says. */
async function partsOf(file: Uint8Array): Promise<Part[]> {
  const text = asText(file);
  if (text === null) return [file];
  if (/^\s*-----BEGIN PGP /.test(text)) return [text];
  // A mail is ASCII to begin with, unless the program that saved it has put its own mark there.
  const mail = await parseMail(startsAsPacket(file) ? Buffer.from(text) : file);
  if (mail === null) return [];
  const letter = mail.text ?? '';
  const isInText = armoredMessages(letter).length > 0;
  return [
    letter,
    ...(isInText ? [] : [await textOfHtml(mail.html ?? '')]),
    ...mail.attachments.map((part) => bytesOf(part)),
  ];
}

/** RFC 9580 4.2: the first bit of a packet is always set. */
const startsAsPacket = (bytes: Uint8Array): boolean => ((bytes[0] ?? 0) & 0x80) !== 0;

async function messagesIn(parts: readonly Part[]): Promise<Candidate[]> {
  const found: Candidate[] = [];
  let tried = 0;
  for (const part of parts) {
    const text = asText(part);
    const messages =
      text === null
        ? [{ binaryMessage: part as Uint8Array, isQuoted: false }]
        : armoredMessages(text).map(({ armored, isQuoted }) => ({ armoredMessage: armored, isQuoted }));
    for (const { isQuoted, ...source } of messages) {
      tried += 1;
      if (tried > MOST_MESSAGES) return found;
      const message = await openpgp
        .readMessage(source as { binaryMessage: Uint8Array })
        // A picture, or another file that only begins as a message does.
        .catch(() => null);
      if (message !== null && message.packets.length > 0) found.push({ message, isQuoted });
    }
  }
  return found;
}
