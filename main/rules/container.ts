import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { SigillError } from '../../shared/domain/error.ts';
import { withoutSchema, type RuleFiles } from './read.ts';

/** A pack in one file: `regler.sigillregler`. */
const FORMAT = 'sigill-regler/1';
/** Ours is a third of a MiB; what is far larger is no pack, and would be held in memory whole. */
export const LARGEST_PACK = 4 * 1024 * 1024;
const MOST_FILES = 1000;
/** `paket.json`, or one folder and one file: nothing that could be a path out of anywhere. */
const FILE_NAME = /^(?:[a-z0-9][a-z0-9-]{0,60}\/)?[a-z0-9][a-z0-9-]{0,80}\.json$/;

/** A pack as one file, and what identifies it. */
export interface PackedRules {
  /** Canonical JSON (RFC 8785) in UTF-8: the same pack is always the same bytes, and those are what is signed. */
  readonly text: string;
  /** SHA-256 of the bytes, in hex. */
  readonly digest: string;
}

/** @throws SigillError `usage` for a file that is no JSON, a name that is not allowed, or too much of it */
export function packRules(files: RuleFiles): PackedRules {
  const faults = [...files].flatMap(([name, content]) => [
    ...nameFaults(name),
    ...(content === undefined ? [`${name}: är inte läsbar JSON i UTF-8.`] : []),
  ]);
  if (faults.length > 0) throw new SigillError('usage', 'Mappen kan inte bli ett regelpaket.', faults);
  const text = canonicalText({
    format: FORMAT,
    files: Object.fromEntries([...files].map(([name, content]) => [name, withoutSchema(content)])),
  });
  if (Buffer.byteLength(text, 'utf8') > LARGEST_PACK) throw tooLarge();
  return { text, digest: digestOf(text) };
}

/**
 * Reads a pack out of its one file. What is written in any other way than Sigill writes it is refused: a name twice in
 * an object, a number in two ways, or white space could be read as something else than what somebody signed.
 * @throws SigillError `usage`
 */
export function unpackRules(bytes: Uint8Array): PackedRules & { readonly files: RuleFiles } {
  if (bytes.length > LARGEST_PACK) throw tooLarge();
  const text = decode(bytes);
  const content = parse(text);
  const { format, files, ...rest } = Object(content) as Record<string, unknown>;
  if (format !== FORMAT || typeof files !== 'object' || files === null || Array.isArray(files)) {
    throw notAPack();
  }
  if (Object.keys(rest).length > 0 || canonicalText(content) !== text) {
    throw new SigillError(
      'usage',
      'Regelpaketet är inte skrivet så som rules:sign skriver det. Det används inte.',
    );
  }
  const names = Object.keys(files);
  if (names.length > MOST_FILES)
    throw new SigillError('usage', `Regelpaketet har fler än ${MOST_FILES} filer. Det används inte.`);
  const faults = names.flatMap(nameFaults);
  if (faults.length > 0)
    throw new SigillError('usage', 'Regelpaketet har filnamn som inte är tillåtna.', faults);
  return { text, digest: digestOf(text), files: new Map(Object.entries(files)) };
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

function nameFaults(name: string): string[] {
  if (FILE_NAME.test(name)) return [];
  // Told shortened, and without what a terminal would obey.
  const shown = name.replace(/\p{C}/gu, '?').slice(0, 80);
  return [`"${shown}": ska vara mapp/fil.json med små bokstäver a–z, siffror och bindestreck.`];
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw notAPack();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notAPack();
  }
}

function canonicalText(value: unknown): string {
  try {
    const canonical = canonicalize(value);
    if (canonical !== undefined) return canonical;
  } catch {
    // Nested without end, or a lone half of a character: it was not written by us.
  }
  throw notAPack();
}

function notAPack(): SigillError {
  return new SigillError('usage', 'Filen är inget helt regelpaket (.sigillregler). Det används inte.');
}

function tooLarge(): SigillError {
  return new SigillError(
    'usage',
    `Regelpaketet är för stort: högst ${LARGEST_PACK / 1024 / 1024} MiB. Det används inte.`,
  );
}
