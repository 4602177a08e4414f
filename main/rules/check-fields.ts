import type { FieldKind, FieldSource, Form, FormField } from '../../shared/domain/rules.ts';

interface Fault {
  readonly place: string;
  readonly fault: string;
}

const CHOICE: readonly FieldSource['from'][] = ['fact', 'answer', 'blank'];
/**
 * What can give a field of that kind its answer. A fact is free text, with codes beside it: never a number or a time by
 * itself. A kind that is not here takes whatever is written.
 */
const GIVES: Readonly<Partial<Record<FieldKind, readonly FieldSource['from'][]>>> = {
  'yes-no': CHOICE,
  code: CHOICE,
  codes: CHOICE,
  number: ['answer', 'blank'],
  'date-time': ['time', 'answer', 'blank'],
};
const CAN_BE_ONE_OF_MANY: readonly (FieldKind | undefined)[] = ['code', 'codes'];

/**
 * Fields that nothing in an incident can ever answer as they ask: a report with one would be unfinished for ever, or say
 * nothing where the law asks for a number.
 * @param formsOf the versions of a form; none where it is not there, which is a fault of its own
 */
export function findFieldFaults(form: Form, formsOf: (id: string) => readonly Form[]): Fault[] {
  return form.sections
    .flatMap((section) => section.fields)
    .flatMap((field) => {
      const faults = [
        ...(isNeverFilled(form, field)
          ? ['krävs, och inget kan besvara det. Låt det få ett eget svar ("from": "answer").']
          : []),
        ...field.sources.flatMap((source) => [
          ...kindFaults(field, source),
          ...(source.from === 'answer' ? answerFaults(field, source.forms ?? [], formsOf) : []),
        ]),
      ];
      return faults.map((fault) => ({ place: `fältet ${field.id}`, fault }));
    });
}

function isNeverFilled({ id }: Form, { required, sources }: FormField): boolean {
  const isEmpty = (source: FieldSource): boolean =>
    source.from === 'blank' ||
    // The receiver gives it first when the report has been handed in, and the report cannot be made before that.
    (source.from === 'returned-id' && source.forms.every((form) => form === id));
  return required && sources.every(isEmpty);
}

function kindFaults({ kind }: FormField, { from }: FieldSource): string[] {
  const given = kind === undefined ? undefined : GIVES[kind];
  return given && !given.includes(from)
    ? [`är av slaget ${kind ?? ''}, och "${from}" ger aldrig ett sådant svar. Använd ${given.join(', ')}.`]
    : [];
}

/** What an earlier report has answered is found by the same field there, and by an answer of its own. */
function answerFaults(
  field: FormField,
  forms: readonly string[],
  formsOf: (id: string) => readonly Form[],
): string[] {
  return forms.flatMap((id) => {
    const versions = formsOf(id);
    const theirs = versions
      .flatMap(({ sections }) => sections.flatMap((section) => section.fields))
      .filter((other) => other.id === field.id);
    if (versions.length === 0) return [];
    if (!theirs.some(({ sources }) => sources.some(({ from }) => from === 'answer')))
      return [`formuläret "${id}" har inget fält "${field.id}" med ett eget svar.`];
    return theirs.some((other) => isSameKind(field.kind, other.kind))
      ? []
      : [
          `är av slaget ${field.kind ?? 'text'}, och i formuläret "${id}" är det av slaget ${theirs[0]?.kind ?? 'text'}.`,
        ];
  });
}

/** Text goes into text of any kind, and a choice of one into one of many. */
function isSameKind(one: FieldKind | undefined, other: FieldKind | undefined): boolean {
  if (one === undefined || GIVES[one] === undefined) return true;
  return one === other || (CAN_BE_ONE_OF_MANY.includes(one) && CAN_BE_ONE_OF_MANY.includes(other));
}
