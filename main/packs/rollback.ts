import { SigillError } from '../../shared/domain/error.ts';
import { BASE_PACK, type RuleChange } from '../../shared/domain/rule-pack.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { compareRules } from '../rules/difference.ts';
import type { Vault } from '../vault/session.ts';
import { libraryInForce } from './for-incident.ts';
import { pinnedKeys } from './publishers.ts';
import { listPacks, type RuleSet } from './repository.ts';
import { makeRuleSet, packOf, readStored } from './stored.ts';
import { currentSet, decide, requireLibrary, requireWhole } from './take.ts';

/** Which pack to go back to, by its digest or the beginning of it; `own-none`: to no pack of the organisation's own. */
export type RollbackTarget = string;
export const NO_OWN_PACK = 'own-none';

/**
 * What going back to a pack that the vault has had would change. Changes nothing.
 * @throws SigillError `usage` where the vault has had no such pack, or it is the one in force; `policy` where its key has
 *   been revoked
 */
export function inspectRollback(vault: Vault, shipped: RulePack, target: RollbackTarget): RuleChange[] {
  return planRollback(vault, shipped, target).changes;
}

/** Goes back, by decision. The later pack is kept, and can be come back to in the same way. @throws SigillError */
export function rollBack(vault: Vault, shipped: RulePack, target: RollbackTarget, reason: string): void {
  const plan = planRollback(vault, shipped, target);
  decide(vault, requireLibrary(shipped), plan, 'rolled-back', reason);
}

function planRollback(
  vault: Vault,
  rules: RulePack,
  target: RollbackTarget,
): { set: RuleSet; digest: string; changes: RuleChange[] } {
  const shipped = requireLibrary(rules);
  const { store } = vault.requireRoom('open');
  const now = currentSet(store, shipped);
  const set =
    target === NO_OWN_PACK ? makeRuleSet(now.base, null) : setWith(vault, now, target.toLowerCase());
  if (set.id === makeRuleSet(now.base, now.own).id)
    throw new SigillError('usage', 'Det är de reglerna som gäller nu. Inget har ändrats.');
  const base = set.base === packOf(shipped).digest ? shipped : readStored(store, set.base);
  const own = set.own === null ? null : readStored(store, set.own);
  const changes = compareRules(libraryInForce(vault, shipped).rules, requireWhole(base, own));
  return { set, digest: target === NO_OWN_PACK ? (now.own ?? now.base) : (set.own ?? set.base), changes };
}

function setWith(vault: Vault, now: RuleSet, target: string): RuleSet {
  const { store } = vault.requireRoom('open');
  const found = target.length < 8 ? [] : listPacks(store).filter(({ digest }) => digest.startsWith(target));
  const [pack] = found;
  if (!pack || found.length > 1)
    throw new SigillError('usage', 'Valvet har inte haft något sådant paket. Se rules list.');
  const key = pinnedKeys(store).find(({ fingerprint }) => fingerprint === pack.signedBy);
  if (pack.signedBy !== null && (!key || key.isRevoked)) {
    throw new SigillError(
      'policy',
      'Nyckeln som paketet är signerat med är återkallad. Det går inte att gå tillbaka till det.',
    );
  }
  return pack.packId === BASE_PACK ? makeRuleSet(pack.digest, now.own) : makeRuleSet(now.base, pack.digest);
}
