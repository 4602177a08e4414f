/** The person stopped it, or the rooms were locked under it. Nothing of it is kept. */
export class Cancelled extends Error {}

/** @throws Cancelled */
export function requireNotCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Cancelled();
}
