import type { PackManifest } from '../../shared/domain/rule-pack.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { assemble } from './assemble.ts';
import { ruleKey, type LoadedRule } from './check.ts';

/**
 * A checked pack, or ours with an organisation's own over it: every version of every rule. What others work with is a
 * {@link RulePack}, one version of each.
 */
export interface RuleLibrary {
  readonly manifest: PackManifest;
  /** The organisation's own pack, where there is one. */
  readonly own: PackManifest | null;
  readonly rules: readonly LoadedRule[];
  /** The last version of every rule: for what concerns no incident. */
  readonly newest: RulePack;
  /** @param day as `2026-11-25` in Swedish time: the day that an incident is judged by */
  readonly forDay: (day: string) => RulePack;
}

const LAST_DAY = '9999-12-31';
const origins = new WeakMap<RulePack, RuleLibrary>();

/** @returns the library that a set of rules was taken from; null for rules that somebody has put together by hand */
export function libraryOf(rules: RulePack): RuleLibrary | null {
  return origins.get(rules) ?? null;
}

/** @param rules checked: versions of one id do not overlap */
export function makeLibrary(
  manifest: PackManifest,
  own: PackManifest | null,
  rules: readonly LoadedRule[],
): RuleLibrary {
  const versions = new Map<string, LoadedRule[]>();
  for (const loaded of rules) {
    const key = ruleKey(loaded.rule.kind, loaded.rule.id);
    versions.set(key, [...(versions.get(key) ?? []), loaded]);
  }
  const packs = new Map<string, RulePack>();
  const forDay = (day: string): RulePack => {
    const chosen = [...versions.values()].map((several) => versionOf(several, day));
    // Few days choose differently: those about a change of a rule that has more than one version.
    const key = chosen.map(({ file }) => file).join('\n');
    const pack = packs.get(key) ?? assemble(chosen);
    packs.set(key, pack);
    origins.set(pack, library);
    return pack;
  };
  const library: RuleLibrary = {
    manifest,
    own,
    rules,
    get newest() {
      return forDay(LAST_DAY);
    },
    forDay,
  };
  return library;
}

/**
 * The version in force on a day. Where none is, the one that was in force last before it, since a case is still reported
 * by the rule of its time after the rule has ended; else the first one that comes.
 */
function versionOf(versions: readonly LoadedRule[], day: string): LoadedRule {
  const byStart = [...versions].sort((one, other) =>
    (one.rule.validFrom ?? '') < (other.rule.validFrom ?? '') ? -1 : 1,
  );
  const begun = byStart.filter(({ rule }) => (rule.validFrom ?? '') <= day);
  const [chosen] = begun.length > 0 ? begun.slice(-1) : byStart;
  if (!chosen) throw new TypeError('A rule has at least one version.');
  return chosen;
}
