import { describeMarking, isProtectedLevel } from '../../shared/domain/marking.ts';
import type { ReportDocument, ReportField, ReportPart } from '../../shared/domain/report.ts';
import { swedishDate } from '../../shared/domain/swedish-time.ts';
import { levelWords, provisionLine } from '../documents/stamp.ts';
import { shorten } from '../documents/text.ts';
import { aboutRows, headRows, MISSING_TEXT, NO_ANSWER_TEXT, shownCodes, showsHelp } from './about.ts';
import { asItIs, setLines, type Setting } from './wrap.ts';

interface TextLayout {
  /** Characters in a line, counted in UTF-16 units: never fewer than what is seen. */
  readonly width?: number;
  /** Lines on a page, its heading included. */
  readonly linesPerPage?: number;
  /** Writes a text with the signs that are sent; left out: those it has. */
  readonly write?: Setting['write'];
}

const SMALLEST_WIDTH = 48;
const SMALLEST_PAGE = 20;
/** Answers are set in: no line of a fact can look like a page heading or a label. */
const INDENT = '  ';
const EXERCISE = 'ÖVNING ÖVNING ÖVNING';
const DRAFT = 'UTKAST';

/** Lines that stay on one page, as a label and the first line of its answer. */
type Block = readonly string[];

/** The same setting with less room, for what is set in. */
function narrower(setting: Setting, by: number): Setting {
  return { ...setting, width: setting.width - by };
}

function centred(text: string, { width, write }: Setting): string {
  const line = write(text);
  return ' '.repeat(Math.max(0, Math.floor((width - line.length) / 2))) + line;
}

/** What is written already to the left, a page number to the right. */
function spread(left: string, right: string, { width, write }: Setting): string {
  const room = width - right.length - 2;
  const fitting = left.length <= room ? left : write(shorten(left, room + 1 - write('…').length));
  return fitting + ' '.repeat(Math.max(2, width - fitting.length - right.length)) + right;
}

/** The note of 5 kap. 5 § OSL and 3 kap. 7 § SSF in words and a frame: double lines for kvalificerat hemlig. */
function stampLines(document: ReportDocument, setting: Setting): string[] {
  const { marking } = document;
  if (marking.level === 'oppen') return [];
  const inner = Math.min(setting.width - 4, 56);
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
  const lines = said.flatMap((line) => setLines(line, { ...setting, width: inner }));
  return [rule, ...lines.map((line) => `| ${line.padEnd(inner)} |`), rule];
}

function rowLines(label: string, text: string, setting: Setting): string[] {
  const lines = setLines(`${label}: ${text}`, narrower(setting, INDENT.length));
  return lines.map((line, index) => (index === 0 ? line : INDENT + line));
}

/** Parts lines into blocks so that neither the first nor the last of them stands alone on a page. */
function withoutWidows(lines: readonly string[]): Block[] {
  if (lines.length <= 3) return [lines];
  return [lines.slice(0, 2), ...lines.slice(2, -2).map((line) => [line]), lines.slice(-2)];
}

function partLines(part: ReportPart, document: ReportDocument, setting: Setting): string[] {
  const label = part.label === null ? '' : `${part.label}: `;
  if (part.withheld) {
    // In a call the sentence is one to say; on paper brackets tell it from what somebody wrote.
    const said = document.form.audience === 'open-line' ? part.text : `[${part.text}]`;
    return setLines(label + said, setting);
  }
  const lines: string[] = [];
  const text = label + part.text.trim();
  if (text !== '') lines.push(...setLines(text, setting));
  for (const code of shownCodes(part)) {
    lines.push(
      ...setLines(code, narrower(setting, 2)).map((line, index) => (index === 0 ? `* ${line}` : `  ${line}`)),
    );
  }
  if (part.marking.level !== 'oppen') lines.push(...setLines(`<${describeMarking(part.marking)}>`, setting));
  return lines;
}

function answerBlocks(field: ReportField, document: ReportDocument, setting: Setting): Block[] {
  if (field.missing) return [setLines(`*** ${MISSING_TEXT.toUpperCase()} ***`, setting)];
  if (field.blank) return [['', '_'.repeat(Math.min(setting.width, 48))]];
  if (field.parts.length === 0) return [setLines(NO_ANSWER_TEXT, setting)];
  return field.parts.flatMap((part) => withoutWidows(partLines(part, document, setting)));
}

function fieldBlocks(field: ReportField, document: ReportDocument, setting: Setting): Block[] {
  const room = narrower(setting, INDENT.length);
  const label = setLines(field.label, setting);
  if (field.help !== null && (field.blank || showsHelp(document))) {
    label.push(...setLines(`(${field.help})`, room).map((line) => INDENT + line));
  }
  const answer = answerBlocks(field, document, room).map((block) =>
    block.map((line) => (line === '' ? '' : INDENT + line)),
  );
  const [first = [], ...rest] = answer;
  return [[...label, ...first], ...rest, ['']];
}

function bodyBlocks(document: ReportDocument, setting: Setting): Block[] {
  const blocks: Block[] = [];
  const stamp = stampLines(document, setting);
  if (stamp.length > 0) blocks.push(stamp, ['']);
  blocks.push(setLines(document.form.name.toLocaleUpperCase('sv'), setting));
  blocks.push(setLines(document.organisation, setting), ['']);
  for (const row of headRows(document)) blocks.push(rowLines(row.label, row.text, setting));
  blocks.push(['']);
  if (document.introduction !== null) {
    blocks.push(...setLines(document.introduction, setting).map((line) => [line]), ['']);
  }
  if (document.draft && document.missing.length > 0) {
    blocks.push(setLines('Obligatoriska uppgifter som saknas:', setting));
    for (const { label } of document.missing) blocks.push(setLines(`- ${label}`, setting));
    blocks.push(['']);
  }
  for (const section of document.sections) {
    const title = setLines(section.title.toLocaleUpperCase('sv'), setting);
    const underline = '-'.repeat(Math.max(...title.map((line) => line.length)));
    const [first = [], ...rest] = section.fields.flatMap((field) => fieldBlocks(field, document, setting));
    const help =
      section.help === undefined || !showsHelp(document) ? [] : [...setLines(section.help, setting), ''];
    blocks.push([...title, underline, ...help, ...first], ...rest);
  }
  blocks.push(['OM DETTA DOKUMENT', '-----------------']);
  for (const row of aboutRows(document)) blocks.push(rowLines(row.label, row.text, setting));
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
  const { width = 72, linesPerPage = 60, write = asItIs } = layout;
  if (!Number.isInteger(width) || width < SMALLEST_WIDTH) {
    throw new RangeError(`Textens bredd är minst ${SMALLEST_WIDTH} tecken.`);
  }
  if (!Number.isInteger(linesPerPage) || linesPerPage < SMALLEST_PAGE) {
    throw new RangeError(`En sida har minst ${SMALLEST_PAGE} rader.`);
  }
  const setting: Setting = { width, write };
  const marks = [document.draft ? DRAFT : '', document.exercise ? EXERCISE : ''].filter(
    (mark) => mark !== '',
  );
  const banners = [levelWords(document.marking.level), marks.join('   ')].filter((line) => line !== '');
  const headingLength = banners.length + 3;
  const pages = paginate(bodyBlocks(document, setting), linesPerPage - headingLength);
  // What a heading says is one plain line: form names come from rule files and may be long.
  const left = setLines(`${document.reference}  ${document.form.name}`, setting).join(' ');
  return pages
    .map((page, index) => {
      const heading = [
        ...banners.map((line) => centred(line, setting)),
        spread(left, `Sida ${index + 1} av ${pages.length}`, setting),
        '-'.repeat(width),
        '',
      ];
      return `${[...heading, ...page].join('\n')}\n`;
    })
    .join('\f');
}
