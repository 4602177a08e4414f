import canonicalize from 'canonicalize';
import type { PackManifest, RuleKind } from '../../shared/domain/rule-pack.ts';
import type { RuleFile } from '../../shared/domain/rules.ts';
import { ruleKey, type LoadedRule } from './check.ts';

/** A pack that has been read: what it says it is, and its rules. */
export interface PackContent {
  readonly manifest: PackManifest;
  readonly rules: readonly LoadedRule[];
}

/**
 * What an organisation's own pack may change in a rule of ours: addresses, what a person reads, how a stamp looks, and own aims. Not what is asked
 * for, when, and by which way it may go. Kinds that are not here are not its to change at all.
 */
const REPLACEABLE: Readonly<Partial<Record<RuleKind, readonly string[]>>> = {
  recipient: ['addresses', 'confidence', 'note', 'sources'],
  form: ['label', 'title', 'help', 'introduction', 'note', 'sources'],
  codelist: ['name', 'note', 'sources'],
  stamp: ['name', 'colour', 'frames', 'first', 'following', 'decides', 'confidence', 'note', 'sources'],
  /** An aim of one's own where the law gives no limit. The check lets it stand nowhere else. */
  regime: ['ownTarget'],
};
/** Of these there is one for all, and the gate answers by it. */
const OURS_ALONE: readonly RuleKind[] = ['channel-table', 'holidays', 'text'];

/**
 * Lays an organisation's own pack over ours. What it adds has its own name before it; what it replaces is named in its
 * manifest.
 * @returns the rules of both, to be checked as a whole, and one Swedish line per fault
 */
export function layOver(base: PackContent, own: PackContent): { rules: LoadedRule[]; faults: string[] } {
  const faults = manifestFaults(base.manifest, own.manifest);
  const replaces = new Set((own.manifest.replaces ?? []).map(({ kind, id }) => ruleKey(kind, id)));
  const replaced = new Set<LoadedRule>();
  const added: LoadedRule[] = [];
  for (const { file, rule } of own.rules) {
    const key = ruleKey(rule.kind, rule.id);
    const report = (fault: string): void => void faults.push(`${file}: ${fault}`);
    const ours = base.rules.filter((loaded) => ruleKey(loaded.rule.kind, loaded.rule.id) === key);
    // The name of the pack before the file: two packs may have a file of the same name.
    added.push({ file: `${own.manifest.id}/${file}`, rule });
    if (OURS_ALONE.includes(rule.kind)) {
      report('ett eget paket kan inte ha kanaltabell, helgdagar eller standardtexter.');
    } else if (replaces.has(key)) {
      const original = ours.find((loaded) => isSameTime(loaded.rule, rule));
      if (!original) report(`"${rule.id}" ersätter ingen regel med samma giltighet i ${base.manifest.id}.`);
      else {
        replaced.add(original);
        if (!isAllowedReplacement(original.rule, rule)) report(refusalOf(rule));
        const before = new Set(statutePlaces(original.rule));
        for (const place of statutePlaces(rule)) if (!before.has(place)) report(`${place}${NO_STATUTE}`);
      }
    } else if (ours.length > 0) {
      report(`"${rule.id}" finns i ${base.manifest.id}. Ska den ersättas står den i replaces i paket.json.`);
    } else if (!rule.id.toLowerCase().startsWith(`${own.manifest.id}-`)) {
      report(`id ska börja med "${own.manifest.id}-", så att det aldrig blir samma som ett av Sigills.`);
    } else {
      for (const place of statutePlaces(rule)) report(`${place}${NO_STATUTE}`);
      if (rule.kind === 'regime' && rule.internalRoutine !== true)
        report(
          'ett eget regelverk är organisationens rutin. Skriv "internalRoutine": true, så att det syns.',
        );
    }
  }
  const present = new Set(own.rules.map(({ rule }) => ruleKey(rule.kind, rule.id)));
  for (const { kind, id } of own.manifest.replaces ?? []) {
    if (!present.has(ruleKey(kind, id)))
      faults.push(`paket.json: replaces nämner ${kind} "${id}", som inte finns i paketet.`);
  }
  return { rules: [...base.rules.filter((loaded) => !replaced.has(loaded)), ...added], faults };
}

function manifestFaults(base: PackManifest, own: PackManifest): string[] {
  const { buildsOn } = own;
  if (own.id === base.id) return ['paket.json: id är upptaget av Sigills eget paket.'];
  if (!buildsOn) return ['paket.json: ett eget paket säger i buildsOn vilket det bygger på.'];
  if (buildsOn.pack !== base.id) return [`paket.json: bygger på ${buildsOn.pack}, och här finns ${base.id}.`];
  return buildsOn.sequence > base.sequence
    ? [
        `paket.json: bygger på ${base.id} nummer ${buildsOn.sequence} eller senare, och här finns nummer ${base.sequence}.`,
      ]
    : [];
}

function isSameTime(one: RuleFile, other: RuleFile): boolean {
  return one.validFrom === other.validFrom && one.validTo === other.validTo;
}

function isAllowedReplacement(ours: RuleFile, theirs: RuleFile): boolean {
  const keys = REPLACEABLE[ours.kind];
  return keys !== undefined && canonicalize(without(ours, keys)) === canonicalize(without(theirs, keys));
}

function refusalOf({ kind }: RuleFile): string {
  const keys = REPLACEABLE[kind];
  return keys === undefined
    ? 'en sådan regel kan inte ersättas av ett eget paket.'
    : `ändrar mer än ett eget paket får i en regel av det slaget: bara ${keys.join(', ')}.`;
}

/** What is the organisation's own is no law, and must not be shown as one that has been read. */
const NO_STATUTE =
  'ett eget paket kan inte ha tillförlitligheten statute, som betyder läst i lagtexten. Skriv official för det som ' +
  'organisationen själv har beslutat, och lagen som källa.';

/** Where in a rule it says that the law has been read: by id where a part has one, since an own pack may move them. */
function statutePlaces(value: unknown, place = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    if (key === 'confidence') return part === 'statute' ? [place] : [];
    const { id = key } = Object(part) as { id?: unknown };
    return statutePlaces(part, Array.isArray(value) ? `${place}${String(id)}: ` : place);
  });
}

/** A copy without the keys, however deep they stand. */
function without(value: unknown, keys: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => without(item, keys));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !keys.includes(key))
      .map(([key, item]) => [key, without(item, keys)]),
  );
}
