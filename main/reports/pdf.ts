import type { Content, ContentStack, CustomTableLayout, TableCell } from 'pdfmake/interfaces.js';
import { LEVEL_NAME, type Marking } from '../../shared/domain/marking.ts';
import type { ReportDocument, ReportField, ReportPart, ReportSection } from '../../shared/domain/report.ts';
import { swedishDate } from '../../shared/domain/swedish-time.ts';
import type { BodyText, EndsKept, RoomNeeded } from '../documents/ends.ts';
import { documentHead } from '../documents/head.ts';
import type { DocumentLook } from '../documents/look.ts';
import { writingLine } from '../documents/parts.ts';
import { renderPdf } from '../documents/pdf.ts';
import { markedSection } from '../documents/sections.ts';
import { GREY, INK, RULE, RULED, STAMP_RED, TEXT_WIDTH } from '../documents/styles.ts';
import type { CopyNumber } from '../documents/types.ts';
import { aboutRows, headRows, MISSING_TEXT, NO_ANSWER_TEXT, shownCodes, showsHelp } from './about.ts';
import { hasLongText, isShortField, isShortPart } from './size.ts';

/** What the register knows of a paper and the report itself does not. */
export interface ReportStamp {
  /** Which copy this is; left out where copies are not counted. */
  readonly copy?: CopyNumber;
  /** Beteckning from the register (diary number and secret serial number); else the incident's neutral reference. */
  readonly designation?: string;
  /** The copy's random code in the register, for a scanner. */
  readonly code?: string;
  /** Kvalificerat hemlig: who decides on disclosure (5 kap. 5 § second paragraph OSL, 1 § OSF). */
  readonly decidedBy?: string;
}

const LABEL_WIDTH = 138;
/** The table's padding between label and answer. */
const BETWEEN = 12;
/** What is left beside the label and the table's padding. Never '*': pdfmake would widen that column past the paper's
 * edge for a word that is longer than it, as a hash is, and print half of the word. */
const ANSWER_WIDTH = TEXT_WIDTH - LABEL_WIDTH - 18;

/** "begränsat hemlig · 15 kap. 2 § OSL" */
function markingTag(marking: Marking): string {
  return [LEVEL_NAME[marking.level], marking.basis.join(', ')].filter((part) => part !== '').join(' · ');
}

/** How a part is kept together where the row that it stands in may be broken. */
function keptTogether(part: ReportPart): Pick<ContentStack, 'unbreakable'> | EndsKept {
  return hasLongText(part) ? { keepsEnds: true } : { unbreakable: isShortPart(part) };
}

function partContent(part: ReportPart, isLast: boolean, left = 0): ContentStack {
  const lines: Content[] = [];
  if (part.label !== null) lines.push({ text: part.label, fontSize: 9, color: GREY });
  if (part.withheld) {
    lines.push({ text: part.text, italics: true });
  } else {
    const text = part.text.trim();
    const body: BodyText = { text, preserveLeadingSpaces: true, isBody: true };
    if (text !== '') lines.push(body);
    const codes = shownCodes(part);
    if (codes.length > 0) lines.push({ ul: codes.map((code) => ({ text: code })) });
    if (part.marking.level !== 'oppen') {
      lines.push({ text: markingTag(part.marking), fontSize: 8, color: STAMP_RED });
    }
  }
  return { stack: lines, margin: [left, 0, 0, isLast ? 1 : 5] };
}

function answerContent(field: ReportField): Content {
  if (field.missing) {
    return { text: MISSING_TEXT, bold: true, background: '#e6e6e6' };
  }
  if (field.blank) return { stack: [writingLine(ANSWER_WIDTH, 20)], margin: [0, 0, 0, 8] };
  if (field.parts.length === 0) return { text: NO_ANSWER_TEXT, color: GREY };
  const [only] = field.parts;
  if (only && field.parts.length === 1) return partContent(only, true);
  return { stack: field.parts.map((part, index) => partContent(part, index === field.parts.length - 1)) };
}

function labelContent(field: ReportField, document: ReportDocument): ContentStack {
  const label: Content[] = [{ text: field.label, bold: true, fontSize: 10 }];
  if (field.help !== null && (field.blank || showsHelp(document))) {
    label.push({ text: field.help, fontSize: 8.5, color: GREY, margin: [0, 1, 0, 3] });
  }
  return { stack: label };
}

/** A thick line under a section's heading, a thin one under each field, none within a field. */
function fieldLayout(headings: number): CustomTableLayout {
  return {
    ...RULED,
    hLineWidth: (line, node) => {
      if (line === node.table.body.length) return 0.4;
      return line > 0 && line === headings ? 0.9 : 0;
    },
    hLineColor: (line) => (line === headings ? INK : RULE),
  };
}

/** Rather more than the label, its help, the heading above it and the first lines of the answer take, but never a page. */
function roomFor(field: ReportField, heading: Content | null): RoomNeeded {
  const letters = field.label.length + (field.help?.length ?? 0) + JSON.stringify(heading ?? '').length;
  return { needsRoom: Math.min(300, 80 + Math.ceil(letters / 60) * 14) };
}

/**
 * One field, with the section's heading above it where it is the first. A short field stays on one page. A long one
 * is broken between its parts where these are short, and its label is repeated where it goes over to the next page.
 */
function fieldTable(field: ReportField, heading: Content | null, document: ReportDocument): Content {
  const headingRows: TableCell[][] = heading === null ? [] : [[{ stack: [heading], colSpan: 2 }, '']];
  const label = labelContent(field, document);
  const shared = {
    margin: [0, heading === null ? 0 : 12, 0, 0] as [number, number, number, number],
    layout: fieldLayout(headingRows.length),
  };
  const widths = [LABEL_WIDTH, ANSWER_WIDTH];
  if (isShortField(field)) {
    return {
      ...shared,
      unbreakable: true,
      table: { widths, body: [...headingRows, [label, answerContent(field)]] },
    };
  }
  const [first] = field.parts;
  const dontBreakRows = field.parts.every(isShortPart);
  const keep = dontBreakRows ? () => ({}) : keptTogether;
  const isFirstKept = first !== undefined && isShortPart(first);
  return {
    ...shared,
    ...(isFirstKept ? {} : roomFor(field, heading)),
    layout: {
      ...shared.layout,
      paddingTop: (row) => (row < headingRows.length + 1 ? 3.5 : 0),
      paddingBottom: (row) => (row < headingRows.length ? 3.5 : 1),
    },
    table: {
      // One column: an empty cell beside each part takes a sixth of the memory of a long chronology.
      widths: [LABEL_WIDTH + ANSWER_WIDTH + BETWEEN],
      headerRows: headingRows.length + 1,
      keepWithHeaderRows: isFirstKept ? 1 : 0,
      dontBreakRows,
      body: [
        ...(heading === null ? [] : [[{ stack: [heading] }]]),
        [label],
        ...field.parts.map((part): TableCell[] => [
          { ...partContent(part, false, LABEL_WIDTH + BETWEEN), ...keep(part) },
        ]),
      ],
    },
  };
}

function sectionContent(section: ReportSection, document: ReportDocument): Content[] {
  const heading: Content[] = [{ text: section.title, bold: true, fontSize: 13 }];
  if (section.help !== undefined && showsHelp(document)) {
    heading.push({ text: section.help, fontSize: 9, color: GREY, margin: [0, 1, 0, 1] });
  }
  return section.fields.map((field, index) =>
    fieldTable(field, index === 0 ? { stack: heading } : null, document),
  );
}

function headContent(document: ReportDocument, stamp: ReportStamp): Content[] {
  return documentHead({
    stamp: {
      marking: document.marking,
      organisation: document.organisation,
      date: swedishDate(new Date(document.createdAt)),
      reference: stamp.designation ?? document.reference,
      ...(stamp.copy === undefined ? {} : { copy: stamp.copy }),
      ...(stamp.decidedBy === undefined ? {} : { decidedBy: stamp.decidedBy }),
    },
    title: document.form.name,
    ...(stamp.code === undefined ? {} : { code: stamp.code }),
    lines: headRows(document).map(({ label, text }) => ({ label, value: text })),
  });
}

function missingList(document: ReportDocument): Content[] {
  if (!document.draft || document.missing.length === 0) return [];
  return [
    {
      margin: [0, 10, 0, 0],
      stack: [
        { text: 'Obligatoriska uppgifter som saknas i utkastet', bold: true },
        { ul: document.missing.map(({ label }) => ({ text: label })) },
      ],
    },
  ];
}

function aboutBlock(document: ReportDocument): Content {
  return {
    margin: [0, 18, 0, 0],
    table: {
      widths: [LABEL_WIDTH, ANSWER_WIDTH],
      headerRows: 1,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      body: [
        [{ text: 'Om detta dokument', style: 'tableHead', colSpan: 2 }, ''],
        ...aboutRows(document).map((row): TableCell[] => [
          { text: row.label, style: 'small' },
          { text: row.text, style: 'small' },
        ]),
      ],
    },
    layout: {
      ...RULED,
      hLineWidth: (line) => (line === 1 ? 0.4 : 0),
      hLineColor: () => RULE,
      paddingTop: () => 1,
      paddingBottom: () => 1,
    },
  };
}

/**
 * The body of a report as pdfmake content: stamp, title, what is missing in a draft, the sections, and what is said
 * about the document. Headers, footers and page numbers are put on by `markedSection`; the envelope does so itself,
 * once for each copy.
 */
export function reportContent(document: ReportDocument, stamp: ReportStamp = {}): Content {
  return [
    ...headContent(document, stamp),
    ...(document.introduction === null
      ? []
      : [{ text: document.introduction, margin: [0, 4, 0, 0] } as Content]),
    ...missingList(document),
    ...document.sections.flatMap((section) => sectionContent(section, document)),
    aboutBlock(document),
  ];
}

/**
 * The report as a PDF/A-2b of its own. The same report and stamp give the same bytes.
 * Its metadata stand in clear in the file and say no more than the neutral reference.
 */
export async function renderReportPdf(
  document: ReportDocument,
  stamp: ReportStamp = {},
  look: DocumentLook = {},
): Promise<Uint8Array> {
  const reference = stamp.designation ?? document.reference;
  const section = markedSection(reportContent(document, stamp), {
    marking: document.marking,
    organisation: document.organisation,
    reference,
    draft: document.draft,
    exercise: document.exercise,
    footnote: document.form.name,
    date: swedishDate(new Date(document.createdAt)),
    ...(stamp.copy === undefined ? {} : { copy: stamp.copy }),
    ...(stamp.decidedBy === undefined ? {} : { decidedBy: stamp.decidedBy }),
  });
  return renderPdf(
    { content: [section] },
    { title: `Rapport ${document.reference}`, created: new Date(document.createdAt), look },
  );
}
