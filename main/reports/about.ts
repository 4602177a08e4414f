import { LEVEL_NAME } from '../../shared/domain/marking.ts';
import type { ReportDocument, ReportPart } from '../../shared/domain/report.ts';
import { documentDigest } from './digest.ts';
import { formatTime } from './time.ts';

/** A name and what it is called, one row of what is said about the document. */
interface AboutRow {
  readonly label: string;
  readonly text: string;
}

/** What kind of version this is, in a line that tells nothing of what was left out. */
function versionLine(document: ReportDocument): string {
  if (document.form.audience === 'open-line') return 'Underlag för öppen telefonlinje';
  if (document.openLevel === null) {
    // Only a draft made while the protected room is locked withholds anything from a full version.
    const parts = document.sections.flatMap((section) => section.fields.flatMap((field) => field.parts));
    return parts.some((part) => part.withheld) ? 'Ofullständigt utkast' : 'Fullständig version';
  }
  if (document.openLevel === 'oppen') return 'Öppen version';
  return `Begränsad version: till och med ${LEVEL_NAME[document.openLevel]}`;
}

/** The four facts that a reader looks for first; they stand under the title. */
export function headRows(document: ReportDocument): AboutRow[] {
  return [
    { label: 'Referens', text: document.reference },
    { label: 'Upprättad', text: formatTime(document.createdAt, 'exact') },
    { label: 'Upprättad av', text: document.author },
    { label: 'Version', text: versionLine(document) },
  ];
}

/**
 * What stands last in the document. That the receiver has not confirmed the order of the fields is said here, small:
 * it matters to her who compares two papers, not to her who reads what has happened. The rule's own note speaks to the
 * sender, so only a draft carries it. The checkpoint is outside the workstation with the paper, where nobody who changes the
 * audit can reach it. The digest ties the paper to the register and to the JSON of the same report.
 */
export function aboutRows(document: ReportDocument): AboutRow[] {
  const { form } = document;
  const rows: AboutRow[] = [{ label: 'Formulär', text: `${form.name}, utgåva ${form.version} (${form.id})` }];
  if (form.confidence === 'secondary' || form.confidence === 'unconfirmed') {
    rows.push({ label: 'Fältordning', text: 'Formulärets fältordning är inte bekräftad av mottagaren.' });
  }
  if (document.draft && form.note !== null) rows.push({ label: 'Att veta om formuläret', text: form.note });
  rows.push({ label: 'Tider', text: 'Alla klockslag är svensk tid.' });
  if (document.marking.level !== 'oppen') {
    rows.push({ label: 'Markeringar', text: 'En uppgift utan angiven nivå är öppen.' });
  }
  if (document.checkpoint !== null) {
    rows.push({ label: 'Kontrollpunkt i spårbarheten', text: document.checkpoint });
  }
  rows.push({ label: 'Innehållets SHA-256', text: documentDigest(document) });
  return rows;
}

/** Said instead of an answer. An optional field says so too: an empty space could be a fault of the printer. */
export const MISSING_TEXT = 'Uppgift saknas';
export const NO_ANSWER_TEXT = 'Ingen uppgift';

/** A form's help is for her who fills it in, in a draft or during a call. The receiver need not read it. */
export function showsHelp(document: ReportDocument): boolean {
  return document.draft || document.form.audience === 'open-line';
}

/** The codes of a part, without one that its text already begins with: "Ja. Utpressning misstänks." needs no "ja". */
export function shownCodes(part: Extract<ReportPart, { withheld: false }>): string[] {
  const words = part.text
    .trim()
    .toLocaleLowerCase('sv')
    .split(/[.,:;\n]/, 1)[0];
  return part.codes.filter((code) => code.toLocaleLowerCase('sv') !== words);
}
