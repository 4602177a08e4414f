import { Buffer } from 'node:buffer';
import { SigillError } from '../../../shared/domain/error.ts';
import type { TransferProfile } from '../../../shared/domain/rules.ts';
import {
  CHARACTER_SET_NAME,
  TRANSFER_ENDING,
  transliterate,
  whyNotFileName,
  type TransferFormat,
} from '../../../shared/domain/transfer-profile.ts';
import type { ExportFile } from '../files.ts';

/** The same report in each format. The text is drawn when it is known how wide its lines may be. */
export interface Renderings {
  readonly pdf: Uint8Array;
  readonly json: Uint8Array;
  readonly text: (width: number) => string;
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

const NARROWEST = 48;

/**
 * Makes the files that a profile takes, in its own character set and line width.
 * @throws SigillError `policy` where the report does not fit: each fault with what to change. Nothing has been made then.
 */
export function fitProfile(
  profile: TransferProfile,
  rendered: Renderings,
  { format, fileName }: TransferChoice,
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
    const written = writeText(profile, rendered.text);
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
  const other = name.endsWith('.pdf') && formats.allowed.includes('text');
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

/**
 * The text with the profile's signs and line width. A sign that is written with several makes its line longer: the lines are drawn
 * narrower until all fit.
 */
function writeText({ text: rule }: TransferProfile, draw: Renderings['text']): WrittenText {
  if (rule === null) throw new TypeError('A checked profile that takes text says how.');
  for (let width = rule.width; ; width -= 1) {
    const { text, used, left } = transliterate(draw(width), rule);
    const longest = Math.max(...text.split(/[\n\f]/).map((line) => line.length));
    if (longest > rule.width && width > NARROWEST) continue;
    const faults =
      left.length === 0
        ? []
        : [
            `${left.length === 1 ? 'ett tecken' : `${left.length} tecken`} finns inte i ${CHARACTER_SET_NAME[rule.characterSet]} och har ingen översättning i profilen: ` +
              `${left.slice(0, 12).join(', ')}${left.length > 12 ? ' …' : ''}. Ändra uppgiften, lägg till tecknet i profilen eller välj PDF.`,
          ];
    if (longest > rule.width)
      faults.push(
        `en rad är ${longest} tecken, och profilen tar ${rule.width}. Höj bredden i profilen eller välj PDF.`,
      );
    const whole = `${declaration(used, rule.width)}${text.endsWith('\n') ? text : `${text}\n`}`;
    const ended = rule.lineEnd === 'crlf' ? whole.replace(/\n/g, '\r\n') : whole;
    return {
      bytes: Buffer.from(ended, rule.characterSet === 'utf-8' ? 'utf8' : 'latin1'),
      characterSet: CHARACTER_SET_NAME[rule.characterSet],
      transliterated: used,
      faults,
    };
  }
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
