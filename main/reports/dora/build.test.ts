import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../shared/domain/incident.ts';
import type { Organisation, ReportVersion } from '../../../shared/domain/report.ts';
import { listOf } from '../../../shared/domain/form-answer.ts';
import { loadRulePack } from '../../rules/load.ts';
import { buildDoraReport } from './build.ts';
import { ALL_FIELDS } from './fields.ts';
import { ANSWERS, documentOf, incidentWith, type Answers } from './sample.ts';
import { shapeAt, type Shape } from './structure.ts';

const rules = loadRulePack();
const FORMS = ['dora-initial', 'dora-intermediate', 'dora-final', 'dora-omklassning'] as const;

const published = JSON.parse(
  readFileSync(
    new URL('../../../docs/schemas/dora/incident-report-1.2.schema.json', import.meta.url),
    'utf8',
  ),
) as Shape & { readonly $defs: Readonly<Record<string, Shape>> };

/** By a program that is not ours, from the file that is published. */
const isValid = new Ajv2020({
  strict: true,
  strictTypes: false,
  strictRequired: false,
  allErrors: true,
  formats: {
    'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/,
    email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  },
}).compile(published);

function formOf(id: string) {
  const form = rules.forms.get(id);
  if (!form) throw new TypeError(`No form ${id}.`);
  return form;
}

interface Change {
  readonly answers?: Answers;
  readonly incident?: Partial<Incident>;
  readonly organisation?: Partial<Organisation>;
  readonly version?: ReportVersion;
}
function build(id: string, { answers = ANSWERS, incident = {}, organisation = {}, version }: Change = {}) {
  const document = documentOf(formOf(id), incidentWith(id, answers, incident), rules, version, organisation);
  return buildDoraReport(document, formOf(id), rules.codeLists);
}
const without = (...ids: string[]): Answers =>
  Object.fromEntries(Object.entries(ANSWERS).filter(([id]) => !ids.includes(id)));

describe('a complete report', () => {
  it.each(FORMS)('%s is valid by the structure, and says what was answered', (id) => {
    const { report, faults } = build(id);
    expect(faults).toEqual([]);
    expect(isValid(report), JSON.stringify(isValid.errors)).toBe(true);
    expect(report).toMatchSnapshot();
  });

  it.each(FORMS)('%s is valid when only what is asked for is answered', (id) => {
    const asked = new Set(
      formOf(id)
        .sections.flatMap(({ fields }) => fields)
        .filter(({ required }) => required)
        .map((field) => field.id),
    );
    const few = Object.fromEntries(Object.entries(ANSWERS).filter(([field]) => asked.has(field)));
    const answers = {
      ...few,
      kriterier: ['critical_services_affected'],
      typ: ['system_failure'],
      'andra-myndigheter': ['none'],
      ...('aterkommande' in few ? { aterkommande: ['nej'] } : {}),
    };
    const { report, faults } = build(id, { answers });
    expect(faults).toEqual([]);
    expect(isValid(report), JSON.stringify(isValid.errors)).toBe(true);
  });

  it('is taken from the report before where its own form has no answer', () => {
    const before = incidentWith('dora-intermediate', ANSWERS).answers;
    const own = incidentWith('dora-final', ANSWERS).answers.filter(
      ({ field }) =>
        ['rapportslag', 'losning-mot-plan', 'atervunnet', 'orsak-atgardad'].includes(field) ||
        field.startsWith('aterkommande'),
    );
    const cause = incidentWith('dora-final', {
      grundorsak: ['human_error'],
      'grundorsak-detaljerad': ['human_error_mistake'],
    }).answers.filter(({ field }) => field.startsWith('grundorsak'));
    const incident = { answers: [...before, ...own, ...cause] };
    const { report, faults } = build('dora-final', { incident });
    expect(faults).toEqual([]);
    expect(isValid(report), JSON.stringify(isValid.errors)).toBe(true);
    expect(report).toMatchObject({
      reportCurrency: 'SEK',
      affectedEntity: [{ LEI: ANSWERS['lei'] }, {}, {}],
    });
  });

  it('says first that it is an exercise, and why it is major no longer', () => {
    const { report } = build('dora-omklassning', { incident: { exercise: true } });
    expect(report).toMatchObject({
      incident: {
        incidentDescription: 'ÖVNING. Filservrar krypterades.',
        otherInformation:
          'Ärendet följs dagligen.\n\nOmklassad till inte allvarlig: 2026-11-23 09:00\n\nSkäl för omklassningen: Färre kunder än först bedömt.',
      },
    });
  });
});

describe('what keeps a report from the structure is told, with number and name', () => {
  it.each([
    ['dora-initial', ['lei'], 'Fält 1.6, LEI-kod: saknas.'],
    ['dora-initial', ['foretagstyp'], 'Fält 1.4, Typ av företag: saknas.'],
    ['dora-initial', ['kriterier'], 'Fält 2.5, Klassificeringskriterier som utlöste rapporten: saknas.'],
    ['dora-initial', ['kontinuitet'], 'Fält 2.9, Kontinuitetsplanen aktiverad: saknas.'],
    ['dora-intermediate', ['medlemsstater'], 'Fält 2.6, Berörda medlemsstater: saknas.'],
    ['dora-intermediate', ['dataforlust'], 'Fält 3.20, Slag av dataförlust: saknas.'],
    ['dora-intermediate', ['kritiska-tjanster'], 'Fält 3.22, Berörda kritiska tjänster: saknas.'],
    ['dora-intermediate', ['typ-annan'], 'Fält 3.24, Annan typ av incident: saknas.'],
    ['dora-intermediate', ['hot'], 'Fält 3.25, Hot och tekniker: saknas.'],
    ['dora-intermediate', ['hot-annat'], 'Fält 3.26, Annat hot eller annan teknik: saknas.'],
    ['dora-intermediate', ['andra-myndigheter-annan'], 'Fält 3.32, Annan myndighet: saknas.'],
    ['dora-intermediate', ['infrastruktur-berord'], 'Fält 3.28, Delar av infrastrukturen berörda: saknas.'],
    ['dora-final', ['grundorsak'], 'Fält 4.1, Grundorsak, övergripande: saknas.'],
    ['dora-final', ['losning-mot-plan'], 'Fält 4.9, Lösningen jämförd med den planerade: saknas.'],
    ['dora-final', ['atervunnet'], 'Fält 4.14, Återvunnet belopp: saknas.'],
    ['dora-final', ['aterkommande'], 'Återkommande incident: saknas.'],
    ['dora-omklassning', ['skal'], 'Skäl för omklassningen: saknas.'],
  ])('%s without %s', (id, ids, fault) => {
    expect(build(id, { answers: without(...ids) }).faults).toContain(fault);
  });

  it.each<[string, Answers, string]>([
    ['lei', { lei: '5493001KJTIIGC8Y1RXX' }, 'Fält 1.6, LEI-kod: är inte skrivet som en LEI-kod'],
    ['an e-mail', { 'kontakt-2-epost': 'Bo Ek' }, 'Fält 1.11, E-post till andra kontaktperson: är ingen'],
    [
      'a telephone',
      { 'kontakt-2-telefon': 'växeln' },
      'Fält 1.12, Telefon till andra kontaktperson: är inte',
    ],
    ['a line', { omfattade: 'Provfonder AB' }, 'Fält 1.4–1.6, Sammanlagda företag: rad 1'],
    ['a share', { 'kunder-andel': '101' }, 'Fält 3.5, Berörda kunder, procent: ska vara mellan 0 och 100'],
    ['a number', { 'kunder-antal': '1,5' }, 'Fält 3.4, Berörda kunder, antal: ska vara ett heltal'],
    ['an amount', { atervunnet: 'inget' }, 'Fält 4.14, Återvunnet belopp: är inget tal'],
    ['a duration', { avbrott: '12 h' }, 'Fält 3.16, Tjänstens avbrottstid: är inte skrivet som dagar:timmar'],
    ['a day', { 'orsak-atgardad': '2026-11-22' }, 'Fält 4.7, Grundorsaken åtgärdad, datum och tid: behöver'],
    ['a time lived twice', { 'orsak-atgardad': '2026-10-25 02:30' }, 'Fält 4.7, '],
    ['a code', { valuta: ['GBP'] }, 'Fält 1.15, Rapporteringsvaluta: ett val som EBA:s struktur inte har'],
    ['words for a code', { valuta: 'kronor' }, 'Fält 1.15, Rapporteringsvaluta: välj ur listan'],
    ['another report', { rapportslag: ['initial_notification'] }, 'Fält 1.1, Slag av rapport: är ett annat'],
    ['one without name', { 'inlamnare-lei': '5493001KJTIIGC8Y1R12' }, 'Fält 1.3a, '],
    ['one without code', { inlamnare: 'Ombudet AB' }, 'Fält 1.3a, Inlämnande företags LEI-kod: saknas'],
    [
      'no criterion',
      { kriterier: ['critical_services_affected'] },
      'Fält 2.6, Berörda medlemsstater: är besvarat',
    ],
    ['a mistyped lei', { lei: '5493001KJTIIGC8Y1R99' }, 'Fält 1.6, LEI-kod: har fel kontrollsiffror'],
    [
      'a line with a mistyped lei',
      { omfattade: 'Provfonder AB; 5493001KJTIIGC8Y1R99' },
      'Fält 1.4–1.6, Sammanlagda företag: rad 1 har en LEI-kod med fel kontrollsiffror',
    ],
    ['a negative number', { 'kunder-antal': '-5' }, 'Fält 3.4, Berörda kunder, antal: kan inte vara'],
    [
      'none, and one',
      { 'andra-myndigheter': ['none', 'csirt'] },
      'Fält 3.31, Rapporterat till andra myndigheter: ingen går inte',
    ],
    [
      'a detail of another cause',
      { grundorsak: ['human_error'] },
      'Fält 4.2, Grundorsak i detalj: hör till en annan grundorsak',
    ],
    [
      'a recurrence that nothing is told of',
      { 'aterkommande-tid': '', 'aterkommande-beskrivning': '' },
      'Fält 4.15, ',
    ],
    ['a recurrence that is none', { aterkommande: ['nej'] }, 'Fält 4.15, '],
    ['a long text', { ovrigt: 'x'.repeat(32_768) }, 'Fält 2.10, Annat: är längre än 32767 tecken'],
  ])('%s', (_what, change, fault) => {
    const { faults } = build('dora-final', { answers: { ...ANSWERS, ...change } });
    expect(
      faults.some((line) => line.startsWith(fault)),
      faults.join('\n'),
    ).toBe(true);
  });

  it('a contact without an address, and a day where the moment is asked for', () => {
    const times = incidentWith('dora-final', ANSWERS).times.map((time) => ({
      ...time,
      precision: 'day' as const,
    }));
    const { faults } = build('dora-final', { organisation: { email: null }, incident: { times } });
    expect(faults).toContain('Fält 1.8, E-post till första kontaktperson: saknas.');
    expect(faults.filter((line) => line.includes('behöver datum och klockslag'))).toHaveLength(5);
  });

  it('a classification before it was found', () => {
    const times = incidentWith('dora-initial', ANSWERS).times.map((time) =>
      time.id === 'significant' ? { ...time, at: '2026-11-20T04:00:00+01:00' } : time,
    );
    const { faults } = build('dora-initial', { incident: { times } });
    expect(faults).toEqual([expect.stringMatching(/^Fält 2\.3, .*: är före upptäckten i fält 2\.2\.$/)]);
  });

  it('what an open version leaves out, and not what it said', () => {
    const marking = { level: 'sekretess', basis: ['30 kap. 1 § OSL'] } as const;
    const answers = incidentWith('dora-final', ANSWERS).answers.map((answer) =>
      ['typ', 'kritiska-tjanster'].includes(answer.field) ? { ...answer, marking } : answer,
    );
    const { report, faults } = build('dora-final', { incident: { answers }, version: 'open' });
    expect(faults).toEqual([
      'Fält 3.23, Typ av incident: är utelämnat ur den här versionen, och strukturen kräver det.',
    ]);
    expect(report).toMatchObject({
      impactAssessment: { criticalServicesAffected: expect.stringContaining('utelämnats') as string },
    });
    expect(JSON.stringify(report)).not.toContain('Kortbetalningar');
  });
});

describe('whatever is answered, what has no faults is valid', () => {
  const ids = Object.keys(ANSWERS);
  const holds = (report: unknown, faults: readonly string[]): boolean => {
    if (faults.length > 0) return false;
    expect(isValid(report), JSON.stringify(isValid.errors)).toBe(true);
    return true;
  };

  it('with answers, facts and times left out', () => {
    let valid = 0;
    const left = fc.oneof(fc.subarray(ids), fc.subarray(ids, { minLength: ids.length - 3 }));
    fc.assert(
      fc.property(fc.constantFrom(...FORMS), left, fc.nat(9), (id, kept, chance) => {
        const { report, faults } = build(id, {
          answers: Object.fromEntries(kept.map((field) => [field, ANSWERS[field] ?? ''])),
          incident: { ...(chance === 0 ? { facts: [] } : {}), ...(chance === 1 ? { times: [] } : {}) },
        });
        if (holds(report, faults)) valid += 1;
      }),
      { numRuns: 600 },
    );
    expect(valid).toBeGreaterThan(30);
  });

  it('with any text in any field', () => {
    let valid = 0;
    const texts = fc.dictionary(fc.constantFrom(...ids), fc.string({ unit: 'binary' }), { maxKeys: 3 });
    fc.assert(
      fc.property(fc.constantFrom(...FORMS), texts, (id, change) => {
        const { report, faults } = build(id, { answers: { ...ANSWERS, ...change } });
        if (holds(report, faults)) valid += 1;
      }),
      { numRuns: 600 },
    );
    expect(valid).toBeGreaterThan(30);
  });
});

describe('the tables', () => {
  const fields = new Map(
    FORMS.flatMap((id) => formOf(id).sections.flatMap((section) => section.fields)).map((field) => [
      field.id,
      field,
    ]),
  );

  it('name a place that the structure has, with its number, and a field that asks for it under that number', () => {
    for (const { id, number, place } of ALL_FIELDS) {
      // Of a number and a share the object that they stand in says the numbers.
      const described = shapeAt(place).description ?? shapeAt(place.slice(0, -1)).description ?? '';
      expect(described, `${id} ${number}: ${described}`).toMatch(
        new RegExp(`(?:^|[ ,])${number.replace('.', '\\.')}(?![0-9a-z])`),
      );
      expect(fields.get(id)?.help ?? '', id).toContain(`Fält ${number}.`);
    }
  });

  it('reach every value of the structure, but those that its other roles of an entity do not use', () => {
    const { $defs, ...root } = published;
    const leaves = (place: readonly string[], shape: Shape): string[] => {
      const target = shape.$ref ?? shape.items?.$ref;
      const names = Object.entries(
        (target ? $defs[target.replace('#/$defs/', '')] : shape)?.properties ?? {},
      );
      return names.length === 0
        ? [place.join('.')]
        : names.flatMap(([name, child]) => leaves([...place, name], child));
    };
    const reached = new Set(ALL_FIELDS.map(({ place }) => place.join('.')));
    expect(leaves([], root).filter((place) => !reached.has(place))).toEqual([
      // The form itself is the kind of report, and the role of an entity is where it stands.
      'incidentSubmission',
      'submittingEntity.entityType',
      'submittingEntity.affectedEntityType',
      'affectedEntity.entityType',
      'affectedEntity.code',
      'ultimateParentUndertaking.entityType',
      'ultimateParentUndertaking.code',
      'ultimateParentUndertaking.affectedEntityType',
    ]);
  });

  it('have the values of each list word for word as the structure has them', () => {
    let lists = 0;
    for (const { id, place } of ALL_FIELDS) {
      const field = fields.get(id);
      const list = field && field.kind !== 'yes-no' ? rules.codeLists.get(listOf(field) ?? '') : undefined;
      const shape = shapeAt(place);
      const values = shape.items?.enum ?? (field?.kind === 'yes-no' ? undefined : shape.enum);
      expect(
        list?.codes.map(({ code }) => code),
        id,
      ).toEqual(values);
      if (values) lists += 1;
      // A document shows a code by its name, so a name is of one code only.
      const names = list?.codes.map(({ name }) => name) ?? [];
      expect(new Set(names).size, id).toBe(names.length);
    }
    expect(lists).toBe(16);
  });
});
