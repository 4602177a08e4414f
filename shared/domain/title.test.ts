import { expect, it } from 'vitest';
import { readsAsWritten } from './title.ts';

it.each(['\u202e', '\u2066', '\u200f', '\u061c'])(
  'a title with %j in it does not read as it is written',
  (sign) => {
    expect(readsAsWritten(`Intrång ${sign}fdp.exe`)).toBe(false);
  },
);

it('a title in any script reads as it is written', () => {
  expect(readsAsWritten('Intrång – أمن المعلومات, אבטחה, 👩‍💻')).toBe(true);
});
