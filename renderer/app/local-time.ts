import { readLocalInput, toLocalInput } from '../../shared/domain/local-time.ts';

export { readLocalInput, toLocalInput };

/** @returns ISO 8601 with offset, or null where no time is written (`readLocalInput` says why) */
export function fromLocalInput(value: string): string | null {
  const read = readLocalInput(value);
  return 'at' in read ? read.at : null;
}

/** Today's date in Sweden: 2026-11-22. */
export function today(): string {
  return toLocalInput(new Date()).slice(0, 10);
}
