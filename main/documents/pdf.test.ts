import { fileURLToPath } from 'node:url';
import type { Content } from 'pdfmake/interfaces.js';
import { describe, expect, it } from 'vitest';
import { makeMarking, OPEN_MARKING, type Level } from '../../shared/domain/marking.ts';
import { inspectPdf, textOfPages } from '../testing/pdf.ts';
import { documentHead } from './head.ts';
import { countPages, renderPdf } from './pdf.ts';
import type { StampInput } from './stamp.ts';
import { markedSection, type PageMarks } from './sections.ts';
import { undrawableIn } from './text.ts';

const created = new Date('2026-11-22T13:05:00Z');
const marks: PageMarks = {
  marking: makeMarking('hemlig', ['15 kap. 2 § OSL', '18 kap. 8 § OSL']),
  organisation: 'Björktrasts driftcentral',
  reference: 'K7M2-9QXA-4D1F',
  draft: false,
  exercise: false,
};
const longWord = 'säkerhetsskyddsklassificeringsbeslutsunderlagsgranskningsnämndsordförandeskapsöverlämnande';

const run = inspectPdf;

function head(level: Level, change: Partial<StampInput> = {}): Content[] {
  const marking = level === 'oppen' ? OPEN_MARKING : makeMarking(level, ['15 kap. 2 § OSL']);
  return documentHead({
    stamp: { ...marks, ...change, marking, date: '2026-11-22' },
    title: 'Slutrapport',
    lines: [{ label: 'Datum', value: '2026-11-22' }],
  });
}

function paragraphs(count: number): Content[] {
  return Array.from({ length: count }, (_, index) => ({
    text: `${index + 1}. ${'Driften stod still i väntan på beslut om återställning. '.repeat(12)}${longWord}`,
    margin: [0, 0, 0, 8],
  }));
}

describe('renderPdf', () => {
  it('makes the same bytes of the same definition, and leaves the definition as it was', async () => {
    const definition = { content: [markedSection([...head('hemlig'), ...paragraphs(3)], marks)] };
    const one = await renderPdf(definition, { title: 'Rapport', created });
    const other = await renderPdf(definition, { title: 'Rapport', created });
    expect(Buffer.compare(one, other)).toBe(0);
  });

  it('makes a file that qpdf finds no fault in, with the fonts inside and Swedish as its language', async (context) => {
    const bytes = await renderPdf(
      {
        content: [
          markedSection([...head('hemlig'), ...paragraphs(2)], { ...marks, draft: true, exercise: true }),
        ],
      },
      { title: 'Rapport & bilaga <å>', subject: 'Ärende', created },
    );
    expect(run(context, 'qpdf', bytes, ['--check'])).toContain('No syntax or stream encoding errors');
    const fonts = run(context, 'pdffonts', bytes, []).trimEnd().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts) expect(font).toMatch(/SourceSans3-\w+ +CID TrueType +Identity-H +yes yes yes/);
    const catalog = run(context, 'qpdf', bytes, ['--qdf', '--object-streams=disable'], ['-']);
    expect(catalog).toContain('/Lang (sv-SE)');
    expect(catalog).toContain('<pdfaid:part>2</pdfaid:part>');
    expect(catalog).toContain('<pdfaid:conformance>B</pdfaid:conformance>');
    const information = run(context, 'pdfinfo', bytes, []);
    expect(information).toContain('Rapport och bilaga (å)');
    expect(information).toMatch(/CreationDate: +Sun Nov 22/);
  });

  it('sets Swedish, other Latin, Greek, Cyrillic and symbols, with every font inside', async (context) => {
    const texts = [
      'åäö ÅÄÖ § € “citat” – → ≥ ½ ‰',
      'Łódź Þingvellir façade Ștefan Český ƒ ǆ',
      'Ψηφίο Ἀθῆναι Ωμέγα',
      'Жёлтый Їжак Ђорђе',
      '☐ ☑ ✓ ✗ ⚠ ☢ ★ ① ⇒ √ ∑ █ ─ \u{1f600}',
    ];
    for (const style of [{}, { bold: true }, { italics: true }]) {
      const content = texts.map((text) => ({ text, ...style }));
      const bytes = await renderPdf({ content }, { title: 'Prov', created });
      const printed = run(context, 'pdftotext', bytes, ['-layout'], ['-']);
      // Some symbols are so narrow that pdftotext sees no space between them.
      const dense = printed.replace(/ /g, '');
      for (const text of texts) expect(dense).toContain(text.normalize('NFC').replace(/ /g, ''));
      expect(printed).not.toContain('[U+');
      for (const font of run(context, 'pdffonts', bytes, []).trimEnd().split('\n').slice(2))
        expect(font).toMatch(/(SourceSans3|DejaVuSans)[\w-]* +CID TrueType +Identity-H +yes yes yes/);
    }
  });

  it('writes out what no font can draw, in a box, and loses nothing', async (context) => {
    const text = 'A\u0001B\u202eC 中 ש åäö';
    const bytes = await renderPdf({ content: text }, { title: 'Prov', created });
    const printed = run(context, 'pdftotext', bytes, ['-layout'], ['-']);
    expect(printed).toContain('A[U+0001]B[U+202E]C [U+4E2D] [U+05E9] åäö');
    expect(undrawableIn(text)).toEqual(['\u0001', '\u202e', '中', 'ש']);
  });

  it('shows what cannot be seen by its number: a name that looks like another is an indicator', async (context) => {
    expect(undrawableIn('exam\u200bple.com')).toEqual(['\u200b']);
    expect(undrawableIn('ban\u00adken.example\ufeff')).toEqual(['\u00ad', '\ufeff']);
    // A filler is a letter by name alone, and a private sign is another on each machine.
    expect(undrawableIn('a\u3164b\u034fc\ue000')).toEqual(['\u3164', '\u034f', '\ue000']);
    // A joiner between signs of its own kind is how they are written.
    expect(undrawableIn('1\ufe0f')).toEqual([]);
    const bytes = await renderPdf({ content: ['Värd: exam\u200bple.com'] }, { title: 'Prov', created });
    expect(run(context, 'pdftotext', bytes, ['-layout'], ['-'])).toContain('exam[U+200B]ple.com');
  });

  it('keeps the stamp within its frame, and the end of the number on every page', async (context) => {
    const long = {
      ...marks,
      organisation: 'Norrlandskustensjärnvägsunderhållsentreprenadsamordning AB',
      reference: 'SÄKAVD/MCF-2026-001234/0000017:12/20',
    };
    const bytes = await renderPdf(
      { content: [markedSection([...head('hemlig', long), ...paragraphs(6)], long)] },
      { title: 'Prov', created },
    );
    const pages = textOfPages(context, bytes);
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) expect(page).toContain('0000017:12/20');
    const words = run(context, 'pdftotext', bytes, ['-bbox'], ['-']);
    const right = [...words.matchAll(/xMax="([\d.]+)"/g)].map(([, edge]) => Number(edge));
    // A4 is 595 points wide.
    expect(Math.max(...right)).toBeLessThan(595 - 20);
  });

  it('parts Swedish words at the line’s end, never names', async (context) => {
    const word = 'säkerhetsskyddsklassificeringsbeslutet';
    const names = [
      'KANARIE-NOD-X91',
      'e3b0c44298fc1c149afbf4c8996fb924',
      'driftsystemet.example.org',
      'filServer',
    ];
    const bytes = await renderPdf(
      { content: [markedSection([word, ...names].join(' ').concat(' ').repeat(60), marks)] },
      { title: 'Prov', created },
    );
    const printed = run(context, 'pdftotext', bytes, ['-layout'], ['-']);
    const parted = printed.match(/\p{L}+-\n/gu) ?? [];
    expect(parted.length).toBeGreaterThan(5);
    for (const line of parted)
      expect(word.startsWith(line.slice(0, -2)) || line.startsWith('KANARIE')).toBe(true);
    expect(printed.replace(/-\n\s*/g, '').match(new RegExp(word, 'g'))).toHaveLength(60);
    const whole = printed.replace(/(KANARIE|NOD)-\n\s*/g, '$1-');
    for (const name of names) expect(whole.split(name)).toHaveLength(61);
    expect(printed).not.toContain('\u00ad');
  });

  it('sets a word of any length, all of it, in a time that goes by its length', async (context) => {
    const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
    const word = Array.from({ length: 50_000 }, (_, at) => letters[(at * 7) % letters.length]).join('');
    const definition = { content: [{ text: `Logg: ${word} slut.` }] };
    const began = performance.now();
    const bytes = await renderPdf(definition, { title: 'Lång', created });
    // Measured anew for each line, it was half a minute for twenty thousand, and more than a process may take for some hundred.
    expect(performance.now() - began).toBeLessThan(20_000);
    const text = textOfPages(context, bytes).join('').replace(/\s/g, '');
    expect(text).toBe(`Logg:${word}slut.`);
  });

  it('reads no other file than the fonts', async () => {
    const picture = '@expo-google-fonts/source-sans-3/font-family.png';
    const file = fileURLToPath(import.meta.resolve(picture));
    await expect(renderPdf({ content: { image: file } }, { title: 'Prov', created })).rejects.toThrow(
      /access/i,
    );
    await expect(
      renderPdf({ content: { image: 'http://127.0.0.1:9/x.png' } }, { title: 'Prov', created }),
    ).rejects.toThrow();
  });

  it('gives every section pages of its own, also after an empty page', async (context) => {
    const wide = { width: 600, height: 300 };
    const one = {
      section: { text: 'Sist', pageBreak: 'after' as const },
      pageSize: 'A5' as const,
      header: 'HUVUD',
    };
    const other = { section: 'Kuvert', pageSize: wide, header: null, footer: null, background: null };
    const bytes = await renderPdf({ content: [one, other] }, { title: 'Prov', created });
    const pages = textOfPages(context, bytes);
    expect(pages).toHaveLength(3);
    expect(pages[2]?.trim()).toBe('Kuvert');
    expect(inspectPdf(context, 'pdfinfo', bytes, ['-f', '3', '-l', '3'])).toContain('600 x 300');
    expect(await countPages([one, other])).toEqual([2, 1]);
  });

  it('refuses a section on a page that is not its own', async () => {
    const content = [{ stack: [] }, markedSection('Text', marks)];
    await expect(renderPdf({ content }, { title: 'Prov', created })).rejects.toThrow('page of its own');
  });
});

describe('markedSection', () => {
  it('carries the class at top and bottom of every page, and numbers each section for itself', async (context) => {
    const copies = [1, 2].map((number) =>
      markedSection([...head('hemlig', { copy: { number, of: 2 } }), ...paragraphs(75)], {
        ...marks,
        copy: { number, of: 2 },
      }),
    );
    const bytes = await renderPdf({ content: copies }, { title: 'Prov', created });
    const pages = textOfPages(context, bytes);
    const half = pages.length / 2;
    expect(half).toBeGreaterThanOrEqual(15);
    for (const [index, page] of pages.entries()) {
      const lines = page.split('\n').filter((line) => line.trim() !== '');
      expect(lines[0]).toContain('HEMLIG');
      expect(lines.at(-1)).toContain('HEMLIG');
      expect(lines.at(-1)).toContain(`Sida ${(index % half) + 1} av ${half}`);
      expect(page).toContain(`Exemplar ${index < half ? 1 : 2} av 2`);
    }
    const all = pages.slice(0, half).join('').replace(/-?\s+/g, '');
    expect(all.match(new RegExp(longWord, 'g'))?.length).toBeGreaterThan(65);
  });

  it('keeps its header even where every name is as long as it may be', async (context) => {
    const long = {
      ...marks,
      marking: makeMarking('kvalificerat-hemlig', ['15 kap. 2 § OSL']),
      organisation: longWord.repeat(4),
      reference: longWord.repeat(3),
      copy: { number: 999, of: 999 },
      draft: true,
      exercise: true,
    };
    const bytes = await renderPdf({ content: [markedSection('Text', long)] }, { title: 'Prov', created });
    const printed = run(context, 'pdftotext', bytes, ['-layout'], ['-']);
    expect(printed.match(/KVALIFICERAT HEMLIG/g)).toHaveLength(2);
    expect(printed).toContain('Exemplar 999 av 999');
    expect(printed).toMatch(/UTKAST +· +ÖVNING ÖVNING ÖVNING/);
    expect(printed).toContain('Sida 1 av 1');
  });

  it('says nothing about class on an open document', async (context) => {
    const bytes = await renderPdf(
      { content: [markedSection(head('oppen'), { ...marks, marking: OPEN_MARKING })] },
      { title: 'Prov', created },
    );
    expect(run(context, 'pdftotext', bytes, ['-layout'], ['-'])).not.toMatch(
      /öppen|hemlig|sekretess|säkerhetsskydd/i,
    );
  });
});

describe('markingStamp', () => {
  it.for([
    ['sekretess', /SEKRETESS/, /enligt 2 kap\. 5 §|Prövas av/],
    ['begransat-hemlig', /BEGRÄNSAT HEMLIG[\s\S]*enligt 2 kap\. 5 § säkerhetsskyddslagen/, /Prövas av/],
    ['kvalificerat-hemlig', /KVALIFICERAT HEMLIG[\s\S]*Prövas av chefen för Försvarsdepartementet/, /…/],
  ] as const)('of %s holds what the law asks for', async ([level, wanted, unwanted], context) => {
    const bytes = await renderPdf(
      { content: head(level, { decidedBy: 'chefen för Försvarsdepartementet' }) },
      { title: 'Prov', created },
    );
    const printed = run(context, 'pdftotext', bytes, ['-layout'], ['-']);
    expect(printed).toMatch(wanted);
    expect(printed).not.toMatch(unwanted);
    expect(printed).toContain('Sekretess enligt 15 kap. 2 § OSL');
    expect(printed).toContain('2026-11-22');
    expect(printed).toContain('Björktrasts driftcentral');
  });
});
