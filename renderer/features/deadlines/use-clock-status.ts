import { useEffect, useState } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { core } from '../../app/bridge.ts';
import { useApp } from '../../app/store.ts';

export type ClockStatus = AnswerOf<'clock.status'>;

/** A clock that is set is found within a minute, also where nobody does anything. */
const POLL_MS = 60_000;

/** Null until the core has looked at the clock, and where it cannot. */
export function useClockStatus(): ClockStatus | null {
  const revision = useApp((state) => state.revision);
  const [status, setStatus] = useState<ClockStatus | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const look = (): void => {
      core.call('clock.status', null).then(
        (found) => isCurrent && setStatus(found),
        // The room was locked meanwhile: there is nothing to show, and nothing to tell that is not told elsewhere.
        () => undefined,
      );
    };
    look();
    const timer = setInterval(look, POLL_MS);
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, [revision]);
  return status;
}
