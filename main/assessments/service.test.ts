import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AssessmentAnswer } from '../../shared/domain/assessment.ts';
import type { SigillError } from '../../shared/domain/error.ts';
import type { IncidentId } from '../../shared/domain/incident.ts';
import type { Level } from '../../shared/domain/marking.ts';
import type { Regime } from '../../shared/domain/rules.ts';
import { verifyAudit } from '../core/audit.ts';
import { changeDutySettings, readDutySettings } from '../deadlines/settings.ts';
import { writeSetting } from '../vault/repository.ts';
import { incidentDeadlines, recordStep } from '../deadlines/service.ts';
import { raiseMarking, writeItem } from '../incidents/marking.ts';
import { findItem } from '../incidents/items.ts';
import { getIncident } from '../incidents/service.ts';
import { loadRulePack } from '../rules/load.ts';
import {
  at,
  bytesOf,
  crashesDuring,
  draftWith,
  importOne,
  openCopy,
  SENSITIVE,
} from '../testing/incidents.ts';
import { makeTestVault, PASSPHRASES, USER, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { answerAssessment, assessmentsOf, decideAssessment, dateOf, type AssessmentView } from './service.ts';

const rules = loadRulePack();
let test: TestVault;
let vault: Vault;
let clock = Date.parse('2026-11-22T12:00:00Z');
beforeAll(async () => {
  test = await makeTestVault();
  // Each look at the clock is a moment later: what was answered after a decision is.
  vault = await test.open(['open', 'protected'], () => new Date((clock += 1000)));
});
afterAll(() => {
  vault.close();
  test.remove();
});

const yes: AssessmentAnswer = { type: 'yes-no', value: 'ja' };
const no: AssessmentAnswer = { type: 'yes-no', value: 'nej' };

function incidentWith(regimes: readonly string[]): IncidentId {
  return importOne(
    vault,
    draftWith(
      {},
      {
        regimes: [...regimes],
        times: [{ id: 'aware', at: '2026-11-22T10:00:00+01:00', precision: 'exact', marking: at('oppen') }],
      },
    ),
  );
}
function answer(
  id: IncidentId,
  assessment: string,
  answers: Record<string, AssessmentAnswer>,
  level: Level = 'oppen',
): void {
  const list = Object.entries(answers).map(([question, one]) => ({ question, answer: one }));
  answerAssessment(vault, rules, id, assessment, list, at(level));
}
function decide(id: IncidentId, assessment: string, outcome: string, reason: string, level: Level = 'oppen') {
  return decideAssessment(vault, rules, id, assessment, {
    outcome,
    reason,
    marking: at(level),
    setTime: true,
  });
}
function view(id: IncidentId, assessment: string): AssessmentView {
  const found = assessmentsOf(vault, rules, id).find((one) => one.assessment.id === assessment);
  if (!found) throw new TypeError(`No assessment ${assessment}.`);
  return found;
}
function states(id: IncidentId, regime: string): Record<string, string> {
  const { deadlines } = incidentDeadlines(vault, rules, id);
  return Object.fromEntries(
    deadlines.filter((one) => one.regime.id === regime).map(({ step, state }) => [step.id, state]),
  );
}
function kindOf(work: () => unknown): string {
  try {
    work();
    return 'nothing';
  } catch (error) {
    return (error as SigillError).kind;
  }
}
const stepsOf = (regime: string): readonly string[] =>
  (rules.regimes.get(regime) as Regime).steps.map(({ id }) => id);
/** No criterion of the general test is met. */
const NONE_OF_GDPR = { personuppgifter: yes, 'risk-osannolik': yes, 'hog-risk': no };

describe('an assessment', () => {
  it('is that of the regimes, in the version that was in force on the day of the incident', () => {
    const early = importOne(
      vault,
      draftWith(
        {},
        {
          regimes: ['STAT-2020', 'CSL'],
          times: [{ id: 'aware', at: '2026-06-30T23:30:00+02:00', precision: 'exact', marking: at('oppen') }],
        },
      ),
    );
    expect(dateOf(getIncident(vault, early))).toBe('2026-06-30');
    expect(assessmentsOf(vault, rules, early).map(({ assessment }) => assessment.id)).toEqual([
      'CSL-BETYDANDE',
      'CIR-2024-2690',
      'STAT-2020-KRITERIER',
    ]);
    // The thresholds came into force the day after.
    expect(view(early, 'CSL-BETYDANDE').result.criteria.map(({ id }) => id)).toEqual([
      'LAG-1',
      'LAG-2',
      'LAG-3',
    ]);
    expect(view(incidentWith(['CSL']), 'CSL-BETYDANDE').result.criteria.length).toBeGreaterThan(20);
  });

  it('refuses what it does not ask for, and stores nothing of it', () => {
    const id = incidentWith(['GDPR']);
    expect(kindOf(() => answer(id, 'GDPR-RISK', { personuppgifter: yes, annat: yes }))).toBe('usage');
    expect(kindOf(() => answer(id, 'GDPR-RISK', { personuppgifter: { type: 'number', value: 1 } }))).toBe(
      'usage',
    );
    expect(kindOf(() => answer(id, 'CSL-BETYDANDE', { driftstorning: yes }))).toBe('usage');
    expect(kindOf(() => decide(id, 'GDPR-RISK', 'kanske', 'Skäl'))).toBe('usage');
    expect(kindOf(() => decide(id, 'GDPR-RISK', 'anmal', '  '))).toBe('usage');
    expect(view(id, 'GDPR-RISK')).toMatchObject({ answers: [], decisions: [] });
    const csl = incidentWith(['CSL']);
    expect(
      kindOf(() => answer(csl, 'CSL-BETYDANDE', { sektor: { type: 'choice', codes: ['rymdturism'] } })),
    ).toBe('usage');
  });

  it('keeps every answer and every decision, by which version of the rule, and says when one is outdated', () => {
    const id = incidentWith(['GDPR']);
    answer(id, 'GDPR-RISK', { personuppgifter: yes, 'risk-osannolik': no });
    expect(view(id, 'GDPR-RISK').result).toMatchObject({
      state: 'at-least',
      proposed: 'anmal',
      open: ['hog-risk'],
    });
    decide(id, 'GDPR-RISK', 'anmals-inte', 'Uppgifterna var krypterade.');
    const [first] = view(id, 'GDPR-RISK').decisions;
    expect(first).toMatchObject({
      regime: 'GDPR',
      proposed: 'anmal',
      decided: 'anmals-inte',
      deviates: true,
      outdatedBy: null,
      reason: 'Uppgifterna var krypterade.',
      by: vault.requireRoom('open').actor.name,
      rule: { digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    });
    answer(id, 'GDPR-RISK', { 'hog-risk': yes });
    expect(view(id, 'GDPR-RISK').decisions[0]?.outdatedBy).toBe('answers');
    decide(id, 'GDPR-RISK', 'anmal-och-informera', 'Nyckeln följde med.');
    const decisions = view(id, 'GDPR-RISK').decisions;
    expect(decisions.map(({ decided, deviates }) => [decided, deviates])).toEqual([
      ['anmal-och-informera', false],
      ['anmals-inte', true],
    ]);
    // The same answer again is no new one.
    answer(id, 'GDPR-RISK', { 'hog-risk': yes });
    expect(view(id, 'GDPR-RISK').decisions[0]?.outdatedBy).toBe(null);
    expect(verifyAudit(vault).flatMap(({ faults }) => faults)).toEqual([]);
  });

  it('takes the steps of the regime along, and back, and leaves what a person has said alone', () => {
    const id = incidentWith(['GDPR']);
    answer(id, 'GDPR-RISK', NONE_OF_GDPR);
    expect(decide(id, 'GDPR-RISK', 'anmals-inte', 'Risken är osannolik.').steps).toBe('followed');
    expect(states(id, 'GDPR')).toEqual({ anmalan: 'not-applicable', registrerade: 'not-applicable' });
    expect(decide(id, 'GDPR-RISK', 'anmal', 'Nya uppgifter.').steps).toBe('followed');
    expect(states(id, 'GDPR')).toEqual({ anmalan: 'running', registrerade: 'not-applicable' });
    expect(decide(id, 'GDPR-RISK', 'anmal-och-informera', 'Ännu nyare.').steps).toBe('followed');
    expect(states(id, 'GDPR')['registrerade']).toBe('running');
    expect(decide(id, 'GDPR-RISK', 'anmal-och-informera', 'Igen.').steps).toBe('unchanged');
  });

  it('sets the time that starts DORA, once, and counts the act from kännedom', () => {
    const id = incidentWith(['DORA', 'CSL']);
    expect(states(id, 'DORA')['initial']).not.toBe('done');
    expect(decide(id, 'DORA-2024-1772', 'allvarlig', 'Kunder är drabbade.').timeSet).toBe(true);
    const { deadlines } = incidentDeadlines(vault, rules, id);
    const initial = deadlines.find(({ regime, step }) => regime.id === 'DORA' && step.id === 'initial');
    const decidedAt = view(id, 'DORA-2024-1772').decisions[0]?.at ?? '';
    expect(initial?.start.at).toBe(decidedAt);
    expect(decide(id, 'CSL-BETYDANDE', 'betydande', 'Också.').timeSet).toBe(false);
    const notice = incidentDeadlines(vault, rules, id).deadlines.find(
      ({ regime, step }) => regime.id === 'CSL' && step.id === 'upplysning',
    );
    expect(notice?.start.at).toBe('2026-11-22T10:00:00+01:00');
  });

  it('that an incident is none after all leaves the report that tells so, where something was reported', () => {
    const id = incidentWith(['DORA']);
    decide(id, 'DORA-2024-1772', 'inte-allvarlig', 'Inget kriterium.');
    expect(states(id, 'DORA')['omklassning']).toBe('not-applicable');
    decide(id, 'DORA-2024-1772', 'allvarlig', 'Kunder är drabbade.');
    const done = { incident: id, regime: 'DORA', step: 'initial', event: 'done', note: null } as const;
    recordStep(vault, rules, { ...done, at: new Date(clock).toISOString() });
    expect(decide(id, 'DORA-2024-1772', 'inte-allvarlig', 'Färre kunder.').steps).toBe('followed');
    const after = states(id, 'DORA');
    expect(after['omklassning']).toBe('on-request');
    expect(after['initial']).toBe('done');
    expect(after['intermediate']).toBe('not-applicable');
    expect(after['final']).toBe('not-applicable');
  });

  it('says where answers go against each other', () => {
    const id = incidentWith(['GDPR']);
    answer(id, 'GDPR-RISK', { personuppgifter: yes, 'risk-osannolik': no, 'hog-risk': yes });
    expect(view(id, 'GDPR-RISK').result.remarks).toEqual([]);
    answer(id, 'GDPR-RISK', { 'risk-osannolik': yes });
    expect(view(id, 'GDPR-RISK').result.remarks.join()).toContain('både osannolik och sannolikt hög');
    answer(id, 'GDPR-RISK', { personuppgifter: no, 'risk-osannolik': no });
    expect(view(id, 'GDPR-RISK').result.remarks.join()).toContain('utan en personuppgiftsincident');
  });

  it('is to be tried again where another version of the rule holds since the day was corrected', () => {
    const id = incidentWith(['CSL']);
    decide(id, 'CSL-BETYDANDE', 'ej-betydande', 'Inget tröskelvärde.');
    expect(view(id, 'CSL-BETYDANDE').decisions[0]?.outdatedBy).toBe(null);
    const before = { at: '2026-05-01T10:00:00+02:00', precision: 'exact' };
    writeItem(vault, { incidentId: id, kind: 'time', key: 'aware' }, before, at('oppen'), null, SENSITIVE);
    expect(view(id, 'CSL-BETYDANDE').decisions[0]?.outdatedBy).toBe('rule');
  });

  it('of two for the same regime: steps stay while either may be reported', () => {
    const id = incidentWith(['CSL']);
    decide(id, 'CIR-2024-2690', 'betydande', 'Molntjänsten låg nere.');
    expect(decide(id, 'CSL-BETYDANDE', 'ej-betydande', 'Inget tröskelvärde.').steps).toBe('unchanged');
    expect(states(id, 'CSL')['upplysning']).toBe('running');
    decide(id, 'CIR-2024-2690', 'ej-betydande', 'Det var planerat.');
    expect(Object.values(states(id, 'CSL')).every((state) => state === 'not-applicable')).toBe(true);
    expect(Object.keys(states(id, 'CSL'))).toEqual(expect.arrayContaining([...stepsOf('CSL')]));
  });
});

describe('the rooms', () => {
  const canary = 'KANARIEBEDOMNING';

  it('keep a decision at least as secret as its answers, and tell nothing of it in the open one', () => {
    const id = incidentWith(['GDPR']);
    answer(id, 'GDPR-RISK', { personuppgifter: yes, 'hog-risk': no });
    answer(id, 'GDPR-RISK', { 'risk-osannolik': yes }, 'hemlig');
    const decided = decide(id, 'GDPR-RISK', 'anmals-inte', canary);
    expect(decided).toMatchObject({ marking: { level: 'hemlig' }, steps: 'left' });
    expect(states(id, 'GDPR')['anmalan']).toBe('running');
    expect(bytesOf(vault.requireRoom('open')).includes(canary)).toBe(false);
    expect(findItem(vault, { incidentId: id, kind: 'assessment', key: 'GDPR-RISK' })?.room).toBe('protected');
    expect(bytesOf(vault.requireRoom('protected')).includes(canary)).toBe(true);
  });

  it('let a raised answer take the decision along, wherever a crash comes', async () => {
    const id = incidentWith(['GDPR']);
    answer(id, 'GDPR-RISK', NONE_OF_GDPR);
    decide(id, 'GDPR-RISK', 'anmals-inte', `${canary}-HOJD`);
    expect(bytesOf(vault.requireRoom('open')).includes(`${canary}-HOJD`)).toBe(true);
    const reference = { incidentId: id, kind: 'assessment-answer', key: 'GDPR-RISK:hog-risk' } as const;
    const decision = { incidentId: id, kind: 'assessment', key: 'GDPR-RISK' } as const;
    const folders = await crashesDuring(vault, test.root, () =>
      raiseMarking(vault, reference, at('hemlig'), null, SENSITIVE),
    );
    expect(findItem(vault, decision)?.room).toBe('protected');
    expect(bytesOf(vault.requireRoom('open')).includes(`${canary}-HOJD`)).toBe(false);
    // The others stand where they stood.
    expect(findItem(vault, { ...reference, key: 'GDPR-RISK:personuppgifter' })?.room).toBe('open');
    expect(view(id, 'GDPR-RISK').decisions[0]).toMatchObject({
      outdatedBy: null,
      marking: { level: 'hemlig' },
    });
    // After every other transaction: opening a copy takes its time, and what stands before one stands after the last.
    for (const folder of folders.filter((_, index) => index % 2 === 1)) {
      const crashed = await openCopy(folder, ['open', 'protected']);
      const rooms = [findItem(crashed, reference)?.room, findItem(crashed, decision)?.room];
      expect(rooms[0] === 'protected' && rooms[1] === 'open').toBe(false);
      crashed.close();
    }
  });

  it('take what tells of säkerhetsskydd by its name in the protected one only', () => {
    const id = incidentWith(['SAK', 'STAT-2026']);
    expect(kindOf(() => answer(id, 'SAK-2-4', { rojd: no }, 'sekretess'))).toBe('policy');
    expect(kindOf(() => decide(id, 'SAK-2-4', 'anmals-inte', 'Skäl'))).toBe('policy');
    expect(kindOf(() => answer(id, 'STAT-2026-KRITERIER', { 'ssf-punkt-2': yes }))).toBe('policy');
    expect(kindOf(() => answer(id, 'STAT-2026-KRITERIER', { 'ssf-punkt-2': { type: 'unknown' } }))).toBe(
      'policy',
    );
    expect(getIncident(vault, id).hasProtectedPart).toBe(false);
    answer(id, 'STAT-2026-KRITERIER', { 'ssf-punkt-2': no });
    answer(id, 'SAK-2-4', { rojd: yes }, 'begransat-hemlig');
    expect(decide(id, 'SAK-2-4', 'anmal', canary, 'begransat-hemlig')).toMatchObject({ steps: 'unchanged' });
    expect(bytesOf(vault.requireRoom('open')).includes('SAK-2-4')).toBe(false);
  });

  it('hide what is locked, and nothing is decided on half of the answers', async () => {
    const id = incidentWith(['GDPR']);
    answer(id, 'GDPR-RISK', { personuppgifter: yes, 'risk-osannolik': yes });
    answer(id, 'GDPR-RISK', { 'hog-risk': yes }, 'hemlig');
    vault.lockRoom('protected');
    try {
      expect(view(id, 'GDPR-RISK').result).toMatchObject({ state: 'open', open: ['hog-risk'] });
      expect(kindOf(() => decide(id, 'GDPR-RISK', 'anmals-inte', 'Skäl'))).toBe('unlock');
      expect(kindOf(() => answer(id, 'GDPR-RISK', { 'hog-risk': no }))).toBe('unlock');
    } finally {
      await vault.unlock('protected', USER, Buffer.from(PASSPHRASES.protected, 'utf8'));
    }
    expect(view(id, 'GDPR-RISK').result).toMatchObject({ state: 'settled', proposed: 'anmal-och-informera' });
  });
});

describe('what is written together', () => {
  const failsAtStepEvents = (work: () => unknown): void => {
    const { database } = vault.requireRoom('open').store;
    database.exec(
      "CREATE TEMP TRIGGER fails BEFORE INSERT ON step_event BEGIN SELECT RAISE(ABORT, 'full disk'); END",
    );
    try {
      expect(work).toThrow();
    } finally {
      database.exec('DROP TRIGGER fails');
    }
  };

  it('is a decision with its time and its steps: where the steps cannot be written there is no decision', () => {
    const id = incidentWith(['CSL']);
    const assessment = 'CSL-BETYDANDE';
    const notSignificant = assessmentsOf(vault, rules, id)
      .find((one) => one.assessment.id === assessment)
      ?.assessment.outcomes.find(({ reportable }) => !reportable)?.id;
    const decide = (): unknown =>
      decideAssessment(vault, rules, id, assessment, {
        outcome: notSignificant ?? '',
        reason: 'Prov',
        marking: at('oppen'),
        setTime: true,
      });
    failsAtStepEvents(decide);
    expect(assessmentsOf(vault, rules, id).flatMap(({ decisions }) => decisions)).toEqual([]);
    decide();
    expect(assessmentsOf(vault, rules, id).flatMap(({ decisions }) => decisions)).toHaveLength(1);
  });

  it('are several answers: where one cannot be written none is', () => {
    const id = incidentWith(['CSL']);
    const [view] = assessmentsOf(vault, rules, id);
    const questions = view?.assessment.questions.filter(({ type }) => type === 'yes-no') ?? [];
    const [first, second] = questions;
    const { database } = vault.requireRoom('open').store;
    database.exec(
      `CREATE TEMP TRIGGER fails BEFORE INSERT ON item_revision WHEN NEW.key LIKE '%:${second?.id}'
       BEGIN SELECT RAISE(ABORT, 'full disk'); END`,
    );
    const both = { [first?.id ?? '']: no, [second?.id ?? '']: no };
    expect(() => answer(id, view?.assessment.id ?? '', both)).toThrow();
    database.exec('DROP TRIGGER fails');
    expect(assessmentsOf(vault, rules, id)[0]?.answers).toEqual([]);
    answer(id, view?.assessment.id ?? '', both);
    expect(assessmentsOf(vault, rules, id)[0]?.answers).toHaveLength(2);
  });
});

it('takes the sectors of the organisation from the one place where they stand, until somebody answers', () => {
  const assumed = (): unknown =>
    assessmentsOf(vault, rules, incidentWith(['CSL'])).flatMap((view) =>
      view.assumed.map(({ answer }) => (answer.type === 'choice' ? answer.codes : [])),
    );
  expect(assumed()).toEqual([]);
  changeDutySettings(vault, rules, { sectors: ['bank', 'elapparatur', 'ovriga-maskiner'] });
  expect(assumed()).toEqual([['bankverksamhet', 'tillverkning']]);
  // As an older Sigill kept it: which part of the sector it is has still to be chosen.
  const { store } = vault.requireRoom('open');
  writeSetting(store, 'duties', JSON.stringify({ sectors: [], sectorsToChoose: ['halso-och-sjukvard'] }));
  writeSetting(vault.requireRoom('protected').store, 'duties', '{}');
  expect(assumed()).toEqual([['halso-och-sjukvard']]);
  changeDutySettings(vault, rules, { county: 'kalmar' });
  expect(assumed()).toEqual([['halso-och-sjukvard']]);
  changeDutySettings(vault, rules, { sectors: ['vardgivare', 'energi'] });
  expect(assumed()).toEqual([['halso-och-sjukvard', 'energi']]);
  expect(readDutySettings(vault).sectorsToChoose).toBeUndefined();
});
