import { useCallback, useEffect, useRef, useState } from 'react';
import type { AnswerOf, OperationName, RequestOf } from '../../shared/contract/contract.ts';
import { core } from './bridge.ts';
import { CoreError, type Progress } from './core-client.ts';
import { useApp } from './store.ts';

export interface Query<T> {
  readonly data: T | null;
  readonly error: CoreError | null;
  /** True until the first answer; a later reading keeps what is shown. */
  readonly isFirst: boolean;
}

function asCoreError(error: unknown): CoreError {
  return error instanceof CoreError ? error : new CoreError('fault', String(error));
}

/** Reads from the core, again whenever something has changed. `request` null asks nothing yet. */
export function useQuery<N extends OperationName>(
  name: N,
  request: RequestOf<N> | undefined,
): Query<AnswerOf<N>> {
  const revision = useApp((state) => state.revision);
  const [state, setState] = useState<Query<AnswerOf<N>>>({ data: null, error: null, isFirst: true });
  const asked = request === undefined ? undefined : JSON.stringify(request);
  useEffect(() => {
    if (asked === undefined) return undefined;
    let current = true;
    const stop = new AbortController();
    core.call(name, JSON.parse(asked) as RequestOf<N>, { signal: stop.signal }).then(
      (data) => current && setState({ data, error: null, isFirst: false }),
      (error: unknown) =>
        current && setState(({ data }) => ({ data, error: asCoreError(error), isFirst: false })),
    );
    return () => {
      current = false;
      // Nobody waits for it any more: the core need not go on.
      stop.abort();
    };
  }, [name, asked, revision]);
  return state;
}

export interface Work<Argument> {
  /** @returns true where it went well */
  readonly run: (argument: Argument) => Promise<boolean>;
  readonly isRunning: boolean;
  readonly progress: Progress | null;
  readonly error: CoreError | null;
  readonly cancel: () => void;
  readonly clearError: () => void;
}

export interface WorkTools {
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal;
}

/** One piece of work at a time, with its progress, its error, and a way to stop it. What it changed is read again. */
export function useWork<Argument = void>(
  work: (argument: Argument, tools: WorkTools) => Promise<void>,
): Work<Argument> {
  const [isRunning, setRunning] = useState(false);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [error, setError] = useState<CoreError | null>(null);
  const stop = useRef<AbortController | null>(null);
  const latest = useRef(work);
  useEffect(() => {
    latest.current = work;
  });
  const run = useCallback(async (argument: Argument): Promise<boolean> => {
    if (stop.current) return false;
    const controller = new AbortController();
    stop.current = controller;
    setRunning(true);
    setError(null);
    setProgress(null);
    try {
      await latest.current(argument, { onProgress: setProgress, signal: controller.signal });
      useApp.getState().markChanged();
      return true;
    } catch (caught) {
      setError(asCoreError(caught));
      return false;
    } finally {
      stop.current = null;
      setRunning(false);
    }
  }, []);
  const cancel = useCallback(() => stop.current?.abort(), []);
  const clearError = useCallback(() => setError(null), []);
  return { run, isRunning, progress, error, cancel, clearError };
}
