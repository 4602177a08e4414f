import { useCallback, useEffect, useRef, useState } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { core } from '../../app/bridge.ts';
import { CoreError } from '../../app/core-client.ts';
import { useApp } from '../../app/store.ts';
import { sv } from '../../text/sv.ts';
import { PIECE, piecesFor, withPiece, type Windows } from './windows.ts';

export type Summary = AnswerOf<'incidents.summaries'>['rows'][number];

interface Summaries {
  /** The rows of the last question that was answered: they stay until the next one is. */
  readonly windows: Windows<Summary> | null;
  /** True while what is shown is not yet the answer to what is asked. */
  readonly isBehind: boolean;
  readonly error: CoreError | null;
  /** Tells which rows are in sight, so that they are fetched. */
  readonly need: (first: number, last: number) => void;
}

/** The list as it is filtered now, fetched as it is scrolled. */
export function useSummaries(): Summaries {
  const filter = useApp((state) => state.list.filter);
  const revision = useApp((state) => state.revision);
  const [windows, setWindows] = useState<Windows<Summary> | null>(null);
  const [error, setError] = useState<CoreError | null>(null);
  const question = JSON.stringify([filter, revision]);
  const current = useRef('');
  const asked = useRef(new Set<number>());

  const fetchPiece = useCallback(
    (piece: number) => {
      if (asked.current.has(piece)) return;
      asked.current.add(piece);
      core.call('incidents.summaries', { ...filter, offset: piece * PIECE, limit: PIECE }).then(
        (answer) => {
          if (current.current !== question) return;
          setError(null);
          setWindows((known) => withPiece(known, question, piece, answer));
        },
        (caught: unknown) => {
          if (current.current !== question) return;
          asked.current.delete(piece);
          setError(caught instanceof CoreError ? caught : new CoreError('fault', sv.common.crashed));
        },
      );
    },
    [filter, question],
  );
  useEffect(() => {
    current.current = question;
    asked.current = new Set();
    fetchPiece(Math.floor(useApp.getState().list.row / PIECE));
    return () => {
      current.current = '';
    };
  }, [question, fetchPiece]);
  const need = useCallback(
    (first: number, last: number) => {
      // What is in sight is still the answer to the question before: its rows are not those of this one.
      if (current.current === question && windows?.question === question) {
        for (const piece of piecesFor(first, last)) fetchPiece(piece);
      }
    },
    [question, windows?.question, fetchPiece],
  );
  return { windows, isBehind: windows?.question !== question && error === null, error, need };
}
