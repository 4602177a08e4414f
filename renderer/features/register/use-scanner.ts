import { useEffect, useRef } from 'react';
import { readCode } from '../../../shared/domain/register.ts';

/** The keys of one code come together: this many milliseconds at most between two, also by radio and on a busy machine. */
const LONGEST_GAP_MS = 300;
const CODE_LENGTH = 12;

/** True where a person may be writing: what is typed there is hers. */
function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, [contenteditable]') !== null;
}

/**
 * Listens for a scanner that works as a keyboard: a code and Enter, wherever the focus is but in a field. The Enter is then not
 * that of the button that has the focus.
 */
export function useScanner(onCode: (code: string) => void): void {
  const latest = useRef(onCode);
  useEffect(() => {
    latest.current = onCode;
  });
  useEffect(() => {
    let typed = '';
    let last = 0;
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || isWriting(event.target)) return;
      const isFast = event.timeStamp - last <= LONGEST_GAP_MS;
      last = event.timeStamp;
      if (event.key === 'Enter') {
        const code = isFast ? readCode(typed.slice(-CODE_LENGTH)) : null;
        typed = '';
        if (code === null) return;
        event.preventDefault();
        event.stopPropagation();
        latest.current(code);
        return;
      }
      if (event.key.length === 1) typed = isFast ? `${typed}${event.key}` : event.key;
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, []);
}
