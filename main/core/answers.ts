import type { AnswerSignature } from '../answers/judge-signature.ts';
import type { OpenedAnswer } from '../answers/opened-answer.ts';
import { SigillError } from '../../shared/domain/error.ts';
import type { IncidentId } from '../../shared/domain/incident.ts';
import type { Marking } from '../../shared/domain/marking.ts';
import { roomOf } from '../../shared/domain/room.ts';
import type { Room } from '../../shared/domain/room.ts';
import { swedishTime } from '../../shared/domain/swedish-time.ts';
import { safeFileNames } from '../answers/safe-file-names.ts';
import { stageExportFolder, type WrittenFile } from '../export/files.ts';
import { requireBelowCeiling } from '../incidents/items.ts';
import { writeItem } from '../incidents/marking.ts';
import { makeLogKey } from '../incidents/service.ts';
import { formatFingerprint } from '../keys/inspect.ts';
import { listKeys, listOwnSecrets } from '../keys/repository.ts';
import type { Vault } from '../vault/session.ts';
import { runHere, type RunTask } from '../workers/tasks.ts';

/**
 * Opens an encrypted answer with the organisation's own keys, and holds its signature against the keys in the vault.
 * Nothing of it is stored: who may see it in which room is a decision, see {@link keepAnswer}.
 * @param run where it is opened: it comes from somebody else, and may be made to take long
 * @throws SigillError `usage` for what is not an encrypted message to us; `damaged` for what was changed on its way
 */
export async function readAnswer(
  vault: Vault,
  file: Uint8Array,
  run: RunTask = runHere,
): Promise<OpenedAnswer> {
  const open = vault.requireRoom('open');
  const answer = await openAgain(vault, file, run);
  const { fileHash, signature } = answer;
  vault.transaction(open, () => vault.audit(open, 'answer.read', fileHash, { fileHash, signature }));
  return answer;
}

/** As {@link readAnswer}, of a file that was opened a moment ago and is to be kept: the audit has its row already. */
export async function openAgain(
  vault: Vault,
  file: Uint8Array,
  run: RunTask = runHere,
  withContents = false,
): Promise<OpenedAnswer> {
  const open = vault.requireRoom('open');
  return run('openAnswer', {
    file,
    withContents,
    ownKeys: listOwnSecrets(open.store),
    knownKeys: listKeys(open.store).map((key) => ({
      fingerprint: key.fingerprint,
      armored: key.armored,
      isVerified: key.role === 'own' || key.verifiedAt !== null,
      isDistrusted: key.distrustedAt !== null,
      isOwn: key.role === 'own',
      owner: key.userIds[0] ?? key.emails[0] ?? formatFingerprint(key.fingerprint),
      emails: key.emails,
    })),
    at: vault.now(),
  });
}

/** The decision about an answer: of which incident it is, how it is marked, and why. */
export interface AnswerDecision {
  readonly incidentId: IncidentId;
  readonly marking: Marking;
  readonly reason: string;
}

/**
 * Stores an answer as a row in the incident's log, in the room of the marking that a person has decided on. What the
 * attachments hold is not stored: their names, sizes and hashes are.
 * @returns the key of the row
 * @throws SigillError `usage` without a reason or an incident; `unlock` where the room is locked; `policy` above the ceiling
 */
export function keepAnswer(
  vault: Vault,
  answer: OpenedAnswer,
  { incidentId, marking, reason }: AnswerDecision,
  sensitiveRegimes: ReadonlySet<string>,
): string {
  const why = reason.trim();
  if (why === '') {
    throw new SigillError('usage', 'Skriv skälet till märkningen: varför svaret sparas just där.');
  }
  const open = vault.requireRoom('open');
  const room = roomOf(marking.level);
  const target = vault.requireRoom<Room>(room);
  const key = makeLogKey();
  const content = {
    at: vault.now().toISOString(),
    kind: 'kommunikation' as const,
    text: textOf(answer),
    by: open.actor.name,
  };
  writeItem(vault, { incidentId, kind: 'log', key }, content, marking, why, sensitiveRegimes);
  const { fileHash, signature } = answer;
  vault.transaction<Room, void>(target, () =>
    vault.audit(target, 'answer.kept', incidentId, {
      log: key,
      level: marking.level,
      reason: why,
      fileHash,
      signature,
    }),
  );
  return key;
}

/** The decision about an answer's attachments: they are handled as their marking says. */
type AttachmentsDecision = Pick<AnswerDecision, 'marking' | 'reason'>;

/**
 * Writes the attachments of an answer into a folder, as they were sent: the vault keeps none. They are then on the workstation's disk or on
 * a medium, not encrypted, and belong where what is marked so is kept.
 * @param out absolute, of a folder that is not there or is empty
 * @throws SigillError `usage` without a reason, or where there is none to write or the folder cannot be written; `unlock` where the room
 *   of the marking is locked; `policy` above the ceiling. Nothing is written then.
 */
export async function saveAttachments(
  vault: Vault,
  file: Uint8Array,
  { marking, reason }: AttachmentsDecision,
  out: string,
  run: RunTask = runHere,
): Promise<readonly WrittenFile[]> {
  const why = reason.trim();
  if (why === '') throw new SigillError('usage', 'Skriv skälet till märkningen av bilagorna.');
  requireBelowCeiling(vault, marking.level);
  const target = vault.requireRoom<Room>(roomOf(marking.level));
  const { attachments, contents = [], fileHash } = await openAgain(vault, file, run, true);
  if (contents.length === 0) throw new SigillError('usage', 'Svaret har inga bilagor.');
  const names = safeFileNames(attachments.map(({ name }) => name));
  const staged = stageExportFolder(
    out,
    contents.map((bytes, index) => ({ name: names[index] ?? '', bytes })),
  );
  try {
    vault.transaction<Room, void>(target, () => {
      vault.audit(target, 'answer.attachments-saved', null, {
        ...{ fileHash, level: marking.level, reason: why },
        files: staged.files.map(({ name, sha256 }) => ({ name, sha256 })),
      });
      staged.publish();
    });
  } catch (error) {
    staged.discard();
    throw error;
  }
  return staged.files;
}

/** How the signature stands, and when it was made: shown on the screen, and written in the row. */
export function describeSignature(signature: AnswerSignature): string {
  switch (signature.kind) {
    case 'verified':
      return (
        `Underskriften är verifierad: ${signature.owner}, nyckel ${formatFingerprint(signature.fingerprint)}. ` +
        `Underskrivet${when(signature)}.`
      );
    case 'own':
      return (
        `Underskrivet${when(signature)} med er egen nyckel (${formatFingerprint(signature.fingerprint)}): brevet är gjort ` +
        'hos er, och är inget svar från någon annan.'
      );
    case 'unverified-key':
      return (
        `Underskrivet${when(signature)} med nyckeln ${formatFingerprint(signature.fingerprint)}, som säger sig höra till ` +
        `${signature.owner} men som ingen har jämfört. Ni vet inte säkert vem som skrev.`
      );
    case 'distrusted-key':
      return (
        `Underskrivet${when(signature)} med nyckeln ${formatFingerprint(signature.fingerprint)}, som säger sig höra till ` +
        `${signature.owner} men som ni har tagit ur bruk. Lita inte på underskriften: ring avsändaren på ett nummer som ni ` +
        'har sedan tidigare.'
      );
    case 'unknown-key':
      return `Underskrivet med en nyckel som inte finns i valvet (${signature.keyId}). Ni vet inte vem som skrev.`;
    case 'unchecked':
      return signature.by === 'smime'
        ? 'Svaret har en underskrift av annat slag (S/MIME), som Sigill inte kontrollerar. Ni vet inte säkert vem som skrev.'
        : 'Svaret har en underskrift som inte gäller hela svaret eller inte går att läsa, och som Sigill inte kontrollerar. ' +
            'Ni vet inte säkert vem som skrev.';
    case 'unsigned':
      return 'Svaret är inte underskrivet. Ni vet inte vem som skrev.';
  }
}

const when = ({ signedAt }: { readonly signedAt: string | null }): string =>
  signedAt === null ? ' vid okänd tid' : ` ${swedishTime(new Date(signedAt))}`;

function textOf(answer: OpenedAnswer): string {
  const attachments = answer.attachments.map(
    ({ name, size, sha256 }) => `- ${name}, ${size} byte, SHA-256 ${sha256}`,
  );
  return [
    `Krypterat svar${answer.from === null ? '' : `, enligt brevet från ${answer.from}`}.`,
    describeSignature(answer.signature),
    ...(answer.subject === null ? [] : [`Ämne: ${answer.subject}`]),
    ...answer.remarks,
    `Filens SHA-256: ${answer.fileHash}`,
    ...(attachments.length === 0 ? [] : ['Bilagor, inte sparade i valvet:', ...attachments]),
    // Last, so that nothing a stranger has written can pass for a line of ours.
    '',
    'Svarets text, som avsändaren har skrivit den:',
    answer.text,
  ].join('\n');
}
