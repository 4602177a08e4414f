import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SigillError } from '../../shared/domain/error.ts';
import { LONGEST_LIMIT } from '../../shared/domain/rules.ts';
import { swedishDate } from '../../shared/domain/swedish-time.ts';
import { loadRulePack } from '../rules/load.ts';
import type { RuleFiles } from '../rules/read.ts';
import { dumpRows } from '../store/testing/rows.ts';
import { addSecondPerson, secondPerson } from '../testing/incidents.ts';
import { laterPack, makePublisher, ownPack, signed, type Content } from '../testing/rule-packs.ts';
import { makeTestVault, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { trustKey } from './publishers.ts';
import { inspectPack, takePack } from './take.ts';

/** What is properly signed and still no rules to go by: each is refused in its own words, and leaves nothing. */
const rules = loadRulePack();
const sigill = makePublisher('sigill', 'Sigill-projektet');
const norrdal = makePublisher('norrdal', 'Norrdals kommun');
let test: TestVault;
let vault: Vault;

beforeAll(async () => {
  test = await makeTestVault();
  vault = await test.open(['open', 'protected']);
  await addSecondPerson(vault);
  for (const { file } of [sigill, norrdal])
    await trustKey(vault, file, 'Uppläst per telefon', secondPerson('open'));
});
afterAll(() => {
  vault.close();
  test.remove();
});

/** The faults of a pack that must be refused, both when it is shown and when it is taken. */
function faultsOf(files: RuleFiles, publisher = sigill): readonly string[] {
  const pack = signed(files, publisher);
  const before = dumpRows(vault.requireRoom('open').store);
  const faults = [
    () => inspectPack(vault, rules, pack),
    () => takePack(vault, rules, pack, { digest: '', reason: 'Ny lag' }),
  ].map((work) => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof SigillError)) throw error;
      expect(error.kind).toBe('usage');
      return error.faults;
    }
    throw new Error('It was not refused.');
  });
  expect(dumpRows(vault.requireRoom('open').store)).toEqual(before);
  expect(faults[0]).toEqual(faults[1]);
  return faults[0] ?? [];
}

const list = (value: unknown): Content[] => value as Content[];
/** A regime with more in its first step. */
const withStep =
  (more: Content) =>
  (regime: Content): Content => {
    const [first, ...rest] = list(regime['steps']);
    return { ...regime, steps: [{ ...first, ...more }, ...rest] };
  };

describe('a limit beyond all sense', () => {
  it.each([
    ['hour', 99_999_999_999],
    ['hour', LONGEST_LIMIT.hour + 1],
    ['week', LONGEST_LIMIT.week + 1],
    ['month', 9_999_999],
    ['month', LONGEST_LIMIT.month + 1],
  ] as const)('in %ss (%d) is refused', (unit, amount) => {
    const change = withStep({ start: 'aware', limit: { amount, unit } });
    const most = amount > LONGEST_LIMIT.hour ? LONGEST_LIMIT.hour : LONGEST_LIMIT[unit];
    expect(faultsOf(laterPack(2, { 'regimes/polis.json': change }))).toContain(
      `regimes/polis.json: steps[0].limit.amount: får vara högst ${String(most)}.`,
    );
  });

  it('is refused in an own aim, an earlier limit, an override and the days of a letter', () => {
    const most = `får vara högst ${String(LONGEST_LIMIT.hour)}.`;
    const aim = { ownTarget: { hours: 9_999_999, note: 'x' } };
    expect(faultsOf(laterPack(2, { 'regimes/polis.json': withStep(aim) }))).toEqual([
      `regimes/polis.json: steps[0].ownTarget.hours: ${most}`,
    ]);
    const earlier = { noLaterThan: { start: 'aware', amount: 9_999_999, unit: 'hour' } };
    expect(faultsOf(laterPack(2, { 'regimes/dora.json': withStep(earlier) }))).toEqual([
      `regimes/dora.json: steps[0].noLaterThan.amount: ${most}`,
    ]);
    const override = {
      when: { organisationKind: 'kommun' },
      limit: { amount: 9_999_999, unit: 'hour' },
      wording: 'x',
    };
    expect(faultsOf(laterPack(2, { 'regimes/gdpr.json': withStep({ overrides: [override] }) }))).toEqual([
      `regimes/gdpr.json: steps[0].overrides[0].limit.amount: ${most}`,
    ]);
    const slow = (letters: Content): Content => ({
      ...letters,
      channels: list(letters['channels']).map((channel) => ({ ...channel, workdays: 1_000_000 })),
    });
    expect(faultsOf(laterPack(2, { 'channels/postgang.json': slow }))).toContain(
      'channels/postgang.json: channels[0].workdays: får vara högst 250.',
    );
  });
});

describe('a form that cannot be filled in', () => {
  const field = { id: 'prov', kind: 'text', label: 'Prov', required: true, sources: [{ from: 'answer' }] };
  /** The shipped warning with one field more. */
  const withField = (more: Content) =>
    laterPack(2, {
      'forms/stat-varning.json': (form) => {
        const [first, ...rest] = list(form['sections']);
        const fields = [...list(first?.['fields']), { ...field, ...more }];
        return { ...form, sections: [{ ...first, fields }, ...rest] };
      },
    });
  const never = 'krävs, och inget kan besvara det. Låt det få ett eget svar ("from": "answer").';
  const fact = { from: 'fact', fact: 'omfattning' };

  it.each<[string, Content, string[]]>([
    [
      'an id that comes back when it has been handed in',
      { sources: [{ from: 'returned-id', forms: ['stat-varning'] }] },
      [never],
    ],
    ['a blank that is required', { sources: [{ from: 'blank' }] }, [never]],
    [
      'the answer to a field that is not there',
      { sources: [{ from: 'answer', forms: ['stat-slutrapport'] }] },
      ['formuläret "stat-slutrapport" har inget fält "prov" med ett eget svar.'],
    ],
    [
      'the answer to a field that only a fact answers',
      { id: 'minimera', sources: [{ from: 'answer', forms: ['stat-slutrapport'] }] },
      ['formuläret "stat-slutrapport" har inget fält "minimera" med ett eget svar.'],
    ],
    [
      'a number out of a text',
      { id: 'orsak-tillaggsinformation', kind: 'number', sources: [fact] },
      ['är av slaget number, och "fact" ger aldrig ett sådant svar. Använd answer, blank.'],
    ],
    [
      'a time out of a text',
      { kind: 'date-time', sources: [{ from: 'answer' }, fact] },
      ['är av slaget date-time, och "fact" ger aldrig ett sådant svar. Använd time, answer, blank.'],
    ],
    [
      'a choice out of a time',
      { kind: 'yes-no', sources: [{ from: 'time', time: 'aware' }] },
      ['är av slaget yes-no, och "time" ger aldrig ett sådant svar. Använd fact, answer, blank.'],
    ],
    [
      'a number out of the text of an earlier report',
      { id: 'geografi', kind: 'number', sources: [{ from: 'answer', forms: ['stat-slutrapport'] }] },
      ['är av slaget number, och i formuläret "stat-slutrapport" är det av slaget text.'],
    ],
  ])('by %s is refused', (_what, more, faults) => {
    const { id } = { ...field, ...more };
    expect(faultsOf(withField(more))).toEqual(
      faults.map((fault) => `forms/stat-varning.json: fältet ${id}: ${fault}`),
    );
  });

  it('is refused for a yes or no that has lost its no', () => {
    const without = (codes: Content): Content => ({
      ...codes,
      codes: list(codes['codes']).filter(({ code }) => code !== 'nej'),
    });
    expect(faultsOf(laterPack(2, { 'codelists/ja-nej.json': without }))).toEqual([
      'codelists/ja-nej.json: codes: koden "nej" saknas, och Sigill behöver den.',
    ]);
  });
});

describe('words that are not what they seem', () => {
  const hidden = /^regimes\/polis\.json: name: Texten har ett dolt tecken \(U\+202E, tecken 6\)/;

  it.each<[string, string, Content, RegExp]>([
    ['a sign that turns the writing', 'regimes/polis.json', { name: 'Egen \u202eltur' }, hidden],
    [
      'a control character',
      'regimes/polis.json',
      { note: 'Ring\u001b[2Jpolisen' },
      /note: Texten har ett styrtecken/,
    ],
    ['a name of spaces', 'regimes/polis.json', { name: ' \u00a0' }, /name: är tom\./],
    ['a name of what nobody sees', 'recipients/imy.json', { name: '\u200b\u2060' }, /name: är tom\./],
    [
      'a version of the pack with one',
      'paket.json',
      { version: '2027\u2066.2' },
      /version: Texten har ett dolt/,
    ],
  ])('are refused: %s', (_what, file, more, fault) => {
    expect(faultsOf(laterPack(2, { [file]: (content) => ({ ...content, ...more }) }))).toEqual([
      expect.stringMatching(fault),
    ]);
  });

  it('are refused in a label of a form and in a step of a regime', () => {
    const labels = laterPack(2, {
      'forms/stat-varning.json': (form) => {
        const [first, ...rest] = list(form['sections']);
        const [label, ...others] = list(first?.['fields']);
        return { ...form, sections: [{ ...first, fields: [{ ...label, label: ' ' }, ...others] }, ...rest] };
      },
    });
    expect(faultsOf(labels)).toEqual([
      'forms/stat-varning.json: sections[0].fields[0].label: är tom. Skriv något som går att läsa.',
    ]);
    expect(faultsOf(laterPack(2, { 'regimes/polis.json': withStep({ wording: '\t' }) }))).toEqual([
      'regimes/polis.json: steps[0].wording: är tom. Skriv något som går att läsa.',
    ]);
  });
});

it('a holiday on another day than that of its name is refused', () => {
  const moved = (name: string, from: string, to: string): RuleFiles =>
    laterPack(2, {
      'holidays/svenska-helgdagar.json': (calendar) => ({
        ...calendar,
        holidays: list(calendar['holidays']).map((day) =>
          day['name'] === name
            ? { ...day, dates: (day['dates'] as string[]).map((date) => (date === from ? to : date)) }
            : day,
        ),
      }),
    });
  for (const [name, from, to] of [
    ['Långfredagen', '2027-03-26', '2027-03-27'],
    ['Midsommarafton', '2027-06-25', '2027-06-18'],
    ['Alla helgons dag', '2027-11-06', '2027-10-30'],
    ['Sveriges nationaldag', '2027-06-06', '2027-06-07'],
  ] as const)
    expect(faultsOf(moved(name, from, to))).toEqual([
      `holidays/svenska-helgdagar.json: ${name}: ${to} är fel dag: år 2027 är det ${from}.`,
    ]);
});

describe('a pack that seems to be more than it is', () => {
  const list = {
    ...{ kind: 'codelist', id: 'norrdal-system', name: 'System', validFrom: null, validTo: null },
    sources: [{ reference: 'Kommunens systemlista', checked: '2026-11-01' }],
    codes: [{ code: 'W3D3', name: 'W3D3' }],
  };

  it('is refused where an own rule says that it is the law', () => {
    const own = ownPack(1, { 'codelists/system.json': { ...list, confidence: 'statute' } });
    expect(faultsOf(own, norrdal)).toEqual([
      expect.stringMatching(/^codelists\/system\.json: ett eget paket kan inte ha .*statute/),
    ]);
  });

  it('is refused where it is issued on a day that has not been', () => {
    const own = ownPack(
      1,
      { 'codelists/system.json': { ...list, confidence: 'official' } },
      { issued: '2099-01-01' },
    );
    const fault =
      /^paket\.json: issued: 2099-01-01 har inte varit än; datorns klocka visar \d{4}-\d{2}-\d{2}\./;
    expect(faultsOf(own, norrdal)).toEqual([expect.stringMatching(fault)]);
    const later = laterPack(2, { 'paket.json': (manifest) => ({ ...manifest, issued: '2099-01-01' }) });
    expect(faultsOf(later)).toEqual([expect.stringMatching(fault)]);
  });

  it('is taken where it was issued tomorrow: clocks differ', () => {
    const issued = swedishDate(new Date(Date.now() + 20 * 60 * 60_000));
    const own = ownPack(1, { 'codelists/system.json': { ...list, confidence: 'official' } }, { issued });
    expect(inspectPack(vault, rules, signed(own, norrdal)).changes).toHaveLength(1);
  });
});
