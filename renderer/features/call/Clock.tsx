import { Button } from '@midas-ds/components/button';
import { useEffect, useState } from 'react';
import { Muted } from '../../components/Layout.tsx';
import { sv } from '../../text/sv.ts';
import { formatDuration } from './call-log.ts';
import styles from './CallScreen.module.css';

interface ClockState {
  readonly seconds: number;
  readonly isRunning: boolean;
  readonly start: () => void;
  readonly stop: () => void;
}

/** Counts the seconds of the call by the clock of the computer, not by ticks that may be late. */
export function useClock(): ClockState {
  const [begun, setBegun] = useState<number | null>(null);
  const [before, setBefore] = useState(0);
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (begun === null) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [begun]);
  const seconds = before + (begun === null ? 0 : Math.max(0, Math.floor((now - begun) / 1000)));
  return {
    seconds,
    isRunning: begun !== null,
    start: () => {
      setNow(Date.now());
      setBegun(Date.now());
    },
    stop: () => {
      setBefore(seconds);
      setBegun(null);
    },
  };
}

export function Clock({ clock }: { readonly clock: ClockState }) {
  return (
    <div className={styles.clock}>
      <div>
        <Muted>{sv.call.clock}</Muted>
        <p className={styles.number} role="timer">
          {formatDuration(clock.seconds)}
        </p>
      </div>
      <Button onPress={clock.isRunning ? clock.stop : clock.start}>
        {clock.isRunning ? sv.call.stop : sv.call.start}
      </Button>
    </div>
  );
}
