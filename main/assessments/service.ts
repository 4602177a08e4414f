import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { assess, type AssessmentResult } from '../../shared/domain/assessment-evaluate.ts';
import {
  answerKey,
  answerSchema,
  assessmentDecisionSchema,
  type AssessmentAnswer,
  type AssessmentDecision,
} from '../../shared/domain/assessment.ts';
import { DEADLINE_ZONE } from '../../shared/domain/deadline.ts';
import type { OutdatedBy } from '../../shared/domain/assessment-words.ts';
import { SigillError } from '../../shared/domain/error.ts';
import type { Incident, IncidentId } from '../../shared/domain/incident.ts';
import { isProtectedLevel, joinMarkings, type Marking } from '../../shared/domain/marking.ts';
import type { Room } from '../../shared/domain/room.ts';
import type { Assessment, RulePack } from '../../shared/domain/rules.ts';
import { readDutySettings, sectorsOf } from '../deadlines/settings.ts';
import { historyOf } from '../incidents/history.ts';
import { findItem } from '../incidents/items.ts';
import { writeItem } from '../incidents/marking.ts';
import { writeTogether } from '../incidents/together.ts';
import { listItems, type ItemReference } from '../incidents/repository.ts';
import { getIncident } from '../incidents/service.ts';
import { rulesForIncident, tellingRegimes } from '../packs/for-incident.ts';
import type { Vault } from '../vault/session.ts';
import { requireFitting } from './fitting.ts';
import { followDecision } from './steps.ts';

/** Longer than any reason needs to be. */
const LONGEST_REASON = 4000;

/** An answer, where it stands, and since when. */
export interface GivenAnswer {
  readonly question: string;
  readonly answer: AssessmentAnswer;
  readonly marking: Marking;
  readonly changedAt: string;
}

export interface TakenDecision extends AssessmentDecision {
  readonly marking: Marking;
  /** null: it stands as it was taken. */
  readonly outdatedBy: OutdatedBy | null;
}

/** One assessment of an incident: what is asked, what has been answered, what it comes to, what was decided. */
export interface AssessmentView {
  readonly assessment: Assessment;
  readonly regime: string;
  readonly rule: AssessmentDecision['rule'];
  /** The day of the incident, by which the version of the rule was chosen. */
  readonly date: string;
  readonly answers: readonly GivenAnswer[];
  /** Answers that nobody has given here, and that the settings give. */
  readonly assumed: readonly { readonly question: string; readonly answer: AssessmentAnswer }[];
  readonly result: AssessmentResult;
  /** The one that counts now, and those that it replaced, the newest first. */
  readonly decisions: readonly TakenDecision[];
}

const swedishDay = new Intl.DateTimeFormat('sv-SE', { timeZone: DEADLINE_ZONE, dateStyle: 'short' });

/** The day of an incident: when it was known of, else found, else when it was written down. */
export function dateOf(incident: Incident): string {
  const at = ['aware', 'detected', 'identified', 'occurred']
    .map((id) => incident.times.find((time) => time.id === id)?.at)
    .find((time) => time !== undefined);
  return swedishDay.format(new Date(at ?? incident.createdAt));
}

/** What a decision names the rule by: its validity, and SHA-256 over its canonical JSON (RFC 8785). */
function ruleOf(assessment: Assessment): AssessmentDecision['rule'] {
  const canonical = canonicalize(assessment);
  if (canonical === undefined) throw new TypeError('A rule is plain JSON.');
  return {
    validFrom: assessment.validFrom,
    validTo: assessment.validTo,
    digest: createHash('sha256').update(canonical, 'utf8').digest('hex'),
  };
}

function isInForce({ validFrom, validTo }: Assessment, date: string): boolean {
  return (validFrom === null || validFrom <= date) && (validTo === null || date <= validTo);
}

/**
 * The assessments of an incident's regimes, in the order of the regimes; one that has been answered stays, also where
 * the day of the incident is corrected so that another version of the rule is in force.
 * @throws SigillError `usage` where no unlocked room knows the incident
 */
export function assessmentsOf(vault: Vault, shipped: RulePack, id: IncidentId): AssessmentView[] {
  const incident = getIncident(vault, id);
  const rules = rulesForIncident(vault, shipped, incident);
  const answers = answersOf(vault, id);
  const date = dateOf(incident);
  return incident.regimes.flatMap((regime) =>
    [...rules.assessments.values()]
      .filter(({ regimes }) => regimes.includes(regime))
      .filter(
        (one) =>
          isInForce(one, date) ||
          answers.some(({ assessment }) => assessment === one.id) ||
          findItem(vault, decisionReference(id, one.id)) !== null,
      )
      .map((assessment) => viewOf(vault, rules, assessment, regime, id, date, answers)),
  );
}

interface StoredAnswer extends GivenAnswer {
  readonly assessment: string;
}

/** From the protected room first: should a crash have left a value in both, that one counts. */
function answersOf(vault: Vault, id: IncidentId): StoredAnswer[] {
  const seen = new Set<string>();
  return (['protected', 'open'] as const).flatMap((room) => {
    const unlocked = vault.room<Room>(room);
    if (!unlocked) return [];
    return listItems(unlocked.store, id).flatMap((item): StoredAnswer[] => {
      const read =
        item.kind === 'assessment-answer' ? answerSchema.safeParse(JSON.parse(item.content)) : null;
      if (!read?.success || seen.has(item.key)) return [];
      seen.add(item.key);
      const [assessment = '', question = ''] = item.key.split(':', 2);
      const { marking, changedAt } = item;
      return [{ assessment, question, answer: read.data, marking, changedAt }];
    });
  });
}

function viewOf(
  vault: Vault,
  rules: RulePack,
  assessment: Assessment,
  regime: string,
  id: IncidentId,
  date: string,
  stored: readonly StoredAnswer[],
): AssessmentView {
  const answers = stored
    .filter((one) => one.assessment === assessment.id)
    .map(({ question, answer, marking, changedAt }) => ({ question, answer, marking, changedAt }));
  const assumed = assumedAnswers(vault, rules, assessment, answers);
  const all = new Map([...assumed, ...answers].map(({ question, answer }) => [question, answer]));
  return {
    assessment,
    regime,
    rule: ruleOf(assessment),
    date,
    answers,
    assumed,
    result: assess(assessment, all, date),
    decisions: decisionsOf(vault, id, assessment.id, { assessment, date }),
  };
}

function assumedAnswers(
  vault: Vault,
  rules: RulePack,
  { questions }: Assessment,
  answers: readonly GivenAnswer[],
): AssessmentView['assumed'] {
  const sectors = sectorsOf(rules, readDutySettings(vault));
  if (sectors.length === 0) return [];
  return questions
    .filter((question) => question.type === 'choice' && question.fromOrganisation === 'sectors')
    .filter(({ id }) => !answers.some(({ question }) => question === id))
    .map(({ id }) => ({ question: id, answer: { type: 'choice', codes: [...sectors] } }));
}

function decisionReference(incidentId: IncidentId, assessment: string): ItemReference {
  return { incidentId, kind: 'assessment', key: assessment };
}

/** Every decision of an incident that the open rooms hold, also by an assessment that the rules no longer have. */
export function takenDecisions(vault: Vault, id: IncidentId): TakenDecision[] {
  const keys = new Set(
    vault.unlockedRooms().flatMap(({ store }) =>
      listItems(store, id)
        .filter(({ kind }) => kind === 'assessment')
        .map(({ key }) => key),
    ),
  );
  return [...keys].flatMap((key) => decisionsOf(vault, id, key, null));
}

/**
 * Raising or lowering a decision is no new one.
 * @param held the rule that holds for the incident now, and on which day of it; null where none does
 */
function decisionsOf(
  vault: Vault,
  id: IncidentId,
  assessment: string,
  held: { readonly assessment: Assessment; readonly date: string } | null,
): TakenDecision[] {
  const lastAnswer = lastAnswered(vault, id, assessment);
  const taken = historyOf(vault, decisionReference(id, assessment))
    .filter(({ change }) => change === 'created' || change === 'revised')
    .flatMap(({ content, marking }): TakenDecision[] => {
      const read = assessmentDecisionSchema.safeParse(content);
      if (!read.success) return [];
      const isAnswered = lastAnswer !== null && lastAnswer > read.data.at;
      const isOther = held !== null && !isSameRule(read.data, held.assessment, held.date);
      return [{ ...read.data, marking, outdatedBy: isAnswered ? 'answers' : isOther ? 'rule' : null }];
    });
  return taken.toReversed();
}

/** The rule that a decision was taken by is the one that holds now, and as much of it is in force. */
function isSameRule({ rule, date: then }: AssessmentDecision, assessment: Assessment, now: string): boolean {
  const heldOn = (date: string): string =>
    assessment.criteria
      .filter(({ validFrom }) => validFrom === undefined || validFrom <= date)
      .map(({ id }) => id)
      .join();
  return rule.digest === ruleOf(assessment).digest && heldOn(then) === heldOn(now);
}

/** When an answer was last written; that its marking was changed makes it no other answer. */
function lastAnswered(vault: Vault, id: IncidentId, assessment: string): string | null {
  const times = answersOf(vault, id)
    .filter((one) => one.assessment === assessment)
    .flatMap(({ question }) =>
      historyOf(vault, { incidentId: id, kind: 'assessment-answer', key: answerKey(assessment, question) }),
    )
    .filter(({ change }) => change === 'created' || change === 'revised')
    .map(({ changedAt }) => changedAt);
  return times.sort().at(-1) ?? null;
}

/**
 * @throws SigillError `usage` where the incident has no such assessment, or it is not in force on its day
 */
export function requireAssessment(
  vault: Vault,
  rules: RulePack,
  id: IncidentId,
  assessment: string,
): AssessmentView {
  const found = assessmentsOf(vault, rules, id).find((one) => one.assessment.id === assessment);
  if (!found) {
    throw new SigillError(
      'usage',
      `Incidenten har ingen bedömning ${assessment} i de rum som är upplåsta.`,
      [],
      `vilka den har visar assess --incident ${id}`,
    );
  }
  return found;
}

/** What is not in view may be what decides: then nothing is written. */
function requireWholeView(vault: Vault, id: IncidentId): void {
  if (getIncident(vault, id).protectedPartHidden) vault.requireRoom('protected');
}

function requireRoomFor(assessment: Assessment, question: string | null, marking: Marking): void {
  if (isProtectedLevel(marking.level)) return;
  if (assessment.sensitive || question !== null) {
    const what = assessment.sensitive ? `Bedömningen ${assessment.name}` : `Svaret på ”${question}”`;
    throw new SigillError(
      'policy',
      `${what} säger i sig att det rör säkerhetsskydd och hör hemma i skyddade rummet. Välj en säkerhetsskyddsklass som ` +
        'märkning. Går det inte på den här arbetsstationen: skriv inget här, och kontakta säkerhetsskyddschefen. Inget har sparats.',
    );
  }
}

export interface NewAnswer {
  readonly question: string;
  readonly answer: AssessmentAnswer;
}

/**
 * Stores answers, each as a value of its own with its history. The marking is at least what each one had before.
 * @throws SigillError `usage` for a question or an answer that the assessment does not have; `policy` for what tells of
 *   säkerhetsskydd and is not marked so, or is above the ceiling; `unlock` where a room is needed. Nothing is stored.
 */
export function answerAssessment(
  vault: Vault,
  rules: RulePack,
  id: IncidentId,
  assessmentId: string,
  answers: readonly NewAnswer[],
  marking: Marking,
): void {
  requireWholeView(vault, id);
  const { assessment } = requireAssessment(vault, rules, id, assessmentId);
  const forIncident = rulesForIncident(vault, rules, getIncident(vault, id));
  for (const { question: questionId, answer } of answers) {
    const question = assessment.questions.find((one) => one.id === questionId);
    if (!question)
      throw new SigillError('usage', `Bedömningen ${assessmentId} har ingen fråga "${questionId}".`);
    requireFitting(forIncident, question, answer);
    const isTelling =
      question.type === 'yes-no' &&
      question.telling === true &&
      !(answer.type === 'yes-no' && answer.value === 'nej');
    requireRoomFor(assessment, isTelling ? question.text : null, marking);
  }
  const sensitive = tellingRegimes(vault, rules);
  const changed = answers.flatMap(({ question, answer }) => {
    const key = answerKey(assessmentId, question);
    const reference: ItemReference = { incidentId: id, kind: 'assessment-answer', key };
    const current = findItem(vault, reference)?.item;
    const isSame = current !== undefined && current.content === JSON.stringify(answer);
    const isCovered =
      current !== undefined && sameJson(joinMarkings([current.marking, marking]), current.marking);
    return isSame && isCovered ? [] : [{ reference, answer, marking }];
  });
  writeTogether(vault, changed, sensitive, () => {
    for (const { reference, answer } of changed)
      writeItem(vault, reference, answer, marking, null, sensitive);
  });
}

const sameJson = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

export interface NewDecision {
  /** The outcome that was decided. */
  readonly outcome: string;
  readonly reason: string;
  readonly marking: Marking;
  /** Sets the time when it was judged to be significant, where the assessment has one and nothing stands there. */
  readonly setTime: boolean;
}

export interface DecisionOutcome {
  readonly marking: Marking;
  /** What became of the regime's steps; see {@link followDecision}. */
  readonly steps: 'followed' | 'unchanged' | 'left';
  readonly timeSet: boolean;
}

/**
 * Records a decision, whatever it is. It lies no opener than its answers, the earlier one is kept, and the steps of the
 * regime follow it.
 * @throws SigillError `usage` without a reason, or for an outcome that is not there; `policy` and `unlock` as for an
 *   answer. Nothing is changed.
 */
export function decideAssessment(
  vault: Vault,
  rules: RulePack,
  id: IncidentId,
  assessmentId: string,
  decision: NewDecision,
): DecisionOutcome {
  requireWholeView(vault, id);
  const view = requireAssessment(vault, rules, id, assessmentId);
  const { assessment, regime, result } = view;
  const outcome = assessment.outcomes.find((one) => one.id === decision.outcome);
  if (!outcome) {
    throw new SigillError(
      'usage',
      `Bedömningen ${assessmentId} har inget utfall "${decision.outcome}". Ange ett av:`,
      [assessment.outcomes.map((one) => one.id).join(', ')],
    );
  }
  const reason = decision.reason.normalize('NFC').trim();
  if (reason === '')
    throw new SigillError('usage', 'Skriv ett skäl. Den som granskar ska kunna förstå beslutet.');
  if (reason.length > LONGEST_REASON)
    throw new SigillError('usage', `Skälet är för långt: högst ${LONGEST_REASON} tecken.`);
  const marking = joinMarkings([decision.marking, ...view.answers.map((one) => one.marking)]);
  requireRoomFor(assessment, null, marking);
  const nameOf = (wanted: string | null): string | null =>
    assessment.outcomes.find((one) => one.id === wanted)?.name ?? null;
  const at = vault.now().toISOString();
  const content: AssessmentDecision = {
    regime,
    assessment: assessmentId,
    rule: view.rule,
    date: view.date,
    proposed: result.proposed,
    proposedName: nameOf(result.proposed),
    decided: outcome.id,
    decidedName: outcome.name,
    reportable: outcome.reportable,
    deviates: result.proposed !== outcome.id,
    reason,
    by: vault.requireRoom('open').actor.name,
    at,
  };
  const reference = decisionReference(id, assessmentId);
  const sensitive = tellingRegimes(vault, rules);
  const before = findItem(vault, reference)?.item.marking ?? marking;
  const atLeast = joinMarkings([before, marking]);
  const setsTime = decision.setTime && outcome.reportable && assessment.decisionTime !== undefined;
  const about = [
    { reference, marking: atLeast },
    // A time that somebody has written is not written over, and its marking is its own.
    ...(setsTime && !findItem(vault, timeReference(id))
      ? [{ reference: timeReference(id), marking: atLeast }]
      : []),
  ];
  // The decision, the time and the steps that follow: one without the other would be a decision half taken.
  return writeTogether(vault, about, sensitive, () => {
    writeItem(vault, reference, content, marking, null, sensitive);
    const written = findItem(vault, reference);
    const timeSet = setsTime && setTime(vault, id, at, written?.item.marking ?? marking, sensitive);
    const others = assessmentsOf(vault, rules, id)
      .filter((one) => one.regime === regime && one.assessment.id !== assessmentId)
      .some(mayBeReported);
    const steps = followDecision(vault, rules, {
      incident: id,
      regime,
      room: written?.room ?? 'open',
      skipped: outcome.reportable ? (outcome.leavesOut ?? []) : others ? [] : 'all',
      at,
    });
    return { marking: written?.item.marking ?? marking, steps, timeSet };
  });
}

/** Decided so, or, where nothing is decided yet, so by its answers. */
function mayBeReported({ assessment, decisions, result }: AssessmentView): boolean {
  const proposed = assessment.outcomes.find(({ id }) => id === result.proposed);
  return (decisions[0] ?? proposed)?.reportable === true;
}

function timeReference(incidentId: IncidentId): ItemReference {
  return { incidentId, kind: 'time', key: 'significant' };
}

/** A time that somebody has written is not written over. */
function setTime(
  vault: Vault,
  id: IncidentId,
  at: string,
  marking: Marking,
  sensitive: ReadonlySet<string>,
): boolean {
  const reference = timeReference(id);
  if (findItem(vault, reference)) return false;
  writeItem(vault, reference, { at, precision: 'exact' }, marking, null, sensitive);
  return true;
}
