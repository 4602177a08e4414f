import { Button } from '@midas-ds/components/button';
import { useEffect, useState } from 'react';
import { Muted } from '../../components/Layout.tsx';
import { sv } from '../../text/sv.ts';
import { secondsOf, started, stopped, type CallClock } from './call-clock.ts';
import { formatDuration } from './call-log.ts';
import styles from './CallScreen.module.css';

interface ClockProps {
  readonly clock: CallClock;
  readonly onChange: (clock: CallClock) => void;
}

export function Clock({ clock, onChange }: ClockProps) {
  const isRunning = clock.begun !== null;
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [isRunning]);
  return (
    <div className={styles.clock}>
      <div>
        <Muted>{sv.call.clock}</Muted>
        <p className={styles.number} role="timer">
          {formatDuration(secondsOf(clock, now) ?? 0)}
        </p>
      </div>
      <Button
        onPress={() => {
          const pressed = Date.now();
          setNow(pressed);
          onChange(isRunning ? stopped(clock, pressed) : started(clock, pressed));
        }}
      >
        {isRunning ? sv.call.stop : sv.call.start}
      </Button>
    </div>
  );
}
