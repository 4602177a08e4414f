import type { Organisation } from '../../shared/domain/report.ts';
import { writeSetting } from '../vault/repository.ts';
import type { Vault } from '../vault/session.ts';

/** Changes what is known of the organisation, in both rooms, so that either can make its reports alone. */
export function changeOrganisation(vault: Vault, change: Partial<Organisation>): Organisation {
  vault.requireRoom('open');
  vault.requireRoom('protected');
  let next: Organisation | null = null;
  for (const unlocked of vault.unlockedRooms()) {
    const organisation: Organisation = { ...unlocked.organisation, ...change };
    vault.transaction(unlocked, () => {
      writeSetting(unlocked.store, 'organisation', JSON.stringify(organisation));
      vault.audit(unlocked, 'organisation.changed', null, { fields: Object.keys(change) });
    });
    next = organisation;
  }
  if (!next) throw new TypeError('No room is open.');
  return next;
}
