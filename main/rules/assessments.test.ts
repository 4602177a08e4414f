import { describe, expect, it } from 'vitest';
import { assess } from '../../shared/domain/assessment-evaluate.ts';
import { readAnswer } from '../../shared/domain/assessment-words.ts';
import type { AssessmentAnswer } from '../../shared/domain/assessment.ts';
import type { Assessment } from '../../shared/domain/rules.ts';
import { loadRulePack } from './load.ts';

const rules = loadRulePack();
const DAY = '2026-11-22';

function assessmentOf(id: string): Assessment {
  const found = rules.assessments.get(id);
  if (!found) throw new TypeError(`No assessment ${id}.`);
  return found;
}

/** Answers as a person writes them: `{ 'begransad-tid': '12 timmar' }`. */
function answered(
  assessment: Assessment,
  written: Readonly<Record<string, string>>,
): ReadonlyMap<string, AssessmentAnswer> {
  return new Map(
    Object.entries(written).map(([id, text]) => {
      const question = assessment.questions.find((one) => one.id === id);
      const answer = question ? readAnswer(question, text) : null;
      if (!answer) throw new TypeError(`${id} is not answered by "${text}".`);
      return [id, answer];
    }),
  );
}

function stateOf(
  id: string,
  criterion: string,
  written: Readonly<Record<string, string>>,
): string | undefined {
  const assessment = assessmentOf(id);
  return assess(assessment, answered(assessment, written), DAY).criteria.find((one) => one.id === criterion)
    ?.state;
}

/** The dossier's thresholds: what just is past each one, and what just is not. Text as in §8.2, §8.3 and §8.4. */
type Row = readonly [criterion: string, past: Record<string, string>, notPast: Record<string, string>];

const sector = (code: string, rest: Record<string, string>): Record<string, string> => ({
  sektor: code,
  ...rest,
});
const energy = (kind: string, rest: Record<string, string>): Record<string, string> =>
  sector('energi', { energislag: kind, ...rest });
const care = (rest: Record<string, string>): Record<string, string> =>
  sector('halso-och-sjukvard', { vardgivare: 'ja', ...rest });

const MCFFS: readonly Row[] = [
  [
    'GEN-A1',
    { 'system-otillgangligt': 'ja', 'begransad-tid': '721 min' },
    { 'system-otillgangligt': 'ja', 'begransad-tid': '12 h' },
  ],
  ['GEN-A2', { 'reserv-tid': '48,1 h' }, { 'reserv-tid': '2 dygn' }],
  ['GEN-A3', { 'skyddad-information': 'ja' }, { 'skyddad-information': 'nej' }],
  [
    'GEN-B1',
    { kostnad: '5 000 001 SEK', omsattning: '100 000 000 SEK' },
    { kostnad: '5 000 000 SEK', omsattning: '100 000 000 SEK' },
  ],
  [
    'GEN-C1',
    { 'skyddad-information': 'ja', 'fysiska-personer': '500' },
    { 'skyddad-information': 'ja', 'annan-juridisk': 'nej', 'fysiska-personer': '499' },
  ],
  [
    'GEN-C1',
    { 'skyddad-information': 'ja', 'annan-juridisk': 'ja' },
    { 'skyddad-information': 'nej', 'annan-juridisk': 'ja' },
  ],
  ['GEN-C2', { miljoskada: 'ja' }, { miljoskada: 'nej' }],
  ['GEN-C3', { samhallsviktig: 'ja' }, { samhallsviktig: 'nej' }],
  ['GEN-C4', { personskada: 'ja' }, { personskada: 'nej' }],
  [
    'GEN-D1',
    { aterkommande: '2', 'samlad-kostnad': '5 SEK', omsattning: '100 SEK' },
    { aterkommande: '1', 'samlad-kostnad': '50 SEK', omsattning: '100 SEK' },
  ],
  [
    'OFF-1',
    sector('offentlig-forvaltning', { 'begransad-tid': '241 min' }),
    sector('offentlig-forvaltning', { 'begransad-tid': '4 h' }),
  ],
  [
    'OFF-1',
    sector('energi, offentlig-forvaltning', { 'begransad-tid': '5 h' }),
    sector('energi', { 'begransad-tid': '5 h' }),
  ],
  [
    'OFF-2',
    sector('offentlig-forvaltning', { 'reserv-tid': '721 min' }),
    sector('offentlig-forvaltning', { 'reserv-tid': '12 h' }),
  ],
  [
    'EL-1',
    energy('el-varme', { slutanvandare: '2000', 'slutanvandare-tid': '121 min' }),
    energy('el-varme', { slutanvandare: '2000', 'slutanvandare-tid': '2 h' }),
  ],
  [
    'EL-1',
    energy('el-varme', { 'slutanvandare-andel': '50', 'slutanvandare-tid': '3 h' }),
    energy('el-varme', { slutanvandare: '1999', 'slutanvandare-andel': '49,9', 'slutanvandare-tid': '3 h' }),
  ],
  ['EL-2', energy('el-varme', { 'reserv-tid': '361 min' }), energy('el-varme', { 'reserv-tid': '6 h' })],
  ['EL-3', energy('el-varme', { 'styrning-tid': '61 min' }), energy('el-varme', { 'styrning-tid': '1 h' })],
  ['GAS-1', energy('gas', { 'begransad-tid': '61 min' }), energy('gas', { 'begransad-tid': '1 h' })],
  ['GAS-2', energy('gas', { 'reserv-tid': '361 min' }), energy('olja', { 'reserv-tid': '361 min' })],
  ['OLJA-1', energy('olja', { 'begransad-tid': '121 min' }), energy('olja', { 'begransad-tid': '2 h' })],
  ['OLJA-2', energy('olja', { 'reserv-tid': '361 min' }), energy('olja', { 'reserv-tid': '6 h' })],
  [
    'TRANSPORT-1',
    sector('transporter', { 'begransad-tid': '61 min' }),
    sector('transporter', { 'begransad-tid': '60 min' }),
  ],
  [
    'TRANSPORT-2',
    sector('transporter', { anvandare: '1000', 'anvandare-tid': '61 min' }),
    sector('transporter', { anvandare: '999', yta: '9999', 'anvandare-tid': '2 h' }),
  ],
  [
    'TRANSPORT-2',
    sector('transporter', { yta: '10 000', 'anvandare-tid': '61 min' }),
    sector('transporter', { yta: '10 000', 'anvandare-tid': '1 h' }),
  ],
  [
    'TRANSPORT-3',
    sector('transporter', { 'reserv-tid': '361 min' }),
    sector('transporter', { 'reserv-tid': '6 h' }),
  ],
  ['TRANSPORT-4', sector('transporter', { avgangar: '5,1 %' }), sector('transporter', { avgangar: '5 %' })],
  ['VARD-1', care({ 'begransad-tid': '61 min' }), care({ 'begransad-tid': '1 h' })],
  ['VARD-2', care({ 'reserv-tid': '361 min' }), care({ 'reserv-tid': '6 h' })],
  ['VARD-3', care({ patientsakerhet: 'ja' }), { ...care({ patientsakerhet: 'ja' }), vardgivare: 'nej' }],
  ['VARD-4', care({ ambulans: 'ja' }), care({ ambulans: 'nej' })],
  [
    'VATTEN-1',
    sector('dricksvatten', { 'begransad-tid': '241 min' }),
    sector('avloppsvatten', { 'begransad-tid': '4 h' }),
  ],
  [
    'VATTEN-2',
    sector('avloppsvatten', { 'reserv-tid': '481 min' }),
    sector('dricksvatten', { 'reserv-tid': '8 h' }),
  ],
  [
    'MANUELL',
    sector('bankverksamhet', { 'egen-bedomning': 'ja' }),
    sector('transporter', { 'egen-bedomning': 'ja' }),
  ],
  ['LAG-1', { driftstorning: 'ja' }, { driftstorning: 'nej' }],
  ['LAG-2', { 'ekonomisk-skada': 'ja' }, { 'ekonomisk-skada': 'nej' }],
  ['LAG-3', { andra: 'ja' }, { andra: 'nej' }],
];

const of = (service: string, rest: Record<string, string>): Record<string, string> => ({
  tjanst: service,
  ...rest,
});
const asCloud = (prefix: string, service: string): Row[] => [
  [`${prefix}-HELT`, of(service, { 'helt-tid': '31 min' }), of(service, { 'helt-tid': '30 min' })],
  [
    `${prefix}-BEGRANSAD`,
    of(service, { 'begransad-tid': '61 min', andel: '5,1' }),
    of(service, { 'begransad-tid': '61 min', andel: '5', anvandare: '1 000 000' }),
  ],
  [
    `${prefix}-BEGRANSAD`,
    of(service, { 'begransad-tid': '61 min', anvandare: '1 000 001' }),
    of(service, { 'begransad-tid': '1 h', anvandare: '1 000 001' }),
  ],
  [`${prefix}-ANGREPP`, of(service, { 'data-skadlig': 'ja' }), of(service, { 'data-skadlig': 'nej' })],
  [
    `${prefix}-DATA`,
    of(service, { data: 'ja', 'data-andel': '5,1' }),
    of(service, { data: 'ja', 'data-andel': '5', 'data-anvandare': '1000000' }),
  ],
];
const asPlatform = (id: string, service: string): Row[] => [
  [id, of(service, { andel: '5,1' }), of(service, { andel: '5', anvandare: '1000000' })],
  [id, of(service, { anvandare: '1000001' }), of('dns', { anvandare: '1000001' })],
];

const CIR: readonly Row[] = [
  ['UNDERHALL', { underhall: 'ja' }, { underhall: 'nej' }],
  ['A', { forlust: '500 001 EUR' }, { forlust: '500 000 EUR', omsattning: '10 000 000 EUR' }],
  // The lower of the two: five per cent of a small turnover.
  [
    'A',
    { forlust: '50 001 EUR', omsattning: '1 000 000 EUR' },
    { forlust: '50 000 EUR', omsattning: '1 000 000 EUR' },
  ],
  ['B', { foretagshemlighet: 'ja' }, { foretagshemlighet: 'nej' }],
  ['C', { dod: 'ja' }, { dod: 'nej' }],
  ['D', { halsa: 'ja' }, { halsa: 'nej' }],
  ['E', { atkomst: 'ja' }, { atkomst: 'nej' }],
  [
    'F',
    { aterkommande: '2', 'samlad-forlust': '500 001 EUR' },
    { aterkommande: '1', 'samlad-forlust': '500 001 EUR' },
  ],
  ['DNS-HELT', of('dns', { 'helt-tid': '31 min' }), of('dns', { 'helt-tid': '30 min' })],
  [
    'DNS-SVAR',
    of('dns', { svarstid: '10,1 s', 'svarstid-langd': '61 min' }),
    of('dns', { svarstid: '10 s', 'svarstid-langd': '61 min' }),
  ],
  [
    'DNS-DATA',
    of('dns', { data: 'ja', domaner: '1000' }),
    of('dns', { data: 'ja', domaner: '999', 'domaner-andel': '1' }),
  ],
  [
    'DNS-DATA',
    of('dns', { data: 'ja', 'domaner-andel': '1,1' }),
    of('dns', { data: 'nej', 'domaner-andel': '1,1' }),
  ],
  ['TLD-HELT', of('tld', { helt: 'ja' }), of('tld', { helt: 'nej' })],
  [
    'TLD-SVAR',
    of('tld', { svarstid: '11 s', 'svarstid-langd': '61 min' }),
    of('tld', { svarstid: '11 s', 'svarstid-langd': '60 min' }),
  ],
  ['TLD-DATA', of('tld', { data: 'ja' }), of('tld', { data: 'nej' })],
  ...asCloud('MOLN', 'moln'),
  ['DC-HELT', of('datacentral', { helt: 'ja' }), of('datacentral', { helt: 'nej' })],
  [
    'DC-BEGRANSAD',
    of('datacentral', { 'begransad-tid': '61 min' }),
    of('datacentral', { 'begransad-tid': '1 h' }),
  ],
  ['DC-ANGREPP', of('datacentral', { 'data-skadlig': 'ja' }), of('datacentral', { 'data-skadlig': 'nej' })],
  ['DC-FYSISK', of('datacentral', { fysiskt: 'ja' }), of('datacentral', { fysiskt: 'nej' })],
  ...asCloud('CDN', 'cdn'),
  ...asCloud('MSP', 'msp'),
  ...asPlatform('MARKNADSPLATS', 'marknadsplats'),
  ...asPlatform('SOKMOTOR', 'sokmotor'),
  ...asPlatform('SOCIALT', 'socialt'),
  ['TILLIT-HELT', of('betrodd', { 'helt-tid': '21 min' }), of('betrodd', { 'helt-tid': '20 min' })],
  ['TILLIT-VECKA', of('betrodd', { 'vecka-tid': '61 min' }), of('betrodd', { 'vecka-tid': '1 h' })],
  ['TILLIT-ANVANDARE', of('betrodd', { andel: '1,1' }), of('betrodd', { andel: '1', anvandare: '200 000' })],
  ['TILLIT-FYSISK', of('betrodd', { fysiskt: 'ja' }), of('betrodd', { fysiskt: 'nej' })],
  [
    'TILLIT-DATA',
    of('betrodd', { data: 'ja', 'data-anvandare': '101' }),
    of('betrodd', { data: 'ja', 'data-andel': '0,1', 'data-anvandare': '100' }),
  ],
];

const DORA: readonly Row[] = [
  ['KRITISKA', { kritiska: 'ja' }, { kritiska: 'nej' }],
  ['9-5-B', { 'skadlig-atkomst': 'ja' }, { 'skadlig-atkomst': 'nej' }],
  [
    'KUNDER',
    { 'kunder-andel': '10,1' },
    {
      'kunder-andel': '10',
      kunder: '100 000',
      motparter: '30',
      'transaktioner-antal': '10',
      'transaktioner-varde': '10',
      'relevanta-kunder': 'nej',
    },
  ],
  [
    'KUNDER',
    { kunder: '100 001' },
    {
      'kunder-andel': '0',
      kunder: '0',
      motparter: '0',
      'transaktioner-antal': '0',
      'transaktioner-varde': '0',
      'relevanta-kunder': 'nej',
    },
  ],
  ['ANSEENDE', { anseende: 'ja' }, { anseende: 'nej' }],
  ['TID', { varaktighet: '1441 min' }, { varaktighet: '24 h', avbrott: '2 h' }],
  ['TID', { avbrott: '121 min' }, { varaktighet: '1 dygn', avbrott: '120 min' }],
  ['GEOGRAFI', { medlemsstater: '2' }, { medlemsstater: '1' }],
  ['DATA', { dataforluster: 'ja' }, { dataforluster: 'nej' }],
  ['EKONOMI', { kostnad: '100 001 EUR' }, { kostnad: '100 000 EUR' }],
  ['ATERKOMMANDE', { aterkommande: '2', mikroforetag: 'nej' }, { aterkommande: '2', mikroforetag: 'ja' }],
];

describe('a threshold', () => {
  it.each([
    ['CSL-BETYDANDE', MCFFS],
    ['CIR-2024-2690', CIR],
    ['DORA-2024-1772', DORA],
  ] as const)('is passed just past it, and not at it (%s)', (id, rows) => {
    for (const [criterion, past, notPast] of rows) {
      expect([criterion, past, stateOf(id, criterion, past)]).toEqual([criterion, past, 'met']);
      expect([criterion, notPast, stateOf(id, criterion, notPast)]).toEqual([criterion, notPast, 'not-met']);
    }
    const tried = new Set(rows.map(([criterion]) => criterion));
    expect(
      assessmentOf(id)
        .criteria.map((one) => one.id)
        .filter((one) => !tried.has(one)),
    ).toEqual([]);
  });

  it('in another currency is no threshold: it is asked for anew, and never guessed', () => {
    expect(stateOf('CIR-2024-2690', 'A', { forlust: '9 000 000 SEK' })).toBe('unknown');
    const cir = assessmentOf('CIR-2024-2690');
    expect(assess(cir, answered(cir, { forlust: '9 000 000 SEK', omsattning: '1 EUR' }), DAY).open).toContain(
      'forlust',
    );
  });
});

describe('an outcome', () => {
  const outcome = (id: string, written: Record<string, string>): string | null => {
    const assessment = assessmentOf(id);
    return assess(assessment, answered(assessment, written), DAY).proposed;
  };
  const FEW = {
    'kunder-andel': '0',
    kunder: '0',
    motparter: '0',
    'transaktioner-antal': '0',
    'transaktioner-varde': '0',
    'relevanta-kunder': 'nej',
  };
  const REST = {
    ...FEW,
    anseende: 'nej',
    varaktighet: '1 h',
    avbrott: '0 h',
    medlemsstater: '1',
    dataforluster: 'nej',
    kostnad: '0 EUR',
    mikroforetag: 'ja',
    'skadlig-atkomst': 'nej',
  };

  it('of DORA: critical services and (9.5 b or two of the rest), or recurring', () => {
    const dora = (change: Record<string, string>) =>
      outcome('DORA-2024-1772', { kritiska: 'ja', ...REST, ...change });
    expect(dora({})).toBe('inte-allvarlig');
    expect(dora({ anseende: 'ja' })).toBe('inte-allvarlig');
    expect(dora({ anseende: 'ja', medlemsstater: '2' })).toBe('allvarlig');
    expect(dora({ 'skadlig-atkomst': 'ja' })).toBe('allvarlig');
    expect(dora({ kritiska: 'nej', 'skadlig-atkomst': 'ja', anseende: 'ja', medlemsstater: '2' })).toBe(
      'inte-allvarlig',
    );
    expect(dora({ kritiska: 'nej', mikroforetag: 'nej', aterkommande: '2' })).toBe('allvarlig');
    expect(outcome('DORA-2024-1772', { kritiska: 'ja', anseende: 'ja' })).toBeNull();
  });

  it('of the act: a yes to the law is enough, and thresholds that are not known are told as such', () => {
    const csl = assessmentOf('CSL-BETYDANDE');
    const at = (written: Record<string, string>) => assess(csl, answered(csl, written), DAY);
    expect(at({ driftstorning: 'ja' })).toMatchObject({
      proposed: 'betydande',
      confidence: 'statute',
      decidedBy: ['LAG-1'],
    });
    expect(at({ driftstorning: 'nej', miljoskada: 'ja' })).toMatchObject({
      proposed: 'betydande',
      confidence: 'unconfirmed',
    });
    expect(at({ driftstorning: 'nej', 'ekonomisk-skada': 'nej', andra: 'nej' })).toMatchObject({
      state: 'open',
    });
    for (const code of ['bankverksamhet', 'forskning', 'rymden'])
      expect(at({ sektor: code }).remarks.join()).toContain('Manuell bedömning');
    expect(at({ sektor: 'transporter' }).remarks).toEqual([]);
  });

  it('asks which energy only where the sector is energy', () => {
    const csl = assessmentOf('CSL-BETYDANDE');
    const asked = (written: Record<string, string>) => assess(csl, answered(csl, written), DAY).asked;
    expect(asked({ sektor: 'energi' })).toContain('energislag');
    for (const written of [{}, { sektor: 'transporter' }]) {
      expect(asked(written)).toContain('sektor');
      expect(asked(written)).not.toContain('energislag');
      expect(asked(written)).not.toContain('vardgivare');
    }
  });

  it('of 14 §: any of the four, but not what belongs to Säkerhetspolisen', () => {
    for (const id of ['STAT-2020-KRITERIER', 'STAT-2026-KRITERIER']) {
      for (const one of ['utokat-skydd', 'funktionalitet', 'uppdrag', 'i-ovrigt']) {
        expect(outcome(id, { 'ssf-punkt-2': 'nej', [one]: 'ja' })).toBe('rapporteras');
        expect(outcome(id, { 'ssf-punkt-2': 'ja', [one]: 'ja' })).toBe('rapporteras-inte');
      }
      expect(outcome(id, { 'utokat-skydd': 'ja' })).toBeNull();
    }
  });

  it('of planned maintenance, of data protection, of säkerhetsskydd, of trust services', () => {
    expect(outcome('CIR-2024-2690', { underhall: 'ja', dod: 'ja' })).toBe('ej-betydande');
    expect(outcome('CIR-2024-2690', { underhall: 'nej', dod: 'ja' })).toBe('betydande');
    expect(outcome('GDPR-RISK', { personuppgifter: 'nej' })).toBe('anmals-inte');
    expect(outcome('GDPR-RISK', { personuppgifter: 'ja', 'risk-osannolik': 'nej', 'hog-risk': 'nej' })).toBe(
      'anmal',
    );
    expect(outcome('GDPR-RISK', { personuppgifter: 'ja', 'risk-osannolik': 'ja', 'hog-risk': 'nej' })).toBe(
      'anmals-inte',
    );
    expect(outcome('SAK-2-4', { system: 'ja', allvarligt: 'ja' })).toBe('anmal');
    expect(outcome('SAK-2-4', { system: 'ja', allvarligt: 'nej', rojd: 'nej', annan: 'nej' })).toBe(
      'anmals-inte',
    );
    expect(outcome('SIGNALSKYDD-TYP', { kort: 'ja' })).toBe('anmal');
    expect(
      ['niva-1', 'niva-2', 'niva-3', 'niva-5'].map((niva) => outcome('TSP-ENISA-NIVA', { niva })),
    ).toEqual(['anmals-inte', 'anmals-inte', 'anmal', 'anmal']);
    expect(outcome('KOMMUN-RUTIN-KRITERIER', { uppdrag: 'ja' })).toBe('rapporteras');
  });

  it('is asked for with every regime that has a test, and in all sensitive ones in the protected room', () => {
    const covered = new Set([...rules.assessments.values()].flatMap(({ regimes }) => regimes));
    expect([...rules.regimes.keys()].filter((id) => !covered.has(id)).sort()).toEqual([
      'FRIV',
      'LEK',
      'NIS1',
      'POLIS',
    ]);
    for (const { regimes, sensitive } of rules.assessments.values())
      expect(regimes.map((id) => rules.regimes.get(id)?.sensitive)).toEqual(regimes.map(() => sensitive));
  });
});
