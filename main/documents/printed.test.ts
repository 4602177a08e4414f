import { describe, expect, it } from 'vitest';
import { CODE, DOCUMENT_KINDS } from '../testing/document-kinds.ts';
import { readByEye, readCodes } from '../testing/ocr.ts';
import { textOfPages } from '../testing/pdf.ts';

/** What comes out of the printer, read by programs that see nothing but the dots. */

const kind = (id: string) => {
  const found = DOCUMENT_KINDS.find((one) => one.id === id);
  if (!found) throw new TypeError(`There is no ${id}.`);
  return found;
};

describe('the printed marking is read back by eye', () => {
  it.for(DOCUMENT_KINDS.filter(({ marked }) => marked !== ''))(
    'on the first page of $id',
    async (one, context) => {
      const read = readByEye(context, await one.draw(), { page: 1, resolution: 200 });
      expect(read).toContain(one.marked);
      expect(read).toContain('säkerhetsskyddslagen (2018:585)');
      expect(read).toMatch(/Sekretess enligt 15 kap\. ?2 . OSL/);
      expect(read).toContain('2026-11-22');
    },
  );

  it('on a following page: class, provision, authority, date, number, copy and who decides', async (context) => {
    const read = readByEye(context, await kind('rapport').draw(), { page: 2, resolution: 300 });
    expect(read).toContain('KVALIFICERAT HEMLIG');
    expect(read).toMatch(/Sekretess enligt 15 kap\. ?2 . OSL och 18 kap\. ?8 . OSL/);
    expect(read).toMatch(/Exempelmyndigheten . 2026-11-22 . 2026-17\/001:2\/3 . Exemplar 2 av 3/);
    expect(read).toContain('Prövas av chefen för Försvarsdepartementet');
  });

  it('of the one for kryfax after a fax: black dots only, 200 to the inch', async (context) => {
    const bytes = await kind('rapport-kryfax').draw();
    for (const page of [1, 2]) {
      const read = readByEye(context, bytes, { page, resolution: 200, mono: true });
      expect(read).toContain('KVALIFICERAT HEMLIG');
      expect(read).toMatch(/Sekretess enligt 15 kap\. ?2 . OSL och 18 kap\. ?8/);
      expect(read).toContain('Exemplar 2 av 3');
      expect(read).toContain('Prövas av chefen för Försvarsdepartementet');
    }
  });

  it('of an exercise: the word above and below', async (context) => {
    const read = readByEye(context, await kind('utkast-ovning').draw(), { page: 1, resolution: 200 });
    expect(read.match(/ÖVNING ÖVNING ÖVNING/g)).toHaveLength(2);
  });
});

describe('the code of a copy is read by a scanner', () => {
  it('on every page that carries it, and on no other', async (context) => {
    const bytes = await kind('kuvert').draw();
    const letters = CODE.match(/.{4}/g)?.join('-') ?? '';
    const carrying = textOfPages(context, bytes).map((page) => page.includes(letters));
    expect(carrying.filter(Boolean).length).toBeGreaterThanOrEqual(3);
    carrying.forEach((carries, index) => {
      const codes = readCodes(context, bytes, { page: index + 1, resolution: 200 });
      expect(codes, `sida ${index + 1}`).toEqual(carries ? [CODE] : []);
    });
  });

  it('of a report and of a transfer sheet, also as a poor copier leaves it', async (context) => {
    for (const id of ['rapport', 'overforingsblad'])
      for (const how of [{ resolution: 150 }, { resolution: 200, mono: true }])
        expect(readCodes(context, await kind(id).draw(), { page: 1, ...how })).toEqual([CODE]);
  });
});
