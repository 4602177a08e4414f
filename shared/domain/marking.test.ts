import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describeMarking,
  isAtMost,
  isContained,
  isLevel,
  isProtectedLevel,
  joinMarkings,
  LEVELS,
  levelRank,
  makeMarking,
  OPEN_MARKING,
  sameMarking,
  type Marking,
} from './marking.ts';

const PROVISIONS = [
  '8 kap. 1 § OSL',
  '15 kap. 1 § OSL',
  '15 kap. 2 § OSL',
  '18 kap. 8 § OSL',
  '18 kap. 8 b § OSL',
  '18 kap. 13 § OSL',
  '21 kap. 7 § OSL',
];

const anyLevel = fc.constantFrom(...LEVELS);
const anyMarking: fc.Arbitrary<Marking> = fc
  .tuple(anyLevel, fc.subarray(PROVISIONS), fc.constantFrom(...PROVISIONS))
  .map(([level, basis, first]) => makeMarking(level, level === 'oppen' ? basis : [...basis, first]));

describe('markings form a lattice', () => {
  it('joining is idempotent', () => {
    fc.assert(
      fc.property(anyMarking, (one) => {
        expect(joinMarkings([one, one])).toEqual(one);
      }),
    );
  });

  it('joining is commutative', () => {
    fc.assert(
      fc.property(anyMarking, anyMarking, (one, other) => {
        expect(joinMarkings([one, other])).toEqual(joinMarkings([other, one]));
      }),
    );
  });

  it('joining is associative, and joining all at once is the same', () => {
    fc.assert(
      fc.property(anyMarking, anyMarking, anyMarking, (one, two, three) => {
        const together = joinMarkings([one, two, three]);
        expect(joinMarkings([joinMarkings([one, two]), three])).toEqual(together);
        expect(joinMarkings([one, joinMarkings([two, three])])).toEqual(together);
      }),
    );
  });

  it('open is the identity, and the join of nothing', () => {
    fc.assert(
      fc.property(anyMarking, (one) => {
        expect(joinMarkings([OPEN_MARKING, one])).toEqual(one);
      }),
    );
    expect(joinMarkings([])).toEqual(OPEN_MARKING);
  });

  it('a join is an upper bound, and contained in every other upper bound', () => {
    fc.assert(
      fc.property(anyMarking, anyMarking, anyMarking, (one, other, bound) => {
        const join = joinMarkings([one, other]);
        expect(isContained(one, join) && isContained(other, join)).toBe(true);
        const isBound = isContained(one, bound) && isContained(other, bound);
        expect(isContained(join, bound)).toBe(isBound);
      }),
    );
  });

  it('being contained is a partial order: reflexive, antisymmetric, transitive', () => {
    fc.assert(
      fc.property(anyMarking, anyMarking, anyMarking, (one, two, three) => {
        expect(isContained(one, one)).toBe(true);
        if (isContained(one, two) && isContained(two, one)) expect(one).toEqual(two);
        if (isContained(one, two) && isContained(two, three)) expect(isContained(one, three)).toBe(true);
        expect(isContained(one, two)).toBe(sameMarking(joinMarkings([one, two]), two));
      }),
    );
  });

  it('the level of a join is the highest level, so that more parts never give a lower one', () => {
    fc.assert(
      fc.property(fc.array(anyMarking), anyMarking, (parts, more) => {
        const before = joinMarkings(parts);
        const after = joinMarkings([...parts, more]);
        expect(levelRank(after.level)).toBe(Math.max(levelRank(before.level), levelRank(more.level)));
        expect(isContained(before, after)).toBe(true);
      }),
    );
  });
});

describe('a marking', () => {
  it('has its basis in normal form: each provision once, in the order of the law, whatever was given', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...PROVISIONS, ...PROVISIONS], { minLength: 1 }),
        fc.constantFrom('', ' ', '\t', '\u00a0'),
        (basis, blank) => {
          const given = basis.map((provision) => blank + provision.replaceAll(' ', ` ${blank}`) + blank);
          const marking = makeMarking('sekretess', given);
          expect(marking).toEqual(makeMarking('sekretess', new Set(basis)));
          expect(marking.basis).toEqual(
            PROVISIONS.filter((provision) => (basis as readonly string[]).includes(provision)),
          );
        },
      ),
    );
  });

  it('takes a letter with its ring typed apart for the same provision', () => {
    const apart = '3 kap. § Säkerhetsskyddslagen'.normalize('NFD');
    expect(makeMarking('sekretess', [apart, apart.normalize('NFC')]).basis).toHaveLength(1);
  });

  it.each(LEVELS.filter((level) => level !== 'oppen'))('at %s must have a provision', (level) => {
    expect(() => makeMarking(level, [])).toThrow(RangeError);
    expect(() => makeMarking(level, ['', ' \t'])).toThrow(RangeError);
    expect(makeMarking(level, ['15 kap. 2 § OSL']).level).toBe(level);
  });

  it('is told in words with its provisions', () => {
    expect(describeMarking(OPEN_MARKING)).toBe('öppen');
    expect(describeMarking(makeMarking('begransat-hemlig', ['18 kap. 8 § OSL', '15 kap. 2 § OSL']))).toBe(
      'begränsat hemlig (15 kap. 2 § OSL, 18 kap. 8 § OSL)',
    );
  });
});

describe('the levels', () => {
  it('are in the order of the law, and every säkerhetsskyddsklass is above sekretess', () => {
    expect([...LEVELS].sort((one, other) => levelRank(one) - levelRank(other))).toEqual(LEVELS);
    expect(LEVELS.filter(isProtectedLevel)).toEqual([
      'begransat-hemlig',
      'konfidentiell',
      'hemlig',
      'kvalificerat-hemlig',
    ]);
    expect(LEVELS.filter((level) => isAtMost(level, 'konfidentiell'))).toEqual(LEVELS.slice(0, 4));
  });

  it.each([undefined, null, 0, 'HEMLIG', 'toString', ['hemlig']])('%j is no level', (value) => {
    expect(isLevel(value)).toBe(false);
  });
});
