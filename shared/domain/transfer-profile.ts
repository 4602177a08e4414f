import { z } from 'zod';

/**
 * What a signalskydd system takes, as data: rules of kind `transfer-profile`. Most of it is in no source that could be read
 * (domain.md §5.1), so each part says how certain it is, and an organisation puts its own in its own pack.
 */

export const TRANSFER_FORMATS = ['pdf', 'text', 'json'] as const;
export type TransferFormat = (typeof TRANSFER_FORMATS)[number];

/** The name of a file's end, by format. */
export const TRANSFER_ENDING: Readonly<Record<TransferFormat, string>> = {
  pdf: 'pdf',
  text: 'txt',
  json: 'json',
};

const CHARACTER_SETS = ['utf-8', 'latin-1', 'ascii'] as const;
export const CHARACTER_SET_NAME: Readonly<Record<(typeof CHARACTER_SETS)[number], string>> = {
  'utf-8': 'UTF-8',
  'latin-1': 'ISO 8859-1',
  ascii: 'US-ASCII (7 bitar)',
};

/** The fields of the rule, beside those that every rule has. `confidence` is the rules' own enumeration. */
export function transferProfileFields<C extends z.ZodType>(confidence: C) {
  const text = z.string().trim().min(1);
  const certainty = { confidence, note: text.optional() };
  return {
    kind: z.literal('transfer-profile'),
    /** In the order they are preferred. */
    formats: z.strictObject({
      ...certainty,
      allowed: z.array(z.enum(TRANSFER_FORMATS)).min(1),
      /** Pages in black alone, without fills and with letters that a fax carries. */
      isBlack: z.boolean().optional(),
    }),
    /** `one`: the operator sends a single file. */
    files: z.strictObject({
      ...certainty,
      count: z.enum(['one', 'many']),
      /** Of each file; null: no limit is known. */
      maximumBytes: z.number().int().positive().nullable(),
    }),
    fileName: z.strictObject({
      ...certainty,
      /** Characters before the dot. */
      longest: z.number().int().min(1).max(60),
      /** Which signs it may hold. */
      signs: z.enum(['a-z0-9', 'a-z0-9-', 'A-Za-z0-9_-']),
    }),
    /** null: text is not sent. */
    text: z
      .strictObject({
        ...certainty,
        characterSet: z.enum(CHARACTER_SETS),
        /** Characters in a line. */
        width: z.number().int().min(48).max(200),
        lineEnd: z.enum(['lf', 'crlf']),
        /** What stands for what the set does not hold. It is declared at the head of the text. */
        transliteration: z.array(z.strictObject({ from: z.string().min(1), to: z.string() })),
      })
      .nullable(),
    /** When the systems are staffed; null: nothing is known. */
    window: z.strictObject({ ...certainty, words: text }).nullable(),
    /** For the operator, in order. `{mottagare}`, `{grad}` and `{fil}` are filled in. */
    checklist: z.array(text).min(1),
  };
}

interface TextRule {
  readonly characterSet: (typeof CHARACTER_SETS)[number];
  readonly transliteration: readonly { readonly from: string; readonly to: string }[];
}

const ALLOWED: Readonly<Record<TextRule['characterSet'], RegExp>> = {
  'utf-8': /[\s\S]/u,
  'latin-1': /[\t\n\f\r\u0020-\u007e\u00a0-\u00ff]/u,
  ascii: /[\t\n\f\r\u0020-\u007e]/u,
};

/** Writes texts with the signs of a character set, and remembers what it wrote. */
export interface Transliterator {
  readonly write: (text: string) => string;
  /** What was written for what, in the order of the rule. */
  readonly used: () => string[];
  /** Signs that the set does not hold and that nothing stands for; they are left in the text. */
  readonly left: () => string[];
}

/** By the rule's own replacements; what the set holds is left as it is. */
export function makeTransliterator({ characterSet, transliteration }: TextRule): Transliterator {
  const allowed = ALLOWED[characterSet];
  const replacement = new Map(transliteration.map(({ from, to }) => [from.normalize('NFC'), to]));
  const used = new Set<string>();
  const left = new Set<string>();
  const writeSign = (sign: string): string => {
    if (allowed.test(sign)) return sign;
    const instead = replacement.get(sign);
    (instead === undefined ? left : used).add(sign);
    return instead ?? sign;
  };
  return {
    write: (text) => [...text.normalize('NFC')].map(writeSign).join(''),
    used: () =>
      transliteration
        .filter(({ from }) => used.has(from.normalize('NFC')))
        .map(({ to, from }) => `${codeOf(from)}=${to}`),
    left: () => [...left],
  };
}

/** "ż (U+017C)" */
export function signName(sign: string): string {
  return `${sign} (${codeOf(sign)})`;
}

/** The declaration stands in the text itself, which cannot hold the sign: it is named by its number there. */
const codeOf = (sign: string): string =>
  `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
/** Devices in Windows, which can be no files, and the files that lie beside the report. */
const RESERVED_NAMES = /^(con|prn|aux|nul|com\d|lpt\d|sha256sums|overforingsblad)$/i;

/** Why a name cannot be given to a file, in Swedish, with what to do; null where it can. */
export function whyNotFileName(
  name: string,
  { longest, signs }: { readonly longest: number; readonly signs: 'a-z0-9' | 'a-z0-9-' | 'A-Za-z0-9_-' },
): string | null {
  if (RESERVED_NAMES.test(name)) {
    return `${name} är ett namn som datorer och det som följer med har för annat. Skriv ett annat filnamn.`;
  }
  if (name.length > 0 && name.length <= longest && new RegExp(`^[${signs}]+$`).test(name)) return null;
  const words = {
    'a-z0-9': 'små a–z och siffror',
    'a-z0-9-': 'små a–z, siffror och bindestreck',
    'A-Za-z0-9_-': 'a–z, siffror, bindestreck och understreck',
  };
  return `Filnamnet före punkten ska ha högst ${longest} tecken: ${words[signs]}. Skriv ett annat namn.`;
}
