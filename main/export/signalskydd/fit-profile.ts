import { Buffer } from 'node:buffer';
import { SigillError } from '../../../shared/domain/error.ts';
import { fieldText, type ReportSection } from '../../../shared/domain/report.ts';
import type { TransferProfile } from '../../../shared/domain/rules.ts';
import {
  CHARACTER_SET_NAME,
  makeTransliterator,
  signName,
  TRANSFER_ENDING,
  whyNotFileName,
  type TransferFormat,
  type Transliterator,
} from '../../../shared/domain/transfer-profile.ts';
import type { ExportFile } from '../files.ts';

/** The same report in each format. The text is drawn when it is known how wide its lines may be and with which signs. */
export interface Renderings {
  readonly pdf: Uint8Array;
  readonly json: Uint8Array;
  readonly text: (layout: Pick<Transliterator, 'write'> & { readonly width: number }) => string;
}

/** What was chosen within a profile. */
export interface TransferChoice {
  /** Which format is sent, where the profile takes one file; null: the one it prefers. */
  readonly format: TransferFormat | null;
  /** Without its ending. */
  readonly fileName: string;
}

export interface FittedFiles {
  readonly files: readonly ExportFile[];
  /** How the text is written, for the sheet; null where no text goes. */
  readonly text: { readonly characterSet: string; readonly transliterated: readonly string[] } | null;
}

/** Signs, and fields where they stand, that a fault names; of the others it says how many they are. */
const MOST_SIGNS = 12;
const MOST_FIELDS = 3;

/**
 * Makes the files that a profile takes, in its own character set and line width.
 * @param sections of the report: a fault in the text names the fields where it stands
 * @throws SigillError `policy` where the report does not fit: each fault with what to change. Nothing has been made then.
 */
export function fitProfile(
  profile: TransferProfile,
  rendered: Renderings,
  { format, fileName }: TransferChoice,
  sections: readonly ReportSection[],
): FittedFiles {
  const faults: string[] = [];
  const badName = whyNotFileName(fileName, profile.fileName);
  if (badName !== null) faults.push(badName);
  const { allowed } = profile.formats;
  if (format !== null && !allowed.includes(format)) {
    faults.push(
      `Formatet ${NAME[format]} tas inte emot. Välj ${allowed.map((one) => NAME[one]).join(' eller ')}.`,
    );
    // Nothing is made in a format that the profile says nothing of: how its text is written is not known.
    throw misfit(profile, faults);
  }
  const [preferred = 'pdf'] = allowed;
  const wanted = profile.files.count === 'many' ? allowed : [format ?? preferred];
  let text: FittedFiles['text'] = null;
  const files = wanted.map((one): ExportFile => {
    const name = `${fileName}.${TRANSFER_ENDING[one]}`;
    if (one !== 'text') return { name, bytes: one === 'pdf' ? rendered.pdf : rendered.json };
    const written = writeText(profile, rendered.text, sections);
    text = { characterSet: written.characterSet, transliterated: written.transliterated };
    faults.push(...written.faults.map((fault) => `${name}: ${fault}`));
    return { name, bytes: written.bytes };
  });
  for (const { name, bytes } of files) faults.push(...sizeFaults(profile, name, bytes.length));
  if (faults.length > 0) throw misfit(profile, faults);
  return { files, text };
}

function misfit({ name }: TransferProfile, faults: readonly string[]): SigillError {
  return new SigillError(
    'policy',
    `Handlingen passar inte profilen ${name}. Det här behöver ändras:`,
    faults,
  );
}

const NAME: Readonly<Record<TransferFormat, string>> = { pdf: 'PDF', text: 'text', json: 'JSON' };
const sized = new Intl.NumberFormat('sv-SE');

function sizeFaults({ files, formats }: TransferProfile, name: string, size: number): string[] {
  const { maximumBytes } = files;
  if (maximumBytes === null || size <= maximumBytes) return [];
  const other = name.endsWith('.pdf') && otherFormats({ files, formats }, 'pdf').includes('text');
  return [
    `${name} är ${sized.format(size)} byte, och profilen tar högst ${sized.format(maximumBytes)}. ` +
      `${other ? 'Välj formatet text, eller' : 'Korta rapporten, eller'} sänd handlingen på annat sätt.`,
  ];
}

interface WrittenText {
  readonly bytes: Uint8Array;
  readonly characterSet: string;
  readonly transliterated: readonly string[];
  readonly faults: readonly string[];
}

/** The text with the profile's signs and line width: it is laid out with the signs that are sent, so that its frames are whole. */
function writeText(
  profile: TransferProfile,
  draw: Renderings['text'],
  sections: readonly ReportSection[],
): WrittenText {
  const { text: rule } = profile;
  if (rule === null) throw new TypeError('A checked profile that takes text says how.');
  const signs = makeTransliterator(rule);
  const text = draw({ width: rule.width, write: signs.write });
  const used = signs.used();
  const whole = `${declaration(used, rule.width)}${text.endsWith('\n') ? text : `${text}\n`}`;
  const ended = rule.lineEnd === 'crlf' ? whole.replace(/\n/g, '\r\n') : whole;
  const characterSet = CHARACTER_SET_NAME[rule.characterSet];
  return {
    bytes: Buffer.from(ended, rule.characterSet === 'utf-8' ? 'utf8' : 'latin1'),
    characterSet,
    transliterated: used,
    faults: signFaults(profile, characterSet, signs.left(), sections),
  };
}

function signFaults(
  profile: TransferProfile,
  characterSet: string,
  left: readonly string[],
  sections: readonly ReportSection[],
): string[] {
  if (left.length === 0) return [];
  const count = left.length === 1 ? 'ett tecken' : `${left.length} tecken`;
  const named = left.slice(0, MOST_SIGNS).map(signName).join(', ');
  const more = left.length > MOST_SIGNS ? ` och ${left.length - MOST_SIGNS} till` : '';
  const others = otherFormats(profile, 'text').map((one) => NAME[one]);
  const ways = ['Ändra uppgiften', 'lägg till tecknet i profilen'];
  if (others.length > 0) ways.push(`välj ${others.join(' eller ')}`);
  return [
    `${count} finns inte i ${characterSet} och har ingen översättning i profilen: ${named}${more}. ` +
      `${placesOf(left, sections)}${ways.slice(0, -1).join(', ')} eller ${ways.at(-1) ?? ''}.`,
  ];
}

/** "Står i ”Orsak”, ”Omfattning” och 2 fält till. "; nothing where no answer has them. */
function placesOf(signs: readonly string[], sections: readonly ReportSection[]): string {
  const labels = sections
    .flatMap(({ fields }) => fields)
    .filter((field) => {
      const text = fieldText(field).normalize('NFC');
      return signs.some((sign) => text.includes(sign));
    })
    .map(({ label }) => `”${label}”`);
  if (labels.length === 0) return '';
  const named = labels.slice(0, MOST_FIELDS).join(', ');
  const more = labels.length > MOST_FIELDS ? ` och ${labels.length - MOST_FIELDS} fält till` : '';
  return `Står i ${named}${more}. `;
}

/** What could be chosen instead: nothing where the profile takes every format at once. */
function otherFormats(
  { files, formats }: Pick<TransferProfile, 'files' | 'formats'>,
  format: TransferFormat,
): TransferFormat[] {
  return files.count === 'many' ? [] : formats.allowed.filter((one) => one !== format);
}

/** What was written for what, at the head of the text and in its own signs: the reader can turn it back. */
function declaration(used: readonly string[], width: number): string {
  if (used.length === 0) return '';
  const lines: string[] = [];
  let line = 'OVERSATTA TECKEN:';
  for (const one of used) {
    if (line.length + one.length + 1 > width) {
      lines.push(line);
      line = ' ';
    }
    line += ` ${one}`;
  }
  return `${[...lines, line, ''].join('\n')}\n`;
}
