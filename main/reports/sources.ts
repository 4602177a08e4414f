import type { Incident } from '../../shared/domain/incident.ts';
import {
  isAtMost,
  isProtectedLevel,
  joinMarkings,
  OPEN_MARKING,
  type Level,
  type Marking,
} from '../../shared/domain/marking.ts';
import type { Organisation, ReportPart } from '../../shared/domain/report.ts';
import type { Room } from '../../shared/domain/room.ts';
import type { CodeList, FieldSource, FormField } from '../../shared/domain/rules.ts';
import { formatShortTime, formatTime } from './time.ts';
import { listOf, RETURNED_ID } from '../../shared/domain/form-answer.ts';
import {
  FACT_LABEL,
  LOG_KIND_NAME,
  ORGANISATION_LABEL,
  STATE_NAME,
  TIME_LABEL,
} from '../../shared/domain/words.ts';

export interface AnswerContext {
  /** The id of the form, for the answers that are its own. */
  readonly form: string;
  readonly incident: Incident;
  readonly organisation: Organisation;
  /** The highest level that may be told; null: everything. */
  readonly limit: Level | null;
  readonly withheldText: string;
  readonly sensitiveRegimes: ReadonlySet<string>;
  readonly codeLists: ReadonlyMap<string, CodeList>;
  readonly diaryNumber: DiaryNumber | null;
}

/** The organisation's own number of the incident, and which room's register knows it. */
export interface DiaryNumber {
  readonly number: string;
  readonly room: Room;
}

interface Answer {
  readonly origin: string;
  readonly label: string | null;
  readonly text: string;
  readonly codes: readonly string[];
  readonly marking: Marking;
}

function isTold(marking: Marking, limit: Level | null): boolean {
  return limit === null || isAtMost(marking.level, limit);
}

/** A withheld part is made from its place alone: it is given neither the answer nor its marking. */
function withhold(origin: string, label: string | null, context: AnswerContext): ReportPart {
  return { withheld: true, origin, label, text: context.withheldText };
}

function disclose(answer: Answer, context: AnswerContext): ReportPart {
  return isTold(answer.marking, context.limit)
    ? { withheld: false, ...answer }
    : withhold(answer.origin, answer.label, context);
}

function codeNames(codes: readonly string[], field: FormField, context: AnswerContext): string[] {
  const id = listOf(field);
  const list = id === null ? undefined : context.codeLists.get(id);
  // A code that the field's list does not have was chosen from another form's list: its own word says most.
  return codes.map((code) => list?.codes.find((candidate) => candidate.code === code)?.name ?? code);
}

/**
 * The chronology. What is withheld becomes one single part at the end, and the entries that are told are numbered
 * anew: gaps between times or numbers would tell how many entries there are above the limit, and when.
 */
function logParts(context: AnswerContext): ReportPart[] {
  const { incident, limit } = context;
  const entries = [...incident.log].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  const told = entries.filter((entry) => isTold(entry.marking, limit));
  const parts: ReportPart[] = told.map((entry, index) => ({
    withheld: false,
    origin: `log:${limit === null ? entry.number : index + 1}`,
    label: `${formatShortTime(entry.at, 'exact')}, ${LOG_KIND_NAME[entry.kind]}`,
    text: entry.by === null ? entry.text : `${entry.text.trim()} (${entry.by})`,
    codes: [],
    marking: entry.marking,
  }));
  // With the protected room locked nobody can know whether the chronology is whole, so it never passes for whole.
  if (told.length < entries.length || incident.protectedPartHidden)
    parts.push(withhold('log', null, context));
  return parts;
}

function protectedMarkings({ title, times, facts, answers, log }: Incident): Marking[] {
  return [...(title === null ? [] : [title]), ...times, ...facts, ...answers, ...log]
    .map(({ marking }) => marking)
    .filter(({ level }) => isProtectedLevel(level));
}

/**
 * The diary number. One that only the protected room's register knows is as secret as what it is the number of, and is for a full
 * version alone; an exercise is in no diary (domain.md §12.5 p. 16).
 */
function diaryParts(label: string | null, { incident, limit, diaryNumber }: AnswerContext): ReportPart[] {
  if (diaryNumber === null || incident.exercise) return [];
  const shared = {
    withheld: false,
    origin: 'incident:diary',
    label,
    text: diaryNumber.number,
    codes: [],
  } as const;
  if (diaryNumber.room === 'open') return [{ ...shared, marking: OPEN_MARKING }];
  const markings = protectedMarkings(incident);
  return limit === null && markings.length > 0 ? [{ ...shared, marking: joinMarkings(markings) }] : [];
}

/**
 * The regimes. One that is itself telling is left out of every version with a limit. In a full version it carries
 * the marking of the incident's protected parts: the rule "it is kept in the protected room where the incident has
 * a part there" (`regimeSchema.sensitive`) must hold on paper too.
 */
function regimeParts(context: AnswerContext): ReportPart[] {
  const { incident, limit, sensitiveRegimes } = context;
  const plain = incident.regimes.filter((regime) => !sensitiveRegimes.has(regime));
  const sensitive = incident.regimes.filter((regime) => sensitiveRegimes.has(regime));
  const origin = 'incident:regimes';
  const shared = { withheld: false, origin, label: null, codes: [] } as const;
  const parts: ReportPart[] = [];
  if (plain.length > 0) parts.push({ ...shared, text: plain.join(', '), marking: OPEN_MARKING });
  if (sensitive.length === 0) return parts;
  if (limit === null) {
    const marking = joinMarkings(protectedMarkings(incident));
    parts.push({ ...shared, text: sensitive.join(', '), marking });
  } else if (plain.length === 0) {
    parts.push(withhold(origin, null, context));
  }
  return parts;
}

function organisationText(
  value: Extract<FieldSource, { from: 'organisation' }>['value'],
  organisation: Organisation,
): string {
  return value === 'address' ? organisation.address.join('\n') : (organisation[value] ?? '');
}

function sameWords(one: string, other: string): boolean {
  const bare = (text: string): string =>
    text
      .toLocaleLowerCase('sv')
      .replace(/[?:.*\s]+/g, ' ')
      .trim();
  return bare(one) === bare(other);
}

/** The parts that one source gives a field: none where the incident has no answer. */
export function partsOf(source: FieldSource, field: FormField, context: AnswerContext): ReportPart[] {
  const { incident } = context;
  // An answer needs a label of its own only where another stands beside it, and where the field's says something else.
  const alone = field.sources.length === 1;
  const labelled = (label: string): string | null => (alone || sameWords(label, field.label) ? null : label);
  switch (source.from) {
    case 'fact':
      return incident.facts
        .filter((fact) => fact.id === source.fact && (fact.text.trim() !== '' || fact.codes.length > 0))
        .map((fact) => {
          const codes = codeNames(fact.codes, field, context);
          const origin = `fact:${fact.id}`;
          const label = labelled(FACT_LABEL[fact.id]);
          return disclose({ origin, label, text: fact.text, codes, marking: fact.marking }, context);
        });
    case 'time':
      return incident.times
        .filter((time) => time.id === source.time)
        .map((time) => {
          const text = formatTime(time.at, time.precision);
          const label = labelled(TIME_LABEL[time.id]);
          return disclose(
            { origin: `time:${time.id}`, label, text, codes: [], marking: time.marking },
            context,
          );
        });
    case 'title': {
      const label = labelled('Rubrik');
      // Every incident has a title: one that is not in view lies in the locked room.
      if (incident.title === null) return [withhold('title', label, context)];
      const { text, marking } = incident.title;
      return [disclose({ origin: 'title', label, text, codes: [], marking }, context)];
    }
    case 'log':
      return logParts(context);
    case 'returned-id': {
      const answerTo = (form: string, id: string) =>
        incident.answers.find((answer) => answer.form === form && answer.field === id);
      if (answerTo(context.form, field.id)) return [];
      const [form] = source.forms.filter((id) => answerTo(id, RETURNED_ID));
      const returned = form === undefined ? undefined : answerTo(form, RETURNED_ID);
      if (!returned) return [];
      const { text, marking } = returned;
      const origin = `answer:${form}/${RETURNED_ID}`;
      return [disclose({ origin, label: null, text, codes: [], marking }, context)];
    }
    case 'answer': {
      const answers = incident.answers.filter(
        ({ field: id, text, codes }) => id === field.id && (text.trim() !== '' || codes.length > 0),
      );
      const [first] = [context.form, ...(source.forms ?? [])].flatMap((form) =>
        answers.filter((answer) => answer.form === form),
      );
      if (!first) return [];
      const codes = codeNames(first.codes, field, context);
      const origin = `answer:${first.form}/${field.id}`;
      return [disclose({ origin, label: null, text: first.text, codes, marking: first.marking }, context)];
    }
    case 'organisation': {
      const text = organisationText(source.value, context.organisation).trim();
      if (text === '') return [];
      const label = labelled(ORGANISATION_LABEL[source.value]);
      const origin = `organisation:${source.value}`;
      return [{ withheld: false, origin, label, text, codes: [], marking: OPEN_MARKING }];
    }
    case 'incident': {
      if (source.value === 'regimes') return regimeParts(context);
      if (source.value === 'diary') return diaryParts(labelled('Diarienummer'), context);
      const [label, text] =
        source.value === 'reference' ? ['Referens', incident.id] : ['Läge', STATE_NAME[incident.state]];
      const origin = `incident:${source.value}`;
      return [{ withheld: false, origin, label: labelled(label), text, codes: [], marking: OPEN_MARKING }];
    }
    case 'blank':
      return [];
  }
}

/** Can a locked protected room hold the answer of this source? What the open room always holds, it cannot. */
function mayBeHidden(source: FieldSource): boolean {
  return (
    source.from === 'fact' ||
    source.from === 'time' ||
    source.from === 'log' ||
    source.from === 'answer' ||
    (source.from === 'incident' && source.value === 'regimes')
  );
}

/** What stands in a field without a visible answer while the protected room is locked; null where it is simply empty. */
export function hiddenPart(field: FormField, context: AnswerContext): ReportPart | null {
  if (!context.incident.protectedPartHidden) return null;
  const source = field.sources.find(mayBeHidden);
  if (source === undefined) return null;
  const detail =
    source.from === 'fact'
      ? `fact:${source.fact}`
      : source.from === 'time'
        ? `time:${source.time}`
        : source.from === 'answer'
          ? `answer:${context.form}/${field.id}`
          : null;
  return withhold(detail ?? 'incident:regimes', null, context);
}
