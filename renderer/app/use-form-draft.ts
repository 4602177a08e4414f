import { isProtectedLevel, type Level } from '../../shared/domain/marking.ts';
import type { Room } from '../../shared/domain/room.ts';
import { core } from './bridge.ts';
import { isUnlocked, useApp } from './store.ts';
import { useDraft, type Draft, type DraftOptions } from './use-draft.ts';

/** The level of what is written in a form that has no marking of its own: it decides the room, with what the core knows. */
export function useRoomLevel(): Level {
  const status = useApp((state) => state.status);
  return isUnlocked(status, 'open') ? 'oppen' : 'begransat-hemlig';
}

/** The level of what is written in a room's register: what the protected one tells of stays in that room. */
export function useRegisterLevel(room: Room): Level {
  const ceiling = useApp(({ status }) => status?.ceiling ?? 'oppen');
  return room === 'protected' && isProtectedLevel(ceiling) ? 'begransat-hemlig' : 'oppen';
}

export interface FormDraft<T> extends Draft<T> {
  /** Does the work; when it has gone well, the draft is thrown away. */
  readonly settle: <R>(work: () => Promise<R>) => Promise<R>;
}

/**
 * As `useDraft`, for a form whose work knows of no draft. A form about an incident has the incident in its subject: the
 * core keeps the draft in the protected room where that is open, whatever is written.
 */
export function useFormDraft<T extends object>(
  options: Omit<DraftOptions<T>, 'levelOf'> & Partial<Pick<DraftOptions<T>, 'levelOf'>>,
): FormDraft<T> {
  const level = useRoomLevel();
  const draft = useDraft<T>({ levelOf: () => level, ...options });
  return {
    ...draft,
    settle: (work) =>
      draft.whileSaving(async () => {
        const result = await work();
        // What was done is done; a draft that stays for want of this is thrown away by hand.
        await core.call('drafts.remove', { subject: options.subject }).catch(() => undefined);
        return result;
      }),
  };
}
