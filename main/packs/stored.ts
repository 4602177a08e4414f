import canonicalize from 'canonicalize';
import { SigillError } from '../../shared/domain/error.ts';
import { MANIFEST_FILE, type PackManifest } from '../../shared/domain/rule-pack.ts';
import { findTableFaults } from '../rules/check-channels.ts';
import { digestOf, packRules, unpackRules, type PackedRules } from '../rules/container.ts';
import { makeLibrary, type RuleLibrary } from '../rules/library.ts';
import { layOver, type PackContent } from '../rules/overlay.ts';
import { readPack, type ReadPack } from '../rules/read.ts';
import type { Store } from '../store/store.ts';
import { findRuleSet, readPackContent, type RuleSet } from './repository.ts';

const packed = new WeakMap<RuleLibrary, PackedRules>();
/** By what they hold, so that the same set in two vaults is one. A person works with a handful. */
const libraries = new Map<string, RuleLibrary>();
const MOST_KEPT = 20;

/** The pack that the program brings, as it is kept in a vault. */
export function packOf(library: RuleLibrary): PackedRules {
  const known = packed.get(library);
  if (known) return known;
  const made = packRules(
    new Map<string, unknown>([
      [MANIFEST_FILE, library.manifest],
      ...library.rules.map(({ file, rule }) => [file, rule] as const),
    ]),
  );
  packed.set(library, made);
  return made;
}

/** The identity of a set: of what is in it. */
export function makeRuleSet(base: string, own: string | null): RuleSet {
  return { id: digestOf(canonicalize({ base, own }) ?? ''), base, own };
}

/**
 * The rules of a set that the vault holds.
 * @param shipped the program's own, which need not be read again where the set is made of it
 * @throws SigillError `damaged` where the pack is not what it was; `usage` where this Sigill can no longer read it
 */
export function libraryOfSet(store: Store<'open'>, id: string, shipped: RuleLibrary): RuleLibrary {
  const set = findRuleSet(store, id);
  if (!set || makeRuleSet(set.base, set.own).id !== id) throw damaged();
  if (set.own === null && set.base === packOf(shipped).digest) return shipped;
  const known = libraries.get(id);
  if (known) return known;
  const base = readStored(store, set.base);
  const own = set.own === null ? null : readStored(store, set.own);
  const rules = own ? layOver(base, own).rules : base.rules;
  // It was checked whole when it was taken; this one thing is asked every time.
  for (const { rule } of rules) {
    if (rule.kind === 'channel-table' && findTableFaults(rule).length > 0) throw damaged();
  }
  const library = makeLibrary(base.manifest, own?.manifest ?? null, rules);
  if (libraries.size >= MOST_KEPT) libraries.clear();
  libraries.set(id, library);
  return library;
}

const UNREADABLE =
  'Ett regelpaket som valvet har tagit kan inte läsas av den här versionen av Sigill. Ta nyare regler för incidenten, ' +
  'eller använd den version som paketet togs med.';

/** A pack that the vault holds. @throws SigillError as {@link libraryOfSet} */
export function readStored(store: Store<'open'>, digest: string): PackContent {
  const { manifest, rules, faults } = readKept(store, digest);
  if (!manifest || faults.length > 0) throw new SigillError('usage', UNREADABLE, faults);
  return { manifest, rules };
}

/**
 * What a pack that the vault holds says it is, also where this Sigill cannot read its rules: one such pack must not hide
 * the list of all of them.
 * @throws SigillError as {@link libraryOfSet}; `usage` only where not even its name can be read
 */
export function readManifest(
  store: Store<'open'>,
  digest: string,
): { readonly manifest: PackManifest; readonly unreadable: string | null } {
  const { manifest, faults } = readKept(store, digest);
  if (!manifest) throw new SigillError('usage', UNREADABLE, faults);
  return { manifest, unreadable: faults.length > 0 ? UNREADABLE : null };
}

function readKept(store: Store<'open'>, digest: string): ReadPack {
  const text = readPackContent(store, digest);
  if (text === null || digestOf(text) !== digest) throw damaged();
  return readPack(unpackRules(Buffer.from(text, 'utf8')).files);
}

function damaged(): SigillError {
  return new SigillError(
    'damaged',
    'Ett regelpaket i valvet är inte som Sigill skrev det. Kontrollera spårbarheten, och återställ valvet från säkerhetskopia.',
  );
}
