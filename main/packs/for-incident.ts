import { SigillError } from '../../shared/domain/error.ts';
import { incidentDay, type Incident } from '../../shared/domain/incident.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { libraryOf, type RuleLibrary } from '../rules/library.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/session.ts';
import { listIncidentRules, listRuleDecisions, setInForce } from './repository.ts';
import { libraryOfSet } from './stored.ts';

/**
 * The rules by which an incident is judged: the set it was judged by first, or has been given by decision since, and of
 * every rule the version of the incident's day. The one door to rules for whatever concerns an incident.
 *
 * While the open room is locked nobody can know what the vault has taken: then they are the program's own.
 * @param rules the program's own; rules that somebody has put together by hand are answered as they are
 * @throws SigillError `damaged`, or `usage` where the set can no longer be read
 */
export function rulesForIncident(
  vault: Vault,
  rules: RulePack,
  incident: Pick<Incident, 'id' | 'times' | 'createdAt'>,
): RulePack {
  const shipped = libraryOf(rules);
  if (!shipped) return rules;
  return incidentLibrary(vault, shipped, incident).forDay(incidentDay(incident.times, incident.createdAt));
}

/**
 * As {@link rulesForIncident}, where many incidents are asked about and one of them must not stand in the way of the rest.
 * @returns the rules, or in words why those that the vault has kept for this incident cannot be read
 */
export function readableRulesFor(
  vault: Vault,
  rules: RulePack,
  incident: Pick<Incident, 'id' | 'times' | 'createdAt'>,
): { readonly rules: RulePack } | { readonly reason: string } {
  try {
    return { rules: rulesForIncident(vault, rules, incident) };
  } catch (error) {
    if (error instanceof SigillError) return { reason: error.message };
    throw error;
  }
}

/** The set of {@link rulesForIncident}, every version of every rule. */
export function incidentLibrary(
  vault: Vault,
  shipped: RuleLibrary,
  { id }: Pick<Incident, 'id'>,
): RuleLibrary {
  const open = vault.room('open');
  if (!open) return shipped;
  const set = listIncidentRules(open.store, id).at(-1)?.ruleSet ?? setInForce(open.store);
  return set === null ? shipped : libraryOfSet(open.store, set, shipped);
}

/**
 * The rules in force now, for what concerns no incident: lists to choose from, new incidents, and the channel table. What
 * may go which way is asked on the day it goes: a way that has been closed is closed to old incidents as well.
 */
export function rulesInForce(vault: Vault | null, rules: RulePack): RulePack {
  const shipped = libraryOf(rules);
  return shipped ? libraryInForce(vault, shipped).newest : rules;
}

export function libraryInForce(vault: Vault | null, shipped: RuleLibrary): RuleLibrary {
  const open = vault?.room('open');
  const set = open ? setInForce(open.store) : null;
  return open && set !== null ? libraryOfSet(open.store, set, shipped) : shipped;
}

/** A set that cannot be read must not keep anybody out of the vault: it is told where it is asked for. */
function readable(store: Store<'open'>, set: string, shipped: RuleLibrary): RuleLibrary[] {
  try {
    return [libraryOfSet(store, set, shipped)];
  } catch (error) {
    if (error instanceof SigillError) return [];
    throw error;
  }
}

/** @returns ids of the regimes that are themselves telling, by these rules */
export function sensitiveRegimes(rules: RulePack): ReadonlySet<string> {
  return new Set([...rules.regimes.values()].filter((regime) => regime.sensitive).map((regime) => regime.id));
}

/**
 * Regimes that are themselves telling, by any set of rules that the vault goes or has gone by: one that no longer is
 * does not make an old incident tell it.
 * @returns ids of regimes
 */
export function tellingRegimes(vault: Vault, rules: RulePack): ReadonlySet<string> {
  const shipped = libraryOf(rules);
  const open = vault.room('open');
  if (!shipped || !open) return sensitiveRegimes(rules);
  const sets = new Set(listRuleDecisions(open.store).map(({ ruleSet }) => ruleSet));
  const libraries = [shipped, ...[...sets].flatMap((set) => readable(open.store, set, shipped))];
  return new Set(
    libraries.flatMap((library) =>
      library.rules.flatMap(({ rule }) => (rule.kind === 'regime' && rule.sensitive ? [rule.id] : [])),
    ),
  );
}
