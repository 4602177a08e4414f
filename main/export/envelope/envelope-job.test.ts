import { describe, expect, it, type TestContext } from 'vitest';
import type { Organisation, ReportDocument } from '../../../shared/domain/report.ts';
import { documentHead } from '../../documents/head.ts';
import { inspectPdf, textOfPages } from '../../testing/pdf.ts';
import { sampleClearance, sampleReport } from '../../testing/report.ts';
import type { ReportContent } from '../../documents/types.ts';
import { drawEnvelopes } from './draw-envelopes.ts';
import { makeEnvelopeJob, type EnvelopeInput } from './envelope-job.ts';

const sender: Organisation = {
  name: 'Norra driftverket',
  kind: 'statlig-myndighet',
  number: null,
  contact: null,
  phone: null,
  hours: null,
  address: ['Box 17', '871 02 Härnösand'],
  email: null,
};

const longWord = 'säkerhetsskyddsklassificeringsbeslutsunderlagsgranskningsnämndsordförandeskapsöverlämnande';

function input(document: ReportDocument, change: Partial<EnvelopeInput> = {}): EnvelopeInput {
  const carriage = change.carriage ?? 'varde';
  return {
    document,
    clearance: sampleClearance(document, carriage),
    printClearance: sampleClearance(document, 'utskrift'),
    copies: 1,
    sender,
    recipient: {
      name: 'CERT-SE',
      lines: ['MSB', 'CERT-SE', 'Terminalvägen 10', '171 73 Solna'],
      status: 'confirmed',
      note: null,
      attention: 'Vakthavande analytiker',
    },
    carriage,
    layout: 'C4',
    at: new Date('2026-11-22T13:05:00Z'),
    createdBy: 'Eva Lind',
    ...change,
  };
}

/** A short report in place of the real one, so that a test can tell its pages from the others. */
const shortReport =
  ({ document }: EnvelopeInput): ReportContent =>
  (copy) => [
    ...documentHead({
      stamp: { ...document, date: '2026-11-22', copy },
      title: document.form.name,
      lines: [],
    }),
    { text: 'RAPPORTTEXT Driftsystem Björktrast stod stilla.' },
  ];

async function print(job: EnvelopeInput, content = shortReport(job)): Promise<Uint8Array> {
  const files = await makeEnvelopeJob(job, (drawing) => drawEnvelopes(drawing, content));
  expect(files.map((file) => file.name)).toEqual(['utskrift.pdf']);
  return files[0]?.bytes ?? new Uint8Array();
}

/** Width and height of every page in whole millimetres. */
function sizes(context: TestContext, bytes: Uint8Array): string[] {
  const information = inspectPdf(context, 'pdfinfo', bytes, ['-f', '1', '-l', '999']);
  return [...information.matchAll(/Page +\d+ size: +([\d.]+) x ([\d.]+)/g)].map(([, width, height]) =>
    [width, height].map((points) => Math.round((Number(points) / 72) * 25.4)).join('×'),
  );
}

function words(page: string | undefined): string {
  return (page ?? '').replace(/\s+/g, ' ').trim();
}

describe('the outer envelope', () => {
  it.for([
    ['rek', 'C4', 'REK', '324×229'],
    ['varde', 'C5', 'VÄRDE', '229×162'],
    ['personlig-leverans', 'C5', '', '229×162'],
    ['rek', 'DL', 'REK', '229×162'],
    ['varde', 'A4-etikett', 'VÄRDE', '210×297'],
    ['varde', 'A4-2-etiketter', 'VÄRDE', '210×297'],
  ] as const)(
    'by %s on %s holds the two addresses and the service, and not one word more',
    async (row, context) => {
      const [carriage, layout, service, size] = row;
      const document = sampleReport('hemlig', { draft: true, exercise: true });
      const bytes = await print(
        input(document, { carriage, layout, securityBag: 'SP-4711', consignment: 'RR123456785SE' }),
      );
      const outer = textOfPages(context, bytes).at(-1);
      const found = words(outer).split(' ').sort();
      const wanted = `Norra driftverket Box 17 871 02 Härnösand ${service} MSB CERT-SE Terminalvägen 10 171 73 Solna`;
      expect(found).toEqual(wanted.split(' ').filter(Boolean).sort());
      expect(sizes(context, bytes).at(-1)).toBe(size);
    },
  );

  it('is of a file whose metadata tells nothing of what is in the envelopes', async (context) => {
    const document = sampleReport('hemlig');
    const bytes = await print(input(document, { securityBag: 'SP-4711', consignment: 'RR123456785SE' }));
    const told = `${inspectPdf(context, 'pdfinfo', bytes, [])}\n${inspectPdf(context, 'pdfinfo', bytes, ['-meta'])}`;
    expect(told).toMatch(/Title: +Utskrift\n/);
    const secrets = [document.reference, document.organisation, document.form.name, document.author];
    for (const word of [...secrets, 'CERT-SE', 'Eva Lind', 'SP-4711', 'RR123456785SE', 'HEMLIG', 'hemlig'])
      expect(told, word).not.toContain(word);
  });

  it('is moved as far as the printer is wrong, and so is the inner one; the report is not', async (context) => {
    const document = sampleReport('hemlig');
    const printer = { name: 'Plan 2', right: 3, down: -2 };
    const [straight, moved] = [await print(input(document)), await print(input(document, { printer }))];
    const places = (bytes: Uint8Array, word: string): [number, number][] =>
      [
        ...inspectPdf(context, 'pdftotext', bytes, ['-bbox'], ['-']).matchAll(
          new RegExp(`xMin="([\\d.]+)" yMin="([\\d.]+)"[^>]*>${word}<`, 'g'),
        ),
      ].map(([, x, y]) => [Number(x), Number(y)]);
    const millimetre = 72 / 25.4;
    const [before, after] = [places(straight, 'Solna'), places(moved, 'Solna')].map((all) => all.at(-1));
    expect(((after?.[0] ?? 0) - (before?.[0] ?? 0)) / millimetre).toBeCloseTo(3, 1);
    expect(((after?.[1] ?? 0) - (before?.[1] ?? 0)) / millimetre).toBeCloseTo(-2, 1);
    expect(places(moved, 'RAPPORTTEXT')).toEqual(places(straight, 'RAPPORTTEXT'));
    expect(words(textOfPages(context, moved)[0])).toContain(
      'Plan 2. Kuvertsidorna är flyttade +3 mm åt höger och −2 mm nedåt.',
    );
  });

  it('on a sheet of two labels is the upper one, and the inner one the lower', async (context) => {
    const bytes = await print(input(sampleReport('hemlig'), { layout: 'A4-2-etiketter' }));
    const last = sizes(context, bytes).length;
    const yOf = (page: number, word: string): number =>
      Number(
        new RegExp(`yMin="([\\d.]+)"[^>]*>${word}<`).exec(
          inspectPdf(context, 'pdftotext', bytes, ['-bbox', '-f', String(page), '-l', String(page)], ['-']),
        )?.[1],
      );
    const middle = (297 / 2 / 25.4) * 72;
    expect(yOf(last, 'Solna')).toBeLessThan(middle);
    expect(yOf(last - 1, 'HEMLIG')).toBeGreaterThan(middle);
  });

  it('refuses an address that tells what is inside', async () => {
    const document = sampleReport('hemlig');
    const recipient = { ...input(document).recipient, lines: ['MSB', 'Hemlig handling', '171 73 Solna'] };
    await expect(makeEnvelopeJob(input(document, { recipient }))).rejects.toThrow('berättar');
    const referred = { ...input(document).recipient, lines: ['MSB', `Ref ${document.reference}`] };
    await expect(makeEnvelopeJob(input(document, { recipient: referred }))).rejects.toThrow('berättar');
    const unit = { ...input(document).recipient, lines: ['Säkerhetsskyddsenheten', 'Box 1', '100 00 Ort'] };
    await expect(makeEnvelopeJob(input(document, { recipient: unit }))).resolves.toHaveLength(1);
  });

  it('makes nothing where the address does not fit on one envelope', async () => {
    const document = sampleReport('hemlig');
    const lines = Array.from({ length: 30 }, (_, index) => `Rad ${index}`);
    const recipient = { ...input(document).recipient, lines };
    await expect(makeEnvelopeJob(input(document, { recipient, layout: 'C5' }))).rejects.toThrow('ryms inte');
  });
});

describe('makeEnvelopeJob', () => {
  it('lays packing list, cover, report, receipt, inner and outer envelope in that order for each copy', async (context) => {
    const document = sampleReport('konfidentiell');
    const bytes = await print(input(document, { copies: 2, securityBag: 'SP-4711' }));
    expect(inspectPdf(context, 'qpdf', bytes, ['--check'])).toContain('No syntax or stream encoding errors');
    const pages = textOfPages(context, bytes);
    const first = pages.findIndex((page) => page.includes('Distributionslista'));
    expect(first).toBeGreaterThan(0);
    expect(pages.length).toBe(first + 10);
    for (const page of pages.slice(0, first)) expect(page).toContain('Packlista');
    for (const copy of [1, 2]) {
      const [cover, report, receipt, inner, outer] = pages.slice(first + (copy - 1) * 5, first + copy * 5);
      for (const page of [cover, report, receipt, inner]) expect(page).toContain(`${copy} av 2`);
      expect(cover).toContain('Försättsblad');
      expect(cover).toContain('Kvitteringslista');
      expect(report).toContain('RAPPORTTEXT');
      expect(report?.match(/KONFIDENTIELL/g)).toHaveLength(3);
      expect(receipt).toContain('är mottagen oöppnad och med obruten försegling');
      expect(receipt).not.toMatch(/konfidentiell|slutrapport/i);
      expect(inner).toContain('KONFIDENTIELL');
      expect(inner).toContain('Öppnas endast av Vakthavande analytiker');
      expect(inner).not.toContain('Björktrast');
      expect(outer).not.toMatch(/konfidentiell|exemplar|K7M2/i);
    }
    expect(sizes(context, bytes).slice(-2)).toEqual(['229×162', '324×229']);
    // The packing list points at the pages where the envelopes lie in the file.
    const list = words(pages.slice(0, first).join(' '));
    expect(list).toContain(`1 av 2 SP-4711 ${first + 1} ${first + 4} ${first + 5}`);
    expect(list).toContain(`2 av 2 ${first + 6} ${first + 9} ${first + 10}`);
    expect(list).toContain('Karin Ek');
    // Each step of the packing that has a picture has its lines drawn, not an image.
    expect(list).toContain('Så packas varje exemplar');
    expect(inspectPdf(context, 'pdfimages', bytes, ['-list']).trim().split('\n')).toHaveLength(2);
  });

  it('numbers a report of many pages by itself in every copy', async (context) => {
    const document = sampleReport('hemlig');
    const bytes = await print(input(document, { layout: 'A4-etikett', copies: 2 }), () =>
      Array.from({ length: 30 }, (_, index) => ({
        text: `${index}. RAPPORTTEXT ${'Driften stod still i väntan på beslut. '.repeat(12)}${longWord}`,
        ...(index === 0 ? {} : { pageBreak: 'before' as const }),
      })),
    );
    const pages = textOfPages(context, bytes);
    const report = pages.filter((page) => page.includes('RAPPORTTEXT'));
    const length = report.length / 2;
    expect(length).toBe(30);
    report.forEach((page, index) => {
      expect(page).toContain(`Sida ${(index % length) + 1} av ${length}`);
      expect(page).toContain(`Exemplar ${index < length ? 1 : 2} av 2`);
      expect(page.match(/HEMLIG/g)?.length).toBeGreaterThanOrEqual(2);
    });
    const receipt = pages.find((page) => page.includes('obruten försegling'));
    expect(words(receipt)).toContain(`Antal sidor ${length}`);
  });

  it('warns of an address that is not confirmed, and of personal hand-out by REK to MSB', async (context) => {
    const document = sampleReport('sekretess');
    const recipient = {
      ...input(document).recipient,
      status: 'historical' as const,
      note: 'Ur rutin 2024-02.',
    };
    const pages = textOfPages(context, await print(input(document, { recipient, carriage: 'rek' })));
    const list = words(pages.slice(0, 2).join(' '));
    expect(list).toContain('Ring CERT-SE och bekräfta före postning. Ur rutin 2024-02.');
    expect(list).toContain('Personlig utlämning: NEJ');
    const sure = textOfPages(context, await print(input(document))).join(' ');
    expect(sure).not.toMatch(/bekräfta före postning|Personlig utlämning/);
  });

  it('refuses a copy that is too thick for the envelope', async () => {
    const document = sampleReport('hemlig');
    const content: ReportContent = () =>
      Array.from({ length: 6 }, () => ({ text: 'Sida', pageBreak: 'after' as const }));
    await expect(print(input(document, { layout: 'C5' }), content)).rejects.toThrow('Välj C4');
  });

  it('tells of every copy on the packing list, however many there are', async (context) => {
    const copies = 50;
    const document = sampleReport('konfidentiell');
    const pages = textOfPages(context, await print(input(document, { copies, securityBag: 'SP-4711' })));
    const list = pages.slice(
      0,
      pages.findIndex((page) => page.includes('Försättsblad')),
    );
    const text = list.join('\n').replace(/\s+/g, ' ');
    for (let copy = 1; copy <= copies; copy += 1) expect(text).toContain(` ${copy} av ${copies} `);
    expect(text).toContain('SP-4711');
    expect(list.filter((page) => page.includes('Säkerhetspåse nr')).length).toBeGreaterThan(1);
  });

  it('needs a clearance for this carriage and a sensible number of copies', async () => {
    const document = sampleReport('hemlig');
    const clearance = sampleClearance(document, 'rek');
    await expect(makeEnvelopeJob(input(document, { clearance }))).rejects.toThrow('inte den här vägen');
    const other = sampleClearance(sampleReport('konfidentiell'), 'varde');
    await expect(makeEnvelopeJob(input(document, { clearance: other }))).rejects.toThrow('annat dokument');
    for (const copies of [0, 1.5, 51]) {
      await expect(makeEnvelopeJob(input(document, { copies }))).rejects.toThrow('Antalet exemplar');
    }
  });

  it('makes the same bytes of the same input', async () => {
    const document = sampleReport('hemlig');
    const one = await print(input(document));
    const other = await print(input(document));
    expect(Buffer.compare(one, other)).toBe(0);
  });
});
