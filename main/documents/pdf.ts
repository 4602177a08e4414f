import pdfmake from 'pdfmake';
import type { Content, ContentSection, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { FONT_PATHS, FONTS } from './fonts.ts';
import './ends.ts';
import './lines.ts';
import './measure.ts';
import './ties.ts';
import './rows.ts';
import { inBlack, SHIPPED_STAMP, type DocumentLook } from './look.ts';
import { drawStamp, isStampPlace } from './stamp.ts';
import { A4_MARGINS, DEFAULT_STYLE, STYLES } from './styles.ts';
import { printable, textRuns, type TextRun } from './text.ts';

/** What a document is made of; everything else (fonts, styles, metadata, archive format) is the same for all. */
type DocumentDefinition = Pick<TDocumentDefinitions, 'content'> &
  Partial<Pick<TDocumentDefinitions, 'header' | 'footer' | 'background' | 'pageSize' | 'pageMargins'>>;

/** Metadata stand in clear in the file: give a neutral title, never more than the document's own marking allows. */
interface DocumentMetadata {
  readonly title: string;
  readonly subject?: string;
  /** Also the time in the file's metadata, so that the same input gives the same bytes. */
  readonly created: Date;
  readonly look?: DocumentLook;
}

pdfmake.setFonts(structuredClone(FONTS));
// CVE-2026-26801: a document could make pdfmake fetch addresses and read files. Ours may read the fonts.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => FONT_PATHS.has(path));

/**
 * Renders a PDF/A-2b in Swedish: fonts embedded, metadata fixed by `created`, nothing fetched.
 * The definition is copied first (pdfmake writes in what it is given), so it can be rendered again.
 * @throws Error where a section got no page of its own: it would carry another section's header and marking.
 */
export async function renderPdf(
  definition: DocumentDefinition,
  metadata: DocumentMetadata,
): Promise<Uint8Array> {
  return (await render(definition, metadata)).bytes;
}

/** How many pages each section takes. Lays the sections out as `renderPdf` would, and throws the result away. */
export async function countPages(sections: ContentSection[], look: DocumentLook = {}): Promise<number[]> {
  return (await render({ content: sections }, { title: 'Sidor', created: new Date(0), look })).pages;
}

async function render(
  definition: DocumentDefinition,
  metadata: DocumentMetadata,
): Promise<{ bytes: Uint8Array; pages: number[] }> {
  const sections: SectionCounter[] = [];
  const look = metadata.look ?? {};
  const prepared = prepareRoot(definition, sections, look);
  const info: NonNullable<TDocumentDefinitions['info']> = {
    title: metadataText(metadata.title),
    creator: 'Sigill',
    producer: 'Sigill',
    creationDate: metadata.created,
    modDate: metadata.created,
  };
  if (metadata.subject !== undefined) info.subject = metadataText(metadata.subject);
  const pdf = pdfmake.createPdf({
    pageSize: 'A4',
    pageMargins: A4_MARGINS,
    ...prepared,
    version: '1.7',
    subset: 'PDF/A-2b',
    language: 'sv-SE',
    displayTitle: true,
    info,
    defaultStyle: styled(DEFAULT_STYLE, look),
    styles: styled(STYLES, look),
  });
  const bytes = new Uint8Array(await pdf.getBuffer());
  const pages = sections.map((section) => section.pages);
  // The last guard of what NOTHING_SEEN sees to: no section may carry another section's header and marking.
  if (pages.includes(0)) throw new Error('A section of the document got no page of its own.');
  return { bytes, pages };
}

/** pdfkit writes the title into XML as it is; these three characters would break it. */
function metadataText(text: string): string {
  return printable(text).replace(/&/g, 'och').replace(/</g, '(').replace(/>/g, ')').replace(/\n/g, ' ');
}

/**
 * pdfmake lays a section on the page of the one before it where that page is empty, which happens when a margin falls
 * over the page's end: with the other section's size and header. A line without length makes no page empty.
 */
const NOTHING_SEEN: Content = {
  canvas: [{ type: 'line', x1: 0, y1: 0, x2: 0, y2: 0, lineWidth: 0.1 }],
};

interface SectionCounter {
  pages: number;
}

type Dynamic = (...parameters: unknown[]) => unknown;

/** What is told of a place in the definition from those around it. */
interface Around {
  readonly look: DocumentLook;
  readonly hyphenates: boolean;
}

function styled<T extends object>(styles: T, look: DocumentLook): T {
  const copy = structuredClone(styles);
  return look.isBlack === true ? (inBlack(copy) as T) : copy;
}

function prepareRoot(
  definition: DocumentDefinition,
  sections: SectionCounter[],
  look: DocumentLook,
): DocumentDefinition {
  const copy = prepareAll(definition, { look, hyphenates: false }) as { content: Content };
  const roots = Array.isArray(copy.content) ? copy.content : [copy.content];
  for (const root of roots) {
    if (typeof root !== 'object' || !('section' in root)) continue;
    const section = root as ContentSection;
    dropLastMargin(section.section);
    const counter: SectionCounter = { pages: 0 };
    sections.push(counter);
    const background = section.background;
    section.background = (page, size) => {
      counter.pages++;
      const given = typeof background === 'function' ? background(page, size) : background;
      return given && given !== 'inherit'
        ? [given, structuredClone(NOTHING_SEEN)]
        : structuredClone(NOTHING_SEEN);
    };
  }
  return copy;
}

/**
 * The space under the last thing of a section would be a page of its own, with nothing on it but its marks, where the thing
 * ends at the very foot of a page.
 */
function dropLastMargin(content: unknown): void {
  const last: unknown = Array.isArray(content) ? content.at(-1) : content;
  if (typeof last !== 'object' || last === null) return;
  const node = last as { margin?: unknown; style?: unknown; stack?: unknown };
  const margin = node.margin ?? STYLES[String(node.style)]?.margin;
  if (Array.isArray(margin) && margin.length === 4) node.margin = [...(margin as number[]).slice(0, 3), 0];
  if (Array.isArray(last)) dropLastMargin(last);
  else if (node.stack !== undefined) dropLastMargin(node.stack);
}

function prepareAll(value: unknown, around: Around): unknown {
  const prepared = prepare(value, around);
  return around.look.isBlack === true ? inBlack(prepared) : prepared;
}

/** Strings that are not text to be set, and what is drawn by pdfmake without a look at its text. */
const NOT_TEXT = new Set([
  'svg',
  'qr',
  'image',
  'style',
  'font',
  'id',
  'alignment',
  'pageBreak',
  'pageOrientation',
]);
/** Where a text stands: as itself, or as an item among others. */
const TEXT_PLACES = new Set(['text', 'item', 'stack', 'section', 'content']);
const DRAWN_LATER = new Set(['header', 'footer', 'background']);

/** Deep copy; every text can be set, also what headers and footers give when they are called, and stamps are drawn. */
function prepare(value: unknown, around: Around, key = ''): unknown {
  if (typeof value === 'string') {
    if (TEXT_PLACES.has(key)) return setText(value, around, key === 'text');
    return NOT_TEXT.has(key) ? value : printable(value);
  }
  if (typeof value === 'function' && DRAWN_LATER.has(key)) {
    return (...parameters: unknown[]): unknown =>
      prepareAll((value as Dynamic)(...parameters), { look: around.look, hyphenates: false });
  }
  if (Array.isArray(value)) return value.map((item) => prepare(item, around, 'item'));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  if (isStampPlace(value)) return prepare(drawStamp(value, around.look.stamp ?? SHIPPED_STAMP), around);
  const { hyphenates, ...node } = value as Record<string, unknown>;
  const inside: Around = {
    ...around,
    hyphenates: (around.hyphenates || hyphenates === true) && node['noWrap'] !== true,
  };
  const prepared = Object.fromEntries(
    Object.entries(node).map(([name, item]) => [name, prepare(item, inside, name)]),
  );
  // Read by `lines.ts` where the text is broken into lines.
  return inside.hyphenates && 'text' in prepared ? { ...prepared, hyphenates: true } : prepared;
}

/** A text in its fonts: a string where one font has all of it, else its runs, within a node where they are not one. */
function setText(text: string, { hyphenates }: Around, isInNode: boolean): unknown {
  const runs = textRuns(text);
  const [first] = runs;
  const isOne = runs.length === 1 && first?.font === 'SourceSans3' && !first.undrawable;
  const set = isOne ? first.text : runs.map(setRun);
  if (isInNode || (isOne && !hyphenates)) return set;
  return hyphenates ? { text: set, hyphenates } : { text: set };
}

/** A character that no font has stands by its number in a box: two lines and its brackets. */
function setRun({ text, font, undrawable }: TextRun): object {
  if (undrawable) return { text, decoration: ['overline', 'underline'], noWrap: true };
  return font === 'SourceSans3' ? { text } : { text, font };
}
