import { RETURNED_ID } from '../../shared/domain/form-answer.ts';
import {
  findPersonalData,
  maskPersonalData,
  PERSONAL_DATA_KINDS,
  type PersonalDataHit,
  type PersonalDataKind,
} from '../../shared/domain/personal-data.ts';
import type { Organisation, ReportDocument, ReportField, ReportPart } from '../../shared/domain/report.ts';
import type { Form, FormField } from '../../shared/domain/rules.ts';
import { changedFieldOf } from './supplement.ts';

/** A field of a report and which kinds of personal data stand in it; never what they are. */
export interface FieldWithPersonalData {
  readonly label: string;
  readonly kinds: readonly PersonalDataKind[];
}

/** What decides which of the hits are meant: the form, and the organisation that sends it. */
interface Asked {
  readonly form: Form;
  readonly organisation: Organisation;
}

/** The organisation's own settings, Sigill's own words, and what a receiver has called the report: none is of a person. */
function isSearched({ origin }: ReportPart): boolean {
  return !/^(organisation|incident|time):/.test(origin) && !origin.endsWith(`/${RETURNED_ID}`);
}

/** A field that asks how somebody is reached, so that an address or a number there is the answer. */
function asksForContact({ kind, sources }: FormField): boolean {
  return (
    kind === 'contact' ||
    sources.some((source) => source.from === 'organisation' && ['contact', 'phone'].includes(source.value))
  );
}

/** A sum, a moment or a choice: ten digits there are an amount, and masked they would be none. */
function takesNoWords({ kind }: FormField): boolean {
  return kind !== undefined && ['number', 'date-time', 'yes-no', 'code', 'codes'].includes(kind);
}

type IsMeant = (hit: PersonalDataHit, words: string) => boolean;

/** As it is dialled or written to, whatever signs stand between: +46 is the 0 of a number at home. */
function plain(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}@.+]/gu, '')
    .replace(/^(\+|00)460?/, '0');
}

function isMeantIn({ form, organisation }: Asked): (field: ReportField) => IsMeant {
  const contacts = new Set(
    form.sections.flatMap(({ fields }) => fields.filter(asksForContact).map(({ id }) => id)),
  );
  const { contact, phone, email, hours, address } = organisation;
  const own = new Set(
    [contact, phone, email, hours, ...address].flatMap((text) =>
      findPersonalData(text ?? '').map(({ start, end }) => plain((text ?? '').slice(start, end))),
    ),
  );
  const unsearched = new Set(
    form.sections.flatMap(({ fields }) => fields.filter(takesNoWords).map(({ id }) => id)),
  );
  return (field) => {
    if (unsearched.has(changedFieldOf(field.id) ?? field.id)) return () => false;
    const isContact = contacts.has(changedFieldOf(field.id) ?? field.id);
    return ({ kind }, words) => {
      const isIdentity = kind === 'personnummer' || kind === 'samordningsnummer';
      return isIdentity || (!isContact && !own.has(plain(words)));
    };
  };
}

function textsOf(part: ReportPart): readonly string[] {
  return part.withheld || !isSearched(part) ? [] : [part.text, ...part.codes];
}

/**
 * Which fields of a report hold personal data of which kinds, in the order of the document. The organisation's own
 * addresses and numbers are not meant, nor those that stand where the form asks how somebody is reached; a number of
 * identity is meant wherever it stands.
 */
export function personalDataIn(document: ReportDocument, asked: Asked): FieldWithPersonalData[] {
  const meantIn = isMeantIn(asked);
  const found = new Map<string, Set<PersonalDataKind>>();
  for (const field of document.sections.flatMap(({ fields }) => fields)) {
    const isMeant = meantIn(field);
    const hits = field.parts
      .flatMap(textsOf)
      .flatMap((text) =>
        findPersonalData(text).filter((hit) => isMeant(hit, text.slice(hit.start, hit.end))),
      );
    if (hits.length === 0) continue;
    // A supplement tells the same field twice, and so do some forms.
    const kinds = found.get(field.label) ?? new Set();
    for (const { kind } of hits) kinds.add(kind);
    found.set(field.label, kinds);
  }
  return [...found].map(([label, kinds]) => ({
    label,
    kinds: PERSONAL_DATA_KINDS.filter((kind) => kinds.has(kind)),
  }));
}

/**
 * The same document with a fixed word in the place of every hit of {@link personalDataIn}. Markings stay as they are:
 * what is left of an answer is not less secret for it. The facts are not touched.
 */
export function withoutPersonalData(document: ReportDocument, asked: Asked): ReportDocument {
  const meantIn = isMeantIn(asked);
  const masked = (part: ReportPart, isMeant: IsMeant): ReportPart =>
    part.withheld || !isSearched(part)
      ? part
      : {
          ...part,
          text: maskPersonalData(part.text, isMeant),
          codes: part.codes.map((code) => maskPersonalData(code, isMeant)),
        };
  return {
    ...document,
    sections: document.sections.map((section) => ({
      ...section,
      fields: section.fields.map((field) => {
        const isMeant = meantIn(field);
        return { ...field, parts: field.parts.map((part) => masked(part, isMeant)) };
      }),
    })),
  };
}
