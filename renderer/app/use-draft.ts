import { useCallback, useEffect, useState } from 'react';
import type { z } from 'zod';
import type { AnswerOf, RequestOf } from '../../shared/contract/contract.ts';
import type { Level } from '../../shared/domain/marking.ts';
import { core } from './bridge.ts';
import { CoreError } from './core-client.ts';
import { DraftSaver, type DraftNews } from './draft-saver.ts';
import { useApp } from './store.ts';

export interface DraftOptions<T> {
  /** What it is of. The form must be made anew for another. */
  readonly subject: string;
  readonly incident: string | null;
  /** What a draft of this form looks like; one that does not is left alone. */
  readonly schema: z.ZodType<T>;
  /** What the form holds where nothing has been written. */
  readonly initial: T;
  /** The marking that is chosen in the form. */
  readonly levelOf: (value: T) => Level;
  /** Makes a draft from an earlier time fit what is the case now. */
  readonly fit?: (value: T) => T;
  /**
   * What saving writes over, where the form changes what is saved: a draft that was begun from something else is overtaken, and
   * says so before it is saved.
   */
  readonly saved?: Readonly<Record<string, unknown>>;
  /** True for what may not be kept yet, because the room for it is locked. */
  readonly isPaused?: (value: T) => boolean;
}

export interface OtherDraft {
  /** It is no draft but what somebody has saved since the draft was begun. Nothing is saved over it before she has chosen. */
  readonly isSaved: boolean;
  readonly savedAt: string;
  /** Puts it in the form in place of what stands there, which is the other one then: nothing is thrown away by looking. */
  readonly take: () => void;
  /** Throws it away. */
  readonly leave: () => void;
}

/** What a form holds, kept as a draft while it is written. */
export interface Draft<T> {
  readonly value: T;
  readonly put: (part: Partial<T>) => void;
  readonly isLoading: boolean;
  readonly isChanged: boolean;
  /** Counts up when the whole value is replaced: a field with a state of its own begins anew. */
  readonly generation: number;
  /** When what was found had been saved; null where nothing was. */
  readonly foundAt: string | null;
  readonly savedAt: string | null;
  readonly error: CoreError | null;
  /** What was written before in a room that was locked since, and is not what stands here: which of them is to stay is hers to say. */
  readonly other: OtherDraft | null;
  /** Back to what is saved. The draft is thrown away. */
  readonly discard: () => void;
  /** Takes back the throwing away; null where nothing was thrown. */
  readonly undo: (() => void) | null;
  /** Puts it now. @throws CoreError where that does not go */
  readonly keep: () => Promise<void>;
  /** Throws it away in the core, now. */
  readonly drop: () => Promise<void>;
  /** Does the saving; when it has gone well there is no draft, and the form is empty. */
  readonly whileSaving: <R>(save: () => Promise<R>) => Promise<R>;
}

interface State<T> {
  readonly value: T;
  /** The rooms that were open when the core last told what there is; null before it has told anything. */
  readonly answeredFor: string | null;
  /** The person has written here. */
  readonly isTouched: boolean;
  readonly generation: number;
  readonly foundAt: string | null;
  readonly savedAt: string | null;
  readonly error: CoreError | null;
  readonly thrown: T | null;
  readonly other: { readonly value: T; readonly savedAt: string; readonly isSaved: boolean } | null;
}

/** True where two contents of the same form are alike. */
function isSame<T extends object>(one: T, other: T): boolean {
  return (Object.keys(one) as (keyof T)[]).every(
    (key) => JSON.stringify(one[key]) === JSON.stringify(other[key]),
  );
}

const errorOf = (error: unknown): CoreError =>
  error instanceof CoreError ? error : new CoreError('fault', String(error));

/** Beside the fields of a draft: what was saved when it was written. */
const SAVED = '$saved';

type Content = RequestOf<'drafts.put'>['content'];
type FoundDraft = NonNullable<AnswerOf<'drafts.get'>>;

/**
 * The state of a form whose unsaved content survives a lock, a crash and a power cut. What was found of an earlier time
 * stands in the form from the beginning.
 */
export function useDraft<T extends object>(options: DraftOptions<T>): Draft<T> {
  const [{ subject, incident, schema, initial, levelOf, fit, isPaused, saved }] = useState(options);
  const rooms = useApp((state) => state.status?.unlocked.map(({ room }) => room).join() ?? '');
  const [state, setState] = useState<State<T>>({
    value: initial,
    answeredFor: null,
    isTouched: false,
    generation: 0,
    foundAt: null,
    savedAt: null,
    error: null,
    thrown: null,
    other: null,
  });
  const [saver] = useState(
    () =>
      new DraftSaver<T>(
        {
          async put(value) {
            const content = { ...value, ...(saved && { [SAVED]: saved }) } as Content;
            const request = { subject, incident, content, level: levelOf(value) };
            return (await core.call('drafts.put', request)).savedAt;
          },
          remove: async () => {
            await core.call('drafts.remove', { subject });
          },
        },
        (news: DraftNews) =>
          setState((now) =>
            'error' in news
              ? { ...now, error: errorOf(news.error) }
              : { ...now, error: null, savedAt: news.savedAt },
          ),
      ),
  );
  useEffect(() => saver.begin(), [saver]);
  // A room that is opened may have another one.
  useEffect(() => {
    let isCurrent = true;
    const readContent = ({ [SAVED]: _saved, ...content }: Content): T | null => {
      const read = schema.safeParse(content);
      return read.success ? (fit ?? ((one: T) => one))(read.data) : null;
    };
    const adopt = (found: FoundDraft | null): void => {
      if (!isCurrent) return;
      const value = found ? readContent(found.content) : null;
      const older = found?.other ? readContent(found.other.content) : null;
      if (found) saver.found();
      const begunFrom = found?.content[SAVED];
      const isOvertaken =
        saved !== undefined && begunFrom !== undefined && !isSame(saved, begunFrom as typeof saved);
      setState((now) => {
        // What stands here may be newer than what was put last; what the other room has is not to be written over unseen.
        const kept = [
          ...(found?.other && older ? [{ value: older, savedAt: found.other.savedAt, isSaved: false }] : []),
          ...(found && value && now.isTouched && found.savedAt !== now.savedAt
            ? [{ value, savedAt: found.savedAt, isSaved: false }]
            : []),
        ];
        const stands = now.isTouched || value === null ? now.value : value;
        const draft = kept.find((one) => !isSame(one.value, stands) && !isSame(one.value, initial));
        const overtaking =
          found && value && !now.isTouched && isOvertaken && !isSame(initial, stands)
            ? { value: initial, savedAt: found.savedAt, isSaved: true }
            : null;
        const other = overtaking ?? draft ?? null;
        const answered = { ...now, other, answeredFor: rooms };
        if (now.isTouched || value === null || !found || isSame(value, initial)) return answered;
        return {
          ...answered,
          value,
          generation: now.generation + 1,
          foundAt: found.savedAt,
        };
      });
    };
    core.call('drafts.get', { subject }).then(adopt, () => adopt(null));
    return () => {
      isCurrent = false;
    };
  }, [subject, rooms, schema, fit, initial, saved, saver]);
  const { value, isTouched, other } = state;
  const isChanged = !isSame(value, initial);
  // What the core has not told of yet, and what she has not chosen from, would be written over unseen.
  const isSettled = state.answeredFor === rooms && other === null;
  useEffect(() => {
    if (isTouched && isSettled && !isPaused?.(value)) saver.change(isChanged ? value : null);
  }, [value, isTouched, isChanged, isPaused, isSettled, rooms, saver]);

  const put = useCallback(
    (part: Partial<T>) => setState((now) => ({ ...now, isTouched: true, value: { ...now.value, ...part } })),
    [],
  );
  const replace = useCallback(
    (change: (now: State<T>) => Partial<State<T>>) =>
      setState((now) => ({ ...now, generation: now.generation + 1, isTouched: true, ...change(now) })),
    [],
  );
  const clear = useCallback(
    () =>
      replace(() => ({
        value: initial,
        isTouched: false,
        foundAt: null,
        savedAt: null,
        thrown: null,
        other: null,
      })),
    [replace, initial],
  );
  return {
    ...state,
    isLoading: state.answeredFor === null,
    isChanged,
    put,
    other: other && {
      savedAt: other.savedAt,
      isSaved: other.isSaved,
      take: () =>
        replace((now) => ({
          value: other.value,
          other: {
            value: now.value,
            savedAt: now.savedAt ?? now.foundAt ?? new Date().toISOString(),
            isSaved: now.value === initial,
          },
        })),
      leave: () => setState((now) => ({ ...now, isTouched: true, other: null })),
    },
    discard: () => replace((now) => ({ value: initial, thrown: now.value, savedAt: null })),
    undo:
      state.thrown === null ? null : () => replace((now) => ({ value: now.thrown ?? initial, thrown: null })),
    keep: () => saver.flush(),
    async drop() {
      saver.change(null);
      await saver.flush();
    },
    async whileSaving(save) {
      const result = await saver.whileSaving(save);
      clear();
      return result;
    },
  };
}
