import { z } from 'zod';
import { MAX_DRAFT_CHARACTERS } from '../../shared/contract/drafts.ts';
import { ANSWERS, draftNeedsProtectedRoom, QUESTION_IDS } from '../../shared/domain/decision-tree.ts';
import { SigillError } from '../../shared/domain/error.ts';
import type { IncidentId } from '../../shared/domain/incident.ts';
import { isProtectedLevel, LEVEL_NAME, type Level } from '../../shared/domain/marking.ts';
import { sortIntoRoom, type Room } from '../../shared/domain/room.ts';
import { requireBelowCeiling } from '../incidents/items.ts';
import { findIncident, hasProtectedPart } from '../incidents/repository.ts';
import type { UnlockedRoom, Vault } from '../vault/session.ts';
import { finishDrafts, LOWEST_PROTECTED, moveDraftsOut } from './leaving.ts';
import { deleteDraft, draftsOfUser, findDraft, noteLeaving, putDraft, type DraftHead } from './repository.ts';

/** Unsaved work. Nothing here is told in the audit: a draft is not yet anything that has been done. */

const NEW_INCIDENT = 'new-incident';
/** "fact:K7M2-9QXA-4D1F:system": what comes between is the incident. */
const OF_INCIDENT = /^[a-z]+:([0-9A-Z]{4}(?:-[0-9A-Z]{4}){2})(?::|$)/;
/** Work with an incident that has no marking of its own to go by: what is done of a step, an expedition or its rules. */
const UNMARKED = /^(?:step|event|way|numbers|lower|rules|print|sheet):/;

export interface NewDraft {
  readonly subject: string;
  readonly incident: IncidentId | null;
  readonly content: Readonly<Record<string, unknown>>;
  /** What is chosen in the form. */
  readonly level: Level;
}

export interface FoundDraft {
  readonly subject: string;
  readonly incident: string | null;
  readonly room: Room;
  readonly savedAt: string;
}

/**
 * Keeps a draft in place of what the person had of the same subject, in whichever room that was. Where it leaves the open
 * room its bytes are erased there.
 * @returns where it is now, and since when
 * @throws SigillError `unlock` where it belongs in a room that is locked; `policy` above the ceiling; `usage` where it
 *   is too large, or of an incident that is not there. Nothing is changed.
 */
export function saveDraft(vault: Vault, draft: NewDraft): { room: Room; savedAt: string } {
  requireBelowCeiling(vault, draft.level);
  requireSensible(vault, draft);
  const earlier = ownDrafts(vault, draft.subject).map(({ savedAt }) => savedAt);
  // Not before what it replaces, even where the clock has been put back: the newest is known by its time.
  const savedAt = [vault.now().toISOString(), ...earlier].toSorted().at(-1) ?? '';
  const sorted = sortIntoRoom(draft.content, { level: levelFor(vault, draft), basis: [] });
  const head = { subject: draft.subject, incidentId: draft.incident, savedAt };
  const open = vault.room('open');
  const secret = vault.room('protected');
  if (sorted.room === 'open') {
    const room = vault.requireRoom('open');
    vault.transaction(room, () =>
      putDraft(room.store, { ...head, savedBy: room.actor.userId }, sorted.marked),
    );
    if (secret) removeFrom(vault, secret, draft.subject);
  } else {
    if (!secret) throw lockedError(draft.level);
    // A room that is locked cannot be asked: what it may have is erased when it is opened.
    const left = open?.actor.userId ?? secret.actor.userId;
    const leaves = !open || findDraft(open.store, draft.subject, left) !== null;
    vault.transaction(secret, () => {
      putDraft(secret.store, { ...head, savedBy: secret.actor.userId }, sorted.marked);
      if (leaves) noteLeaving(secret.store, { subject: draft.subject, savedBy: left });
    });
    finishDrafts(vault);
  }
  return { room: sorted.room, savedAt };
}

function lockedError(level: Level): SigillError {
  const why = isProtectedLevel(level)
    ? `är märkt ${LEVEL_NAME[level]}`
    : 'kan röra säkerhetskänslig verksamhet';
  return new SigillError(
    'unlock',
    `Utkastet ${why} och hör hemma i skyddade rummet, som är låst. Lås upp det, så sparas utkastet. Inget har skrivits.`,
  );
}

function requireSensible(vault: Vault, { subject, incident, content }: NewDraft): void {
  if (JSON.stringify(content).length > MAX_DRAFT_CHARACTERS) {
    throw new SigillError(
      'usage',
      'Utkastet är för stort för att sparas av sig självt. Spara texten i delar.',
    );
  }
  const named = OF_INCIDENT.exec(subject)?.[1] ?? null;
  const isKnown = (id: IncidentId): boolean =>
    vault.unlockedRooms().some(({ store }) => findIncident(store, id) !== null);
  if (named !== incident || (incident !== null && !isKnown(incident))) {
    throw new SigillError('usage', 'Utkastet hör inte till någon incident i de rum som är upplåsta.');
  }
}

/** The level that decides the room: what was chosen, or the lowest klassade where the matter is the protected room's. */
function levelFor(vault: Vault, { subject, incident, content, level }: NewDraft): Level {
  if (isProtectedLevel(level)) return level;
  if (subject === NEW_INCIDENT) return mayBeSensitive(content) ? LOWEST_PROTECTED : level;
  const secret = vault.room('protected');
  if (!secret || incident === null || !isProtectedLevel(secret.ceiling)) return level;
  // Who has the protected room before her may write of it anywhere.
  if (UNMARKED.test(subject)) return LOWEST_PROTECTED;
  const open = vault.room('open');
  const isParted =
    findIncident(secret.store, incident) !== null || (open && hasProtectedPart(open.store, incident));
  return isParted ? LOWEST_PROTECTED : level;
}

const answers = z.array(
  z.looseObject({
    question: z.enum(QUESTION_IDS),
    answer: z.enum(ANSWERS),
    reason: z.string(),
    at: z.string(),
  }),
);

const halfAnswered = z.partialRecord(
  z.enum(QUESTION_IDS),
  z.looseObject({ answer: z.enum(ANSWERS).nullable(), reason: z.string() }),
);

/** What cannot be read as answers is handled as if it were sensitive. */
function mayBeSensitive({ decisions, written }: NewDraft['content']): boolean {
  const decided = answers.safeParse(decisions ?? []);
  const chosen = halfAnswered.safeParse(written ?? {});
  return !decided.success || !chosen.success || draftNeedsProtectedRoom(decided.data, chosen.data);
}

interface OwnDraft extends DraftHead {
  readonly room: Room;
}

/** The person's drafts of a subject in the rooms that are open, the newest first. */
function ownDrafts(vault: Vault, subject: string): (OwnDraft & { content: string })[] {
  return newestFirst(
    vault.unlockedRooms().flatMap(({ room, store, actor }) => {
      const found = findDraft(store, subject, actor.userId);
      return found ? [{ ...found, room }] : [];
    }),
  );
}

function newestFirst<D extends OwnDraft>(drafts: readonly D[]): D[] {
  return drafts.toSorted(
    (one, other) =>
      other.savedAt.localeCompare(one.savedAt) ||
      Number(other.room === 'protected') - Number(one.room === 'protected'),
  );
}

function described({ subject, incidentId, room, savedAt }: OwnDraft): FoundDraft {
  return { subject, incident: incidentId, room, savedAt };
}

/** What the person has begun and not saved, one for each subject, the newest first. */
export function listDrafts(vault: Vault): FoundDraft[] {
  const all = newestFirst(
    vault
      .unlockedRooms()
      .flatMap(({ room, store, actor }) =>
        draftsOfUser(store, actor.userId).map((head) => ({ ...head, room })),
      ),
  );
  return [...new Map(all.toReversed().map((draft) => [draft.subject, draft])).values()]
    .toReversed()
    .map(described);
}

/**
 * @returns the newest of what the person has of a subject, or null. `other`: what she had written before in a room that was
 *   locked when she wrote the newest, so that she may choose; null where there is none, or the same stands there.
 */
export function getDraft(
  vault: Vault,
  subject: string,
): (FoundDraft & { content: unknown; other: { savedAt: string; content: unknown } | null }) | null {
  const [newest, older] = ownDrafts(vault, subject);
  if (!newest) return null;
  const content = JSON.parse(newest.content) as unknown;
  const other =
    older && older.content !== newest.content
      ? { savedAt: older.savedAt, content: JSON.parse(older.content) as unknown }
      : null;
  return { ...described(newest), content, other };
}

/** Throws away what the person has of a subject, in the rooms that are open. */
export function removeDraft(vault: Vault, subject: string): void {
  for (const unlocked of vault.unlockedRooms()) removeFrom(vault, unlocked, subject);
}

function removeFrom(vault: Vault, unlocked: UnlockedRoom<Room>, subject: string): void {
  if (!findDraft(unlocked.store, subject, unlocked.actor.userId)) return;
  vault.transaction(unlocked, () => deleteDraft(unlocked.store, subject, unlocked.actor.userId));
}

/**
 * What was a draft has been saved: the draft goes.
 * @param room where it was saved. In the protected one: nothing of anybody's draft of it stays in the open one.
 */
export function settleDraft(vault: Vault, subject: string, room: Room): void {
  if (room === 'protected' && vault.room('open') && vault.room('protected')) moveDraftsOut(vault, subject);
  removeDraft(vault, subject);
}
