import { expect, it } from 'vitest';
import { nextAction, type Deadline } from './next-action.ts';

const named = (...ids: string[]) => ids.map((id) => ({ id, name: id }));
const step = (change: Partial<Deadline>): Deadline => ({
  incident: { id: 'K7M2-9QXA-4D1F', title: null, exercise: false },
  regime: { id: 'CSL', name: 'CSL', isInternal: false, isReadOnly: false },
  step: { id: 'x', name: 'x' },
  state: 'running',
  start: { event: 'aware', label: 'Kännedom', at: null, precision: null, earlier: [] },
  limit: null,
  due: null,
  extendedFrom: null,
  target: null,
  isProvisional: false,
  ownTarget: null,
  postBy: null,
  lateReason: null,
  supervisors: [],
  explanation: [],
  wording: '',
  confidence: 'statute',
  note: null,
  sources: [],
  forms: [],
  recipients: [],
  channels: [],
  event: null,
  wasLate: false,
  ...change,
});

it('leads to the call, to the report with its form, or to the incident', () => {
  const incident = 'K7M2-9QXA-4D1F';
  expect(nextAction(step({ forms: named('telefonnotifiering'), channels: ['telefon'] })).route).toEqual({
    screen: 'call',
    incident,
  });
  expect(
    nextAction(step({ recipients: named('cert-se'), channels: ['telefon', 'cyberportalen'] })).kind,
  ).toBe('call');
  expect(nextAction(step({ forms: named('msb-slutrapport'), channels: ['epost'] })).route).toEqual({
    screen: 'report',
    incident,
    form: 'msb-slutrapport',
  });
  expect(nextAction(step({ channels: ['cyberportalen'] })).route).toEqual({ screen: 'incident', incident });
});

it('never leads to the call to CERT-SE what is for Säkerhetspolisen', () => {
  expect(nextAction(step({ recipients: named('sakerhetspolisen'), channels: ['telefon'] })).kind).toBe(
    'incident',
  );
});
