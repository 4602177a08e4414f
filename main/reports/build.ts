import { SigillError } from '../../shared/domain/error.ts';
import { LATE_REASON } from '../../shared/domain/form-answer.ts';
import { WITHHELD_SENTENCE, type Incident } from '../../shared/domain/incident.ts';
import { joinMarkings, type Level } from '../../shared/domain/marking.ts';
import type {
  Organisation,
  ReportDocument,
  ReportField,
  ReportPart,
  ReportVersion,
} from '../../shared/domain/report.ts';
import type { CodeList, Form, FormField } from '../../shared/domain/rules.ts';
import { hiddenPart, partsOf, type AnswerContext, type DiaryNumber } from './sources.ts';

export interface ReportRequest {
  readonly form: Form;
  readonly incident: Incident;
  readonly organisation: Organisation;
  readonly version: ReportVersion;
  /** The highest level an open version tells; `oppen` unless given. A full version does not look at it. */
  readonly openLevel?: Level;
  readonly author: string;
  /** ISO 8601 UTC instant. */
  readonly createdAt: string;
  readonly draft: boolean;
  /** From the rule pack: a field's codes are shown by the names of its list. */
  readonly codeLists: ReadonlyMap<string, CodeList>;
  /** Ids of the regimes that are themselves telling (`Regime.sensitive`): never named in a version with a limit. */
  readonly sensitiveRegimes: ReadonlySet<string>;
  /** Where the report comes late and the law asks why; null or left out where it does not, or none asks. */
  readonly lateBy?: LateReport | null;
  /** The organisation's own number of the incident; null or left out where it has none. */
  readonly diaryNumber?: DiaryNumber | null;
}

interface LateReport {
  /** The provision that asks for the reason. */
  readonly provision: string;
  /** What stands before the reason, by the rules of the incident. */
  readonly words: string;
}

/** Where a report comes late and the law asks why: what is said first of all, whatever the form itself asks for. */
function lateSection(
  { provision, words }: LateReport,
  form: Form,
  { answers }: Incident,
): Form['sections'][number] {
  const isOwn = answers.some((answer) => answer.form === form.id && answer.field === LATE_REASON);
  return {
    id: 'sen-rapport',
    title: 'Sen rapport',
    help: `Skälen begärs i ${provision}.`,
    fields: [
      {
        id: LATE_REASON,
        label: words,
        required: true,
        sources: isOwn ? [{ from: 'answer' }] : [{ from: 'fact', fact: LATE_REASON }],
      },
    ],
  };
}

/**
 * The sections of a report that comes late. A form that has the reason among its own fields asks for it there, in the order of its
 * portal; before any other it stands first.
 */
function withLateReason(late: LateReport, form: Form, incident: Incident): Form['sections'] {
  const hasOwn = form.sections.some(({ fields }) => fields.some(({ id }) => id === LATE_REASON));
  if (!hasOwn) return [lateSection(late, form, incident), ...form.sections];
  return form.sections.map((section) => ({
    ...section,
    fields: section.fields.map((field) => (field.id === LATE_REASON ? { ...field, required: true } : field)),
  }));
}

/** On the telephone it is said once for each question, last, and not of what it is that nothing can be said. */
function sayOnce(parts: readonly ReportPart[]): ReportPart[] {
  const withheld = parts.find((part) => part.withheld);
  const told = parts.filter((part) => !part.withheld);
  return withheld === undefined ? told : [...told, { ...withheld, label: null }];
}

function buildField(field: FormField, context: AnswerContext, openLine: boolean): ReportField {
  let parts = field.sources.flatMap((source) => partsOf(source, field, context));
  if (parts.length === 0) {
    const hidden = hiddenPart(field, context);
    if (hidden !== null) parts = [hidden];
  }
  if (openLine) parts = sayOnce(parts);
  // Nothing is asked for by hand where something is already answered, or where the answer was left out on purpose.
  const blank = parts.length === 0 && field.sources.some((source) => source.from === 'blank');
  return {
    id: field.id,
    label: field.label,
    help: field.help ?? null,
    required: field.required,
    blank,
    missing: field.required && parts.length === 0 && !blank,
    parts,
  };
}

/**
 * Fills in a form with what is known of an incident.
 *
 * A full version holds everything. An open version holds what lies at or below `openLevel`; in place of the rest
 * stands one fixed sentence, without class, length or number. A form for an open line is always an open version
 * down to `oppen`, whatever is asked for: what is read out in a telephone cannot be called back.
 *
 * The marking of the document is the join of what it holds (3 kap. 7 § säkerhetsskyddsförordningen (2021:955):
 * the highest class decides the marking of the document).
 *
 * While the protected room is locked its answers are not in view, and nobody can know whether an empty field is
 * empty. Then every such field is shown as withheld and none counts as missing; and a full version can only be a
 * draft, for it would pass for whole, and for less secret than it is, without being either.
 *
 * @throws SigillError `unlock` where a final full version is asked for while the protected room is locked
 */
export function buildReport(request: ReportRequest): ReportDocument {
  const { form, incident, organisation, draft } = request;
  const openLine = form.audience === 'open-line';
  const version: ReportVersion = openLine ? 'open' : request.version;
  const openLevel: Level | null =
    version === 'full' ? null : openLine ? 'oppen' : (request.openLevel ?? 'oppen');
  if (version === 'full' && incident.protectedPartHidden && !draft) {
    throw new SigillError(
      'unlock',
      'Incidenten har en del i det skyddade rummet, som är låst. Lås upp det för en fullständig version, ' +
        'eller gör ett utkast eller en öppen version.',
    );
  }
  const context: AnswerContext = {
    form: form.id,
    incident,
    organisation,
    limit: openLevel,
    withheldText: openLine ? (form.withheldText ?? WITHHELD_SENTENCE) : WITHHELD_SENTENCE,
    sensitiveRegimes: request.sensitiveRegimes,
    codeLists: request.codeLists,
    diaryNumber: request.diaryNumber ?? null,
  };
  const asked = request.lateBy ? withLateReason(request.lateBy, form, incident) : form.sections;
  const sections = asked.map((section) => ({
    id: section.id,
    title: section.title,
    ...(section.help === undefined ? {} : { help: section.help }),
    fields: section.fields.map((field) => buildField(field, context, openLine)),
  }));
  const fields = sections.flatMap((section) => section.fields);
  return {
    format: 'sigill-report/1',
    form: {
      id: form.id,
      name: form.name,
      version: form.version,
      audience: form.audience,
      confidence: form.confidence,
      note: form.note ?? null,
    },
    version,
    openLevel,
    reference: incident.id,
    organisation: organisation.name,
    createdAt: request.createdAt,
    author: request.author,
    exercise: incident.exercise,
    draft,
    marking: joinMarkings(
      fields.flatMap((field) => field.parts.filter(isIncluded)).map((part) => part.marking),
    ),
    introduction: form.introduction ?? null,
    sections,
    checkpoint: null,
    missing: fields.filter((field) => field.missing).map(({ id, label }) => ({ field: id, label })),
  };
}

function isIncluded(part: ReportPart): part is Extract<ReportPart, { withheld: false }> {
  return !part.withheld;
}
