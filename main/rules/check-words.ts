import { MANIFEST_FILE, type PackManifest } from '../../shared/domain/rule-pack.ts';
import type { RuleFile } from '../../shared/domain/rules.ts';
import { describeTextFault, findTextFault } from '../../shared/domain/written-text.ts';
import { describePlace } from './describe-issue.ts';

/** One line in a list, a heading or a label, that people decide by. */
const TITLES: ReadonlySet<string> = new Set(['name', 'title', 'label', 'purpose']);
/** What stands for a sign may be a space, or nothing. */
const SIGNS = 'transliteration';
const SOMETHING_SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;

/**
 * Words that nobody can see, or that read as something else than they are. A rule is read on the screen, on paper and in
 * the terminal, and whoever takes a pack decides by what it seems to say.
 * @returns one Swedish line per fault, with its place in the file
 */
export function findWordFaults(file: RuleFile | PackManifest): { place: string; fault: string }[] {
  return [...textsIn(file, [])].flatMap(([path, text]) => {
    const place = describePlace(path).replace(/: $/, '');
    if (!SOMETHING_SEEN.test(text)) return [{ place, fault: 'är tom. Skriv något som går att läsa.' }];
    const found = findTextFault(text, TITLES.has(String(path.at(-1))) ? 'title' : 'text');
    return found ? [{ place, fault: describeTextFault(found) }] : [];
  });
}

/** The same of what a pack says that it is. @returns one Swedish line per fault, beginning with the file */
export function findManifestFaults(manifest: PackManifest): string[] {
  return findWordFaults(manifest).map(({ place, fault }) => `${MANIFEST_FILE}: ${place}: ${fault}`);
}

function* textsIn(value: unknown, path: readonly PropertyKey[]): Generator<[readonly PropertyKey[], string]> {
  if (typeof value === 'string') yield [path, value];
  else if (typeof value === 'object' && value !== null)
    for (const [key, part] of Object.entries(value))
      if (key !== SIGNS) yield* textsIn(part, [...path, Array.isArray(value) ? Number(key) : key]);
}
