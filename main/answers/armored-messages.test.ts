import { describe, expect, it } from 'vitest';
import { armoredMessages, MOST_MESSAGES } from './armored-messages.ts';

const BEGIN = '-----BEGIN PGP MESSAGE-----\n';
const END = '-----END PGP MESSAGE-----\n';
const CLEAN = `${BEGIN}\nwV4D\nabcd\n=Ab1c\n${END}`;

describe('an armored message', () => {
  it('is cut out of what stands around it, without its fields', () => {
    const text = `Hej,\n\n${BEGIN}Version: GnuPG v2\nComment: \n\nwV4D\nabcd\n=Ab1c\n${END}\nHälsningar`;
    expect(armoredMessages(text)).toEqual([{ armored: CLEAN, isQuoted: false }]);
  });

  it('is whole again where it is quoted, or has empty lines between its own', () => {
    expect(armoredMessages(CLEAN.replace(/^/gm, '> '))).toEqual([{ armored: CLEAN, isQuoted: true }]);
    expect(armoredMessages(CLEAN.replace(/^/gm, '>>'))).toEqual([{ armored: CLEAN, isQuoted: true }]);
    expect(armoredMessages(CLEAN.replaceAll('\n', '\r\n\u00a0\r\n'))).toEqual([
      { armored: CLEAN, isQuoted: false },
    ]);
  });

  it('without an end is none, and one after it is found', () => {
    expect(armoredMessages(`${BEGIN}\nwV4D\n`)).toEqual([]);
    expect(armoredMessages(`${END}${BEGIN}\nwV4D\n${CLEAN}${END}`)).toEqual([
      { armored: CLEAN, isQuoted: false },
    ]);
  });

  it('is looked for in a time that grows with the file and no faster, and not without end', () => {
    const started = performance.now();
    expect(armoredMessages(BEGIN.repeat(250_000))).toEqual([]);
    expect(armoredMessages(END.repeat(250_000))).toEqual([]);
    expect(armoredMessages(`${BEGIN}${' '.repeat(3_000_000)}a${'>\n'.repeat(2_000_000)}${END}`)).toHaveLength(
      1,
    );
    expect(armoredMessages(`${BEGIN}${END}`.repeat(100_000))).toHaveLength(MOST_MESSAGES);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
