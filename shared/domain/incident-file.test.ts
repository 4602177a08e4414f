import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIncidentFile, type IncidentDraft, type IncidentFileLimits } from './incident-file.ts';
import { FACT_IDS } from './incident.ts';
import { LEVELS, makeMarking } from './marking.ts';
import { LONGEST_TEXT } from './written-text.ts';

/** Stands in every value and key of the bad files below: no fault may hold it. */
const CANARY = 'KANARIE';

const LIMITS: IncidentFileLimits = {
  ceiling: 'hemlig',
  knownRegimes: new Set(['GDPR', 'SAK', 'STAT-2026']),
  knownCodes: new Set([`${CANARY} kod`, 'angrepp']),
};

const BASIS = ['15 kap. 2 § OSL'];

/** A file that is right. */
function good(): Record<string, unknown> {
  return {
    format: 'sigill-incident/1',
    exercise: true,
    organisationKind: 'kommun',
    regimes: ['GDPR'],
    title: { text: `${CANARY} rubrik`, marking: 'hemlig', basis: BASIS },
    times: {
      occurred: { at: '2026-10-24T22:40:00+02:00', precision: 'exact', marking: 'hemlig' },
      detected: { at: '2026-10-25T02:30+01:00', precision: 'hour' },
    },
    facts: [
      { id: 'system', text: `${CANARY} system`, marking: 'sekretess', basis: ['18 kap. 8 § OSL'] },
      { id: 'kategorier', text: '', codes: [`${CANARY} kod`], marking: 'oppen' },
    ],
    log: [{ at: '2026-10-25T02:30:00Z', kind: 'upptackt', text: `${CANARY} rad`, marking: 'oppen' }],
  };
}

/** The good file with a value put in a place, as text. */
function withValue(path: readonly (string | number)[], value: unknown): string {
  const file = good();
  let at: Record<string | number, unknown> = file;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
  const last = path.at(-1) ?? '';
  if (value === undefined) Reflect.deleteProperty(at, last);
  else at[last] = value;
  return JSON.stringify(file);
}

function faultsOf(text: string, limits = LIMITS): readonly string[] {
  const read = readIncidentFile(text, limits);
  return read.ok ? [] : read.faults;
}

function draftOf(text: string): IncidentDraft {
  const read = readIncidentFile(text, LIMITS);
  if (!read.ok) throw new Error(read.faults.join('\n'));
  return read.draft;
}

const TIME = 'måste vara en tid enligt ISO 8601 med tidszon, till exempel 2026-10-24T22:40:00+02:00';
const LEVEL = `måste vara ett av ${LEVELS.join(', ')}`;

describe('a good incident file', () => {
  it('is read whole, with every marking in normal form', () => {
    expect(draftOf(JSON.stringify(good()))).toEqual({
      exercise: true,
      organisationKind: 'kommun',
      regimes: ['GDPR'],
      title: { text: `${CANARY} rubrik`, marking: makeMarking('hemlig', BASIS) },
      times: [
        {
          id: 'occurred',
          at: '2026-10-24T22:40:00+02:00',
          precision: 'exact',
          marking: makeMarking('hemlig', BASIS),
        },
        { id: 'detected', at: '2026-10-25T02:30+01:00', precision: 'hour', marking: makeMarking('oppen') },
      ],
      facts: [
        {
          id: 'system',
          text: `${CANARY} system`,
          codes: [],
          marking: makeMarking('sekretess', ['18 kap. 8 § OSL']),
        },
        { id: 'kategorier', text: '', codes: [`${CANARY} kod`], marking: makeMarking('oppen') },
      ],
      log: [
        {
          at: '2026-10-25T02:30:00Z',
          kind: 'upptackt',
          text: `${CANARY} rad`,
          by: null,
          marking: makeMarking('oppen'),
        },
      ],
    });
  });

  it('may begin with a byte order mark, and is real unless it says that it is an exercise', () => {
    expect(draftOf(`\uFEFF${withValue(['exercise'], undefined)}`).exercise).toBe(false);
  });

  it.each(['kalix-2021', 'miljodata-2025', 'ovning-sakerhetskanslig', 'servicecenter-2024'])(
    'like the case %s is accepted',
    (name) => {
      const text = readFileSync(new URL(`../../demo/cases/${name}.json`, import.meta.url), 'utf8');
      const file = JSON.parse(text) as { regimes: string[]; facts: { codes?: string[] }[] };
      const knownRegimes = new Set(file.regimes);
      const knownCodes = new Set(file.facts.flatMap(({ codes = [] }) => codes));
      expect(faultsOf(text, { ceiling: 'begransat-hemlig', knownRegimes, knownCodes })).toEqual([]);
    },
  );
});

it('a title that does not read as it is written is refused', () => {
  const file = good() as { title: { text: string } };
  file.title.text = 'Intrång \u202efdp.exe';
  expect(faultsOf(JSON.stringify(file))).toEqual([
    expect.stringMatching(/^title\.text: .*vänder skrivriktningen/) as string,
  ]);
});

describe('what no document could hold is refused when it comes, not when the report is due', () => {
  it.each([
    ['half of a surrogate pair', 'a\\ud800b'],
    ['a NUL', 'a\\u0000b'],
    ['an escape sequence', '\\u001b[31m'],
  ])('%s', (_name, escaped) => {
    const text = JSON.stringify(good()).replace(`${CANARY} system`, escaped);
    expect(faultsOf(text)).toEqual([
      expect.stringMatching(/^facts\[0\]\.text: Texten har ett (styrtecken|halvt tecken)/) as string,
    ]);
  });

  it('a code that stands in no code list', () => {
    expect(faultsOf(JSON.stringify(good()).replace(`${CANARY} kod`, 'hej'))).toEqual([
      'facts[1].codes[0]: står inte i någon kodlista',
    ]);
  });
});

describe('every kind of fault is told by its place, and never by what stands there', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['text that is no JSON', `{"${CANARY}": `, ['filen: är inte giltig JSON (UTF-8)']],
    ['an empty file', '', ['filen: är inte giltig JSON (UTF-8)']],
    ['JSON that is no object', `["${CANARY}"]`, ['filen: saknas eller har fel typ (ska vara ett objekt)']],
    ['another format', withValue(['format'], CANARY), ['format: måste vara sigill-incident/1']],
    [
      'exercise as text',
      withValue(['exercise'], CANARY),
      ['exercise: saknas eller har fel typ (ska vara true eller false)'],
    ],
    [
      'an unknown kind of organisation',
      withValue(['organisationKind'], CANARY),
      [
        'organisationKind: måste vara ett av statlig-myndighet, kommun, region, privat-nis2, finansiell, betrodd-tjanst, frivillig',
      ],
    ],
    [
      'no regimes at all',
      withValue(['regimes'], undefined),
      ['regimes: saknas eller har fel typ (ska vara en lista)'],
    ],
    ['an unknown regime', withValue(['regimes'], ['GDPR', CANARY]), ['regimes[1]: okänd regim']],
    ['a regime twice', withValue(['regimes'], ['GDPR', 'SAK', 'GDPR']), ['regimes: samma regim två gånger']],
    ['an unknown key at the top', withValue([CANARY], 1), ['filen: 1 okänd nyckel']],
    [
      'two unknown keys in a fact',
      withValue(['facts', 0], { ...(good()['facts'] as object[])[0], [CANARY]: 1, place: CANARY }),
      ['facts[0]: 2 okända nycklar'],
    ],
    ['an unknown time', withValue(['times', CANARY], {}), ['times: 1 okänd nyckel']],
    [
      'a key named __proto__',
      JSON.stringify(good()).replace('{', `{"__proto__": {"${CANARY}": 1},`),
      ['filen: 1 okänd nyckel'],
    ],
    [
      'keys of Object.prototype as times',
      withValue(['times'], { constructor: CANARY, hasOwnProperty: CANARY }),
      ['times: 2 okända nycklar'],
    ],
    ['a title of blanks', withValue(['title', 'text'], ' \t'), ['title.text: får inte vara tom']],
    [
      'a number for a text',
      withValue(['title', 'text'], 7),
      ['title.text: saknas eller har fel typ (ska vara text)'],
    ],
    ['a level that is none', withValue(['title', 'marking'], CANARY), [`title.marking: ${LEVEL}`]],
    [
      'a marking above the ceiling',
      withValue(['title', 'marking'], 'kvalificerat-hemlig'),
      ['title.marking: över vad valvet får rymma (högst hemlig)'],
    ],
    [
      'sekretess without basis',
      withValue(['facts', 0, 'basis'], undefined),
      ['facts[0].basis: saknas; från sekretess och uppåt anges minst en bestämmelse'],
    ],
    [
      'sekretess with an empty basis',
      withValue(['facts', 0, 'basis'], []),
      ['facts[0].basis: saknas; från sekretess och uppåt anges minst en bestämmelse'],
    ],
    ['a basis of blanks', withValue(['facts', 0, 'basis'], ['  ']), ['facts[0].basis[0]: får inte vara tom']],
    [
      'a basis that is no list',
      withValue(['facts', 0, 'basis'], CANARY),
      ['facts[0].basis: saknas eller har fel typ (ska vara en lista)'],
    ],
    [
      'an unknown fact',
      withValue(['facts', 1, 'id'], CANARY),
      [`facts[1].id: måste vara ett av ${FACT_IDS.join(', ')}`],
    ],
    [
      'the same fact twice',
      withValue(['facts', 1, 'id'], 'system'),
      ['facts[1].id: samma uppgift förekommer två gånger'],
    ],
    ['a fact that says nothing', withValue(['facts', 1, 'codes'], []), ['facts[1]: varken text eller koder']],
    ['a time without offset', withValue(['log', 0, 'at'], '2026-10-25T02:30:00'), [`log[0].at: ${TIME}`]],
    ['a day alone', withValue(['times', 'occurred', 'at'], '2026-10-24'), [`times.occurred.at: ${TIME}`]],
    [
      'a day that does not exist',
      withValue(['times', 'occurred', 'at'], '2026-02-30T10:00:00Z'),
      [`times.occurred.at: ${TIME}`],
    ],
    ['a time of words', withValue(['times', 'occurred', 'at'], CANARY), [`times.occurred.at: ${TIME}`]],
    [
      'an unknown precision',
      withValue(['times', 'detected', 'precision'], CANARY),
      ['times.detected.precision: måste vara ett av exact, hour, day, estimated'],
    ],
    [
      'a time above the ceiling',
      withValue(['times', 'detected', 'marking'], 'kvalificerat-hemlig'),
      ['times.detected.marking: över vad valvet får rymma (högst hemlig)'],
    ],
    [
      'an unknown kind of log entry',
      withValue(['log', 0, 'kind'], CANARY),
      [
        'log[0].kind: måste vara ett av upptackt, bedomning, beslut, atgard, kommunikation, rapportering, aterstallning, ovrigt',
      ],
    ],
    [
      'a key twice in one object, however it is written',
      `{\n${JSON.stringify(good()).slice(1, -1)},\n"for\\u006dat": "${CANARY}"}`,
      ['format: måste vara sigill-incident/1', 'rad 3: samma nyckel två gånger i samma objekt'],
    ],
  ];

  it.each(cases)('%s', (_name, text, expected) => {
    expect(faultsOf(text)).toEqual(expected);
    expect(faultsOf(text).join('\n')).not.toContain(CANARY);
  });

  it('a second marking in the same object cannot lower the first in silence', () => {
    const text = JSON.stringify(good()).replace(
      '"marking":"hemlig"',
      '"marking":"hemlig","marking" : "oppen"',
    );
    expect(faultsOf(text)).toContain('rad 1: samma nyckel två gånger i samma objekt');
  });

  it('all faults are told at once, one line each, those of form and those of content', () => {
    const text = JSON.stringify({
      format: CANARY,
      [CANARY]: CANARY,
      organisationKind: 'kommun',
      regimes: [CANARY, 7],
      title: { text: CANARY, marking: 'sekretess', [CANARY]: CANARY },
      times: { occurred: { at: CANARY, precision: 'exact' }, [CANARY]: CANARY },
      facts: [
        { id: 'system', text: CANARY, marking: 'kvalificerat-hemlig', basis: [CANARY] },
        { id: 'system', text: '', marking: 'oppen' },
        CANARY,
      ],
      log: [{ at: '2026-10-25T02:30:00Z', kind: CANARY, text: CANARY, marking: 'hemlig', by: '' }],
    });
    const faults = faultsOf(text);
    expect(faults.map((fault) => fault.split(':')[0]).sort()).toEqual(
      [
        'format',
        'filen',
        'regimes[0]',
        'regimes[1]',
        'title',
        'title.basis',
        'times',
        'times.occurred.at',
        'facts[0].marking',
        'facts[1].id',
        'facts[1]',
        'facts[2]',
        'log[0].basis',
        'log[0].by',
        'log[0].kind',
      ].sort(),
    );
    expect(faults.join('\n')).not.toContain(CANARY);
    expect(faults.every((fault) => !fault.includes('\n'))).toBe(true);
  });

  it('whatever the JSON is, no fault repeats a word of it', () => {
    const word = fc.constantFrom(CANARY, `${CANARY}2`);
    const key = fc.oneof(
      word,
      fc.constantFrom(
        'title',
        'facts',
        'log',
        'times',
        'regimes',
        'id',
        'text',
        'marking',
        'basis',
        'at',
        '__proto__',
      ),
    );
    const { json } = fc.letrec<{ json: unknown }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null), fc.constantFrom(...LEVELS)),
        fc.array(tie('json'), { maxLength: 4 }),
        fc.dictionary(key, tie('json'), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(
        json,
        fc.constantFrom('title', 'facts', 'log', 'times', 'regimes', CANARY),
        (value, place) => {
          const text = JSON.stringify({ ...good(), [place]: value });
          const faults = faultsOf(text).join('\n');
          expect(faults).not.toContain(CANARY);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('odd JSON', () => {
  it.each([
    ['a million lists in each other', '['.repeat(1_000_000) + ']'.repeat(1_000_000)],
    ['a million objects in each other', '{"a":'.repeat(1_000_000) + '1' + '}'.repeat(1_000_000)],
    ['a million that are never closed', '['.repeat(1_000_000)],
    ['a million regimes', JSON.stringify({ ...good(), regimes: Array<number>(1_000_000).fill(1) })],
    ['a text of ten million letters', JSON.stringify({ ...good(), regimes: ['x'.repeat(10_000_000)] })],
    ['a key of ten million letters', JSON.stringify({ ...good(), ['x'.repeat(10_000_000)]: 1 })],
  ])('%s is refused in short, and soon', (_name, text) => {
    const from = performance.now();
    const faults = faultsOf(text);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.join('\n').length).toBeLessThan(1000);
    expect(performance.now() - from).toBeLessThan(5000);
  });

  it('a list of thousands of faults ends with how many more there are', () => {
    const faults = faultsOf(JSON.stringify({ ...good(), regimes: Array<number>(5000).fill(1) }));
    expect(faults).toHaveLength(1001);
    expect(faults.at(-1)).toBe('filen: 4000 fel till');
  });

  it('a good file with the longest text is read', () => {
    const text = 'x'.repeat(LONGEST_TEXT);
    expect(draftOf(withValue(['facts', 0, 'text'], text)).facts[0]?.text).toBe(text);
  });
});
