import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPersonalData, maskPersonalData } from './personal-data.ts';

/** What was found, as kind and words. */
function found(text: string): string[] {
  return findPersonalData(text).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);
}

/** An independent count of the check digit: the digits of the products are added as they are written. */
function checkDigit(nine: string): string {
  const written = [...nine].map((digit, place) => String(Number(digit) * (place % 2 === 0 ? 2 : 1))).join('');
  const sum = [...written].reduce((total, digit) => total + Number(digit), 0);
  return String((10 - (sum % 10)) % 10);
}

interface Identity {
  readonly century: string;
  readonly birth: string;
  readonly last: string;
}

/** Invented numbers: the serial is drawn, the check digit is counted. */
const identity = (daysAdded: number): fc.Arbitrary<Identity> =>
  fc
    .record({
      day: fc.date({
        min: new Date('1890-01-01T00:00:00Z'),
        max: new Date('2026-12-31T00:00:00Z'),
        noInvalidDate: true,
      }),
      serial: fc.integer({ min: 0, max: 999 }),
    })
    .map(({ day, serial }) => {
      const [year = '', month = '', date = ''] = day.toISOString().slice(0, 10).split('-');
      const birth = year.slice(2) + month + String(Number(date) + daysAdded).padStart(2, '0');
      const three = String(serial).padStart(3, '0');
      return { century: year.slice(0, 2), birth, last: three + checkDigit(birth + three) };
    });
const writing = fc.record({
  isLong: fc.boolean(),
  sign: fc.constantFrom('-', '+', '', ' ', '–', '\u2011'),
  before: fc.constantFrom('', 'Kontot tillhör ', 'pnr:', '(', 'Anna Ek, ', '\n', '"', 'nr '),
  after: fc.constantFrom('', '.', ', och', ')', ' har läckt', '\n', '"', ': se ovan', ':s konto'),
});
const write = ({ century, birth, last }: Identity, isLong: boolean, sign: string): string =>
  (isLong ? century : '') + birth + sign + last;

describe('a number of identity', () => {
  for (const [kind, daysAdded] of [
    ['personnummer', 0],
    ['samordningsnummer', 60],
  ] as const) {
    it(`${kind}: found whatever way it is written, and with whatever words around it`, () => {
      fc.assert(
        fc.property(identity(daysAdded), writing, (person, { isLong, sign, before, after }) => {
          const number = write(person, isLong, sign);
          expect(findPersonalData(before + number + after)).toEqual([
            { kind, start: before.length, end: before.length + number.length },
          ]);
        }),
        { numRuns: 500 },
      );
    });
  }

  it('with another check digit is none', () => {
    fc.assert(
      fc.property(identity(0), fc.integer({ min: 1, max: 9 }), (person, more) => {
        const wrong = person.last.slice(0, 3) + String((Number(person.last[3]) + more) % 10);
        expect(found(`Kontot ${person.century}${person.birth}-${wrong} finns`)).toEqual([]);
      }),
    );
  });

  it.each([
    ['a day that the month does not have', '190230-', '190230001'],
    ['a thirteenth month', '121312-', '121312121'],
    ['a day nought', '121200-', '121200121'],
    ['an organisation, whose third digit is two or more', '202100-', '202100548'],
    ['a day above sixty that is none', '121292-', '121292121'],
  ])('is not %s', (_name, birth, nine) => {
    expect(found(`Numret ${birth}${nine.slice(6)}${checkDigit(nine)} står där`)).toEqual([]);
  });

  it('is a leap day only in a leap year, where the century is told', () => {
    const last = `121${checkDigit('000229121')}`;
    expect(found(`20000229-${last}`)).toEqual([`personnummer: 20000229-${last}`]);
    expect(found(`19000229-${last}`)).toEqual([]);
    expect(found(`000229-${last}`)).toEqual([`personnummer: 000229-${last}`]);
  });

  it('is found with spaces round the sign, and with the date in groups, but not in a date with a time of day', () => {
    const last = `121${checkDigit('121212121')}`;
    for (const written of [
      `121212 - ${last}`,
      `19121212 \u2013 ${last}`,
      `1912 12 12 ${last}`,
      `12 12 12-${last}`,
      `1912-12-12-${last}`,
    ])
      expect(found(`Numret ${written} står där`)).toEqual([`personnummer: ${written}`]);
    expect(found(`1912-12-12 ${last}`)).toEqual([`personnummer: 1912-12-12 ${last}`]);
    const recent = `121${checkDigit('121212121')}`;
    expect(found(`2012-12-12 ${recent}`)).toEqual([]);
  });

  it('is found in logs and tables, after the signs that stand before a value there', () => {
    const last = `121${checkDigit('121212121')}`;
    for (const before of ['pnr=', 'id=', 'https://x.se?pnr=', 'pnr#', '/home/', 'C:\\', 'user:'])
      for (const birth of ['121212', '19121212'])
        expect(found(`${before}${birth}${last}; ok`)).toEqual([`personnummer: ${birth}${last}`]);
    expect(found(`19121212\t${last}`)).toEqual([`personnummer: 19121212\t${last}`]);
    expect(found(`121212-\n${last}`)).toEqual([`personnummer: 121212-\n${last}`]);
  });

  it('stands in lists and in genitive', () => {
    const [one, other] = [`121212-121${checkDigit('121212121')}`, `121273-239${checkDigit('121273239')}`];
    const both = [`personnummer: ${one}`, `samordningsnummer: ${other}`];
    for (const between of [',', ', ', '/', ' ', '\n', ';', ' och '])
      expect(found(one + between + other)).toEqual(both);
    expect(found(`${one}:s konto`)).toEqual([`personnummer: ${one}`]);
    expect(found(`${one}s konto`)).toEqual([`personnummer: ${one}`]);
    expect(found(`${one}st`)).toEqual([]);
  });
});

describe('e-mail and telephone', () => {
  it.each([
    ['anna.ek@example.se', ['e-post: anna.ek@example.se']],
    ['Skriv till <anna+it@mail.example.co.uk>.', ['e-post: anna+it@mail.example.co.uk']],
    ['mailto:åsa@exämple.se, bo@example.com', ['e-post: åsa@exämple.se', 'e-post: bo@example.com']],
    [
      'A\u030asa.o\u0308berg@va\u0308stera\u030as.se',
      ['e-post: A\u030asa.o\u0308berg@va\u0308stera\u030as.se'],
    ],
    ['121212-1212@example.se', ['e-post: 121212-1212@example.se']],
    ['root@localhost, @anna, a@b, x @ y.se', []],
    ['Ring 08-123 45 67.', ['telefon: 08-123 45 67']],
    ['08-12 34 56', ['telefon: 08-12 34 56']],
    ['(08) 123 45 67', ['telefon: (08) 123 45 67']],
    ['08/123 45 67', ['telefon: 08/123 45 67']],
    ['tel:070-1740605', ['telefon: 070-1740605']],
    ['0701740605', ['telefon: 0701740605']],
    ['070 174 06 05', ['telefon: 070 174 06 05']],
    ['0470-12 34 56', ['telefon: 0470-12 34 56']],
    ['0910-123 45', ['telefon: 0910-123 45']],
    ['+46701740605', ['telefon: +46701740605']],
    ['+46 8 123 45 67', ['telefon: +46 8 123 45 67']],
    ['+46 (0)8-123 45 67', ['telefon: +46 (0)8-123 45 67']],
    ['0046 70 174 06 05', ['telefon: 0046 70 174 06 05']],
    ['0046701740605', ['telefon: 0046701740605']],
    ['+46(0)70-1740605', ['telefon: +46(0)70-1740605']],
    ['+46 70 1740605', ['telefon: +46 70 1740605']],
    ['+46-8-7001234', ['telefon: +46-8-7001234']],
    ['+1 (555) 010-9999', ['telefon: +1 (555) 010-9999']],
    ['08 7001234', ['telefon: 08 7001234']],
    ['+44 20 7946 0958', ['telefon: +44 20 7946 0958']],
    ['+44 (0)20 7946 0958', ['telefon: +44 (0)20 7946 0958']],
    ['0045 32 12 34 56', ['telefon: 0045 32 12 34 56']],
    ['08 12345678', ['telefon: 08 12345678']],
    ['070.123.45.67', ['telefon: 070.123.45.67']],
    ['070-1740605s abonnemang', ['telefon: 070-1740605']],
    ['(+46) 70 123 45 67', ['telefon: (+46) 70 123 45 67']],
    ['004722123456', ['telefon: 004722123456']],
    ['+49 30/123456', ['telefon: +49 30/123456']],
    ['+33.1.23.45.67.89', ['telefon: +33.1.23.45.67.89']],
    ['kl 12:30 0701740605', ['telefon: 0701740605']],
    ['08-123 45 67, 070-174 06 05', ['telefon: 08-123 45 67', 'telefon: 070-174 06 05']],
    ['08-123 45 67/070-174 06 05', ['telefon: 08-123 45 67', 'telefon: 070-174 06 05']],
    ['08-123 45 67 070-174 06 05', ['telefon: 08-123 45 67', 'telefon: 070-174 06 05']],
    ['070-174 06 05 2026-11-25', ['telefon: 070-174 06 05']],
    ['08-123 45 67 2 personer', ['telefon: 08-123 45 67']],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe('what is none of it', () => {
  it.each([
    ['references of incidents', 'K7M2-9QXA-4D1F och 0812-3456-7890'],
    ['diary numbers', 'Dnr 2025/0701234567, KS 2026-01234, SÄK 2026/0312, Dnr 2025-070123, MSB 2026-08123'],
    [
      'times',
      '2026-11-25 08:12:34, 20261125T081234Z, 08:12–09:45, 2026-11-25 03:00+01:00, 08.12 12/11 kl 0812, kl 08 30 12 00',
    ],
    ['dates the other way round', 'den 08-12-2026, 08/12 2026, 08-12 2025, 01-02-2026'],
    ['addresses of the net', '192.168.10.12, 10.0.0.1:8080, 2001:0db8:0812:3456::7890, 08:00:27:12:34:56'],
    ['a fingerprint', '0812 3456 7890 1234 5678 9012 3456 7890 1234 5678'],
    ['a fingerprint with what may be a country code', '0000 0000 0000 0000 0000 0000 0020 0000 0000 0000'],
    ['a fingerprint that begins with one', '0074 9816 8597 B1EB 4201 AF64 A0EE DBDD 70CD FF6D'],
    ['a fingerprint with letters', 'A812 0812 3456 D89E 0701 2345 67AB CDEF 0123 4567'],
    ['an UUID', '08123456-1212-4abc-9def-001212121212'],
    ['long runs of digits', '12121212121212121212 0701234567890 00701234567890'],
    ['files', 'logg-0701234567.txt, dump_0812345678, backup-20251125-1212.zip'],
    ['sums and counts', '1 200 000 kr, 12 345 konton, 0,701234567, +12 %, 4 500 000 000 poster'],
    ['vulnerabilities and versions', 'CVE-2026-0812345, 10.0.19045.3693, KB5031455'],
    ['links', 'https://example.se/0701234567?id=0812345678'],
  ])('%s', (_name, text) => {
    expect(found(text)).toEqual([]);
  });

  const hex = (length: number, letters: string): fc.Arbitrary<string> =>
    fc
      .array(fc.constantFrom(...letters), { minLength: length, maxLength: length })
      .map((all) => all.join(''));

  it('a hash, a fingerprint in groups, a reference, an address and an instant, whatever they are', () => {
    const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    fc.assert(
      fc.property(
        fc.oneof(
          hex(64, '0123456789abcdef'),
          hex(40, '0123456789ABCDEF').map((all) => (all.match(/.{4}/g) ?? []).join(' ')),
          hex(12, crockford).map((all) => (all.match(/.{4}/g) ?? []).join('-')),
          fc.ipV4(),
          fc.ipV6(),
          fc.uuid(),
          fc
            .date({ min: new Date(0), max: new Date('2099-01-01'), noInvalidDate: true })
            .map((at) => at.toISOString()),
        ),
        (text) => {
          expect(found(`Se ${text} i loggen`)).toEqual([]);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('masking', () => {
  const letters = fc.constantFrom(...'0123456789 0123456789-+()./:@a,åse\n');
  const any = fc.oneof(
    fc.array(letters, { maxLength: 80 }).map((all) => all.join('')),
    fc.string({ unit: 'binary' }),
  );

  it('leaves nothing that is found, and masked again is the same', () => {
    fc.assert(
      fc.property(any, (text) => {
        const masked = maskPersonalData(text);
        expect(findPersonalData(masked)).toEqual([]);
        expect(maskPersonalData(masked)).toBe(masked);
      }),
      { numRuns: 3000 },
    );
  });

  it('finds in order, one beside the other and inside the text', () => {
    fc.assert(
      fc.property(any, (text) => {
        let before = 0;
        for (const { start, end } of findPersonalData(text)) {
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeGreaterThan(start);
          before = end;
        }
        expect(before).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2000 },
    );
  });

  it('puts the same word in the place of all of a kind, and keeps what is round about', () => {
    const one = `121212-121${checkDigit('121212121')}`;
    const other = `19121273-239${checkDigit('121273239')}`;
    expect(maskPersonalData(`Anna (${one}) och ${other}, anna@example.se, 08-123 45 67.`)).toBe(
      'Anna ([personnummer]) och [samordningsnummer], [e-postadress], [telefonnummer].',
    );
    expect(
      maskPersonalData(`08-123 45 67 och 070-174 06 05`, (_hit, words) => words !== '08-123 45 67'),
    ).toBe('08-123 45 67 och [telefonnummer]');
  });

  it('takes a long text in a short time', () => {
    const long = `${'0812345678 1212121212 a.b-c@d.e 070-12 34 '.repeat(5000)}${'1'.repeat(50_000)}${'a.'.repeat(50_000)}`;
    const began = performance.now();
    maskPersonalData(long);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
