import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SigillError } from '../../shared/domain/error.ts';
import { makeRecoveryCode, readRecoveryCode } from './recovery-code.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Fixed, so that the one miss in a million that the checksum allows does not turn up on a Tuesday. */
const SEED = 20261122;

function faultOf(text: string): SigillError {
  try {
    readRecoveryCode(text);
  } catch (error) {
    if (error instanceof SigillError) return error;
    throw error;
  }
  throw new Error('The code was read.');
}

function isNoticed(text: string): boolean {
  try {
    readRecoveryCode(text);
    return false;
  } catch (error) {
    return error instanceof SigillError;
  }
}

describe('recovery code', () => {
  it('has nine groups of four and comes back as it was made', () => {
    for (let round = 0; round < 200; round += 1) {
      const { code, secret } = makeRecoveryCode();
      expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]{4}$/);
      expect(secret).toHaveLength(20);
      expect(readRecoveryCode(code)).toEqual(secret);
    }
  });

  it('is not the same twice', () => {
    expect(makeRecoveryCode().code).not.toBe(makeRecoveryCode().code);
  });

  it('is read however it is typed', () => {
    for (let round = 0; round < 50; round += 1) {
      const { code, secret } = makeRecoveryCode();
      const misread = code.replaceAll('0', 'o').replace('1', 'l').replaceAll('1', 'I');
      const fullWidth = code.replace(/[0-9A-Z]/g, (character) =>
        String.fromCharCode(character.charCodeAt(0) + 0xfee0),
      );
      for (const typed of [
        code.toLowerCase(),
        code.replaceAll('-', ''),
        ` ${code.replaceAll('-', ' – ')}\n`,
        code.replaceAll('-', '\u00a0'),
        misread,
        fullWidth,
      ]) {
        expect(readRecoveryCode(typed)).toEqual(secret);
      }
    }
  });

  it('notices any wrong character and any two that changed places', () => {
    let missed = 0;
    let tried = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 35 }), fc.integer({ min: 1, max: 31 }), (place, step) => {
        const characters = makeRecoveryCode().code.replaceAll('-', '');
        const was = characters.charAt(place);
        const becomes = ALPHABET.charAt((ALPHABET.indexOf(was) + step) % 32);
        tried += 1;
        if (!isNoticed(characters.slice(0, place) + becomes + characters.slice(place + 1))) missed += 1;

        const next = characters.charAt(place + 1);
        if (next !== '' && next !== was) {
          tried += 1;
          if (!isNoticed(characters.slice(0, place) + next + was + characters.slice(place + 2))) missed += 1;
        }
      }),
      { numRuns: 20_000, seed: SEED },
    );
    // The codes are random: 39 000 tries at 2^-20 each are expected to miss 0.04 times, and three times never.
    expect(tried).toBeGreaterThan(35_000);
    expect(missed).toBeLessThan(3);
  });

  it('notices two whole groups that changed places', () => {
    for (let round = 0; round < 200; round += 1) {
      const groups = makeRecoveryCode().code.split('-');
      const [first = '', second = '', ...rest] = groups;
      if (first !== second) expect(isNoticed([second, first, ...rest].join('-'))).toBe(true);
    }
  });

  it('says what is wrong, in Swedish, without quoting the code', () => {
    const { code } = makeRecoveryCode();
    const short = faultOf(code.slice(0, -1));
    expect(short.kind).toBe('usage');
    expect(short.message).toContain('35 tecken men ska ha 36');

    const strange = faultOf(`UU${code.slice(2)}`);
    expect(strange.message).toContain('i grupp 1.');

    // Something else was pasted: one line, not a list of thousands of groups.
    expect(faultOf('å'.repeat(10_000)).message).toMatch(/^Återställningskoden har 10000 tecken/);

    const characters = code.replaceAll('-', '');
    const wrong = faultOf((characters.startsWith('2') ? '3' : '2') + characters.slice(1));
    expect(wrong.message).toContain('felskriven');
    expect(wrong.message).toContain('Alla 9 grupper');
    for (const group of code.split('-')) {
      expect(wrong.message).not.toContain(group);
      expect(short.message).not.toContain(group);
    }
  });

  it.each(['', '-', 'inte en kod', 'Å'.repeat(36), '0'.repeat(10_000), '💥'.repeat(9)])(
    'refuses %j with words',
    (text) => {
      expect(faultOf(text).kind).toBe('usage');
    },
  );
});
