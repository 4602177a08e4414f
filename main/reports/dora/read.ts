import { listOf } from '../../../shared/domain/form-answer.ts';
import type { ReportDocument, ReportPart } from '../../../shared/domain/report.ts';
import type { CodeList, Form } from '../../../shared/domain/rules.ts';
import { instantOf, parseShownTime } from '../time.ts';
import type { DoraField } from './fields.ts';
import { shapeAt, type Shape } from './structure.ts';

export type Value = string | number | boolean | readonly string[];

const LOCAL_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;
const MAIL_ADDRESS = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/;
/** A Swedish number as it is written within the country. */
const NATIONAL_NUMBER = /^0(?=[1-9])/;
const YES_NO: Readonly<Record<string, string>> = { ja: 'yes', nej: 'no', okänt: 'information_not_available' };

/** Reads the answers of a report as values of EBA's structure, and keeps what does not fit, in Swedish, once per field. */
export class AnswerReader {
  readonly #parts: ReadonlyMap<string, { readonly label: string; readonly parts: readonly ReportPart[] }>;
  /** From the name a code is shown by to the code, for each field that has a list. */
  readonly #codes: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly #faults = new Map<string, string>();

  constructor(document: ReportDocument, form: Form, codeLists: ReadonlyMap<string, CodeList>) {
    this.#parts = new Map(
      document.sections.flatMap(({ fields }) => fields).map((field) => [field.id, field] as const),
    );
    this.#codes = new Map(
      form.sections
        .flatMap(({ fields }) => fields)
        .map((field) => {
          const codes = codeLists.get(listOf(field) ?? '')?.codes ?? [];
          return [field.id, new Map(codes.map(({ code, name }) => [name, code]))] as const;
        }),
    );
  }

  get faults(): string[] {
    return [...this.#faults.values()];
  }

  /** @param what what is wrong and what to do; never what the answer says. The first of a field is kept. */
  fault({ id, number }: Pick<DoraField, 'id' | 'number'>, what: string): void {
    const label = this.#parts.get(id)?.label ?? 'som formuläret inte har';
    if (!this.#faults.has(id)) this.#faults.set(id, `Fält ${number}, ${label}: ${what}.`);
  }

  /** Something that the form itself asks for, and that has no place in the structure. */
  faultOutside(id: string, label: string): void {
    if (!this.#faults.has(id)) this.#faults.set(id, `${label.replace(/:$/, '')}: saknas.`);
  }

  missing(field: DoraField): void {
    this.fault(
      field,
      this.#isWithheld(field) ? 'är utelämnat ur den här versionen, och strukturen kräver det' : 'saknas',
    );
  }

  /** The text of a field that stands outside the structure, or is put together by hand; undefined without an answer. */
  text(id: string): string | undefined {
    const parts = this.#parts.get(id)?.parts ?? [];
    const text = parts.map((part) => part.text.trim()).filter((line) => line !== '');
    return text.length > 0 ? text.join('\n\n') : undefined;
  }

  /** The codes that are told in a field that has no place of its own in the structure. */
  told(id: string): readonly string[] {
    const names = (this.#parts.get(id)?.parts ?? []).flatMap((part) => (part.withheld ? [] : part.codes));
    return names.map((name) => this.#codes.get(id)?.get(name) ?? name);
  }

  /** The value of a field; undefined where it has no answer, or one that does not fit and is kept as a fault. */
  value(field: DoraField): Value | undefined {
    const shape = shapeAt(field.place);
    const { parts } = this.#parts.get(field.id) ?? { parts: [] };
    if (parts.length === 0) return undefined;
    if (this.#isChosen(shape)) return this.#chosen(field, shape, parts);
    const isFreeText = shape.type === 'string' && !shape.pattern && !shape.format;
    if (isFreeText) return this.#freeText(field, shape);
    const [first] = parts.filter((part) => !part.withheld);
    const text = first?.text.trim() ?? '';
    return text === '' ? undefined : this.#written(field, shape, text);
  }

  /** The codes of a field whose place in the structure takes one of them at a time. */
  choices(field: DoraField): readonly string[] {
    const { parts } = this.#parts.get(field.id) ?? { parts: [] };
    if (parts.length === 0) return [];
    const chosen = this.#chosen(field, { type: 'array', items: shapeAt(field.place) }, parts);
    return Array.isArray(chosen) ? (chosen as readonly string[]) : [];
  }

  #isWithheld({ id }: DoraField): boolean {
    return this.#parts.get(id)?.parts.some((part) => part.withheld) ?? false;
  }

  #isChosen(shape: Shape): boolean {
    return shape.type === 'boolean' || shape.type === 'array' || shape.enum !== undefined;
  }

  #chosen(field: DoraField, shape: Shape, parts: readonly ReportPart[]): Value | undefined {
    const told = parts.flatMap((part) => (part.withheld ? [] : [part]));
    if (told.length === 0) return undefined;
    const codes = told
      .flatMap((part) => part.codes)
      .map((name) => this.#codes.get(field.id)?.get(name) ?? name);
    const [first] = codes;
    if (first === undefined) {
      this.fault(field, 'välj ur listan');
      return undefined;
    }
    const yesNo = YES_NO[first];
    if (shape.type === 'boolean' && yesNo !== undefined)
      return yesNo === 'information_not_available' ? undefined : yesNo === 'yes';
    const chosen = codes.map((code) => YES_NO[code] ?? code);
    const allowed = shape.enum ?? shape.items?.enum ?? [];
    if (chosen.some((code) => !allowed.includes(code))) {
      this.fault(field, 'ett val som EBA:s struktur inte har');
      return undefined;
    }
    return shape.type === 'array' ? [...new Set(chosen)] : chosen[0];
  }

  #freeText(field: DoraField, { maxLength }: Shape): string | undefined {
    const text = this.text(field.id);
    if (text !== undefined && maxLength !== undefined && [...text].length > maxLength) {
      this.fault(field, `är längre än ${maxLength} tecken`);
      return undefined;
    }
    return text;
  }

  #written(field: DoraField, shape: Shape, text: string): Value | undefined {
    if (shape.type === 'number' || shape.type === 'integer') return this.#number(field, shape, text);
    if (shape.format === 'date-time') return this.#time(field, text);
    if (shape.format === 'email') {
      if (MAIL_ADDRESS.test(text)) return text;
      this.fault(field, 'är ingen e-postadress');
      return undefined;
    }
    const isPhone = field.place.at(-1) === 'phone';
    const written = isPhone ? text.replace(NATIONAL_NUMBER, '+46 ') : text;
    if (shape.pattern === undefined || new RegExp(shape.pattern, 'u').test(written)) {
      if (field.place.at(-1) !== 'LEI' || isLei(written)) return written;
      this.fault(field, 'har fel kontrollsiffror; jämför med koden där den är utgiven');
      return undefined;
    }
    this.fault(field, `är inte skrivet som ${FORMS_OF[field.place.at(-1) ?? ''] ?? 'strukturen begär'}`);
    return undefined;
  }

  #number(field: DoraField, { type, minimum, maximum }: Shape, text: string): number | undefined {
    const number = Number(text.replace(/[\s\u00a0]/g, '').replace(',', '.'));
    if (!Number.isFinite(number)) this.fault(field, 'är inget tal');
    else if (number < 0) this.fault(field, 'kan inte vara mindre än noll');
    else if (type === 'integer' && !Number.isSafeInteger(number)) this.fault(field, 'ska vara ett heltal');
    else if (number < (minimum ?? -Infinity) || number > (maximum ?? Infinity))
      this.fault(field, `ska vara mellan ${minimum} och ${maximum}`);
    else return number;
    return undefined;
  }

  #time(field: DoraField, text: string): string | undefined {
    const instant = LOCAL_TIME.test(text)
      ? instantOf(text.replace(' ', 'T'), 'reject')
      : parseShownTime(text);
    if (instant !== null) return instant;
    // A clock time that nobody has given is not made up: midnight would be read as what happened.
    this.fault(field, 'behöver datum och klockslag; ange tiden noggrannare');
    return undefined;
  }
}

/** The two check digits of a LEI (ISO 17442, by ISO/IEC 7064 MOD 97-10): a letter counts as 10 to 35. */
export function isLei(code: string): boolean {
  const digits = [...code].map((sign) => String(Number.parseInt(sign, 36))).join('');
  return BigInt(digits) % 97n === 1n;
}

const DURATION = 'dagar:timmar:minuter, till exempel 0:12:00';
const LEI = 'en LEI-kod, 18 bokstäver och siffror och sist två siffror';
const FORMS_OF: Readonly<Record<string, string>> = {
  LEI,
  phone: 'ett telefonnummer, till exempel +46 10 123 45 67',
  incidentDuration: DURATION,
  serviceDowntime: DURATION,
};
