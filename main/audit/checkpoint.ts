import type { KeyObject } from 'node:crypto';
import { SigillError } from '../../shared/domain/error.ts';
import { ROOMS, type Room } from '../../shared/domain/room.ts';
import {
  canonicalJson,
  FIRST_PREVIOUS_HASH,
  HASH,
  isInstant,
  isSignedBy,
  readKeys,
  sha256,
  signText,
  type AuditKey,
  type ChainFault,
  type ChainIdentity,
} from './chain.ts';

/**
 * A checkpoint: what the chain was at one moment, signed. A chain alone cannot show that its end was cut off; a
 * checkpoint that has left the workstation, in an export or on a printed document, can.
 *
 * What is signed is the text form itself, so that a checkpoint on paper can be verified as it stands. It is like a C2SP
 * checkpoint (https://c2sp.org/tlog-checkpoint: origin, size, base64 of the hash, extension lines, blank line,
 * signatures), but the hash is the head of a linear chain and not the root of a tree.
 */
export interface Checkpoint {
  readonly format: 'sigill-checkpoint/1';
  readonly vaultId: string;
  readonly room: Room;
  /** From 1, without gaps: a checkpoint cannot be taken out from between two others. */
  readonly number: number;
  /** How many entries the chain had. */
  readonly size: number;
  /** Hash of the last of them, hex; of an empty chain: 64 zeros. */
  readonly head: string;
  /** SHA-256, hex, of the canonical JSON of the list of users and keys, which the chain itself does not bind. */
  readonly keysHash: string;
  readonly at: string;
  readonly actor: string;
  readonly reason: string;
  /** Ed25519, base64, over the text form down to the blank line, which is not part of it. */
  readonly signature: string;
}

type CheckpointContent = Omit<Checkpoint, 'format' | 'signature'>;

const FORMAT = 'sigill-checkpoint/1';
const ONE_LINE = /^[^\p{C}\p{Zl}\p{Zp}]{1,200}$/u;
const NUMBER = /^(?:0|[1-9]\d{0,15})$/;

export function hashKeys(keys: readonly AuditKey[]): string {
  return sha256(canonicalJson(keys.map(({ id, name, publicKey }) => ({ id, name, publicKey }))));
}

/** @throws TypeError where vault, actor or reason would not be one line each */
export function makeCheckpoint(content: CheckpointContent, signingKey: KeyObject): Checkpoint {
  if (/\s/u.test(content.vaultId)) throw new TypeError('A vault id has no space.');
  for (const text of [content.vaultId, content.actor, content.reason]) {
    if (!ONE_LINE.test(text)) throw new TypeError('A checkpoint has one line for each part.');
  }
  return { format: FORMAT, ...content, signature: signText(signedText(content), signingKey) };
}

function signedText(content: CheckpointContent): string {
  const { vaultId, room, number, size, head, keysHash, at, actor, reason } = content;
  return [
    `${FORMAT} ${vaultId} ${room}`,
    size,
    toBase64(head),
    `number ${number}`,
    `keys ${toBase64(keysHash)}`,
    `at ${at}`,
    `actor ${actor}`,
    `reason ${reason}`,
    '',
  ].join('\n');
}

/** The text form, for print and for the manifest of a backup. */
export function checkpointText(checkpoint: Checkpoint): string {
  return `${signedText(checkpoint)}\n— ${checkpoint.actor} ${checkpoint.signature}\n`;
}

/**
 * Reads the text form, also with the line ends of Windows or without the last one. Whether it is true is another
 * question: {@link verifyCheckpoint}.
 * @throws SigillError `usage` where the text is not a whole checkpoint as it was written
 */
export function readCheckpointText(text: string): Checkpoint {
  const written = `${text.replaceAll('\r\n', '\n').trim()}\n`;
  const [origin = '', size = '', head = '', ...rest] = written.split('\n');
  const [format, vaultId = '', roomName = '', ...surplus] = origin.split(' ');
  const room = ROOMS.find((candidate) => candidate === roomName);
  const extension = (place: number, name: string): string => {
    const line = rest[place] ?? '';
    return line.startsWith(`${name} `) ? line.slice(name.length + 1) : '';
  };
  const number = extension(0, 'number');
  if (format === FORMAT && room && surplus.length === 0 && NUMBER.test(size) && NUMBER.test(number)) {
    const actor = extension(3, 'actor');
    const checkpoint: Checkpoint = {
      format,
      vaultId,
      room,
      number: Number(number),
      size: Number(size),
      head: toHex(head),
      keysHash: toHex(extension(1, 'keys')),
      at: extension(2, 'at'),
      actor,
      reason: extension(4, 'reason'),
      signature: (rest[6] ?? '').replace(`— ${actor} `, ''),
    };
    if (checkpointText(checkpoint) === written) return checkpoint;
  }
  throw new SigillError(
    'usage',
    'Texten är inte en hel kontrollpunkt. Skriv av alla rader från ”sigill-checkpoint/1” till och med signaturen.',
  );
}

/**
 * Verifies one checkpoint against a chain.
 * @param heads the hash of each entry, in order
 * @returns one fault for each thing that does not agree
 */
export function verifyCheckpoint(
  identity: ChainIdentity,
  checkpoint: Checkpoint,
  heads: readonly string[],
  keys: Iterable<AuditKey>,
): ChainFault[] {
  const { number, size, actor } = checkpoint;
  const faults: ChainFault[] = [];
  const report = (text: string): number =>
    faults.push({ seq: null, text: `kontrollpunkt ${number} ${text}` });
  if (checkpoint.vaultId !== identity.vaultId || checkpoint.room !== identity.room) {
    report('hör till ett annat valv eller rum');
  }
  if (size > heads.length) report(`räknar ${size} rader, men kedjan har bara ${heads.length}`);
  else if (checkpoint.head !== (size === 0 ? FIRST_PREVIOUS_HASH : heads[size - 1])) {
    report(`stämmer inte med kedjan vid rad ${size}`);
  }
  const key = readKeys(keys).get(actor);
  if (!key) report('är signerad av en okänd användare');
  else if (!isSignedBy(signedText(checkpoint), checkpoint.signature, key)) report('har fel signatur');
  // The text form is signed with the hash in base64, which would not tell upper-case hex from lower-case.
  if (!HASH.test(checkpoint.keysHash)) report('har en kontrollsumma som inte går att läsa');
  if (!isInstant(checkpoint.at)) report('har en tid som inte går att läsa');
  return faults;
}

/** Verifies that the checkpoints are numbered without gaps and never count fewer entries than the one before. */
export function verifyCheckpoints(
  identity: ChainIdentity,
  checkpoints: readonly Checkpoint[],
  heads: readonly string[],
  keys: readonly AuditKey[],
): ChainFault[] {
  return checkpoints.flatMap((checkpoint, index) => {
    const faults = verifyCheckpoint(identity, checkpoint, heads, keys);
    if (checkpoint.number !== index + 1) {
      faults.push({ seq: null, text: `kontrollpunkt ${index + 1} saknas` });
    }
    if (checkpoint.size < (checkpoints[index - 1]?.size ?? 0)) {
      faults.push({ seq: null, text: `kontrollpunkt ${checkpoint.number} räknar färre rader än den före` });
    }
    return faults;
  });
}

function toBase64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64');
}

function toHex(base64: string): string {
  return Buffer.from(base64, 'base64').toString('hex');
}
