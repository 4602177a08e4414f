import type { z } from 'zod';
import { TIME_IDS } from './incident.ts';
import { isAtMost, isLevel, LEVEL_NAME, type Level } from './marking.ts';
import { roomOf } from './room.ts';

/**
 * The words for what is wrong with an incident file. Each names the place and the rule; keys and values of the file are
 * not repeated, for they may be what must not be shown.
 */

/** A list longer than this helps nobody. */
const MOST_FAULTS = 1000;

/** Every fault once, in the order found. */
export function mostFaults(faults: readonly string[]): string[] {
  const each = [...new Set(faults)];
  const more = each.length - MOST_FAULTS;
  return more > 0 ? [...each.slice(0, MOST_FAULTS), `filen: ${more} fel till`] : each;
}

/** Only indexes and keys of the format itself: the schema never goes below a key that it does not know. */
function placeOf(path: readonly PropertyKey[]): string {
  let place = '';
  for (const step of path)
    place += typeof step === 'number' ? `[${step}]` : `${place ? '.' : ''}${String(step)}`;
  return place === '' ? 'filen' : place;
}

const TYPE_NAME: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'en lista',
  object: 'ett objekt',
  boolean: 'true eller false',
};

const TIME_FORM = 'måste vara en tid enligt ISO 8601 med tidszon, till exempel 2026-10-24T22:40:00+02:00';

/** What the schema found, as one line. */
export function describeIssue(issue: z.core.$ZodIssue): string {
  const place = placeOf(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const count = issue.keys.length;
      return `${place}: ${count} ${count === 1 ? 'okänd nyckel' : 'okända nycklar'}`;
    }
    case 'invalid_value':
      return `${place}: måste vara ${issue.values.length > 1 ? 'ett av ' : ''}${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      return `${place}: saknas eller har fel typ (ska vara ${TYPE_NAME[issue.expected] ?? issue.expected})`;
    case 'invalid_union':
      return `${place}: ${TIME_FORM}`;
    case 'too_small':
      return `${place}: får inte vara tom`;
    case 'custom':
      return `${place}: ${issue.message}`;
    default:
      return `${place}: ogiltigt värde`;
  }
}

interface Rules {
  readonly ceiling: Level;
  readonly knownRegimes: ReadonlySet<string>;
  readonly knownCodes: ReadonlySet<string>;
}

type Piece = Readonly<Record<string, unknown>>;

function piece(value: unknown): Piece {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Piece) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** A list that is empty, or not there. What is neither is for the schema to judge. */
function isNone(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

/**
 * What breaks a rule that is not about the shape of the file. It takes the file as it comes and passes over what has
 * the wrong shape, so that all faults can be told at once.
 */
export function findBrokenRules(json: unknown, rules: Rules): string[] {
  const file = piece(json);
  // The place is put on last: a file could have a key of that name.
  const facts = list(file['facts']).map((fact, index) => ({ ...piece(fact), place: `facts[${index}]` }));
  const log = list(file['log']).map((entry, index) => ({ ...piece(entry), place: `log[${index}]` }));
  const marked: readonly Piece[] = [{ ...piece(file['title']), place: 'title' }, ...facts, ...log];
  return [
    ...findRegimeFaults(list(file['regimes']), rules.knownRegimes),
    ...marked.flatMap((one) => findMarkingFaults(one, rules.ceiling)),
    ...findFactFaults(facts),
    ...facts.flatMap((fact) => findCodeFaults(fact, rules.knownCodes)),
    ...findTimeFaults(piece(file['times']), marked, rules.ceiling),
  ];
}

function findRegimeFaults(regimes: readonly unknown[], known: ReadonlySet<string>): string[] {
  const names = regimes.filter((regime) => typeof regime === 'string');
  return [
    ...regimes.flatMap((regime, index) =>
      typeof regime === 'string' && !known.has(regime) ? [`regimes[${index}]: okänd regim`] : [],
    ),
    ...(new Set(names).size < names.length ? ['regimes: samma regim två gånger'] : []),
  ];
}

function aboveCeiling(ceiling: Level): string {
  return `över vad valvet får rymma (högst ${LEVEL_NAME[ceiling]})`;
}

function findMarkingFaults({ place, marking, basis }: Piece, ceiling: Level): string[] {
  if (!isLevel(marking)) return [];
  const faults: string[] = [];
  if (!isAtMost(marking, ceiling)) faults.push(`${String(place)}.marking: ${aboveCeiling(ceiling)}`);
  if (marking !== 'oppen' && isNone(basis)) {
    faults.push(`${String(place)}.basis: saknas; från sekretess och uppåt anges minst en bestämmelse`);
  }
  return faults;
}

function findCodeFaults({ place, codes }: Piece, known: ReadonlySet<string>): string[] {
  return list(codes).flatMap((code, index) =>
    typeof code === 'string' && !known.has(code.trim())
      ? [`${String(place)}.codes[${index}]: står inte i någon kodlista`]
      : [],
  );
}

function findFactFaults(facts: readonly Piece[]): string[] {
  const seen = new Set<unknown>();
  return facts.flatMap(({ place, id, text, codes }) => {
    const faults: string[] = [];
    if (typeof id === 'string' && seen.has(id)) {
      faults.push(`${String(place)}.id: samma uppgift förekommer två gånger`);
    }
    seen.add(id);
    if (typeof text === 'string' && text.trim() === '' && isNone(codes)) {
      faults.push(`${String(place)}: varken text eller koder`);
    }
    return faults;
  });
}

/**
 * The format gives a time no basis; it must have something to stand on that is marked as high, in the same room. Not
 * asked where it cannot be known: that a marking is no level is told already.
 */
function findTimeFaults(times: Piece, marked: readonly Piece[], ceiling: Level): string[] {
  const levels = marked.map((one) => one['marking']);
  const given = levels.filter(isLevel);
  return TIME_IDS.flatMap((id) => {
    const { marking } = piece(times[id]);
    if (!isLevel(marking) || marking === 'oppen') return [];
    if (!isAtMost(marking, ceiling)) return [`times.${id}.marking: ${aboveCeiling(ceiling)}`];
    const isCarried = given.some((level) => roomOf(level) === roomOf(marking) && isAtMost(marking, level));
    if (isCarried || given.length < levels.length) return [];
    return [
      `times.${id}.marking: ingen rubrik, uppgift eller loggrad har en sådan märkning, som tiden kan få sin bestämmelse av`,
    ];
  });
}
