/** What can be told of a JSON text but not of the value that `JSON.parse` makes of it. */
interface JsonScan {
  /** Lines, from 1, where an object has a key that it has already. `JSON.parse` would let the last one win in silence. */
  readonly repeatedKeys: readonly number[];
  /** How many values the text holds, objects and lists counted with what is in them. */
  readonly values: number;
}

const BLANK = ' \t\r\n';

function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length && BLANK.includes(text.charAt(at))) at += 1;
  return at;
}

/** @returns the position after the closing quote */
function skipString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at + 1;
}

/**
 * Looks through a JSON text that `JSON.parse` has accepted. Walks character by character and keeps its own stack, so
 * that no depth or length of the text can exhaust it.
 */
export function scanJson(text: string): JsonScan {
  const repeatedKeys: number[] = [];
  /** The keys of each object that is open, and null for each list. */
  const open: (Set<string> | null)[] = [];
  let values = 1;
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === '"') {
      const end = skipString(text, at);
      const keys = open.at(-1);
      if (keys && text.charAt(skipBlank(text, end)) === ':') {
        const key = JSON.parse(text.slice(at, end)) as string;
        if (keys.has(key)) repeatedKeys.push(line);
        keys.add(key);
      }
      at = end;
      continue;
    }
    if (character === '\n') line += 1;
    else if (character === '{') open.push(new Set());
    else if (character === '[') open.push(null);
    else if (character === '}' || character === ']') open.pop();
    else if (character === ',' || character === ':') values += 1;
    at += 1;
  }
  return { repeatedKeys, values };
}
