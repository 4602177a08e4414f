import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readCoverage } from './glyphs.ts';

/** Resolved from this file and not from the working folder: the app may be started from anywhere. */
const resolvePath = createRequire(import.meta.url).resolve;

function sourceSans(folder: string): string {
  return resolvePath(`@expo-google-fonts/source-sans-3/${folder}/SourceSans3_${folder}.ttf`);
}

/** The one family of every document. Semibold as bold: calm in headings, still plain on a poor printer. */
export const FONTS = {
  SourceSans3: {
    normal: sourceSans('400Regular'),
    bold: sourceSans('600SemiBold'),
    italics: sourceSans('400Regular_Italic'),
    bolditalics: sourceSans('600SemiBold_Italic'),
  },
} as const;

export const FONT_PATHS: ReadonlySet<string> = new Set(Object.values(FONTS.SourceSans3));

let coverage: ReadonlySet<number> | null = null;

/** The code points that every cut of the family can draw. Read once, on the first document. */
export function drawableCodePoints(): ReadonlySet<number> {
  if (coverage) return coverage;
  const [first = new Set<number>(), ...others] = [...FONT_PATHS].map((path) =>
    readCoverage(readFileSync(path)),
  );
  coverage = new Set([...first].filter((code) => others.every((other) => other.has(code))));
  return coverage;
}
