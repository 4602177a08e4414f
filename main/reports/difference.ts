import { sameMarking, type Marking } from '../../shared/domain/marking.ts';
import type { ReportDocument, ReportField, ReportPart } from '../../shared/domain/report.ts';
import { shownCodes } from './about.ts';

/** An answer as a reader sees it. A withheld one has no marking. */
export interface ShownPart {
  readonly label: string | null;
  readonly text: string;
  readonly marking: Marking | null;
}

export interface FieldDifference {
  readonly id: string;
  readonly label: string;
  /** `added`: answered now and not before; `removed`: the other way round; `changed`: otherwise, or marked otherwise. */
  readonly change: 'changed' | 'added' | 'removed';
  readonly before: readonly ShownPart[];
  readonly after: readonly ShownPart[];
}

export interface ReportDifference {
  readonly sections: readonly { readonly title: string; readonly fields: readonly FieldDifference[] }[];
  /** How many fields nothing can be said of, since their answer may lie in the locked room. */
  readonly hiddenFields: number;
}

function shown(part: ReportPart): ShownPart {
  if (part.withheld) return { label: part.label, text: part.text, marking: null };
  const text = [part.text.trim(), ...shownCodes(part).map((code) => `• ${code}`)];
  return {
    label: part.label,
    text: text.filter((line) => line !== '').join('\n'),
    marking: part.marking,
  };
}

function isSame(one: ShownPart, other: ShownPart): boolean {
  if (one.label !== other.label || one.text !== other.text) return false;
  if (one.marking === null || other.marking === null) return one.marking === other.marking;
  return sameMarking(one.marking, other.marking);
}

function compareField(label: string, id: string, before: readonly ShownPart[], after: readonly ShownPart[]) {
  const isAlike =
    before.length === after.length &&
    before.every((part, index) => {
      const other = after[index];
      return other !== undefined && isSame(part, other);
    });
  if (isAlike) return null;
  const change = before.length === 0 ? 'added' : after.length === 0 ? 'removed' : 'changed';
  return { id, label, change, before, after } as const satisfies FieldDifference;
}

const partsOf = (field: ReportField | undefined): ShownPart[] => (field?.parts ?? []).map(shown);

/** A report's fields by section and name: a form may have the same field in two sections. */
function fieldsOf(document: ReportDocument): Map<string, ReportField> {
  return new Map(
    document.sections.flatMap((section) =>
      section.fields.map((field) => [`${section.id}/${field.id}`, field] as const),
    ),
  );
}

/**
 * What one report says that an earlier one of the same form did not, field by field in the order of the form, and last
 * the fields that the form had then and no longer has.
 * @param isHidden the protected room is locked: a field that is withheld now may be as it was, and is passed over
 */
export function compareReports(
  before: ReportDocument,
  now: ReportDocument,
  isHidden: boolean,
): ReportDifference {
  const earlier = fieldsOf(before);
  const present = fieldsOf(now);
  let hiddenFields = 0;
  const sections = now.sections.map(({ id, title, fields }) => ({
    title,
    fields: fields.flatMap((field) => {
      if (isHidden && field.parts.some((part) => part.withheld)) {
        hiddenFields += 1;
        return [];
      }
      return (
        compareField(field.label, field.id, partsOf(earlier.get(`${id}/${field.id}`)), partsOf(field)) ?? []
      );
    }),
  }));
  const gone = before.sections.map(({ id, title, fields }) => ({
    title,
    fields: fields.flatMap((field) =>
      present.has(`${id}/${field.id}`) ? [] : (compareField(field.label, field.id, partsOf(field), []) ?? []),
    ),
  }));
  return { sections: [...sections, ...gone].filter(({ fields }) => fields.length > 0), hiddenFields };
}
