import pdfmake from 'pdfmake';
import type { Content, ContentSection, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { FONT_PATHS, FONTS } from './fonts.ts';
import { A4_MARGINS, DEFAULT_STYLE, STYLES } from './styles.ts';
import { printable } from './text.ts';

/** What a document is made of; everything else (fonts, styles, metadata, archive format) is the same for all. */
type DocumentDefinition = Pick<TDocumentDefinitions, 'content'> &
  Partial<Pick<TDocumentDefinitions, 'header' | 'footer' | 'background' | 'pageSize' | 'pageMargins'>>;

/** Metadata stand in clear in the file: give a neutral title, never more than the document's own marking allows. */
interface DocumentMetadata {
  readonly title: string;
  readonly subject?: string;
  /** Also the time in the file's metadata, so that the same input gives the same bytes. */
  readonly created: Date;
}

pdfmake.setFonts(structuredClone(FONTS));
// CVE-2026-26801: a document could make pdfmake fetch addresses and read files. Ours may read four fonts.
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
export async function countPages(sections: ContentSection[]): Promise<number[]> {
  return (await render({ content: sections }, { title: 'Sidor', created: new Date(0) })).pages;
}

async function render(
  definition: DocumentDefinition,
  metadata: DocumentMetadata,
): Promise<{ bytes: Uint8Array; pages: number[] }> {
  const sections: SectionCounter[] = [];
  const prepared = prepareRoot(definition, sections);
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
    defaultStyle: { ...DEFAULT_STYLE },
    styles: structuredClone(STYLES),
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

function prepareRoot(definition: DocumentDefinition, sections: SectionCounter[]): DocumentDefinition {
  const copy = prepare(definition) as { content: Content };
  const roots = Array.isArray(copy.content) ? copy.content : [copy.content];
  for (const root of roots) {
    if (typeof root !== 'object' || !('section' in root)) continue;
    const section = root as ContentSection;
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

/** Deep copy; every text becomes printable, also what headers and footers give when they are called. */
function prepare(value: unknown, key?: string): unknown {
  if (typeof value === 'string') return key === 'svg' ? value : printable(value);
  if (typeof value === 'function' && (key === 'header' || key === 'footer' || key === 'background')) {
    return (...parameters: unknown[]): unknown => prepare((value as Dynamic)(...parameters));
  }
  if (Array.isArray(value)) return value.map((item) => prepare(item));
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, prepare(item, name)]));
  }
  return value;
}
