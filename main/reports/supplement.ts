import { describeMarking, isAtMost, joinMarkings, OPEN_MARKING } from '../../shared/domain/marking.ts';
import {
  answeredField,
  textPart,
  type ReportDocument,
  type ReportField,
  type ReportPart,
  type ReportSection,
} from '../../shared/domain/report.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { standardText } from '../../shared/domain/standard-text.ts';
import { WITHHELD_SENTENCE } from '../../shared/domain/incident.ts';
import { SUBJECTS_SECTION, SUPPLEMENT_SECTION } from './added-sections.ts';
import { compareReports } from './difference.ts';
import { formatTime } from './time.ts';

/** The report that a supplement refers to. */
export interface Supplemented {
  readonly document: ReportDocument;
  /** What the receiver calls it: an id from a portal; null where it has only our own. */
  readonly reference: string | null;
  /** ISO 8601: when it was sent. */
  readonly at: string;
}

const CHANGED = 'andrat-';

/** The id of the field that a field of a supplement tells the change of; null where it is no such field. */
export function changedFieldOf(id: string): string | null {
  return id.startsWith(CHANGED) ? id.slice(CHANGED.length) : null;
}

const NOTHING = 'ingenting (inget har ändrats)';
/** Domain §12.7 names these three first; what else has changed stands after them. */
const NAMED = ['kategorier', 'omfattning', 'konsekvenser'] as const;

function fieldOf(document: ReportDocument, id: string): ReportField | undefined {
  return document.sections.flatMap(({ fields }) => fields).find((field) => field.id === id);
}

/** What was said before is marked at least as what is said now in the same place: it may have been raised since. */
function earlierPart(part: ReportPart, now: ReportDocument): ReportPart {
  if (part.withheld) return { ...part, label: 'Tidigare' };
  const same = now.sections
    .flatMap(({ fields }) => fields.flatMap(({ parts }) => parts))
    .filter(({ origin }) => origin === part.origin);
  const isWithheldNow = same.some(({ withheld }) => withheld);
  const marking = joinMarkings([part.marking, ...same.flatMap((one) => (one.withheld ? [] : [one.marking]))]);
  const isAbove = now.openLevel !== null && !isAtMost(marking.level, now.openLevel);
  if (isWithheldNow || isAbove)
    return { withheld: true, origin: part.origin, label: 'Tidigare', text: WITHHELD_SENTENCE };
  return { ...part, label: 'Tidigare', marking };
}

/** Where not a word is changed and the marking alone is: said once, with what it was marked then. Null where words are. */
function onlyRemarked(before: readonly ReportPart[], after: readonly ReportPart[]): ReportPart[] | null {
  if (before.length === 0 || before.length !== after.length) return null;
  const remarked = after.flatMap((part, index): ReportPart[] => {
    const then = before[index];
    if (!then || part.withheld || then.withheld || then.text !== part.text) return [];
    if (then.codes.join() !== part.codes.join()) return [];
    return [
      {
        ...part,
        label: `Samma text som tidigare, nu med annan märkning. Då: ${describeMarking(then.marking)}`,
      },
    ];
  });
  return remarked.length === after.length ? remarked : null;
}

/**
 * Makes a report a supplement to an earlier one of the same form: a first section that names that one, and what has
 * changed since, before and now. The rest of the report stands whole after it.
 * @param isHidden the protected room is locked: fields whose answer may lie there are passed over
 * @param texts of the rules that the incident is judged by
 */
export function asSupplement(
  now: ReportDocument,
  earlier: Supplemented,
  isHidden: boolean,
  texts: RulePack['texts'],
): ReportDocument {
  const { sections } = compareReports(earlier.document, now, isHidden);
  const changed = sections.flatMap(({ fields }) => fields);
  const order = (id: string): number => {
    const place = NAMED.findIndex((name) => id.startsWith(name));
    return place === -1 ? NAMED.length : place;
  };
  const fields = [...changed]
    .sort((one, other) => order(one.id) - order(other.id))
    .map(({ id, label }) => {
      const [before, after] = [fieldOf(earlier.document, id)?.parts ?? [], fieldOf(now, id)?.parts ?? []];
      return answeredField(
        { id: CHANGED + id, label },
        onlyRemarked(before, after) ?? [
          ...before.map((part) => earlierPart(part, now)),
          ...after.map((part): ReportPart => ({ ...part, label: 'Nu' })),
        ],
      );
    });
  const told = standardText(texts, 'komplettering', {
    rapport: earlier.reference ?? earlier.document.reference,
    datum: formatTime(earlier.at, 'exact'),
    andrat: fields.length === 0 ? NOTHING : fields.map(({ label }) => label).join(', '),
  });
  const refers = answeredField({ id: 'komplettering-av', label: 'Komplettering/korrigering' }, [
    textPart('incident:supplement', told, OPEN_MARKING),
  ]);
  const section: ReportSection = {
    id: SUPPLEMENT_SECTION,
    title: 'Komplettering eller korrigering',
    fields: [refers, ...fields],
  };
  const markings = fields
    .flatMap(({ parts }) => parts)
    .flatMap((part) => (part.withheld ? [] : [part.marking]));
  return {
    ...now,
    marking: joinMarkings([now.marking, ...markings]),
    sections: [section, ...now.sections.filter(({ id }) => id !== SUBJECTS_SECTION)],
  };
}
