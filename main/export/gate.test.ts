import { describe, expect, it } from 'vitest';
import { SigillError } from '../../shared/domain/error.ts';
import { joinMarkings, LEVELS, makeMarking, type Level, type Marking } from '../../shared/domain/marking.ts';
import type { ReportDocument, ReportField } from '../../shared/domain/report.ts';
import { CHANNELS, type Channel } from '../../shared/domain/rules.ts';
import { loadRulePack } from '../rules/load.ts';
import { sampleReport } from '../testing/report.ts';
import {
  askGate,
  clear,
  explainAnswer,
  explainClearance,
  requireClearance,
  type ChannelDecision,
  type Clearance,
  type GatePolicy,
} from './gate.ts';

const { channelTable } = loadRulePack();
const POLICY: GatePolicy = { table: channelTable, ceiling: 'kvalificerat-hemlig' };
const DECISION: ChannelDecision = {
  reason: 'Beslut i brådskande fall.',
  decidedBy: 'Karin Ek',
  at: '2026-11-22T12:00:00Z',
};

/** A report with one part for each marking given, by name. */
function reportOf(
  parts: Readonly<Record<string, Marking>>,
  change: Partial<ReportDocument> = {},
): ReportDocument {
  const fields = Object.entries(parts).map(([name, marking]): ReportField => ({
    id: name,
    label: name,
    help: null,
    required: false,
    blank: false,
    missing: false,
    parts: [{ withheld: false, origin: `fact:${name}`, label: null, text: 'x', codes: [], marking }],
  }));
  return sampleReport('oppen', {
    marking: joinMarkings(Object.values(parts)),
    sections: [{ id: 'allt', title: 'Allt', fields }],
    ...change,
  });
}

const secret = (...basis: string[]): Marking => makeMarking('sekretess', basis);
const FORSVAR = secret('15 kap. 2 § OSL');
const SYSTEM = secret('18 kap. 8 § OSL');
const PERSON = secret('21 kap. 7 § OSL');
const OPEN = makeMarking('oppen');

/** `A` allowed, `u` a decision by the user, `s` by säkerhetsskyddschefen, `x` refused, `!` refused whatever is decided. */
function answerOf(parts: Readonly<Record<string, Marking>>, channel: Channel): string {
  const { answer, decider, rule } = askGate(reportOf(parts), channel, POLICY);
  if (answer === 'allowed') return 'A';
  if (answer === 'decision') return decider === 'anvandaren' ? 'u' : 's';
  return rule.absolute ? '!' : 'x';
}

describe('table C of domain §12.4, by the real rules', () => {
  const COLUMNS: readonly Channel[] = [
    'telefon',
    'epost-okrypterad',
    'epost',
    'kurir',
    'cyberportalen',
    'portal',
    'signalskydd',
    'rek',
    'varde',
    'personlig-leverans',
    'utskrift',
    'arbetsstation',
  ];
  const classified = (level: Level): Marking => makeMarking(level, ['15 kap. 2 § OSL']);

  it.each([
    ['öppen', OPEN, 'AAAAAAAAAAAA'],
    ['sekretess 18:8', SYSTEM, 'uxuAuuAuAAAA'],
    ['sekretess 18:13', secret('18 kap. 13 § OSL'), 'uxuAuuAuAAAA'],
    ['sekretess 18:8 b', secret('18 kap. 8 b § OSL'), 'uxuuuuAuAAAA'],
    ['sekretess 21:7', PERSON, 'uxuuuuAuAAAA'],
    ['sekretess 15:2 utan klass', FORSVAR, 'xxxxxxAsAAAA'],
    ['sekretess enligt annan bestämmelse', secret('15 kap. 1 § OSL'), 'uxuuuuAuAAAA'],
    ['begränsat hemlig', classified('begransat-hemlig'), '!!!!!!ussAuA'],
    ['konfidentiell', classified('konfidentiell'), '!!!!!!ussAuA'],
    ['hemlig', classified('hemlig'), '!!!!!!ussAuA'],
    ['kvalificerat hemlig', classified('kvalificerat-hemlig'), '!!!!!!u!sAuA'],
  ])('%s', (_name, marking, expected) => {
    expect(COLUMNS.map((channel) => answerOf({ handelse: marking }, channel)).join('')).toBe(expected);
  });

  it('every channel has a column here', () => {
    expect(COLUMNS).toEqual(CHANNELS);
  });

  it('a way that is no channel is refused as a mistake', () => {
    expect(() => askGate(reportOf({ handelse: OPEN }), 'fax' as Channel, POLICY)).toThrow(SigillError);
  });
});

describe('a provision', () => {
  const MAIL: Channel = 'epost';
  it.each([
    'OSL 18:8',
    '18 kap. 8 § 3 p OSL',
    '18 kap 8 § OSL',
    '18 kap. 8 § första stycket 3 offentlighets- och sekretesslagen (2009:400)',
  ])('%s is of the class of 18 kap. 8 §', (provision) => {
    expect(askGate(reportOf({ a: secret(provision) }), 'kurir', POLICY).rule.contentClass).toBe(
      'sekretess enligt 18 kap. 8 § eller 18 kap. 13 § OSL',
    );
  });

  it.each(['18 kap. 8 b § OSL', '18 kap 8b§', 'OSL 18:8 b', '18:8b OSL'])(
    '%s is of the class of 18 kap. 8 b §, which is another',
    (provision) => {
      expect(askGate(reportOf({ a: secret(provision) }), 'kurir', POLICY).rule.contentClass).toBe(
        'sekretess enligt 18 kap. 8 b § eller 21 kap. 7 § OSL',
      );
    },
  );

  it.each([
    '15 kap. 2 § 1 st. OSL',
    '15 kap 2§ OSL',
    'OSL 15 kap. 2 §',
    'OSL 15:2',
    '15:2 första stycket OSL',
    '15 KAP. 2 § OFFENTLIGHETS- OCH SEKRETESSLAGEN',
    'offentlighets- och sekretesslagen (2009:400) 15:2',
    '15 kapitlet 2 § OSL',
    '15 kap. 1 och 2 §§ OSL',
    '15 kap. 1–3 §§ OSL',
    'OSL 15:1-3',
    '18 kap. 8 § och 15 kap. 2 § OSL',
    '18 kap. 8 §, 15:2 OSL',
    '15 kap. OSL',
  ])('%s names or covers 15 kap. 2 §, and does not go by e-mail', (provision) => {
    expect(answerOf({ a: secret(provision) }, MAIL)).toBe('x');
  });

  it.each(['15 kap. 2 a § OSL', '15 kap. 20 § OSL', '5 kap. 2 § OSL', '115 kap. 2 § X', '2:15'])(
    '%s is unknown to the table, and falls in the general class of its level',
    (provision) => {
      expect(askGate(reportOf({ a: secret(provision) }), MAIL, POLICY).rule.contentClass).toBe(
        'sekretess enligt en bestämmelse som kanaltabellen inte nämner',
      );
    },
  );

  it.each(['utrikessekretess', '15.2 OSL', 'OSL femton två', '18 kap. 8 § OSL, se även 7', '?'])(
    '%s is not understood, and may be any: the strictest class of its level decides',
    (provision) => {
      expect(answerOf({ a: secret(provision) }, MAIL)).toBe('x');
      expect(answerOf({ a: secret(provision) }, 'rek')).toBe('s');
      expect(answerOf({ a: secret(provision) }, 'signalskydd')).toBe('A');
    },
  );

  it('beside another in the same text counts by itself', () => {
    expect(answerOf({ a: secret('18 kap. 8 § och 20 kap. 1 § OSL') }, 'kurir')).toBe('u');
    expect(answerOf({ a: secret('18 kap. 8 § och 13 § OSL') }, 'kurir')).toBe('A');
  });
});

describe('the strictest part decides, and is named', () => {
  it('among parts, wherever it stands', () => {
    for (const parts of [
      { a: OPEN, b: FORSVAR, c: SYSTEM },
      { b: FORSVAR, c: SYSTEM, a: OPEN },
    ]) {
      const { answer, decidedBy } = askGate(reportOf(parts), 'epost', POLICY);
      expect({ answer, origin: decidedBy.origin }).toEqual({ answer: 'refused', origin: 'fact:b' });
    }
  });

  it('and an absolute refusal before one that is not, and säkerhetsskyddschefen before the user', () => {
    const bh = makeMarking('begransat-hemlig', ['18 kap. 8 § OSL']);
    expect(askGate(reportOf({ a: FORSVAR, b: bh }), 'epost', POLICY).rule.absolute).toBe(true);
    expect(askGate(reportOf({ a: SYSTEM, b: FORSVAR }), 'rek', POLICY).decider).toBe('sakerhetsskyddschefen');
  });

  it('a document that is marked above all its parts decides itself', () => {
    const raised = reportOf({ a: OPEN }, { marking: makeMarking('hemlig', ['15 kap. 2 § OSL']) });
    const { answer, decidedBy } = askGate(raised, 'epost', POLICY);
    expect({ answer, origin: decidedBy.origin }).toEqual({ answer: 'refused', origin: 'document' });
  });

  it('a part that is marked above the document decides, should the document be wrong', () => {
    const wrong = reportOf({ a: makeMarking('hemlig', ['15 kap. 2 § OSL']) }, { marking: OPEN });
    expect(askGate(wrong, 'epost', POLICY)).toMatchObject({
      answer: 'refused',
      decidedBy: { origin: 'fact:a' },
    });
  });

  it('what is withheld does not', () => {
    const open = reportOf({ a: OPEN });
    const [section] = open.sections;
    if (!section) throw new TypeError();
    const withheld = { withheld: true, origin: 'fact:b', label: null, text: 'x' } as const;
    const field = { ...section.fields[0], parts: [withheld] } as ReportField;
    const document = { ...open, sections: [{ ...section, fields: [...section.fields, field] }] };
    expect(askGate(document, 'epost', POLICY).answer).toBe('allowed');
  });

  it('the conditions of every part that needs a decision are listed, each once', () => {
    const { conditions } = askGate(reportOf({ a: SYSTEM, b: PERSON, c: OPEN }), 'cyberportalen', POLICY);
    expect(conditions).toContain('Inget i rapporten är säkerhetsskyddsklassificerat.');
    expect(new Set(conditions).size).toBe(conditions.length);
    expect(conditions.length).toBeGreaterThan(1);
    expect(askGate(reportOf({ a: OPEN }), 'epost', POLICY).conditions).toEqual([]);
    expect(askGate(reportOf({ a: SYSTEM, b: FORSVAR }), 'epost', POLICY).conditions).toEqual([]);
  });

  it('what the table does not answer is refused', () => {
    const table = {
      ...channelTable,
      classes: channelTable.classes.filter(({ level }) => level !== 'hemlig'),
    };
    const document = reportOf({ a: makeMarking('hemlig', ['15 kap. 2 § OSL']) });
    const answer = askGate(document, 'arbetsstation', { ...POLICY, table });
    expect(answer).toMatchObject({ answer: 'refused', decidedBy: { origin: 'document' } });
    expect(() => clear(document, 'arbetsstation', { ...POLICY, table }, DECISION)).toThrow(SigillError);
  });
});

describe('the ceiling', () => {
  const above = makeMarking('konfidentiell', ['15 kap. 2 § OSL']);

  it.each(CHANNELS)('is absolute for %s, whatever the table and the decision say', (channel) => {
    const document = reportOf({ a: OPEN, b: above });
    const policy: GatePolicy = { ...POLICY, ceiling: 'begransat-hemlig' };
    expect(askGate(document, channel, policy)).toMatchObject({ answer: 'refused', rule: { absolute: true } });
    expect(() => clear(document, channel, policy, DECISION)).toThrow(/begränsat hemlig/);
  });
});

describe('a decision', () => {
  it.each(
    LEVELS.slice(2).flatMap((level) => ['epost', 'epost-okrypterad', 'telefon'].map((way) => [level, way])),
  )('never lets %s go by %s, whatever it says and whoever took it', (level, channel) => {
    const document = reportOf({ a: makeMarking(level as Level, ['18 kap. 8 § OSL']) });
    for (const reason of ['Brådska', 'Försvarsmakten har godkänt OpenPGP', '--force', 'x'.repeat(10_000)]) {
      for (const decidedBy of ['Säkerhetsskyddschefen', 'Regeringen']) {
        const decision = { ...DECISION, reason, decidedBy };
        expect(() => clear(document, channel as Channel, POLICY, decision)).toThrow(
          expect.objectContaining({ kind: 'policy' }),
        );
      }
    }
  });

  it('is asked for where the table says so, with its conditions as lines', () => {
    const document = reportOf({ a: SYSTEM });
    for (const decision of [null, { ...DECISION, reason: ' \n' }, { ...DECISION, decidedBy: ' ' }]) {
      expect(() => clear(document, 'epost', POLICY, decision)).toThrow(
        expect.objectContaining({
          kind: 'policy',
          message: expect.stringContaining('Ange skälet till beslutet') as string,
          terminal: '--decision',
          faults: askGate(document, 'epost', POLICY).conditions,
        }),
      );
    }
  });

  it('goes with the clearance where it was needed, and not where it was not', () => {
    expect(clear(reportOf({ a: SYSTEM }), 'epost', POLICY, DECISION).decision).toEqual(DECISION);
    expect(clear(reportOf({ a: OPEN }), 'epost', POLICY, DECISION).decision).toBeNull();
  });

  it('is told with the name of whoever took it; before it, that one is needed and whose', () => {
    const document = reportOf({ a: FORSVAR });
    expect(explainAnswer(askGate(document, 'rek', POLICY))).toMatch(
      /^Kräver beslut av säkerhetsskyddschefen: .* Avgörs av .*: sekretess \(15 kap\. 2 § OSL\)\.$/,
    );
    expect(explainClearance(clear(document, 'rek', POLICY, DECISION))).toMatch(
      /^Tillåtet genom beslut av Karin Ek: .* Avgörs av .*: sekretess \(15 kap\. 2 § OSL\)\.$/,
    );
    const open = clear(reportOf({ a: OPEN }), 'rek', POLICY, DECISION);
    expect(explainClearance(open)).toBe(explainAnswer(open.answer));
    expect(explainAnswer(open.answer)).toMatch(/^Tillåtet: /);
  });
});

describe('a clearance', () => {
  const document = reportOf({ a: OPEN });
  const clearance = clear(document, 'rek', POLICY, null);

  it('is for this very document and this way', () => {
    expect(() => requireClearance(clearance, document, ['rek', 'varde'])).not.toThrow();
    expect(() => requireClearance(clearance, document, ['varde'])).toThrow(
      expect.objectContaining({ kind: 'policy' }),
    );
    for (const other of [
      reportOf({ a: OPEN, b: SYSTEM }),
      { ...document, author: 'Någon annan' },
      { ...document, checkpoint: '12 rader, hash 0123456789abcdef' },
    ]) {
      expect(() => requireClearance(clearance, other, ['rek'])).toThrow(/annat dokument/);
    }
  });

  it('is made by the gate alone: nothing with the same fields is one, to the compiler or at run time', () => {
    // @ts-expect-error An object literal with every public field is no Clearance.
    const literal: Clearance = {
      channel: clearance.channel,
      answer: clearance.answer,
      decision: clearance.decision,
      documentDigest: clearance.documentDigest,
      marking: clearance.marking,
    };
    const heir = Object.assign(
      Object.create(Object.getPrototypeOf(clearance) as object) as Clearance,
      literal,
    );
    const spread = { ...clearance } as Clearance;
    const wrapped = new Proxy(clearance, {});
    const copy = structuredClone({ ...clearance }) as Clearance;
    for (const forged of [literal, heir, spread, wrapped, copy, null, undefined, 'rek'] as Clearance[]) {
      expect(() => requireClearance(forged, document, ['rek'])).toThrow(TypeError);
    }
  });

  it('cannot be made by the class that it carries, nor changed', () => {
    const { constructor } = clearance as unknown as { constructor: new (...args: unknown[]) => Clearance };
    expect(() => new constructor(Symbol('only the gate'), document, clearance.answer, null)).toThrow(
      TypeError,
    );
    expect(() => Object.assign(clearance, { channel: 'epost' })).toThrow(TypeError);
    expect(() => Object.assign(clearance.answer, { answer: 'refused' })).toThrow(TypeError);
  });
});
