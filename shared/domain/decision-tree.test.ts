import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ANSWERS,
  draftNeedsProtectedRoom,
  needsProtectedRoom,
  nextQuestion,
  regimesOf,
  regimeToAssess,
  type QuestionId,
  type TreeAnswer,
  type TreeContext,
  type TreeDecision,
} from './decision-tree.ts';
import { ORGANISATION_KINDS } from './incident.ts';

const AGENCY: TreeContext = { organisationKind: 'statlig-myndighet', day: '2026-11-22' };

function walk(context: TreeContext, answers: Partial<Record<QuestionId, TreeAnswer>>): TreeDecision[] {
  const decisions: TreeDecision[] = [];
  for (;;) {
    const question = nextQuestion(decisions, context);
    if (!question) return decisions;
    const answer = answers[question.id] ?? 'nej';
    decisions.push({ question: question.id, answer, reason: 'prövat', at: '2026-11-22T03:00:00Z' });
  }
}
const asked = (decisions: readonly TreeDecision[]): string[] => decisions.map(({ question }) => question);

describe('the decision tree', () => {
  it('always begins with säkerhetskänslig verksamhet', () => {
    for (const organisationKind of ORGANISATION_KINDS) {
      expect(nextQuestion([], { ...AGENCY, organisationKind })?.id).toBe('sakerhetskanslig');
    }
  });

  it('keeps a draft in the protected room for what is only chosen, and for a reason to a choice not made yet', () => {
    const no: TreeDecision = { question: 'sakerhetskanslig', answer: 'nej', reason: 'prövat', at: '' };
    expect(draftNeedsProtectedRoom([], {})).toBe(false);
    expect(draftNeedsProtectedRoom([], { sakerhetskanslig: { answer: 'osakert', reason: '' } })).toBe(true);
    expect(draftNeedsProtectedRoom([], { sakerhetskanslig: { answer: null, reason: 'Styrsystemet' } })).toBe(
      true,
    );
    expect(draftNeedsProtectedRoom([], { sakerhetskanslig: { answer: 'nej', reason: 'prövat' } })).toBe(
      false,
    );
    expect(draftNeedsProtectedRoom([no], { signalskydd: { answer: 'ja', reason: '' } })).toBe(true);
    expect(draftNeedsProtectedRoom([no], { dora: { answer: null, reason: 'frågar banken' } })).toBe(false);
    expect(draftNeedsProtectedRoom([{ ...no, answer: 'ja' }], {})).toBe(true);
  });

  it('writes in the protected room for yes and for unsure, from that very answer', () => {
    const first = (answer: TreeAnswer): TreeDecision[] => [
      { question: 'sakerhetskanslig', answer, reason: '', at: '' },
    ];
    expect(needsProtectedRoom(first('ja'))).toBe(true);
    expect(needsProtectedRoom(first('osakert'))).toBe(true);
    expect(needsProtectedRoom(first('nej'))).toBe(false);
    expect(needsProtectedRoom(walk(AGENCY, { signalskydd: 'ja' }))).toBe(true);
  });

  it('asks of a security-threatening event only where the activity may be sensitive', () => {
    expect(asked(walk(AGENCY, {}))).not.toContain('sakerhetshotande');
    const decisions = walk(AGENCY, { sakerhetskanslig: 'osakert', sakerhetshotande: 'rojd-uppgift' });
    expect(regimesOf(decisions, AGENCY)).toContain('SAK');
  });

  it('does not ask a state agency for a 14 § report on what goes to Säkerhetspolisen as an it-incident', () => {
    const answers = { sakerhetskanslig: 'ja', sakerhetshotande: 'it-incident', statlig: 'ja' } as const;
    expect(asked(walk(AGENCY, answers))).not.toContain('statlig');
    expect(regimesOf(walk(AGENCY, answers), AGENCY)).toEqual(['SAK']);
  });

  it('knows which rules for state agencies are in force', () => {
    const before = { ...AGENCY, day: '2026-06-30' };
    expect(regimesOf(walk(before, { statlig: 'ja' }), before)).toEqual(['STAT-2020']);
    expect(regimesOf(walk(AGENCY, { statlig: 'osakert' }), AGENCY)).toEqual(['STAT-2026']);
  });

  it('gives a municipality its routine, and no question that is not its own', () => {
    const kommun: TreeContext = { ...AGENCY, organisationKind: 'kommun' };
    expect(regimesOf(walk(kommun, { personuppgifter: 'ja', brott: 'ja' }), kommun)).toEqual([
      'KOMMUN-RUTIN',
      'GDPR',
      'POLIS',
    ]);
    expect(asked(walk(kommun, {}))).not.toContain('dora');
    expect(asked(walk(kommun, {}))).not.toContain('statlig');
  });

  it('leads to the assessment of what somebody was unsure of, and to none where all is decided', () => {
    const kommun: TreeContext = { ...AGENCY, organisationKind: 'kommun' };
    const unsure = walk(kommun, {
      cybersakerhetslagen: 'osakert',
      personuppgifter: 'osakert',
      brott: 'osakert',
    });
    expect(regimeToAssess(unsure, kommun)).toBe('CSL');
    expect(regimeToAssess(walk(kommun, { personuppgifter: 'ja', brott: 'osakert' }), kommun)).toBeNull();
  });

  it('ends whatever is answered, and asks nothing twice', () => {
    const kind = fc.constantFrom(...ORGANISATION_KINDS);
    fc.assert(
      fc.property(kind, fc.infiniteStream(fc.constantFrom(...ANSWERS)), (organisationKind, answers) => {
        const context = { ...AGENCY, organisationKind };
        const decisions: TreeDecision[] = [];
        for (const answer of answers) {
          const question = nextQuestion(decisions, context);
          if (!question) break;
          decisions.push({ question: question.id, answer, reason: 'x', at: '' });
        }
        const questions = decisions.map(({ question }) => question);
        return new Set(questions).size === questions.length && questions.length <= 10;
      }),
    );
  });
});
