import { overLength } from '../../../shared/domain/form-answer.ts';
import type { ReportDocument, ReportField, ReportPart } from '../../../shared/domain/report.ts';
import { standardText } from '../../../shared/domain/standard-text.ts';
import type { Confidence, Form, RulePack } from '../../../shared/domain/rules.ts';

const WITHHELD_WORDS = 'en uppgift är utelämnad här och lämnas en annan väg';

/** What a person copies into one field of a portal. */
export interface CopyRow {
  readonly section: string;
  readonly field: string;
  readonly label: string;
  readonly help: string | null;
  readonly required: boolean;
  /** Exactly what is copied; empty where nothing is to be written. */
  readonly text: string;
  /** How many characters too many for the portal's field. */
  readonly over: number;
  /** Something is not let through here: it is to go another way, and what is to be copied says nothing of it. */
  readonly isWithheld: boolean;
  readonly confidence: Confidence | null;
  readonly note: string | null;
}

function textOf(part: ReportPart): string {
  if (part.withheld) return '';
  const lines = [part.codes.join('; '), part.text.trim()].filter((line) => line !== '');
  const text = lines.join('\n');
  return part.label === null ? text : `${part.label}: ${text}`;
}

function rowOf(section: string, field: ReportField, form: Form | undefined): CopyRow {
  const rule = form?.sections.flatMap(({ fields }) => fields).find(({ id }) => id === field.id);
  const text = field.parts
    .map(textOf)
    .filter((line) => line !== '')
    .join('\n');
  return {
    section,
    field: field.id,
    label: field.label,
    help: field.help,
    required: field.required,
    text,
    over: overLength({ maxLength: rule?.maxLength }, text),
    isWithheld: field.parts.some((part) => part.withheld),
    confidence: rule?.confidence ?? null,
    note: rule?.note ?? null,
  };
}

/**
 * The fields of a report in the portal's own order. A withheld part gives nothing at all: the sentence that stands for it
 * in a report would itself be an answer in a portal.
 * @param form the rules of the form; undefined where the pack no longer has it
 */
export function copyRowsOf(document: ReportDocument, form: Form | undefined): CopyRow[] {
  return document.sections.flatMap(({ title, fields }) => fields.map((field) => rowOf(title, field, form)));
}

/**
 * The cover of a report that is handed in while the portal is down, in the words of the incident's rules.
 * @param limit when the time runs out, in words; empty where nobody has said
 */
export function reserveCover(
  texts: RulePack['texts'],
  { reason, limit }: { readonly reason: string; readonly limit: string },
): string {
  const words = { orsak: reason.trim().replace(/\.$/, ''), frist: limit.trim() };
  return standardText(texts, 'reservforfarande', words).replaceAll(/ {2,}/g, ' ');
}

/** The sheet as text: numbered fields with what is to be written under each, to be carried to the other computer. */
export function renderCopySheet(
  document: ReportDocument,
  rows: readonly CopyRow[],
  cover: string | null,
): string {
  const head = [
    'KOPIERINGSBLAD',
    document.form.name,
    `Referens ${document.reference}`,
    ...(document.exercise ? ['ÖVNING ÖVNING ÖVNING'] : []),
    ...(cover === null ? [] : ['', cover]),
  ];
  const body = rows.flatMap(({ label, text, required, isWithheld }, index) => [
    '',
    // Some portals number their fields, and then that is the number to look for.
    `${/^\d+[a-z]?\. /.test(label) ? '' : `${index + 1}. `}${label}${required ? ' *' : ''}`,
    ...(text === '' ? [] : [text]),
    ...(isWithheld ? [`(${WITHHELD_WORDS})`] : text === '' ? ['(inget att skriva)'] : []),
  ]);
  const end = [
    '',
    '* obligatoriskt',
    '',
    'Åter från portalen',
    'Incident-ID: ____________________',
    'Kvittens: ____________________',
    '',
  ];
  return [...head, ...body, ...end].join('\n');
}
