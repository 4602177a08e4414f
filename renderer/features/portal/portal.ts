import type { RequestOf } from '../../../shared/contract/contract.ts';

export type PortalChannel = RequestOf<'reports.byPortal'>['channel'];

/** The portal that a form goes to, or null where it goes to none. */
export function portalOf(channels: readonly string[]): PortalChannel | null {
  if (channels.includes('cyberportalen')) return 'cyberportalen';
  return channels.includes('portal') ? 'portal' : null;
}
