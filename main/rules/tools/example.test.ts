import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { checkPack } from './check-pack.ts';
import { signFolder } from './sign-pack.ts';

/** The example of docs/rules.md, step by step, as it stands there. */
const guide = readFileSync(new URL('../../../docs/rules.md', import.meta.url), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'sigill-example-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(tool: typeof checkPack, ...words: string[]): { code: number; said: string } {
  let said = '';
  const tell = (text: string): void => void (said += text);
  const code = tool(words, { out: tell, err: tell });
  return { code, said };
}

it('the pack in the guide is whole, is signed, and is found to be what was signed', () => {
  const [manifest, list] = [...guide.matchAll(/```json\n(.*?)```/gs)].map(([, text]) => text ?? '');
  for (const [name, text] of [
    ['paket.json', manifest],
    ['codelists/system.json', list],
  ] as const) {
    expect(guide).toContain(`\`${name}\``);
    mkdirSync(dirname(join(folder, 'norrdal', name)), { recursive: true });
    writeFileSync(join(folder, 'norrdal', name), text ?? '');
  }
  const [pack, key] = [join(folder, 'norrdal.sigillregler'), join(folder, 'nyckel')];
  expect(run(checkPack, join(folder, 'norrdal'))).toEqual({
    code: 0,
    said: expect.stringMatching(/Norrdals kommuns regler 2026-1: 1 regler, inga fel/),
  });
  expect(run(signFolder, '--new-key', key, '--publisher', 'norrdal', '--name', 'Norrdals kommun').code).toBe(
    0,
  );
  expect(run(signFolder, '--key', `${key}.hemlig.pem`, join(folder, 'norrdal'), '--out', pack).code).toBe(0);
  expect(run(checkPack, pack, '--key', `${key}.utgivare.json`)).toEqual({
    code: 0,
    said: expect.stringContaining('Signaturen är gjord av Norrdals kommun.'),
  });
});
