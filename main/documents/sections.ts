import type {
  Content,
  ContentSection,
  ContentText,
  DynamicBackground,
  DynamicContent,
  Margins,
} from 'pdfmake/interfaces.js';
import type { Marking } from '../../shared/domain/marking.ts';
import { copyLine, followingStamp, levelWords } from './stamp.ts';
import { A4_MARGINS, INK, RULE, STAMP_RED } from './styles.ts';
import { shorten } from './text.ts';
import type { CopyNumber } from './types.ts';

/** What stands on every page of a document. */
export interface PageMarks {
  readonly marking: Marking;
  readonly organisation: string;
  /** Beteckning or the incident's neutral reference. */
  readonly reference: string;
  readonly copy?: CopyNumber;
  /** The day of the note, for the stamp on the pages after the first; left out on what carries no marking. */
  readonly date?: string;
  /** Who decides on disclosure of kvalificerat hemlig; left out: by the stamp's own table. */
  readonly decidedBy?: string;
  readonly draft: boolean;
  readonly exercise: boolean;
  /** A short line at the foot, such as what the sheet is: "Packlista", "Kvittens". */
  readonly footnote?: string;
}

/** A section whose own text may be hyphenated. Envelopes and labels are not such: an address is never parted. */
export interface HyphenatedSection extends ContentSection {
  readonly hyphenates: true;
}

/** Which pages of the whole file belong to one section; filled while the pages are made, before headers are drawn. */
interface PageRange {
  first: number;
  last: number;
}

/** The smaller stamp, with two lines of provisions, and the words UTKAST and ÖVNING under it must have room. */
const MARKED_MARGINS: [number, number, number, number] = [A4_MARGINS[0], 104, A4_MARGINS[2], A4_MARGINS[3]];

const EXERCISE = 'ÖVNING ÖVNING ÖVNING';
const DRAFT = 'UTKAST';
/** pdfmake leaves out a header that is higher than the margin, without a word: its lines must stay single lines. */
const ORGANISATION_LENGTH = 60;
const REFERENCE_LENGTH = 40;

/**
 * Content on pages of its own, numbered from 1, with class, draft and exercise marks on every page.
 * The marking stands at the top and at the bottom of each page, since pages are copied and parted: in words on the first,
 * which has the stamp in its head, and as a smaller stamp on those after it.
 */
export function markedSection(content: Content, marks: PageMarks): HyphenatedSection {
  const range: PageRange = { first: 0, last: 0 };
  return {
    hyphenates: true,
    section: content,
    pageSize: 'A4',
    pageOrientation: 'portrait',
    pageMargins: marks.marking.level === 'oppen' ? A4_MARGINS : MARKED_MARGINS,
    header: markingHeader(marks, range),
    footer: markingFooter(marks, range),
    background: countingBackground(marks, range),
  };
}

function markingHeader(marks: PageMarks, range: PageRange): DynamicContent {
  return (currentPage) => {
    const banner = [marks.draft ? DRAFT : '', marks.exercise ? EXERCISE : ''].filter((word) => word !== '');
    const words = banner.length > 0 ? [bannerText(banner.join('   ·   '))] : [];
    const { date } = marks;
    if (currentPage > range.first && date !== undefined && marks.marking.level !== 'oppen') {
      return {
        margin: [A4_MARGINS[0], 14, A4_MARGINS[2], 0],
        stack: [
          ...followingStamp({ ...marks, date }),
          ...words.map((text) => ({ ...text, fontSize: 10, margin: [0, 1, 0, 0] as Margins })),
        ],
      };
    }
    const right = [shorten(marks.reference, REFERENCE_LENGTH)];
    if (marks.copy) right.push(copyLine(marks.copy));
    return {
      margin: [A4_MARGINS[0], 26, A4_MARGINS[2], 0],
      stack: [
        {
          columns: [
            { width: 160, text: shorten(marks.organisation, ORGANISATION_LENGTH), style: 'small' },
            { ...levelText(marks), width: '*' },
            { width: 160, text: right.join('\n'), style: 'small', alignment: 'right' },
          ],
        },
        ...words,
      ],
    };
  };
}

function markingFooter(marks: PageMarks, range: PageRange): DynamicContent {
  return (currentPage) => ({
    margin: [A4_MARGINS[0], 18, A4_MARGINS[2], 0],
    stack: [
      {
        canvas: [{ type: 'line', x1: 0, y1: 0, x2: 459, y2: 0, lineWidth: 0.4, lineColor: RULE }],
        margin: [0, 0, 0, 5],
      },
      {
        columns: [
          { width: 160, text: shorten(marks.footnote ?? marks.reference, REFERENCE_LENGTH), style: 'small' },
          { ...levelText(marks), width: '*' },
          {
            width: 160,
            text: `Sida ${currentPage - range.first + 1} av ${range.last - range.first + 1}`,
            style: 'small',
            alignment: 'right',
          },
        ],
      },
      ...(marks.exercise ? [{ ...bannerText(EXERCISE), fontSize: 8.5, margin: 0 }] : []),
    ],
  });
}

function levelText(marks: PageMarks): ContentText {
  return {
    text: levelWords(marks.marking.level),
    bold: true,
    fontSize: 11.5,
    color: STAMP_RED,
    alignment: 'center',
    lineHeight: 1,
    noWrap: true,
  };
}

function bannerText(words: string): ContentText {
  return {
    text: words,
    bold: true,
    fontSize: 14,
    color: INK,
    alignment: 'center',
    characterSpacing: 1,
    lineHeight: 1,
    margin: [0, 4, 0, 0],
  };
}

/**
 * Counts the section's pages and lays the words UTKAST and ÖVNING behind the text. They are light opaque letters under
 * the text and no transparency: nothing is hidden by them, in any viewer or printer.
 */
function countingBackground(marks: PageMarks, range: PageRange): DynamicBackground {
  const words = [marks.draft ? DRAFT : '', marks.exercise ? 'ÖVNING' : ''].filter((word) => word !== '');
  return (page, size) => {
    // The layout may be tried more than once: a page before the last one seen is a new start.
    if (range.first === 0 || page <= range.first) range.first = page;
    range.last = page;
    if (words.length === 0) return null;
    const { width, height } = size;
    const fontSize = words.length === 1 ? 132 : 104;
    const lines = words.map((word, index) => {
      const y = height / 2 + (index - (words.length - 1) / 2) * fontSize * 1.15 + fontSize * 0.3;
      return (
        `<text x="${width / 2}" y="${y}" text-anchor="middle" font-family="SourceSans3" font-weight="bold" ` +
        `font-size="${fontSize}" fill="#ececec" transform="rotate(-52 ${width / 2} ${height / 2})">${word}</text>`
      );
    });
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${lines.join('')}</svg>`;
    return { svg, font: 'SourceSans3', width, height, absolutePosition: { x: 0, y: 0 } };
  };
}
