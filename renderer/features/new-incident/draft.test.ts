import { describe, expect, it } from 'vitest';
import type { TreeDecision } from '../../../shared/domain/decision-tree.ts';
import {
  fitDetails,
  levelOfNew,
  newDetails,
  newIncidentSchema,
  NO_INCIDENT,
  write,
  writtenOf,
} from './draft.ts';

const sensitive: TreeDecision = { question: 'sakerhetskanslig', answer: 'osakert', reason: '', at: 't' };
const not: TreeDecision = { ...sensitive, answer: 'nej', reason: 'prövat' };
const NOW = '2026-11-22 03:00';

describe('the draft of a new incident', () => {
  it('belongs to the protected room as soon as an answer says so, before any marking is chosen', () => {
    expect(levelOfNew({ ...NO_INCIDENT, decisions: [sensitive] })).toBe('begransat-hemlig');
    expect(levelOfNew({ ...NO_INCIDENT, decisions: [sensitive], details: newDetails(false, NOW) })).toBe(
      'begransat-hemlig',
    );
    expect(levelOfNew({ ...NO_INCIDENT, decisions: [not] })).toBe('oppen');
    expect(levelOfNew({ ...NO_INCIDENT, decisions: [not], details: newDetails(false, NOW) })).toBe(
      'sekretess',
    );
  });

  it('keeps what is half answered, question by question', () => {
    const begun = { ...NO_INCIDENT, ...write(NO_INCIDENT, 'dora', { reason: 'frågar banken' }) };
    expect(writtenOf(begun, 'dora')).toEqual({ answer: null, reason: 'frågar banken' });
    expect(writtenOf(begun, 'brott')).toEqual({ answer: null, reason: '' });
    const chosen = { ...begun, ...write(begun, 'dora', { answer: 'nej' }) };
    expect(writtenOf(chosen, 'dora')).toEqual({ answer: 'nej', reason: 'frågar banken' });
    expect(levelOfNew({ ...begun, ...write(begun, 'signalskydd', { answer: 'ja' }) })).toBe(
      'begransat-hemlig',
    );
  });

  it('takes another marking when the answers no longer allow the one that was chosen', () => {
    const open = { ...newDetails(false, NOW), title: 'x' };
    expect(fitDetails(open, false)).toBe(open);
    expect(fitDetails(open, true)).toMatchObject({ title: 'x', marking: { level: 'begransat-hemlig' } });
    expect(fitDetails(newDetails(true, NOW), false).marking.level).toBe('sekretess');
  });

  it('is read back as it was written, and nothing else is', () => {
    const draft = { decisions: [not], written: {}, details: newDetails(false, NOW) };
    expect(newIncidentSchema.parse(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
    // From before half an answer was kept.
    expect(newIncidentSchema.parse({ decisions: [not], details: null }).written).toEqual({});
    expect(newIncidentSchema.safeParse({ decisions: [{ question: 'x' }], details: null }).success).toBe(
      false,
    );
  });
});
