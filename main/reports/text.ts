import { describeMarking, isProtectedLevel } from '../../shared/domain/marking.ts';
import type { ReportDocument, ReportField, ReportPart } from '../../shared/domain/report.ts';
import { swedishDate } from '../../shared/domain/swedish-time.ts';
import { levelWords, provisionLine } from '../documents/stamp.ts';
import { shorten } from '../documents/text.ts';
import { aboutRows, headRows, MISSING_TEXT, NO_ANSWER_TEXT, shownCodes, showsHelp } from './about.ts';
import { wrapLines } from './wrap.ts';

interface TextLayout {
  /** Characters in a line, counted in UTF-16 units: never fewer than what is seen. */
  readonly width?: number;
  /** Lines on a page, its heading included. */
  readonly linesPerPage?: number;
}

const SMALLEST_WIDTH = 48;
const SMALLEST_PAGE = 20;
/** Answers are set in: no line of a fact can look like a page heading or a label. */
const INDENT = '  ';
const EXERCISE = 'ÖVNING ÖVNING ÖVNING';
const DRAFT = 'UTKAST';

/** Lines that stay on one page, as a label and the first line of its answer. */
type Block = readonly string[];

function centred(text: string, width: number): string {
  return ' '.repeat(Math.max(0, Math.floor((width - text.length) / 2))) + text;
}

function spread(left: string, right: string, width: number): string {
  const room = width - right.length - 2;
  const fitting = left.length <= room ? left : shorten(left, room);
  return fitting + ' '.repeat(Math.max(2, width - fitting.length - right.length)) + right;
}

/** The note of 5 kap. 5 § OSL and 3 kap. 7 § SSF in words and a frame: double lines for kvalificerat hemlig. */
function stampLines(document: ReportDocument, width: number): string[] {
  const { marking } = document;
  if (marking.level === 'oppen') return [];
  const inner = Math.min(width - 4, 56);
  const said = [
    levelWords(marking.level),
    ...(isProtectedLevel(marking.level) ? ['enligt 2 kap. 5 § säkerhetsskyddslagen (2018:585)'] : []),
    ...(marking.basis.length > 0 ? [provisionLine(marking)] : []),
    document.organisation,
    swedishDate(new Date(document.createdAt)),
    `Beteckning: ${document.reference}`,
    ...(marking.level === 'kvalificerat-hemlig' ? ['Prövas av ..............................'] : []),
  ];
  const rule = `+${(marking.level === 'kvalificerat-hemlig' ? '=' : '-').repeat(inner + 2)}+`;
  const lines = said.flatMap((line) => wrapLines(line, inner));
  return [rule, ...lines.map((line) => `| ${line.padEnd(inner)} |`), rule];
}

function rowLines(label: string, text: string, width: number): string[] {
  const lines = wrapLines(`${label}: ${text}`, width - INDENT.length);
  return lines.map((line, index) => (index === 0 ? line : INDENT + line));
}

/** Parts lines into blocks so that neither the first nor the last of them stands alone on a page. */
function withoutWidows(lines: readonly string[]): Block[] {
  if (lines.length <= 3) return [lines];
  return [lines.slice(0, 2), ...lines.slice(2, -2).map((line) => [line]), lines.slice(-2)];
}

function partLines(part: ReportPart, document: ReportDocument, width: number): string[] {
  const label = part.label === null ? '' : `${part.label}: `;
  if (part.withheld) {
    // In a call the sentence is one to say; on paper brackets tell it from what somebody wrote.
    const said = document.form.audience === 'open-line' ? part.text : `[${part.text}]`;
    return wrapLines(label + said, width);
  }
  const lines: string[] = [];
  const text = label + part.text.trim();
  if (text !== '') lines.push(...wrapLines(text, width));
  for (const code of shownCodes(part)) {
    lines.push(...wrapLines(code, width - 2).map((line, index) => (index === 0 ? `* ${line}` : `  ${line}`)));
  }
  if (part.marking.level !== 'oppen') lines.push(...wrapLines(`<${describeMarking(part.marking)}>`, width));
  return lines;
}

function answerBlocks(field: ReportField, document: ReportDocument, width: number): Block[] {
  if (field.missing) return [[`*** ${MISSING_TEXT.toUpperCase()} ***`]];
  if (field.blank) return [['', '_'.repeat(Math.min(width, 48))]];
  if (field.parts.length === 0) return [[NO_ANSWER_TEXT]];
  return field.parts.flatMap((part) => withoutWidows(partLines(part, document, width)));
}

function fieldBlocks(field: ReportField, document: ReportDocument, width: number): Block[] {
  const room = width - INDENT.length;
  const label = wrapLines(field.label, width);
  if (field.help !== null && (field.blank || showsHelp(document))) {
    label.push(...wrapLines(`(${field.help})`, room).map((line) => INDENT + line));
  }
  const answer = answerBlocks(field, document, room).map((block) =>
    block.map((line) => (line === '' ? '' : INDENT + line)),
  );
  const [first = [], ...rest] = answer;
  return [[...label, ...first], ...rest, ['']];
}

function bodyBlocks(document: ReportDocument, width: number): Block[] {
  const blocks: Block[] = [];
  const stamp = stampLines(document, width);
  if (stamp.length > 0) blocks.push(stamp, ['']);
  blocks.push(wrapLines(document.form.name.toLocaleUpperCase('sv'), width));
  blocks.push(wrapLines(document.organisation, width), ['']);
  for (const row of headRows(document)) blocks.push(rowLines(row.label, row.text, width));
  blocks.push(['']);
  if (document.introduction !== null) {
    blocks.push(...wrapLines(document.introduction, width).map((line) => [line]), ['']);
  }
  if (document.draft && document.missing.length > 0) {
    blocks.push(['Obligatoriska uppgifter som saknas:']);
    for (const { label } of document.missing) blocks.push(wrapLines(`- ${label}`, width));
    blocks.push(['']);
  }
  for (const section of document.sections) {
    const title = wrapLines(section.title.toLocaleUpperCase('sv'), width);
    const underline = '-'.repeat(Math.max(...title.map((line) => line.length)));
    const [first = [], ...rest] = section.fields.flatMap((field) => fieldBlocks(field, document, width));
    const help =
      section.help === undefined || !showsHelp(document) ? [] : [...wrapLines(section.help, width), ''];
    blocks.push([...title, underline, ...help, ...first], ...rest);
  }
  blocks.push(['OM DETTA DOKUMENT', '-----------------']);
  for (const row of aboutRows(document)) blocks.push(rowLines(row.label, row.text, width));
  return blocks;
}

/** Fills pages with whole blocks; a block that no page can hold is cut. No page begins with an empty line. */
function paginate(blocks: readonly Block[], room: number): string[][] {
  const pages: string[][] = [];
  let page: string[] = [];
  const turn = (): void => {
    while (page.at(-1) === '') page.pop();
    if (page.length > 0) pages.push(page);
    page = [];
  };
  for (const block of blocks) {
    if (page.length + block.length > room) turn();
    for (const line of block) {
      if (page.length === room) turn();
      if (page.length > 0 || line !== '') page.push(line);
    }
  }
  turn();
  return pages;
}

/**
 * The report as UTF-8 text for signalskydd: lines of at most `width`, pages of at most `linesPerPage` lines parted by
 * form feeds. Every page carries class, reference and number, for pages are printed and parted at the other end.
 * Control and direction characters in an answer are written out by number: none can turn a page or hide a word.
 * @throws RangeError where the layout is too small to be read
 */
export function renderText(document: ReportDocument, layout: TextLayout = {}): string {
  const { width = 72, linesPerPage = 60 } = layout;
  if (!Number.isInteger(width) || width < SMALLEST_WIDTH) {
    throw new RangeError(`Textens bredd är minst ${SMALLEST_WIDTH} tecken.`);
  }
  if (!Number.isInteger(linesPerPage) || linesPerPage < SMALLEST_PAGE) {
    throw new RangeError(`En sida har minst ${SMALLEST_PAGE} rader.`);
  }
  const marks = [document.draft ? DRAFT : '', document.exercise ? EXERCISE : ''].filter(
    (mark) => mark !== '',
  );
  const banners = [levelWords(document.marking.level), marks.join('   ')].filter((line) => line !== '');
  const headingLength = banners.length + 3;
  const pages = paginate(bodyBlocks(document, width), linesPerPage - headingLength);
  // What a heading says is one plain line: form names come from rule files and may be long.
  const left = wrapLines(`${document.reference}  ${document.form.name}`, width).join(' ');
  return pages
    .map((page, index) => {
      const heading = [
        ...banners.map((line) => centred(line, width)),
        spread(left, `Sida ${index + 1} av ${pages.length}`, width),
        '-'.repeat(width),
        '',
      ];
      return `${[...heading, ...page].join('\n')}\n`;
    })
    .join('\f');
}
