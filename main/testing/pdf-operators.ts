import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** What the content streams of a PDF tell a reader to do, as pdf.js reads them. */
export interface PageOperators {
  /** Colours that something is drawn in, `#c00000`. */
  readonly colours: ReadonlySet<string>;
  /** Surfaces that are filled, letters not counted. */
  readonly fills: number;
  /** Sizes of letters, in points. */
  readonly sizes: ReadonlySet<number>;
  readonly images: number;
  /** Strokes: the lines of tables and frames. */
  readonly lines: number;
}

const NAME = new Map(Object.entries(OPS).map(([name, code]) => [code as number, name]));
const FILLS: ReadonlySet<number> = new Set([OPS.fill, OPS.eoFill, OPS.fillStroke, OPS.eoFillStroke]);

/** Reads the operators of every page. @throws TypeError for a colour in a form that is not red, green and blue */
export async function operatorsOf(bytes: Uint8Array): Promise<PageOperators[]> {
  const task = getDocument({ data: bytes.slice(), verbosity: 0, disableFontFace: true });
  const document = await task.promise;
  const pages: PageOperators[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const { fnArray, argsArray } = await (await document.getPage(number)).getOperatorList();
    const colours = new Set<string>();
    const sizes = new Set<number>();
    let fills = 0;
    let images = 0;
    let lines = 0;
    fnArray.forEach((code, index) => {
      const name = NAME.get(code) ?? '';
      const values = (argsArray[index] ?? []) as unknown[];
      if (/^set(Fill|Stroke)RGBColor$/.test(name)) colours.add(String(values[0]));
      else if (/^set.*Color/.test(name)) throw new TypeError(`${name} is not read here.`);
      else if (name === 'setFont') sizes.add(Number(values[1]));
      else if (/^paint(Image|Inline|Solid)/.test(name)) images++;
      else if (name === 'constructPath' && values[0] === OPS.stroke) lines++;
      // pdfmake ends each word with a fill of no path at all, which draws nothing.
      else if (name === 'constructPath' && FILLS.has(Number(values[0])) && hasPath(values[1])) fills++;
    });
    pages.push({ colours, fills, sizes, images, lines });
  }
  await task.destroy();
  return pages;
}

function hasPath(paths: unknown): boolean {
  return (
    Array.isArray(paths) && paths.some((path) => path !== null && (path as ArrayLike<number>).length > 0)
  );
}
