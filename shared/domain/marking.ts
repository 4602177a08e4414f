/**
 * The marking of a piece of information: a level and the provisions behind it.
 *
 * The levels are the four security classes of 2 kap. 5 § säkerhetsskyddslagen (2018:585), above secrecy
 * under offentlighets- och sekretesslagen (2009:400) without a class, above open information.
 * Markings form a join semilattice: the marking of a whole is the join of its parts (SSF 2021:955 3 kap. 7 §).
 */
export const LEVELS = [
  'oppen',
  'sekretess',
  'begransat-hemlig',
  'konfidentiell',
  'hemlig',
  'kvalificerat-hemlig',
] as const;

export type Level = (typeof LEVELS)[number];
export type OpenLevel = 'oppen' | 'sekretess';
/** A säkerhetsskyddsklass. */
export type ProtectedLevel = Exclude<Level, OpenLevel>;

/** `basis` is sorted, without repeats, and not empty from `sekretess` and up. */
export interface Marking<L extends Level = Level> {
  readonly level: L;
  readonly basis: readonly string[];
}

/** What a person reads, in running text. */
export const LEVEL_NAME: Readonly<Record<Level, string>> = {
  oppen: 'öppen',
  sekretess: 'sekretess',
  'begransat-hemlig': 'begränsat hemlig',
  konfidentiell: 'konfidentiell',
  hemlig: 'hemlig',
  'kvalificerat-hemlig': 'kvalificerat hemlig',
};

export const OPEN_MARKING: Marking<'oppen'> = { level: 'oppen', basis: [] };

/** @returns position in the order of the levels, 0 for `oppen`. */
export function levelRank(level: Level): number {
  return LEVELS.indexOf(level);
}

export function isLevel(value: unknown): value is Level {
  return typeof value === 'string' && (LEVELS as readonly string[]).includes(value);
}

/** True from begränsat hemlig and up: säkerhetsskyddsklassificerad. */
export function isProtectedLevel(level: Level): level is ProtectedLevel {
  return levelRank(level) >= levelRank('begransat-hemlig');
}

export function isAtMost(level: Level, ceiling: Level): boolean {
  return levelRank(level) <= levelRank(ceiling);
}

/** In the order of the law: 8 § before 13 §, and 8 § before 8 b §. */
const byProvision = new Intl.Collator('sv', { numeric: true });

function normalBasis(basis: Iterable<string>): string[] {
  const unique = new Set(
    [...basis].map((provision) => provision.normalize('NFC').trim().replace(/\s+/g, ' ')),
  );
  unique.delete('');
  return [...unique].sort(
    (one, other) => byProvision.compare(one, other) || (one < other ? -1 : one > other ? 1 : 0),
  );
}

/**
 * Makes a marking in normal form.
 * @throws RangeError where `sekretess` or above has no provision: OSL 5 kap. 5 § asks for one.
 */
export function makeMarking<L extends Level>(level: L, basis: Iterable<string> = []): Marking<L> {
  const normal = normalBasis(basis);
  if (level !== 'oppen' && normal.length === 0) {
    throw new RangeError('En uppgift med sekretess eller säkerhetsskyddsklass måste ha en bestämmelse.');
  }
  return { level, basis: normal };
}

/** The least marking that is at least as high as every part; of no parts: open. */
export function joinMarkings(parts: Iterable<Marking>): Marking {
  let level: Level = 'oppen';
  const basis = new Set<string>();
  for (const part of parts) {
    if (levelRank(part.level) > levelRank(level)) level = part.level;
    for (const provision of part.basis) basis.add(provision);
  }
  return { level, basis: normalBasis(basis) };
}

/** The order of the lattice: may something marked `lower` be contained in something marked `upper`? */
export function isContained(lower: Marking, upper: Marking): boolean {
  return (
    isAtMost(lower.level, upper.level) && lower.basis.every((provision) => upper.basis.includes(provision))
  );
}

export function sameMarking(one: Marking, other: Marking): boolean {
  return isContained(one, other) && isContained(other, one);
}

/** "begränsat hemlig (15 kap. 2 § OSL)" */
export function describeMarking(marking: Marking): string {
  const name = LEVEL_NAME[marking.level];
  return marking.basis.length > 0 ? `${name} (${marking.basis.join(', ')})` : name;
}
