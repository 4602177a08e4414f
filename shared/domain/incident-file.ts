import { z } from 'zod';
import {
  FACT_IDS,
  LOG_KINDS,
  ORGANISATION_KINDS,
  TIME_IDS,
  TIME_PRECISIONS,
  type FactId,
  type LogKind,
  type OrganisationKind,
  type TimeId,
  type TimePrecision,
} from './incident.ts';
import { isAtMost, LEVEL_NAME, LEVELS, levelRank, makeMarking, type Level, type Marking } from './marking.ts';

/**
 * Reading of incident files (`sigill-incident/1`, demo/cases/FORMAT.md). A file is taken whole or not at all, and a
 * fault is told by its place, never by what stands there: the file may hold what may not be shown.
 */
export const INCIDENT_FILE_FORMAT = 'sigill-incident/1';

const level = z.enum(LEVELS);
const instant = z.iso.datetime({ offset: true, local: false });
const marked = { marking: level, basis: z.array(z.string().trim().min(1)).optional() };
const time = z.strictObject({ at: instant, precision: z.enum(TIME_PRECISIONS), marking: level.optional() });

const fileSchema = z.strictObject({
  format: z.literal(INCIDENT_FILE_FORMAT),
  exercise: z.boolean().optional(),
  organisationKind: z.enum(ORGANISATION_KINDS),
  regimes: z.array(z.string()),
  title: z.strictObject({ text: z.string().trim().min(1), ...marked }),
  times: z.strictObject(Object.fromEntries(TIME_IDS.map((id) => [id, time.optional()]))),
  facts: z.array(
    z.strictObject({
      id: z.enum(FACT_IDS),
      text: z.string(),
      codes: z.array(z.string().trim().min(1)).optional(),
      ...marked,
    }),
  ),
  log: z.array(
    z.strictObject({
      at: instant,
      kind: z.enum(LOG_KINDS),
      text: z.string().trim().min(1),
      by: z.string().trim().min(1).optional(),
      ...marked,
    }),
  ),
});

type MarkedContent<C> = C & { readonly marking: Marking };

/** What a file says, checked and with every marking in normal form. */
export interface IncidentDraft {
  readonly exercise: boolean;
  readonly organisationKind: OrganisationKind;
  readonly regimes: readonly string[];
  readonly title: MarkedContent<{ readonly text: string }>;
  readonly times: readonly MarkedContent<{
    readonly id: TimeId;
    readonly at: string;
    readonly precision: TimePrecision;
  }>[];
  readonly facts: readonly MarkedContent<{
    readonly id: FactId;
    readonly text: string;
    readonly codes: readonly string[];
  }>[];
  readonly log: readonly MarkedContent<{
    readonly at: string;
    readonly kind: LogKind;
    readonly text: string;
    readonly by: string | null;
  }>[];
}

export type ReadIncidentFile =
  | { readonly ok: true; readonly draft: IncidentDraft }
  | { readonly ok: false; readonly faults: readonly string[] };

export interface IncidentFileLimits {
  /** The highest marking that the vault may hold. */
  readonly ceiling: Level;
  readonly knownRegimes: ReadonlySet<string>;
}

/**
 * Reads the text of an incident file.
 * @returns the draft, or every fault with its place (`facts[3].basis: …`), in Swedish
 */
export function readIncidentFile(text: string, limits: IncidentFileLimits): ReadIncidentFile {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { ok: false, faults: ['filen: är inte giltig JSON (UTF-8)'] };
  }
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success) return { ok: false, faults: parsed.error.issues.flatMap(describeIssue) };
  const file = parsed.data;
  const faults: string[] = [];

  const markingAt = (place: string, wanted: Level, basis: readonly string[] | undefined): Marking => {
    if (!isAtMost(wanted, limits.ceiling)) {
      faults.push(`${place}.marking: över vad valvet får rymma (högst ${LEVEL_NAME[limits.ceiling]})`);
    }
    if (wanted !== 'oppen' && (basis ?? []).length === 0) {
      faults.push(`${place}.basis: saknas; från sekretess och uppåt anges minst en bestämmelse`);
      return { level: wanted, basis: [] };
    }
    return makeMarking(wanted, basis ?? []);
  };

  file.regimes.forEach((regime, index) => {
    if (!limits.knownRegimes.has(regime)) faults.push(`regimes[${index}]: okänd regim`);
  });
  if (new Set(file.regimes).size !== file.regimes.length) faults.push('regimes: samma regim två gånger');

  const title = { text: file.title.text, marking: markingAt('title', file.title.marking, file.title.basis) };

  const seen = new Set<string>();
  const facts = file.facts.map((fact, index) => {
    const place = `facts[${index}]`;
    if (seen.has(fact.id)) faults.push(`${place}.id: samma uppgift förekommer två gånger`);
    seen.add(fact.id);
    if (fact.text.trim() === '' && (fact.codes ?? []).length === 0) {
      faults.push(`${place}: varken text eller koder`);
    }
    return {
      id: fact.id,
      text: fact.text,
      codes: fact.codes ?? [],
      marking: markingAt(place, fact.marking, fact.basis),
    };
  });

  const log = file.log.map((entry, index) => ({
    at: entry.at,
    kind: entry.kind,
    text: entry.text,
    by: entry.by ?? null,
    marking: markingAt(`log[${index}]`, entry.marking, entry.basis),
  }));

  // A time has no basis of its own in the format: it stands on the provisions of what it is the time of.
  const markings = [title.marking, ...facts.map((fact) => fact.marking)];
  const basisFor = (wanted: Level): string[] => {
    if (wanted === 'oppen') return [];
    if (levelRank(title.marking.level) >= levelRank(wanted)) return [...title.marking.basis];
    return markings
      .filter((marking) => levelRank(marking.level) >= levelRank(wanted))
      .flatMap((m) => [...m.basis]);
  };
  const times = TIME_IDS.flatMap((id) => {
    const given = file.times[id];
    if (!given) return [];
    const wanted = given.marking ?? 'oppen';
    return [
      {
        id,
        at: given.at,
        precision: given.precision,
        marking: markingAt(`times.${id}`, wanted, basisFor(wanted)),
      },
    ];
  });

  if (faults.length > 0) return { ok: false, faults };
  return {
    ok: true,
    draft: {
      exercise: file.exercise ?? false,
      organisationKind: file.organisationKind,
      regimes: file.regimes,
      title,
      times,
      facts,
      log,
    },
  };
}

function placeOf(path: readonly PropertyKey[]): string {
  let place = '';
  for (const step of path)
    place += typeof step === 'number' ? `[${step}]` : `${place ? '.' : ''}${String(step)}`;
  return place === '' ? 'filen' : place;
}

type Issue = z.core.$ZodIssue;

/** Names the place and the rule. Keys and values of the file are not repeated: they may be what must not be shown. */
function describeIssue(issue: Issue): string[] {
  const place = placeOf(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return [`${place}: ${issue.keys.length} okänd(a) nyckel/nycklar`];
    case 'invalid_value':
      return [`${place}: måste vara ett av ${issue.values.map(String).join(', ')}`];
    case 'invalid_type':
      return [`${place}: saknas eller har fel typ (ska vara ${issue.expected})`];
    case 'invalid_format':
      return [
        `${place}: måste vara en tid enligt ISO 8601 med tidszon, till exempel 2026-10-24T22:40:00+02:00`,
      ];
    case 'too_small':
      return [`${place}: får inte vara tom`];
    default:
      return [`${place}: ogiltigt värde`];
  }
}
