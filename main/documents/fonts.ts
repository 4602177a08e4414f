import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readCoverage } from './glyphs.ts';

/** Resolved from this file and not from the working folder: the app may be started from anywhere. */
const resolvePath = createRequire(import.meta.url).resolve;

function sourceSans(folder: string): string {
  return resolvePath(`@expo-google-fonts/source-sans-3/${folder}/SourceSans3_${folder}.ttf`);
}

const SYMBOLS = resolvePath('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
const SYMBOLS_BOLD = resolvePath('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf');

/**
 * The one family of every document, and a second one for what it lacks: symbols, and letters that few texts have.
 * Semibold as bold: calm in headings, still plain on a poor printer.
 */
export const FONTS = {
  SourceSans3: {
    normal: sourceSans('400Regular'),
    bold: sourceSans('600SemiBold'),
    italics: sourceSans('400Regular_Italic'),
    bolditalics: sourceSans('600SemiBold_Italic'),
  },
  Symbols: {
    normal: SYMBOLS,
    bold: SYMBOLS_BOLD,
    italics: SYMBOLS,
    bolditalics: SYMBOLS_BOLD,
  },
} as const;

export type FontName = keyof typeof FONTS;

export const FONT_PATHS: ReadonlySet<string> = new Set(
  Object.values(FONTS).flatMap((family) => Object.values(family)),
);

/**
 * What is set from left to right, letter by letter. Hebrew and Arabic would be set backwards and unjoined, which reads
 * as something else; a control or direction character has no look, and a private one no meaning.
 */
const SET_PLAINLY =
  /^(?![\p{Cc}\p{Cf}\p{Co}\p{Cn}])[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Common}\p{Script=Inherited}]$/u;

let coverage: ReadonlyMap<number, FontName> | null = null;

/** The font that draws a code point, or null where none does. Reads the fonts once, on the first document. */
export function fontOf(code: number): FontName | null {
  coverage ??= readFonts();
  return coverage.get(code) ?? null;
}

/** A font counts as having a code point where every cut of the family has it: text in bold must not lose letters. */
function readFonts(): ReadonlyMap<number, FontName> {
  const found = new Map<number, FontName>();
  for (const name of ['SourceSans3', 'Symbols'] as const) {
    const cuts = [...new Set(Object.values(FONTS[name]))].map((path) => readCoverage(readFileSync(path)));
    const [first = new Set<number>(), ...others] = cuts;
    for (const code of first) {
      if (found.has(code) || !others.every((other) => other.has(code))) continue;
      if (SET_PLAINLY.test(String.fromCodePoint(code))) found.set(code, name);
    }
  }
  return found;
}
