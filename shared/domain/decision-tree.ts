import { incidentDay, type OrganisationKind, type TimeId } from './incident.ts';

/**
 * The questions that come first in every incident (domain §12.0), as a pure function of the answers given so far. The
 * question of säkerhetskänslig verksamhet is always the first: until it is answered nobody knows which room to write in.
 */
export const DECISION_TREE_VERSION = '2026-11-25';

export const QUESTION_IDS = [
  'sakerhetskanslig',
  'sakerhetshotande',
  'signalskydd',
  'statlig',
  'cybersakerhetslagen',
  'betrodd-tjanst',
  'dora',
  'personuppgifter',
  'brott',
  'mottagare',
] as const;
export type QuestionId = (typeof QUESTION_IDS)[number];

export const ANSWERS = ['ja', 'osakert', 'nej', 'rojd-uppgift', 'it-incident', 'annan'] as const;
export type TreeAnswer = (typeof ANSWERS)[number];

export interface Question {
  readonly id: QuestionId;
  readonly options: readonly TreeAnswer[];
}

/** An answer that was given, by whom and when. `reason` is not empty where the answer is no. */
export interface TreeDecision {
  readonly question: QuestionId;
  readonly answer: TreeAnswer;
  readonly reason: string;
  readonly at: string;
}

export interface TreeContext {
  readonly organisationKind: OrganisationKind;
  /**
   * ISO date in Sweden: the day of the incident, which decides which rules are in force; while nobody has written when it
   * happened, today.
   */
  readonly day: string;
}

/** The context of an incident whose times are known, or become known: its own day, not the day it is written. */
export function contextOf(
  organisationKind: OrganisationKind,
  times: readonly { readonly id: TimeId; readonly at: string }[],
  now: Date,
): TreeContext {
  return { organisationKind, day: incidentDay(times, now.toISOString()) };
}

/** Where the rules for state agencies changed (assets/rules/regimes/stat-2020.json and stat-2026.json). */
const STATE_RULES_CHANGED = '2026-07-01';
/** When cybersäkerhetslagen (2025:1506) came into force (assets/rules/regimes/csl.json). */
const CYBER_SECURITY_ACT_FROM = '2026-01-15';
/** Those that regime CSL names. */
const CYBER_SECURITY_ACT: readonly OrganisationKind[] = [
  'statlig-myndighet',
  'kommun',
  'region',
  'privat-nis2',
  'betrodd-tjanst',
];

const YES_UNSURE_NO: readonly TreeAnswer[] = ['ja', 'osakert', 'nej'];
const THREATS: readonly TreeAnswer[] = ['rojd-uppgift', 'it-incident', 'annan', 'osakert', 'nej'];

/** @returns the next question, or null when the tree has been walked to its end */
export function nextQuestion(decisions: readonly TreeDecision[], context: TreeContext): Question | null {
  const given = new Set(decisions.map(({ question }) => question));
  const id = QUESTION_IDS.find(
    (candidate) => !given.has(candidate) && isAsked(candidate, decisions, context),
  );
  if (id === undefined) return null;
  return { id, options: id === 'sakerhetshotande' ? THREATS : YES_UNSURE_NO };
}

function isAsked(
  id: QuestionId,
  decisions: readonly TreeDecision[],
  { organisationKind }: TreeContext,
): boolean {
  switch (id) {
    case 'sakerhetshotande':
      return isPossible(decisions, 'sakerhetskanslig');
    case 'statlig':
      // An it-incident in a system of importance for säkerhetskänslig verksamhet is told by SSF 2 kap. 4 § instead.
      return (
        organisationKind === 'statlig-myndighet' && answerOf(decisions, 'sakerhetshotande') !== 'it-incident'
      );
    case 'cybersakerhetslagen':
      return CYBER_SECURITY_ACT.includes(organisationKind);
    case 'betrodd-tjanst':
      return organisationKind === 'betrodd-tjanst';
    case 'dora':
      return organisationKind === 'finansiell';
    default:
      return true;
  }
}

function answerOf(decisions: readonly TreeDecision[], id: QuestionId): TreeAnswer | null {
  return decisions.find(({ question }) => question === id)?.answer ?? null;
}

/** Yes, or not known to be no: what is unsure is handled as if it were yes. */
function isPossible(decisions: readonly TreeDecision[], id: QuestionId): boolean {
  const answer = answerOf(decisions, id);
  return answer !== null && answer !== 'nej';
}

/** Must the incident be written in the protected room? True as soon as an answer says so, before the tree has ended. */
export function needsProtectedRoom(decisions: readonly TreeDecision[]): boolean {
  return isPossible(decisions, 'sakerhetskanslig') || isPossible(decisions, 'signalskydd');
}

/** What stands in the form of a question that is not decided yet. null: nothing has been chosen. */
export interface WrittenAnswer {
  readonly answer: TreeAnswer | null;
  readonly reason: string;
}
/** The questions whose answer decides the room. */
const ABOUT_THE_ROOM: readonly QuestionId[] = ['sakerhetskanslig', 'signalskydd'];

/**
 * Must a draft of the answers lie in the protected room? As `needsProtectedRoom`, also of what is only chosen and not yet
 * decided; and a reason that stands where nothing has been chosen is handled as one to a yes.
 */
export function draftNeedsProtectedRoom(
  decisions: readonly TreeDecision[],
  written: Readonly<Partial<Record<QuestionId, WrittenAnswer>>>,
): boolean {
  if (needsProtectedRoom(decisions)) return true;
  return ABOUT_THE_ROOM.some((question) => {
    const { answer, reason } = written[question] ?? { answer: 'nej', reason: '' };
    return answer === null ? reason.trim() !== '' : answer !== 'nej';
  });
}

/** Every "nej" is a decision that may be looked at afterwards, and needs its reason. */
export function needsReason(answer: TreeAnswer): boolean {
  return answer === 'nej';
}

/** The regime that a question is about, where an assessment helps to answer it. */
const ASSESSED: Readonly<Partial<Record<QuestionId, readonly string[]>>> = {
  sakerhetshotande: ['SAK'],
  signalskydd: ['SIGNALSKYDDSINCIDENT'],
  statlig: ['STAT-2020', 'STAT-2026'],
  cybersakerhetslagen: ['CSL'],
  'betrodd-tjanst': ['TSP'],
  dora: ['DORA'],
  personuppgifter: ['GDPR'],
};

/** @returns the first regime that somebody was unsure of: that is to be assessed next; null where all is decided */
export function regimeToAssess(decisions: readonly TreeDecision[], context: TreeContext): string | null {
  const unsure = decisions
    .filter(({ answer }) => answer === 'osakert')
    .flatMap(({ question }) => ASSESSED[question] ?? []);
  return regimesOf(decisions, context).find((regime) => unsure.includes(regime)) ?? null;
}

/** The regimes (ids of the rule pack) that the answers lead to. */
export function regimesOf(decisions: readonly TreeDecision[], context: TreeContext): string[] {
  const { organisationKind, day } = context;
  const possible = (id: QuestionId): boolean => isPossible(decisions, id);
  const found: [string, boolean][] = [
    ['SAK', possible('sakerhetshotande')],
    ['SIGNALSKYDDSINCIDENT', possible('signalskydd')],
    [day < STATE_RULES_CHANGED ? 'STAT-2020' : 'STAT-2026', possible('statlig')],
    ['CSL', possible('cybersakerhetslagen') && day >= CYBER_SECURITY_ACT_FROM],
    ['KOMMUN-RUTIN', organisationKind === 'kommun'],
    ['TSP', possible('betrodd-tjanst')],
    ['DORA', possible('dora')],
    ['FRIV', organisationKind === 'frivillig'],
    ['GDPR', possible('personuppgifter')],
    ['POLIS', possible('brott')],
  ];
  return found.filter(([, isFound]) => isFound).map(([id]) => id);
}
