import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('..', import.meta.url));

/** How things are named in the terminal, and there alone: an option, or the program's own name as a command. */
const TERMINAL_WORDS = /(?:^|[\s(])--[a-z]|\bnpm\b|\bsigill [a-z]+\b/;

/** Whether a text stands where only the terminal reads it: the fourth argument of a SigillError. */
function isTerminalHint(node: ts.Node): boolean {
  for (let at = node; !ts.isSourceFile(at); at = at.parent) {
    const call = at.parent;
    if (ts.isNewExpression(call) && call.expression.getText() === 'SigillError')
      return call.arguments?.indexOf(at as ts.Expression) === 3;
  }
  return false;
}

/** Every text in a source that names something of the terminal's, with its place. */
function terminalWordsIn(name: string, source: string): string[] {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const walk = (node: ts.Node): void => {
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node);
    if (isText && TERMINAL_WORDS.test(node.text) && !isTerminalHint(node)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${name}:${line + 1}: ${node.text}`);
    }
    ts.forEachChild(node, walk);
  };
  walk(file);
  return found;
}

it('what the core says holds in every shell: no text names an option or a command', () => {
  const files = readdirSync(MAIN, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/^shell|^rules\/tools|testing|\.test\.ts$/.test(file),
  );
  expect(files.length).toBeGreaterThan(100);
  const faults = files.flatMap((file) => terminalWordsIn(file, readFileSync(join(MAIN, file), 'utf8')));
  expect(faults).toEqual([]);
});

it('finds such a word, and lets the hint to the terminal be', () => {
  const said = "throw new SigillError('usage', 'Ange skälet (--reason).');";
  expect(terminalWordsIn('a.ts', said)).toEqual(['a.ts:1: Ange skälet (--reason).']);
  expect(terminalWordsIn('a.ts', 'const a = `Kör ${x} --draft nu`;')).toHaveLength(1);
  const hint = "throw new SigillError('usage', 'Ange skälet.', [], room ? '--reason' : `--why ${x}`);";
  expect(terminalWordsIn('a.ts', hint)).toEqual([]);
});
