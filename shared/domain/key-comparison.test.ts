import { describe, expect, it } from 'vitest';
import { SigillError } from './error.ts';
import { describeComparison, readComparison, type WrittenComparison } from './key-comparison.ts';

const CALL: WrittenComparison = {
  first: ' Eva  Lind ',
  second: 'Bo Ask',
  way: 'telefon',
  phone: '010-240 40 40',
  note: 'vakthavande, numret ur CERT-SE:s RFC 2350',
};

function faults(change: Partial<WrittenComparison>): readonly string[] {
  try {
    readComparison({ ...CALL, ...change });
  } catch (error) {
    if (error instanceof SigillError) return error.faults;
    throw error;
  }
  return [];
}

describe('the comparison of a fingerprint', () => {
  it('is by two persons, over a number or at a meeting', () => {
    expect(readComparison(CALL)).toMatchObject({
      first: 'Eva Lind',
      second: 'Bo Ask',
      phone: '010-240 40 40',
    });
    expect(readComparison({ ...CALL, way: 'mote', phone: '12' }).phone).toBeNull();
    const { first, second, phone, note } = readComparison(CALL);
    expect(
      describeComparison({
        verifiedBy: first,
        verifiedSecond: second,
        verifiedPhone: phone,
        verifiedHow: note,
      }),
    ).toBe('Eva Lind och Bo Ask, uppringt 010-240 40 40: vakthavande, numret ur CERT-SE:s RFC 2350');
    expect(
      describeComparison({
        verifiedBy: 'Eva',
        verifiedSecond: null,
        verifiedPhone: null,
        verifiedHow: 'fax',
      }),
    ).toBe('Eva ensam: fax');
  });

  it.each<[string, Partial<WrittenComparison>, RegExp]>([
    ['one person', { second: ' ' }, /vilka två/],
    ['the same person twice', { second: 'eva lind' }, /Två olika/],
    ['no number', { phone: null }, /numret som ringdes/],
    ['a number that is none', { phone: 'växeln' }, /numret som ringdes/],
    ['no way', { way: null }, /ett möte/],
    ['nothing of how', { note: '' }, /vem som svarade/],
  ])('is refused with %s', (_name, change, expected) => {
    expect(faults(change).join(' ')).toMatch(expected);
  });
});
