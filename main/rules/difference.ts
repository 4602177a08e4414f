import canonicalize from 'canonicalize';
import type { RuleChange } from '../../shared/domain/rule-pack.ts';
import { CHANNEL_NAME, CONFIDENCE_NAME } from '../../shared/domain/words.ts';
import type { Address, Channel, Confidence, RegimeStep } from '../../shared/domain/rules.ts';
import { ruleKey, type LoadedRule } from './check.ts';
import { describeAddress, describeStep, introduce, type NameOf } from './introduce.ts';

/** What the fields of a rule are called in Swedish, with their article. A field without a name here is told by its own. */
const FIELD_NAME: Readonly<Record<string, string>> = {
  name: 'namnet',
  version: 'versionen',
  validFrom: 'första giltighetsdagen',
  validTo: 'sista giltighetsdagen',
  confidence: 'tillförlitligheten',
  note: 'anmärkningen',
  sources: 'källorna',
  organisationKinds: 'vilka organisationer det gäller',
  sensitive: 'om det i sig är känsligt',
  start: 'starthändelsen',
  limit: 'fristen',
  noLaterThan: 'den yttersta fristen',
  workdayRule: 'regeln om helgdagar',
  insteadOf: 'steget det ersätter',
  after: 'steget det följer på',
  wording: 'lydelsen',
  forms: 'formulären',
  recipients: 'mottagarna',
  channels: 'vägarna',
  regimes: 'regelverken',
  audience: 'användningen',
  introduction: 'inledningen',
  withheldText: 'texten för det utelämnade',
  title: 'rubriken',
  label: 'ledtexten',
  help: 'hjälptexten',
  required: 'om det krävs svar',
  codeList: 'kodlistan',
  tells: 'vad en komplettering gäller',
  reclassifies: 'om steget är en omklassning',
  lines: 'adressraderna',
  status: 'statusen',
  purpose: 'ändamålet',
  type: 'slaget',
  source: 'källan',
  answer: 'svaret',
  absolute: 'om avvisningen är ovillkorlig',
  decider: 'vem som beslutar',
  conditions: 'villkoren',
  reason: 'skälet',
  provision: 'bestämmelsen',
  level: 'nivån',
  basis: 'bestämmelserna',
  text: 'texten',
  dates: 'datumen',
  firstYear: 'första året',
  lastYear: 'sista året',
  colour: 'färgen',
  frames: 'ramarna',
  first: 'raderna på första sidan',
  following: 'raderna på följande sidor',
  decides: 'vem som prövar utlämnande',
};
/** What the items of a list are, and by what one is found again in the other pack. */
const LISTS: Readonly<Record<string, { readonly what: string; readonly by: string }>> = {
  steps: { what: 'steg', by: 'id' },
  sections: { what: 'avsnitt', by: 'id' },
  fields: { what: 'fält', by: 'id' },
  codes: { what: 'kod', by: 'code' },
  addresses: { what: 'adress', by: 'id' },
  classes: { what: 'innehållsklass', by: 'id' },
  answers: { what: 'kanal', by: 'channel' },
  holidays: { what: 'helgdag', by: 'name' },
};
const UNIT: Readonly<Record<string, readonly [one: string, several: string]>> = {
  hour: ['timme', 'timmar'],
  day: ['dag', 'dagar'],
  week: ['vecka', 'veckor'],
  month: ['månad', 'månader'],
};
const WORD: Readonly<Record<string, string>> = {
  allowed: 'tillåtet',
  decision: 'kräver beslut',
  refused: 'avvisat',
  confirmed: 'bekräftad',
  unconfirmed: 'obekräftad',
  historical: 'historisk',
};
const LONGEST_SHOWN = 300;

type Plain = Readonly<Record<string, unknown>>;

/**
 * What differs between two packs, rule by rule and field by field, in Swedish. Versions of one rule are told apart by the
 * day from which they hold.
 */
export function compareRules(before: readonly LoadedRule[], after: readonly LoadedRule[]): RuleChange[] {
  // A rule that gets a second version is told by its days on both sides: else it would seem to be gone.
  const several = new Set([...severalIn(before), ...severalIn(after)]);
  const [old, fresh] = [byVersion(before, several), byVersion(after, several)];
  const nameOf: NameOf = (kind, id) =>
    after.find(({ rule }) => rule.kind === kind && rule.id === id)?.rule.name ?? id;
  return [...new Set([...old.keys(), ...fresh.keys()])].sort().flatMap((key): RuleChange[] => {
    const [was, is] = [old.get(key), fresh.get(key)];
    const rule = is ?? was;
    if (!rule) return [];
    const told = { kind: rule.kind, id: rule.id, name: rule.name };
    if (!is) return [{ ...told, change: 'gone', sentences: [] }];
    if (!was) return [{ ...told, change: 'new', sentences: introduce(is, nameOf) }];
    const sentences = compareFields([rule.id], was, is, nameOf);
    return sentences.length === 0 ? [] : [{ ...told, change: 'changed', sentences }];
  });
}

/** @param several keys of rules that have more than one version, before or after */
function byVersion(
  rules: readonly LoadedRule[],
  several: ReadonlySet<string>,
): Map<string, LoadedRule['rule']> {
  return new Map(
    rules.map(({ rule }) => {
      const key = ruleKey(rule.kind, rule.id);
      return [several.has(key) && rule.validFrom !== null ? `${key} ${rule.validFrom}` : key, rule] as const;
    }),
  );
}

function severalIn(rules: readonly LoadedRule[]): string[] {
  const keys = rules.map(({ rule }) => ruleKey(rule.kind, rule.id));
  return keys.filter((key, index) => keys.indexOf(key) !== index);
}

function compareFields(place: readonly string[], was: Plain, is: Plain, nameOf: NameOf): string[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((key) => {
    const [old, fresh] = [was[key], is[key]];
    if (canonicalize(old) === canonicalize(fresh)) return [];
    const list = LISTS[key];
    if (list && Array.isArray(old) && Array.isArray(fresh))
      return compareLists(place, { key, ...list }, old, fresh, nameOf);
    const name = FIELD_NAME[key] ?? key;
    const where = place.join(', ');
    if (old === undefined) return [`${where}: ${name} läggs till: ${shown(fresh)}.`];
    if (fresh === undefined) return [`${where}: ${name} tas bort, var ${shown(old)}.`];
    return [`${where}: ${name} ändras från ${shown(old)} till ${shown(fresh)}.`];
  });
}

function compareLists(
  place: readonly string[],
  { key, what, by }: { readonly key: string; readonly what: string; readonly by: string },
  was: readonly Plain[],
  is: readonly Plain[],
  nameOf: NameOf,
): string[] {
  const partName = (item: Plain): string => {
    const id = String(item[by]);
    const name =
      item['name'] ?? item['title'] ?? item['label'] ?? item['purpose'] ?? CHANNEL_NAME[id as Channel] ?? id;
    return `${what} ${String(name)}`;
  };
  const find = (items: readonly Plain[], item: Plain): Plain | undefined =>
    items.find((other) => other[by] === item[by]);
  const where = place.join(', ');
  const sentences = [
    ...was.flatMap((item) => {
      const now = find(is, item);
      return now
        ? compareFields([...place, partName(item)], item, now, nameOf)
        : [`${where}: ${partName(item)} tas bort.`];
    }),
    ...is.flatMap((item) =>
      find(was, item) ? [] : [`${where}: ${partName(item)} är nytt${contentOf(key, item, is, nameOf)}.`],
    ),
  ];
  const order = (items: readonly Plain[]): string => items.map((item) => String(item[by])).join('\n');
  return sentences.length === 0 && order(was) !== order(is) ? [`${where}: ordningen ändras.`] : sentences;
}

/** Where something is sent, and when, is told of a new part as of a new rule. */
function contentOf(key: string, item: Plain, all: readonly Plain[], nameOf: NameOf): string {
  const stepName = (id: string): string => String(all.find((other) => other['id'] === id)?.['name'] ?? id);
  if (key === 'addresses') return `: ${describeAddress(item as unknown as Address)}`;
  return key === 'steps' ? `: ${describeStep(item as unknown as RegimeStep, stepName, nameOf)}` : '';
}

/** A value as a person says it. */
function shown(value: unknown): string {
  if (value === null) return 'ingen';
  if (typeof value === 'boolean') return value ? 'ja' : 'nej';
  if (typeof value === 'string') {
    const word = WORD[value] ?? CONFIDENCE_NAME[value as Confidence] ?? CHANNEL_NAME[value as Channel];
    return word ?? `”${cut(value)}”`;
  }
  if (Array.isArray(value)) return value.length === 0 ? 'inget' : cut(value.map(shown).join(', '));
  if (typeof value === 'object') {
    const { amount, unit, reference } = value as Plain;
    const units = UNIT[String(unit)];
    if (typeof amount === 'number' && units) return `${amount} ${amount === 1 ? units[0] : units[1]}`;
    if (typeof reference === 'string') return `”${cut(reference)}”`;
    return cut(canonicalize(value) ?? '');
  }
  return String(value);
}

function cut(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)} …` : text;
}
