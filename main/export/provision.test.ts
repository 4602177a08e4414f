import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { provisionsIn, wholeChapter } from './provision.ts';

describe('the provisions that a text names', () => {
  it.each([
    ['18 kap. 8 § OSL', ['18:8']],
    ['18 kap 8b§', ['18:8b']],
    ['18 kap. 8 b § OSL', ['18:8b']],
    ['OSL 18:8 b', ['18:8b']],
    ['18:8b OSL', ['18:8b']],
    ['15KAP.2§', ['15:2']],
    ['15 kapitlet 2 §', ['15:2']],
    ['15 kap. § 2 OSL', ['15:2']],
    ['18 kap. 8 § 3 p OSL', ['18:8']],
    ['18 kap. 8 § första stycket 3 OSL', ['18:8']],
    ['15 kap. 2 § 1 st. OSL', ['15:2']],
    ['15:2 första stycket OSL', ['15:2']],
    ['15:2 andra stycket OSL', ['15:2']],
    ['15 kap. 2 § offentlighets- och sekretesslagen (2009:400)', ['15:2']],
    ['offentlighets- och sekretesslagen (2009:400) 15:2', ['15:2']],
    ['18 kap. 8 och 13 §§ OSL', ['18:8', '18:13']],
    ['18 kap. 8 §, 13 § OSL', ['18:8', '18:13']],
    ['18 kap. 8 § 3 p och 4 p samt 13 § OSL', ['18:8', '18:13']],
    ['15 kap. 1–3 §§ OSL', ['15:1', '15:2', '15:3']],
    ['OSL 15:1-3', ['15:1', '15:2', '15:3']],
    ['18 kap. 8–8 b §§ OSL', ['18:8', '18:8b']],
    ['18 kap. 8 § och 15 kap. 2 § OSL', ['18:8', '15:2']],
    ['OSL 18:8, 18:13', ['18:8', '18:13']],
    ['15 kap. OSL', ['15:*']],
    ['15 kap. 2 a § OSL', ['15:2a']],
  ] as const)('%s', (text, expected) => {
    expect(provisionsIn(text)).toEqual(expected);
  });

  it.each(['', 'utrikessekretess', '15.2 OSL', 'OSL', '18 kap. 8 § OSL, se även 7', '2009:400'])(
    'are not understood in %j',
    (text) => {
      expect(provisionsIn(text)).toBeNull();
    },
  );

  it('a chapter stands for each of its paragraphs', () => {
    expect(wholeChapter('15:2')).toBe('15:*');
    expect(wholeChapter('18:8b')).toBe('18:*');
  });
});

describe('however people write one provision', () => {
  const blank = fc.constantFrom('', ' ', '\u00a0', '\t');
  const law = fc.constantFrom('', ' OSL', ' offentlighets- och sekretesslagen (2009:400)');
  const further = fc.constantFrom('', ' 1 st.', ' första stycket', ' 3 p', ' andra stycket 4');

  it('it is the same one', () => {
    const chapter = fc.integer({ min: 1, max: 44 });
    const paragraph = fc.integer({ min: 1, max: 60 });
    const letter = fc.constantFrom('', 'a', 'b', 'c');
    fc.assert(
      fc.property(
        fc.tuple(chapter, paragraph, letter),
        fc.tuple(blank, blank, blank),
        law,
        further,
        fc.boolean(),
        fc.constantFrom('kap.', 'kap', 'Kap.', 'kapitlet'),
        ([first, second, third], [one, two, three], name, more, isLawFirst, word) => {
          const wanted = `${first}:${second}${third}`;
          const inWords = `${first}${one}${word}${word.endsWith('.') ? two : ' '}${second}${third && ' '}${third}${three}§${more}`;
          const short = `${first}:${second}${third}`;
          for (const text of [inWords, short]) {
            const whole = isLawFirst ? `${name} ${text}` : `${text}${name}`;
            expect(provisionsIn(whole), whole).toEqual([wanted]);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('a text of any kind is read to the end, and soon', () => {
    const piece = fc.constantFrom('15', ' ', 'kap', '.', '§', ':', '-', ',', 'och', 'b', '2', 'till', 'st');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 300 }), (pieces) => {
        const from = performance.now();
        provisionsIn(pieces.join(''));
        expect(performance.now() - from).toBeLessThan(1000);
      }),
      { numRuns: 300 },
    );
  });
});
