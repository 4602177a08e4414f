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
import { describeIssue, findBrokenRules, mostFaults } from './incident-file-faults.ts';
import { scanJson } from './json-scan.ts';
import { isAtMost, LEVELS, makeMarking, type Level, type Marking } from './marking.ts';
import { roomOf } from './room.ts';
import { describeTextFault, findTextFault } from './written-text.ts';

/**
 * Reading of incident files (`sigill-incident/1`, demo/cases/FORMAT.md). A file is taken whole or not at all, and a
 * fault is told by its place, never by what stands there: the file may hold what may not be shown.
 */
export const INCIDENT_FILE_FORMAT = 'sigill-incident/1';

const level = z.enum(LEVELS);
/** With seconds or without; never without an offset. */
const instant = z.union([z.iso.datetime({ offset: true }), z.iso.datetime({ offset: true, precision: -1 })]);
/** Text that every document can hold. Found now, not when the report is to be made. */
const writable = (kind: 'title' | 'text'): z.ZodType<string, string> =>
  z.string().superRefine((value, context) => {
    const found = findTextFault(value, kind);
    if (found) context.addIssue({ code: 'custom', message: describeTextFault(found) });
  });
const text = writable('text');
const filledText = text.transform((value) => value.trim()).pipe(z.string().min(1));
const marked = { marking: level, basis: z.array(filledText).optional() };
const time = z.strictObject({ at: instant, precision: z.enum(TIME_PRECISIONS), marking: level.optional() });

const fileSchema = z.strictObject({
  format: z.literal(INCIDENT_FILE_FORMAT),
  exercise: z.boolean().optional(),
  organisationKind: z.enum(ORGANISATION_KINDS),
  regimes: z.array(z.string()),
  title: z.strictObject({ text: filledText.pipe(writable('title')), ...marked }),
  times: z.strictObject(Object.fromEntries(TIME_IDS.map((id) => [id, time.optional()]))),
  facts: z.array(
    z.strictObject({
      id: z.enum(FACT_IDS),
      text,
      codes: z.array(filledText).optional(),
      ...marked,
    }),
  ),
  log: z.array(
    z.strictObject({
      at: instant,
      kind: z.enum(LOG_KINDS),
      text: filledText,
      by: filledText.optional(),
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
  /** The codes of every code list. */
  readonly knownCodes: ReadonlySet<string>;
}

/** More values than this is no incident that people wrote; to list every fault in it would fill the memory. */
const MOST_VALUES = 500_000;

/**
 * Reads the text of an incident file.
 * @returns the draft, or every fault with its place (`facts[3].basis: …`), in Swedish
 */
export function readIncidentFile(text: string, limits: IncidentFileLimits): ReadIncidentFile {
  const plain = text.replace(/^\uFEFF/, '');
  let json: unknown;
  try {
    json = JSON.parse(plain);
  } catch {
    // The error's own message quotes what stands at the place.
    return { ok: false, faults: ['filen: är inte giltig JSON (UTF-8)'] };
  }
  const { repeatedKeys, values } = scanJson(plain);
  if (values > MOST_VALUES) {
    return { ok: false, faults: [`filen: rymmer fler än ${MOST_VALUES} värden`] };
  }
  const parsed = fileSchema.safeParse(json);
  const faults = [
    ...(parsed.success ? [] : parsed.error.issues.map(describeIssue)),
    ...repeatedKeys.map((line) => `rad ${line}: samma nyckel två gånger i samma objekt`),
    ...findBrokenRules(json, limits),
  ];
  if (!parsed.success || faults.length > 0) return { ok: false, faults: mostFaults(faults) };
  return { ok: true, draft: draftOf(parsed.data) };
}

type IncidentFile = z.infer<typeof fileSchema>;

function draftOf(file: IncidentFile): IncidentDraft {
  const title = { text: file.title.text, marking: makeMarking(file.title.marking, file.title.basis) };
  const facts = file.facts.map(({ id, text, codes = [], marking, basis }) => ({
    id,
    text,
    codes,
    marking: makeMarking(marking, basis),
  }));
  const log = file.log.map(({ at, kind, text, by = null, marking, basis }) => ({
    at,
    kind,
    text,
    by,
    marking: makeMarking(marking, basis),
  }));
  const markings = [title, ...facts, ...log].map(({ marking }) => marking);
  const times = TIME_IDS.flatMap((id) => {
    const given = file.times[id];
    if (!given) return [];
    const wanted = given.marking ?? 'oppen';
    const marking = makeMarking(wanted, provisionsFor(wanted, title.marking, markings));
    return [{ id, at: given.at, precision: given.precision, marking }];
  });
  const { exercise = false, organisationKind, regimes } = file;
  return { exercise, organisationKind, regimes, title, times, facts, log };
}

/**
 * A time has no basis of its own in the format: it stands on the provisions of what it is the time of, the title where
 * that is marked as high, else all that is. Only within its own room: the provisions behind a säkerhetsskyddsklass would
 * tell of it in the open room.
 */
function provisionsFor(wanted: Level, title: Marking, all: readonly Marking[]): string[] {
  if (wanted === 'oppen') return [];
  const canCarry = ({ level }: Marking): boolean =>
    roomOf(level) === roomOf(wanted) && isAtMost(wanted, level);
  return (canCarry(title) ? [title] : all.filter(canCarry)).flatMap(({ basis }) => [...basis]);
}
