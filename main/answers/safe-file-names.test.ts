import { expect, it } from 'vitest';
import { safeFileNames } from './safe-file-names.ts';

it('gives files that strangers have named names that any folder can hold, each once', () => {
  const given: readonly (readonly [string, string])[] = [
    ['Svar på rapport.pdf', 'Svar-pa-rapport.pdf'],
    ['../../etc/passwd', 'etc-passwd'],
    ['C:\\temp\\a.exe', 'C-temp-a.exe'],
    ['.bashrc', 'bashrc'],
    ['con.txt', 'bilaga-con.txt'],
    ['', 'bilaga'],
    ['報告', 'bilaga-2'],
    ['a.txt', 'a.txt'],
    ['A.TXT', 'A-2.TXT'],
    ['a.txt', 'a-3.txt'],
    [`${'x'.repeat(200)}.pdf`, `${'x'.repeat(76)}.pdf`],
    ['fil\u202efdp.exe', 'fil-fdp.exe'],
  ];
  expect(safeFileNames(given.map(([name]) => name))).toEqual(given.map(([, safe]) => safe));
});
