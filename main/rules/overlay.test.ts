import { describe, expect, it } from 'vitest';
import { laterPack, ownPack, type Content } from '../testing/rule-packs.ts';
import { findRuleFaults } from './check.ts';
import { compareRules } from './difference.ts';
import { checkedLibrary } from './load.ts';
import { layOver } from './overlay.ts';
import { readPack, type RuleFiles } from './read.ts';

const shipped = checkedLibrary(laterPack(1));
const ours = laterPack(1);

function contentOf(files: RuleFiles) {
  const { manifest, rules, faults } = readPack(files);
  expect(faults).toEqual([]);
  if (!manifest) throw new TypeError('A pack has a manifest.');
  return { manifest, rules };
}

function faultsOf(rules: Readonly<Record<string, unknown>>, manifest: Content = {}): string[] {
  const { rules: merged, faults } = layOver(shipped, contentOf(ownPack(1, rules, manifest)));
  return [...faults, ...findRuleFaults(merged, new Set())];
}

const base = {
  validFrom: null,
  validTo: null,
  confidence: 'official',
  sources: [{ reference: 'Kommunens rutin', checked: '2026-11-01' }],
};
const recipient = { ...base, kind: 'recipient', id: 'norrdal-beredskap', name: 'Beredskapen', addresses: [] };
const copy = (file: string, change: (content: Content) => void): Content => {
  const content = structuredClone(ours.get(file) as Content);
  change(content);
  return content;
};

describe("an organisation's own pack", () => {
  it('adds recipients, code lists, a routine and its form under its own name', () => {
    const form = copy('forms/kommun-slutrapport.json', (content) => {
      Object.assign(content, {
        id: 'norrdal-rapport',
        regimes: ['norrdal-rutin'],
        recipients: ['norrdal-beredskap'],
      });
    });
    const regime = copy('regimes/kommun-rutin.json', (content) => {
      const [step] = content['steps'] as Content[];
      Object.assign(content, {
        id: 'norrdal-rutin',
        steps: [{ ...step, forms: ['norrdal-rapport'], recipients: ['norrdal-beredskap'] }],
      });
    });
    const list = {
      ...base,
      kind: 'codelist',
      id: 'norrdal-system',
      name: 'System',
      codes: [{ code: 'W3', name: 'W3D3' }],
    };
    expect(
      faultsOf({
        'recipients/a.json': recipient,
        'forms/a.json': form,
        'regimes/a.json': regime,
        'codelists/a.json': list,
      }),
    ).toEqual([]);
  });

  it('may put other addresses in our recipients, and other words in our forms', () => {
    const imy = copy('recipients/imy.json', (content) => {
      content['addresses'] = (content['addresses'] as Content[]).slice(0, 1);
    });
    const form = copy('forms/msb-slutrapport.json', (content) => {
      const [section] = content['sections'] as Content[];
      Object.assign(section ?? {}, { title: 'Vår rubrik', help: 'Fråga beredskapen.' });
    });
    const replaces = [
      { kind: 'recipient', id: 'imy' },
      { kind: 'form', id: 'msb-slutrapport' },
    ];
    const own = { 'recipients/imy.json': imy, 'forms/form.json': form };
    expect(faultsOf(own, { replaces })).toEqual([]);
    expect(faultsOf(own)).toEqual([
      'recipients/imy.json: "imy" finns i sigill. Ska den ersättas står den i replaces i paket.json.',
      'forms/form.json: "msb-slutrapport" finns i sigill. Ska den ersättas står den i replaces i paket.json.',
      expect.stringContaining('id "imy" finns redan'),
      expect.stringContaining('id "msb-slutrapport" finns redan'),
    ]);
  });

  it('may set an own aim where the law has no limit, and nothing else in a regime of ours', () => {
    const replaces = [{ kind: 'regime', id: 'SAK' }];
    const withAim = (step: string, more: Content = {}): Content =>
      copy('regimes/sak.json', (content) => {
        const found = (content['steps'] as Content[]).find(({ id }) => id === step);
        Object.assign(found ?? {}, { ownTarget: { hours: 3, note: 'Kommunens beslut' }, ...more });
      });
    const own = { 'regimes/sak.json': withAim('anmalan') };
    expect(faultsOf(own, { replaces })).toEqual([]);
    const { rules } = layOver(shipped, contentOf(ownPack(1, own, { replaces })));
    const merged = rules.flatMap(({ rule }) =>
      rule.kind === 'regime' && rule.id === 'SAK' ? rule.steps : [],
    );
    expect(merged.find(({ id }) => id === 'anmalan')?.ownTarget).toEqual({
      hours: 3,
      note: 'Kommunens beslut',
    });
    expect(
      shipped.newest.regimes.get('SAK')?.steps.find(({ id }) => id === 'anmalan')?.ownTarget?.hours,
    ).toBe(6);
    // A limit is the law's.
    const limit = withAim('anmalan', { limit: { amount: 3, unit: 'hour' } });
    expect(faultsOf({ 'regimes/sak.json': limit }, { replaces })[0]).toMatch(/bara ownTarget/);
    const gdpr = copy('regimes/gdpr.json', (content) => {
      const [step] = content['steps'] as Content[];
      Object.assign(step ?? {}, { ownTarget: { hours: 3, note: 'Kommunens beslut' } });
    });
    expect(faultsOf({ 'regimes/gdpr.json': gdpr }, { replaces: [{ kind: 'regime', id: 'GDPR' }] })).toEqual([
      expect.stringContaining('ownTarget står vid ett steg som har en frist'),
    ]);
  });

  it('may not change what a form asks for or by which way it goes, nor what a regime asks for', () => {
    const ways = copy(
      'forms/msb-slutrapport.json',
      (content) => (content['channels'] = ['epost-okrypterad']),
    );
    expect(
      faultsOf({ 'forms/form.json': ways }, { replaces: [{ kind: 'form', id: 'msb-slutrapport' }] }),
    ).toEqual([
      'forms/form.json: ändrar mer än ett eget paket får i en regel av det slaget: bara label, title, help, introduction, note, sources.',
    ]);
    const regime = copy('regimes/gdpr.json', (content) => (content['name'] = 'Annat'));
    expect(faultsOf({ 'regimes/gdpr.json': regime }, { replaces: [{ kind: 'regime', id: 'GDPR' }] })).toEqual(
      ['regimes/gdpr.json: ändrar mer än ett eget paket får i en regel av det slaget: bara ownTarget.'],
    );
  });

  it('never has a channel table, holidays or standard texts: the gate answers by ours', () => {
    for (const file of [
      'channels/kanaltabell.json',
      'holidays/svenska-helgdagar.json',
      'texts/pekare.json',
    ]) {
      const content = ours.get(file) as Content;
      const replaces = [{ kind: content['kind'], id: content['id'] }];
      const expected = `${file}: ett eget paket kan inte ha kanaltabell, helgdagar eller standardtexter.`;
      expect(faultsOf({ [file]: content }, { replaces })).toContain(expected);
      expect(faultsOf({ [file]: { ...content, id: 'norrdal-egen' } })).toContain(expected);
    }
  });

  it('says of nothing that it is the law, nor hides that a routine is one', () => {
    const routine = (change: Content) =>
      copy('regimes/kommun-rutin.json', (content) => {
        const [step] = content['steps'] as Content[];
        Object.assign(content, { id: 'norrdal-rutin', steps: [{ ...step, forms: [], ...change }] }, change);
      });
    const refusal = /^ett eget paket kan inte ha tillförlitligheten statute/;
    const told = (file: string, content: Content, manifest: Content = {}): string[] =>
      faultsOf({ [file]: content }, manifest).map((line) => line.replace(`${file}: `, ''));
    const claim = routine({});
    expect(told('regimes/a.json', claim)).toEqual([]);
    expect(told('regimes/a.json', { ...claim, confidence: 'statute' })).toEqual([
      expect.stringMatching(refusal),
    ]);
    const [step] = claim['steps'] as Content[];
    expect(told('regimes/a.json', { ...claim, steps: [{ ...step, confidence: 'statute' }] })).toEqual([
      expect.stringMatching(/^notifiering: ett eget paket kan inte ha/),
    ]);
    expect(told('regimes/a.json', { ...claim, internalRoutine: undefined })).toEqual([
      expect.stringMatching(/^ett eget regelverk är organisationens rutin/),
    ]);
    // What ours claims is ours; an address of its own is not raised by it.
    const replaces = [{ kind: 'recipient', id: 'imy' }];
    const imy = copy('recipients/imy.json', (content) => {
      const [first] = content['addresses'] as Content[];
      content['addresses'] = [{ ...first, confidence: 'statute' }];
    });
    expect(told('recipients/imy.json', imy, { replaces })).toEqual([
      expect.stringMatching(/: ett eget paket kan inte ha tillförlitligheten statute/),
    ]);
    const sak = copy('regimes/sak.json', () => undefined);
    expect(told('regimes/sak.json', sak, { replaces: [{ kind: 'regime', id: 'SAK' }] })).toEqual([]);
  });

  it('is refused for a name that is not its own, for what it stands on, and for what it does not hold', () => {
    expect(faultsOf({ 'recipients/a.json': { ...recipient, id: 'beredskap' } })).toEqual([
      'recipients/a.json: id ska börja med "norrdal-", så att det aldrig blir samma som ett av Sigills.',
    ]);
    expect(faultsOf({}, { buildsOn: null })).toEqual([
      'paket.json: ett eget paket säger i buildsOn vilket det bygger på.',
    ]);
    expect(faultsOf({}, { buildsOn: { pack: 'annat', sequence: 1 } })).toHaveLength(1);
    expect(faultsOf({}, { buildsOn: { pack: 'sigill', sequence: 7 } })).toEqual([
      'paket.json: bygger på sigill nummer 7 eller senare, och här finns nummer 1.',
    ]);
    expect(faultsOf({}, { replaces: [{ kind: 'form', id: 'saknas' }] })).toHaveLength(1);
    expect(faultsOf({}, { id: 'sigill' })).toHaveLength(1);
  });
});

describe('versions of one rule', () => {
  const two = (firstTo: string, secondFrom: string): RuleFiles => {
    const files = new Map(laterPack(2));
    const csl = files.get('regimes/csl.json') as Content;
    const [step, ...rest] = csl['steps'] as Content[];
    files.set('regimes/csl.json', { ...csl, validTo: firstTo });
    files.set('regimes/csl-2027.json', {
      ...csl,
      validFrom: secondFrom,
      steps: [{ ...step, limit: { amount: 12, unit: 'hour' } }, ...rest],
    });
    return files;
  };
  const limitOn = (files: RuleFiles, day: string): number | undefined =>
    checkedLibrary(files).forDay(day).regimes.get('CSL')?.steps[0]?.limit?.amount;

  it('are chosen between by the day of the incident', () => {
    const files = two('2026-12-31', '2027-01-01');
    expect(
      ['2025-01-01', '2026-12-31', '2027-01-01', '2040-01-01'].map((day) => limitOn(files, day)),
    ).toEqual([24, 24, 12, 12]);
    expect(checkedLibrary(files).newest.regimes.get('CSL')?.steps[0]?.limit?.amount).toBe(12);
    // In a gap the one that was in force last holds on.
    expect(limitOn(two('2026-12-31', '2027-03-01'), '2027-02-01')).toBe(24);
  });

  it('may not overlap by a day', () => {
    expect(() => checkedLibrary(two('2027-01-01', '2027-01-01'))).toThrow(/ett fel/);
    try {
      checkedLibrary(two('2027-01-01', '2027-01-01'));
    } catch (error) {
      expect((error as { faults: string[] }).faults).toEqual([
        'regimes/csl-2027.json: id "CSL" finns redan i regimes/csl.json, och giltigheterna överlappar.',
      ]);
    }
  });
});

describe('the difference between two packs', () => {
  const differenceTo = (files: RuleFiles) => compareRules(shipped.rules, contentOf(files).rules);

  it('is told rule by rule and field by field', () => {
    const files = laterPack(2, {
      'regimes/csl.json': (csl) => {
        const [step, ...rest] = csl['steps'] as Content[];
        return {
          ...csl,
          steps: [
            { ...step, limit: { amount: 12, unit: 'hour' }, channels: ['cyberportalen', 'telefon'] },
            ...rest,
          ],
        };
      },
      'recipients/imy.json': (imy) => ({ ...imy, addresses: (imy['addresses'] as Content[]).slice(1) }),
      'codelists/ny.json': () => ({
        ...base,
        kind: 'codelist',
        id: 'ny',
        name: 'Ny lista',
        codes: [{ code: 'a', name: 'A' }],
      }),
    });
    expect(differenceTo(files)).toEqual([
      {
        change: 'new',
        kind: 'codelist',
        id: 'ny',
        name: 'Ny lista',
        sentences: ['1 kod: A.', 'Tillförlitlighet: myndighetens sida.'],
      },
      {
        change: 'changed',
        kind: 'recipient',
        id: 'imy',
        name: expect.any(String),
        sentences: [expect.stringMatching(/^imy: adress .* tas bort\.$/)],
      },
      {
        change: 'changed',
        kind: 'regime',
        id: 'CSL',
        name: 'Cybersäkerhetslagen (NIS2)',
        sentences: [
          'CSL, steg Upplysning: fristen ändras från 24 timmar till 12 timmar.',
          'CSL, steg Upplysning: vägarna ändras från Cyberportalen till Cyberportalen, Öppen telefon.',
        ],
      },
    ]);
    expect(compareRules(contentOf(files).rules, shipped.rules).map(({ change }) => change)).toEqual([
      'gone',
      'changed',
      'changed',
    ]);
  });

  it('is nothing for the same rules in another order of keys', () => {
    expect(differenceTo(laterPack(2))).toEqual([]);
  });

  it('tells what a new rule brings, and not its name alone', () => {
    const sentencesOf = (id: string): readonly string[] | undefined =>
      compareRules([], shipped.rules).find((change) => change.id === id)?.sentences;
    expect(sentencesOf('KOMMUN-RUTIN')).toEqual([
      'För kommun. Intern rutin, inte lag.',
      'Steg Chefskedja och telefonnotifiering: 6 timmar från ”Identifierades”; till CERT-SE; på vägen Öppen telefon; med Telefonnotifiering till CERT-SE.',
      expect.stringMatching(
        /^Steg Slutrapport: 4 veckor från ”Chefskedja och telefonnotifiering lämnad”; till .*; på vägarna Okrypterad e-post, .* och Värdepost; med /,
      ),
      'Tillförlitlighet: andrahandsuppgift.',
    ]);
    expect(sentencesOf('DORA')?.[1]).toBe(
      'Steg Första anmälan: 4 timmar från ”Bedömdes som betydande”, dock senast 24 timmar från ”Kännedom”; till Finansinspektionen; på vägen Annan myndighets e-tjänst; med DORA, första anmälan.',
    );
    expect(sentencesOf('dora-initial')?.slice(0, 2)).toEqual([
      '2 avsnitt med 27 fält, varav 16 krävs.',
      'För DORA, finansiella företag.',
    ]);
    expect(sentencesOf('imy')).toContain(
      'Adress, reserv när e-tjänsten inte kan användas: Integritetsskyddsmyndigheten, Box 8114, 104 20 Stockholm (bekräftad).',
    );
    // Every kind says something of its own, in words.
    for (const { sentences } of compareRules([], shipped.rules)) {
      expect(sentences.length).toBeGreaterThan(1);
      expect(sentences.join('\n')).not.toMatch(/"|undefined|\[object/);
    }
  });

  it('tells a second version of a rule as one, and not as a rule that is gone', () => {
    const files = new Map(
      laterPack(2, { 'supervision/ssf.json': (ssf) => ({ ...ssf, validTo: '2026-12-31' }) }),
    );
    const ssf = ours.get('supervision/ssf.json') as Content;
    files.set('supervision/ssf-2027.json', { ...ssf, validFrom: '2027-01-01' });
    expect(differenceTo(files).map(({ change, sentences }) => [change, sentences])).toEqual([
      ['changed', ['TILLSYN-SSF: sista giltighetsdagen ändras från ingen till ”2026-12-31”.']],
      ['new', expect.arrayContaining(['Gäller från 2027-01-01.'])],
    ]);
  });

  it('tells where a new address is, and when a new step is due', () => {
    const files = laterPack(2, {
      'recipients/imy.json': (imy) => {
        const [first] = imy['addresses'] as Content[];
        const more = { ...first, id: 'ny', purpose: 'Ny väg', lines: ['https://example.se/'] };
        return { ...imy, addresses: [...(imy['addresses'] as Content[]), more] };
      },
      'regimes/polis.json': (polis) => {
        const [first] = polis['steps'] as Content[];
        const more = {
          id: 'ny',
          name: 'Nytt',
          start: 'aware',
          limit: { amount: 2, unit: 'week' },
          forms: [],
        };
        const step = { ...first, ownTarget: undefined, ...more };
        return { ...polis, steps: [...(polis['steps'] as Content[]), step] };
      },
    });
    expect(differenceTo(files).flatMap(({ sentences }) => sentences)).toEqual([
      'imy: adress Ny väg är nytt: https://example.se/ (bekräftad).',
      expect.stringMatching(
        /^POLIS: steg Nytt är nytt: 2 veckor från ”Kännedom”; till Polismyndigheten; på vägarna /,
      ),
    ]);
  });

  it('tells a changed cell of the channel table by class and way', () => {
    const files = laterPack(2, {
      'channels/kanaltabell.json': (table) => {
        const [first] = table['classes'] as { answers: Content[] }[];
        Object.assign(first?.answers.find(({ channel }) => channel === 'telefon') ?? {}, {
          answer: 'refused',
        });
        return table;
      },
    });
    expect(differenceTo(files).flatMap(({ sentences }) => sentences)).toEqual([
      expect.stringMatching(
        /innehållsklass .*, kanal öppen telefon: svaret ändras från tillåtet till avvisat\.$/i,
      ),
    ]);
  });
});
