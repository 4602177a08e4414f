export type Direction = 'right' | 'ahead' | 'behind';

const DAY_SECONDS = 86_400;

/** @returns how many seconds the computer's clock is ahead, or null where what is written is no number of seconds */
export function offsetOf(direction: Direction, written: string): number | null {
  if (direction === 'right') return 0;
  if (!/^\s*\d{1,5}\s*$/.test(written)) return null;
  const seconds = Number(written);
  if (seconds === 0 || seconds > DAY_SECONDS) return null;
  return direction === 'ahead' ? seconds : -seconds;
}
