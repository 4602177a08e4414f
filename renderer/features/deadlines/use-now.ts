import { useEffect, useState } from 'react';
import { nextTick } from './countdown.ts';

/** The time, again whenever the countdowns to these points say something else. */
export function useNow(dues: readonly string[]): Date {
  const [now, setNow] = useState(() => new Date());
  const key = dues.join(' ');
  useEffect(() => {
    const timer = setTimeout(
      () => setNow(new Date()),
      nextTick(key === '' ? [] : key.split(' '), new Date()),
    );
    return () => clearTimeout(timer);
  }, [now, key]);
  return now;
}
