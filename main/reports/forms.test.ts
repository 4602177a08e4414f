import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { FactId, Incident, IncidentId, TimeId } from '../../shared/domain/incident.ts';
import { OPEN_MARKING } from '../../shared/domain/marking.ts';
import type { FieldSource, Form } from '../../shared/domain/rules.ts';
import { listOf } from '../../shared/domain/form-answer.ts';
import { loadRulePack } from '../rules/load.ts';
import { buildReport } from './build.ts';
import { renderText } from './text.ts';
import { renderJson } from './json.ts';

const rules = loadRulePack();
const ORGANISATION = {
  name: 'Provkommunen',
  kind: 'kommun',
  number: '212000-0000',
  contact: 'Säkerhetsfunktionen',
  phone: '010-000 00 00',
  hours: null,
  address: ['Gatan 1', '123 45 Orten'],
  email: 'sakerhet@provkommunen.se',
};
const EMPTY: Incident = {
  id: 'K7M2-9QXA-4D1F' as IncidentId,
  organisationKind: 'kommun',
  regimes: [],
  exercise: false,
  state: 'active',
  createdAt: '2026-11-22T08:00:00Z',
  title: { text: 'Rubrik', marking: OPEN_MARKING },
  times: [],
  facts: [],
  answers: [],
  log: [],
  hasProtectedPart: false,
  protectedPartHidden: false,
};

function sourcesOf(form: Form): FieldSource[] {
  return form.sections.flatMap(({ fields }) => fields).flatMap(({ sources }) => sources);
}

/** Every question of a form answered, as plainly as can be. */
function answered(form: Form): Incident {
  const facts = new Set(sourcesOf(form).flatMap((source) => (source.from === 'fact' ? source.fact : [])));
  const times = new Set(sourcesOf(form).flatMap((source) => (source.from === 'time' ? source.time : [])));
  return {
    ...EMPTY,
    regimes: form.regimes,
    facts: [...facts].map((id: FactId) => ({ id, text: `Faktum ${id}`, codes: [], marking: OPEN_MARKING })),
    times: [...times].map((id: TimeId) => ({
      id,
      at: '2026-11-20T10:00:00+01:00',
      precision: 'exact',
      marking: OPEN_MARKING,
    })),
    answers: form.sections
      .flatMap(({ fields }) => fields)
      .filter(({ sources }) => sources.some(({ from }) => from === 'answer'))
      .map((field) => {
        const list = listOf(field);
        const [first] = list === null ? [] : (rules.codeLists.get(list)?.codes ?? []);
        return {
          form: form.id,
          field: field.id,
          text: first ? '' : `Svar ${field.id}`,
          codes: first ? [first.code] : [],
          marking: OPEN_MARKING,
        };
      }),
  };
}

/** By a program that is not ours. */
const isReport = new Ajv2020({
  strict: true,
  formats: { 'date-time': (text: string) => !Number.isNaN(Date.parse(text)) },
  allowUnionTypes: true,
}).compile(
  JSON.parse(
    readFileSync(new URL('../../docs/schemas/report.schema.json', import.meta.url), 'utf8'),
  ) as object,
);

const build = (form: Form, incident: Incident, version: 'full' | 'open' = 'full') =>
  buildReport({
    form,
    incident,
    organisation: ORGANISATION,
    version,
    author: 'Anna Åberg',
    createdAt: '2026-11-25T08:00:00Z',
    draft: false,
    codeLists: rules.codeLists,
    sensitiveRegimes: new Set(['SAK', 'SIGNALSKYDDSINCIDENT']),
  });

const FORMS = [...rules.forms.values()].map((form) => [form.id, form] as const);

describe('every form', () => {
  it.each(FORMS)('%s is complete when all is answered, and shows every answer', (_id, form) => {
    const incident = answered(form);
    const document = build(form, incident);
    expect(document.missing).toEqual([]);
    const origins = document.sections.flatMap(({ fields }) =>
      fields.flatMap(({ parts }) => parts.map(({ origin }) => origin)),
    );
    for (const { field } of incident.answers) expect(origins).toContain(`answer:${form.id}/${field}`);
    for (const { id } of incident.facts) expect(origins).toContain(`fact:${id}`);
    const json = JSON.parse(new TextDecoder().decode(renderJson(document))) as unknown;
    expect(json).toMatchObject({ format: 'sigill-report/1', form: { id: form.id } });
  });

  it.each(FORMS)(
    '%s is JSON by the published schema, answered, empty and with something withheld',
    (_id, form) => {
      const secret = { level: 'hemlig', basis: ['15 kap. 2 § OSL'] } as const;
      const incident = answered(form);
      const raised = { ...incident, facts: incident.facts.map((fact) => ({ ...fact, marking: secret })) };
      const open = { ...build(form, raised, 'open'), checkpoint: '27 rader, hash 3f9a' };
      for (const document of [build(form, incident), build(form, EMPTY), build(form, raised), open]) {
        const json = JSON.parse(new TextDecoder().decode(renderJson(document))) as unknown;
        expect(isReport(json), JSON.stringify(isReport.errors)).toBe(true);
      }
      expect(isReport({ ...open, extra: 1 })).toBe(false);
      expect(isReport({ ...open, marking: { level: 'topp', basis: [] } })).toBe(false);
    },
  );

  it.each(FORMS)('%s says what is missing when nothing is answered', (_id, form) => {
    const fields = form.sections.flatMap((section) => section.fields);
    const mustAsk = fields
      .filter(
        ({ required, sources }) =>
          required &&
          sources.every(({ from }) => ['fact', 'time', 'answer', 'log', 'returned-id'].includes(from)),
      )
      .map(({ id }) => id);
    expect(build(form, EMPTY).missing.map(({ field }) => field)).toEqual(mustAsk);
  });
});

it('an answer is the form’s own: another form does not see it', () => {
  const [first, second] = ['csl-incidentanmalan', 'stat-incidentanmalan'].map((id) => rules.forms.get(id));
  if (!first || !second) throw new TypeError('The forms are there.');
  const document = build(second, { ...answered(second), answers: answered(first).answers });
  expect(document.missing.map(({ field }) => field)).toEqual(['uppdatering', 'allvarlighet']);
});

describe('an answer that a later form takes from the one before', () => {
  const final = rules.forms.get('dora-final');
  if (!final) throw new TypeError('The form is there.');
  const lei = (form: string, text: string, level: 'oppen' | 'sekretess' = 'oppen') => ({
    form,
    field: 'lei',
    text,
    codes: [],
    marking: level === 'oppen' ? OPEN_MARKING : { level, basis: ['30 kap. 1 § OSL'] as const },
  });
  const partsOf = (answers: Incident['answers'], version: 'full' | 'open' = 'full') =>
    build(final, { ...EMPTY, answers }, version)
      .sections.flatMap(({ fields }) => fields)
      .find(({ id }) => id === 'lei')?.parts;

  it('is of the nearest one that has an answer, and an own answer goes before', () => {
    const [initial, own] = [lei('dora-initial', 'FÖRST'), lei('dora-final', 'EGEN')];
    expect(partsOf([initial])).toMatchObject([{ origin: 'answer:dora-initial/lei', text: 'FÖRST' }]);
    expect(partsOf([initial, lei('dora-intermediate', 'SEDAN')])).toMatchObject([{ text: 'SEDAN' }]);
    expect(partsOf([initial, lei('dora-intermediate', ' '), own])).toMatchObject([{ text: 'EGEN' }]);
    expect(partsOf([lei('csl-slutrapport', 'ANNAN')])).toEqual([]);
  });

  it('keeps its marking: an open version does not tell it', () => {
    const [part] = partsOf([lei('dora-initial', 'KANARIE', 'sekretess')], 'open') ?? [];
    expect(part).toMatchObject({ withheld: true });
    expect(JSON.stringify(part)).not.toContain('KANARIE');
  });
});

describe('one form of each regime, as text', () => {
  it.each([
    'csl-upplysning',
    'stat-varning',
    'imy-anmalan',
    'dora-initial',
    'pts-betrodda-tjanster',
    'polisanmalan-underlag',
    'signalskyddsincident-anmalan',
  ])('%s', (id) => {
    const form = rules.forms.get(id);
    if (!form) throw new TypeError(`No form ${id}.`);
    expect(renderText(build(form, answered(form)))).toMatchSnapshot();
  });
});
