import { describe, expect, it } from 'vitest';
import { makeMarking, type Level } from '../../shared/domain/marking.ts';
import { textOfPages } from '../testing/pdf.ts';
import { operatorsOf } from '../testing/pdf-operators.ts';
import { documentHead } from './head.ts';
import { SHIPPED_STAMP, type DocumentLook } from './look.ts';
import { renderPdf } from './pdf.ts';
import { markedSection, type PageMarks } from './sections.ts';

const created = new Date('2026-11-22T13:05:00Z');
const BASIS = ['15 kap. 2 § OSL', '18 kap. 8 § OSL'];

function draw(level: Level, look: DocumentLook = {}, change: Partial<PageMarks> = {}): Promise<Uint8Array> {
  const marks: PageMarks = {
    marking: makeMarking(level, level === 'oppen' ? [] : BASIS),
    organisation: 'Björktrasts driftcentral',
    reference: '2026-17/001:2/3',
    copy: { number: 2, of: 3 },
    date: '2026-11-22',
    draft: false,
    exercise: false,
    ...change,
  };
  const body = Array.from({ length: 90 }, () => 'Driften stod still i väntan på beslut. '.repeat(3));
  const head = documentHead({ stamp: { ...marks, date: '2026-11-22' }, title: 'Rapport', lines: [] });
  return renderPdf({ content: [markedSection([...head, ...body], marks)] }, { title: 'Prov', created, look });
}

describe('the marking on every page', () => {
  it.for([
    ['sekretess', /SEKRETESS/],
    ['begransat-hemlig', /BEGRÄNSAT HEMLIG/],
    ['konfidentiell', /KONFIDENTIELL/],
    ['hemlig', /HEMLIG/],
    ['kvalificerat-hemlig', /KVALIFICERAT HEMLIG/],
  ] as const)(
    'of %s tells class, provision, authority, date, number and copy',
    async ([level, words], context) => {
      const pages = textOfPages(context, await draw(level));
      expect(pages.length).toBeGreaterThan(2);
      for (const page of pages) {
        expect(page).toMatch(words);
        expect(page).toContain('Sekretess enligt 15 kap. 2 § OSL och 18 kap. 8 § OSL');
        expect(page).toContain('Björktrasts driftcentral');
        expect(page).toContain('2026-11-22');
        expect(page).toContain('2026-17/001:2/3');
        expect(page).toContain('Exemplar 2 av 3');
        // Who decides, by 1 § OSF, is for what is of synnerlig betydelse alone.
        expect(page.includes('Prövas av chefen för Försvarsdepartementet')).toBe(
          level === 'kvalificerat-hemlig',
        );
      }
    },
  );

  it('leaves a line for who decides where no rule says it', async (context) => {
    const marking = makeMarking('kvalificerat-hemlig', ['18 kap. 8 § OSL']);
    for (const page of textOfPages(context, await draw('kvalificerat-hemlig', {}, { marking })))
      expect(page).toMatch(/Prövas av …+/);
  });

  it('is there however much there is to say', async (context) => {
    const long = 'Säkerhetsskyddsklassificeringsbeslutsunderlagsnämnden '.repeat(5);
    const provisions = [1, 2, 8, 13].flatMap((section) =>
      [15, 18, 21].map((chapter) => `${chapter} kap. ${section} § OSL`),
    );
    for (const isBlack of [false, true]) {
      const bytes = await draw(
        'kvalificerat-hemlig',
        { isBlack },
        {
          marking: makeMarking('kvalificerat-hemlig', provisions),
          organisation: long,
          reference: long,
          copy: { number: 999, of: 999 },
          draft: true,
          exercise: true,
        },
      );
      const pages = textOfPages(context, bytes);
      for (const page of pages) {
        expect(page.match(/KVALIFICERAT HEMLIG/g)?.length).toBeGreaterThanOrEqual(2);
        expect(page).toMatch(/Exemplar\s+999\s+av\s+999/);
        expect(page).toContain('Prövas av');
        expect(page).toMatch(/UTKAST +· +ÖVNING ÖVNING ÖVNING/);
      }
    }
  });

  it('of an exercise says ÖVNING above, below and across every page', async (context) => {
    const pages = textOfPages(context, await draw('hemlig', {}, { exercise: true }));
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) expect(page.match(/ÖVNING ÖVNING ÖVNING/g)).toHaveLength(2);
    // The word across the page is set in far larger letters than anything else.
    const large = (size: number): boolean => size > 100;
    for (const { sizes } of await operatorsOf(await draw('hemlig', {}, { exercise: true })))
      expect([...sizes].filter(large)).toHaveLength(1);
    for (const { sizes } of await operatorsOf(await draw('hemlig')))
      expect([...sizes].filter(large)).toHaveLength(0);
  });
});

describe('a stamp of the organisation’s own', () => {
  const own: DocumentLook = {
    stamp: {
      ...SHIPPED_STAMP,
      colour: '#0000cc',
      frames: { ...SHIPPED_STAMP.frames, hemlig: 'double' },
      first: [{ text: 'Norrdal: {klass}', size: 14 }, ...SHIPPED_STAMP.first.slice(1)],
      following: [
        ...SHIPPED_STAMP.following.slice(0, 2),
        { text: 'Norrdal · {organisation} · {datum} · Ex. {exemplar}', size: 9 },
      ],
    },
  };

  it('changes lines, colour and frames, on the first page and on those after it', async (context) => {
    const pages = textOfPages(context, await draw('hemlig', own));
    expect(pages[0]).toContain('Norrdal: HEMLIG');
    expect(pages[1]).toContain('Norrdal · Björktrasts driftcentral · 2026-11-22 · Ex. Exemplar 2 av 3');
    const framesOf = async (look: DocumentLook): Promise<number[]> =>
      (await operatorsOf(await draw('hemlig', look))).map(({ lines }) => lines);
    const [plain, changed] = [await framesOf({}), await framesOf(own)];
    // Four sides of one more frame, on each page.
    expect(changed.map((lines, index) => lines - (plain[index] ?? 0))).toEqual(plain.map(() => 4));
    for (const { colours } of await operatorsOf(await draw('hemlig', own)))
      expect(colours).toContain('#0000cc');
  });

  it('leaves out the part of a line that there is nothing to say in', async (context) => {
    const bytes = await renderPdf(
      {
        content: [
          markedSection(
            Array.from({ length: 90 }, () => 'Text'),
            {
              marking: makeMarking('hemlig', BASIS),
              organisation: 'Björktrast',
              reference: 'K7M2',
              date: '2026-11-22',
              draft: false,
              exercise: false,
            },
          ),
        ],
      },
      { title: 'Prov', created },
    );
    expect(textOfPages(context, bytes)[1]).toMatch(/Björktrast · 2026-11-22 · K7M2\n/);
  });
});
