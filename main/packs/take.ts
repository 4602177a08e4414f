import { SigillError } from '../../shared/domain/error.ts';
import { BASE_PACK, type PackManifest, type RuleChange } from '../../shared/domain/rule-pack.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { swedishDate } from '../../shared/domain/swedish-time.ts';
import { findRuleFaults } from '../rules/check.ts';
import { findManifestFaults } from '../rules/check-words.ts';
import { unpackRules } from '../rules/container.ts';
import { compareRules } from '../rules/difference.ts';
import { libraryOf, type RuleLibrary } from '../rules/library.ts';
import { faultyPack } from '../rules/load.ts';
import { layOver, type PackContent } from '../rules/overlay.ts';
import { readPack } from '../rules/read.ts';
import { verifyPack, type PinnedKey } from '../rules/signature.ts';
import type { Store } from '../store/store.ts';
import type { UnlockedRoom, Vault } from '../vault/session.ts';
import { libraryInForce } from './for-incident.ts';
import { pinnedKeys } from './publishers.ts';
import {
  addRuleDecision,
  bindUnbound,
  findRuleSet,
  listPacks,
  savePack,
  saveRuleSet,
  setInForce,
  type RuleDecision,
  type RuleSet,
} from './repository.ts';
import { makeRuleSet, packOf, readStored } from './stored.ts';

/** A pack as it came: the file, and the signature beside it. */
export interface SignedPack {
  readonly pack: Uint8Array;
  readonly signature: Uint8Array;
}

/** What would be taken, and what would be different then. */
export interface PackPlan {
  readonly manifest: PackManifest;
  readonly digest: string;
  /** The key it is signed with; null: it came with the program. */
  readonly key: PinnedKey | null;
  readonly changes: readonly RuleChange[];
}

interface Plan extends PackPlan {
  readonly text: string;
  readonly set: RuleSet;
}

/** @throws TypeError for rules that somebody has put together by hand */
export function requireLibrary(rules: RulePack): RuleLibrary {
  const library = libraryOf(rules);
  if (!library) throw new TypeError('The rules come from no pack.');
  return library;
}

/**
 * Reads a signed pack and says what it would change. Changes nothing.
 * @param shipped the program's own rules
 * @throws SigillError `policy` for a key that is not trusted, another publisher, or a pack that is not newer; `damaged`
 *   for a signature that is wrong; `usage` for anything wrong in it. It is refused whole.
 */
export function inspectPack(vault: Vault, shipped: RulePack, signed: SignedPack): PackPlan {
  return planOf(vault, requireLibrary(shipped), signed);
}

/**
 * Takes a signed pack by decision. Every incident keeps the rules it was judged by until somebody decides otherwise.
 * @param digest of the pack whose difference was shown: no other is taken
 * @throws SigillError as {@link inspectPack}; nothing is changed
 */
export function takePack(
  vault: Vault,
  shipped: RulePack,
  signed: SignedPack,
  { digest, reason }: { readonly digest: string; readonly reason: string },
): PackPlan {
  const library = requireLibrary(shipped);
  const plan = planOf(vault, library, signed);
  if (plan.digest !== digest)
    throw new SigillError(
      'usage',
      'Filen är en annan än den som visades. Läs in den igen. Inget har ändrats.',
    );
  decide(vault, library, plan, 'taken', reason);
  return plan;
}

/** What the pack that came with this Sigill would change; null where it is not newer than the one in force. */
export function inspectShipped(vault: Vault, shipped: RulePack): PackPlan | null {
  return planOfShipped(vault, requireLibrary(shipped));
}

/** Takes the pack that came with this Sigill, by decision. @throws SigillError `usage` where it is not newer */
export function takeShipped(vault: Vault, shipped: RulePack, reason: string): PackPlan {
  const library = requireLibrary(shipped);
  const plan = planOfShipped(vault, library);
  if (!plan)
    throw new SigillError(
      'usage',
      'Reglerna som följer med Sigill är inte nyare än dem som gäller i valvet.',
    );
  decide(vault, library, plan, 'taken', reason);
  return plan;
}

/**
 * Keeps the program's own pack in the vault, so that a later Sigill with other rules does not change what an incident was
 * judged by. Done once, with the first incident or the first pack.
 */
export function keepShipped(vault: Vault, shipped: RulePack): void {
  const library = libraryOf(shipped);
  const open = vault.requireRoom('open');
  if (!library || setInForce(open.store) !== null) return;
  vault.transaction(open, () => recordShipped(vault, open, library));
}

function recordShipped(vault: Vault, open: UnlockedRoom<'open'>, library: RuleLibrary): void {
  const { text, digest } = packOf(library);
  keep(vault, open, library.manifest, { text, digest, signedBy: null });
  const set = makeRuleSet(digest, null);
  saveRuleSet(open.store, set);
  record(vault, open, set, 'shipped', 'Följde med Sigill.', { digest });
}

function keep(
  vault: Vault,
  { store, actor }: UnlockedRoom<'open'>,
  { id, sequence }: PackManifest,
  {
    text,
    digest,
    signedBy,
  }: { readonly text: string; readonly digest: string; readonly signedBy: string | null },
): void {
  const takenAt = vault.now().toISOString();
  savePack(store, { digest, packId: id, sequence, signedBy, takenAt, takenBy: actor.userId }, text);
}

function record(
  vault: Vault,
  open: UnlockedRoom<'open'>,
  set: RuleSet,
  kind: RuleDecision['kind'],
  reason: string,
  told: object,
): void {
  const at = vault.now().toISOString();
  addRuleDecision(open.store, { ruleSet: set.id, kind, reason, at, by: open.actor.userId });
  vault.audit(open, `rules.${kind}`, set.id, { ...told, set, reason });
}

/** One transaction: the packs are kept, old incidents get the set they were judged by, and the new one is in force. */
export function decide(
  vault: Vault,
  library: RuleLibrary,
  plan: { readonly set: RuleSet; readonly digest: string } & Partial<Plan>,
  kind: RuleDecision['kind'],
  reason: string,
): void {
  const open = vault.requireRoom('open');
  if (reason.trim() === '') throw new SigillError('usage', 'Ange skälet till beslutet.', [], '--reason');
  vault.transaction(open, () => {
    if (setInForce(open.store) === null) recordShipped(vault, open, library);
    const ruleSet = setInForce(open.store);
    if (ruleSet === null) throw new TypeError('A set is in force by now.');
    bindUnbound(open.store, { ruleSet, at: vault.now().toISOString(), by: open.actor.userId });
    const { manifest, text, digest } = plan;
    if (manifest !== undefined && text !== undefined)
      keep(vault, open, manifest, { text, digest, signedBy: plan.key?.fingerprint ?? null });
    saveRuleSet(open.store, plan.set);
    record(vault, open, plan.set, kind, reason.trim(), {
      digest,
      ...(manifest ? { pack: manifest.id, sequence: manifest.sequence } : {}),
      ...(plan.key ? { key: plan.key.fingerprint } : {}),
    });
  });
}

/** The set in force as digests; before anything was kept, the program's own. */
export function currentSet(store: Store<'open'>, shipped: RuleLibrary): RuleSet {
  const id = setInForce(store);
  return (id === null ? null : findRuleSet(store, id)) ?? makeRuleSet(packOf(shipped).digest, null);
}

function contentOf(store: Store<'open'>, digest: string, shipped: RuleLibrary): PackContent {
  return digest === packOf(shipped).digest ? shipped : readStored(store, digest);
}

function planOf(vault: Vault, shipped: RuleLibrary, { pack, signature }: SignedPack): Plan {
  const { store } = vault.requireRoom('open');
  const key = verifyPack(pack, signature, pinnedKeys(store));
  const { text, digest, files } = unpackRules(pack);
  const { manifest, rules, faults } = readPack(files);
  if (!manifest || faults.length > 0) throw faultyPack(faults);
  requirePublisher(store, shipped, manifest, key);
  requireNewer(store, shipped, manifest);
  requireIssued(manifest, vault.now());
  const now = currentSet(store, shipped);
  const isBase = manifest.id === BASE_PACK;
  if (isBase && manifest.buildsOn !== null)
    throw faultyPack(['paket.json: Sigills eget paket bygger inte på något annat.']);
  const set = isBase ? makeRuleSet(digest, now.own) : makeRuleSet(now.base, digest);
  const base = isBase ? { manifest, rules } : contentOf(store, now.base, shipped);
  const own = isBase ? ownOf(store, now) : { manifest, rules };
  const merged = requireWhole(base, own);
  return {
    manifest,
    digest,
    key,
    text,
    set,
    changes: compareRules(libraryInForce(vault, shipped).rules, merged),
  };
}

function planOfShipped(vault: Vault, shipped: RuleLibrary): Plan | null {
  const { store } = vault.requireRoom('open');
  const now = currentSet(store, shipped);
  const { text, digest } = packOf(shipped);
  const inForce = contentOf(store, now.base, shipped).manifest;
  const { manifest } = shipped;
  const isTaken = listPacks(store).some((pack) => pack.digest === digest);
  if (digest === now.base || isTaken || manifest.sequence < inForce.sequence) return null;
  const merged = requireWhole(shipped, ownOf(store, now));
  const changes = compareRules(libraryInForce(vault, shipped).rules, merged);
  return { manifest, digest, key: null, text, set: makeRuleSet(digest, now.own), changes };
}

function ownOf(store: Store<'open'>, { own }: RuleSet): PackContent | null {
  return own === null ? null : readStored(store, own);
}

/** @returns the rules of both. @throws SigillError `usage` with every fault of the two together */
export function requireWhole(base: PackContent, own: PackContent | null): PackContent['rules'] {
  const merged = own ? layOver(base, own) : { rules: base.rules, faults: [] };
  const faults = [
    ...findManifestFaults(base.manifest),
    ...(own ? findManifestFaults(own.manifest) : []),
    ...merged.faults,
    ...findRuleFaults(merged.rules, new Set()),
  ];
  if (faults.length > 0) throw faultyPack(faults);
  return merged.rules;
}

/** A pack is its publisher's: the key's, and that of whoever issued the pack before. */
function requirePublisher(
  store: Store<'open'>,
  shipped: RuleLibrary,
  manifest: PackManifest,
  key: PinnedKey,
): void {
  const earlier = listPacks(store).find(({ packId }) => packId === manifest.id);
  const before = earlier
    ? readStored(store, earlier.digest).manifest.publisher
    : manifest.id === shipped.manifest.id
      ? shipped.manifest.publisher
      : manifest.publisher;
  if (manifest.publisher !== key.publisher || manifest.publisher !== before) {
    throw new SigillError('policy', 'Regelpaketet har fel utgivare. Paketet används inte.', [
      `Paketet säger ${manifest.publisher}, nyckeln är ${key.publisher} och paketet ${manifest.id} ges ut av ${before}.`,
    ]);
  }
  const { own } = currentSet(store, shipped);
  const inForce = own === null ? null : readStored(store, own).manifest.id;
  if (manifest.id !== BASE_PACK && inForce !== null && inForce !== manifest.id) {
    throw new SigillError(
      'policy',
      `Valvet har redan ett eget paket, ${inForce}. Ta bort det först. Inget har ändrats.`,
    );
  }
}

/** Older than any that was ever taken: an old pack is come back to by rolling back, and by no file. */
function requireNewer(store: Store<'open'>, shipped: RuleLibrary, manifest: PackManifest): void {
  const taken = listPacks(store).filter(({ packId }) => packId === manifest.id);
  const least = manifest.id === shipped.manifest.id && taken.length === 0 ? shipped.manifest.sequence : 0;
  const highest = Math.max(least, ...taken.map(({ sequence }) => sequence));
  if (manifest.sequence <= highest) {
    throw new SigillError(
      'policy',
      `Regelpaketet är inte nyare än det som valvet har: nummer ${manifest.sequence}, och valvet har ${highest}. ` +
        'Paketet används inte.',
      ['Till ett paket som valvet har haft går man tillbaka med rules rollback.'],
    );
  }
}

/** Clocks differ, and so do time zones: what was issued tomorrow is let be. */
const DAY_MS = 24 * 60 * 60_000;

/** The day of issue is what a person tells two issues apart by. One that has not come is a mistake, or made to look new. */
function requireIssued({ issued }: PackManifest, now: Date): void {
  if (issued > swedishDate(new Date(now.getTime() + DAY_MS)))
    throw faultyPack([
      `paket.json: issued: ${issued} har inte varit än; datorns klocka visar ${swedishDate(now)}. ` +
        'Fråga utgivaren, eller ställ klockan rätt.',
    ]);
}
