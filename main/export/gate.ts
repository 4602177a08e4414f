import type { ReportDocument, ReportPart } from '../../shared/domain/report.ts';
import type { Channel, ChannelAnswer, ChannelTable, ContentClass } from '../../shared/domain/rules.ts';
import { CHANNELS } from '../../shared/domain/rules.ts';
import { SigillError } from '../../shared/domain/error.ts';
import {
  describeMarking,
  isAtMost,
  isProtectedLevel,
  LEVEL_NAME,
  type Level,
  type Marking,
} from '../../shared/domain/marking.ts';
import { CHANNEL_NAME, nameOrigin } from '../../shared/domain/words.ts';
import { documentDigest } from '../reports/digest.ts';
import { provisionsIn, wholeChapter } from './provision.ts';

/** The table and the ceiling that the gate answers by. */
export interface GatePolicy {
  readonly table: ChannelTable;
  /** The highest class the workstation is approved for (SSF 2021:955 3 kap. 3 §). */
  readonly ceiling: Level;
  /** The document is for somebody else than those to whom klassat is to be told: then it takes an explicit decision. */
  readonly isForOthers?: boolean;
}

export interface GateAnswer {
  readonly channel: Channel;
  readonly answer: 'allowed' | 'decision' | 'refused';
  /** The part of the document that decides the answer: `fact:system`, `log:2` … or `document`. */
  readonly decidedBy: { readonly origin: string; readonly marking: Marking };
  readonly rule: {
    readonly contentClass: string;
    readonly reason: string;
    readonly provision: string | null;
    readonly confidence: string;
    /** No decision can change this answer. */
    readonly absolute: boolean;
  };
  readonly decider: 'anvandaren' | 'sakerhetsskyddschefen' | null;
  readonly conditions: readonly string[];
}

/** A recorded decision for one document and one sending. */
export interface ChannelDecision {
  readonly reason: string;
  readonly decidedBy: string;
  /** The other person, who has proved who she is, where the decision takes two. */
  readonly secondBy?: string | null;
  readonly at: string;
}

const maker = Symbol('only the gate');

/**
 * The permission to send one document one way. Writers of exports ask for one, and only `clear` below can make it:
 * the class does not leave this file. The private field makes the type refuse whatever else has the same fields, and
 * lets `requireClearance` know a real one from an imitation, also one with the same prototype.
 */
class Clearance {
  readonly #genuine = true;
  readonly channel: Channel;
  readonly answer: GateAnswer;
  readonly decision: ChannelDecision | null;
  readonly documentDigest: string;
  readonly marking: Marking;

  constructor(key: symbol, document: ReportDocument, answer: GateAnswer, decision: ChannelDecision | null) {
    if (key !== maker) throw new TypeError('A Clearance is made by the gate.');
    this.channel = answer.channel;
    this.answer = Object.freeze(answer);
    this.decision = decision && Object.freeze({ ...decision });
    this.documentDigest = documentDigest(document);
    this.marking = document.marking;
    Object.freeze(this);
  }

  static isGenuine(value: unknown): value is Clearance {
    return typeof value === 'object' && value !== null && #genuine in value && value.#genuine;
  }
}
export type { Clearance };

/** What a clearance says, for the sheets that tell of it. Plain data that opens nothing: it can go to another thread. */
export type Cleared = Pick<Clearance, 'channel' | 'answer' | 'decision'>;

/** @returns what a clearance says, without its power */
export function clearedBy({ channel, answer, decision }: Clearance): Cleared {
  return { channel, answer, decision };
}

const strictness = { allowed: 0, decision: 1, refused: 2 } as const;

/** The classes whose table entry names this provision; one named by its chapter alone is every one of that chapter. */
function particularClasses(classes: readonly ContentClass[], provision: string): ContentClass[] {
  return classes.filter((candidate) =>
    candidate.basis
      ?.flatMap((pattern) => provisionsIn(pattern) ?? [])
      .some((listed) => listed === provision || wholeChapter(listed) === provision),
  );
}

/**
 * Every class that a marking falls in: one for each provision that has a class of its own, else the class of its level.
 * A text may name several provisions, in whatever way people write them; each counts. A text that is not understood may
 * be any of them: it falls in every class of its level, and the strictest answer is the answer.
 */
function classesOf(table: ChannelTable, marking: Marking): ContentClass[] {
  const sameLevel = table.classes.filter((candidate) => candidate.level === marking.level);
  const general = sameLevel.filter((candidate) => candidate.basis === null);
  const found = new Set<ContentClass>();
  for (const text of marking.basis) {
    const named = provisionsIn(text);
    if (named === null) sameLevel.forEach((contentClass) => found.add(contentClass));
    for (const provision of named ?? []) {
      const particular = particularClasses(sameLevel, provision);
      for (const contentClass of particular.length > 0 ? particular : general) found.add(contentClass);
    }
  }
  return found.size > 0 ? [...found] : general;
}

interface Candidate {
  readonly origin: string;
  readonly marking: Marking;
  readonly contentClass: ContentClass;
  readonly answer: ChannelAnswer;
}

function isStricter(one: ChannelAnswer, other: ChannelAnswer): boolean {
  if (one.answer !== other.answer) return strictness[one.answer] > strictness[other.answer];
  if ((one.absolute ?? false) !== (other.absolute ?? false)) return one.absolute ?? false;
  return one.decider === 'sakerhetsskyddschefen' && other.decider !== 'sakerhetsskyddschefen';
}

function includedParts(document: ReportDocument): { origin: string; marking: Marking }[] {
  const parts = document.sections.flatMap((section) => section.fields.flatMap((field) => field.parts));
  return [
    { origin: 'document', marking: document.marking },
    ...parts
      .filter((part): part is Extract<ReportPart, { withheld: false }> => !part.withheld)
      .map((part) => ({ origin: part.origin, marking: part.marking })),
  ];
}

/**
 * Asks whether a document may go one way. Every included part is looked up; the strictest answer is the answer,
 * and the part that gave it is named. What the table does not answer is refused.
 */
export function askGate(document: ReportDocument, channel: Channel, policy: GatePolicy): GateAnswer {
  if (!CHANNELS.includes(channel)) throw new SigillError('usage', `Okänd kanal: ${channel}.`);
  const parts = includedParts(document);
  const over = parts.find((part) => !isAtMost(part.marking.level, policy.ceiling));
  if (over) {
    return {
      channel,
      answer: 'refused',
      decidedBy: over,
      rule: {
        contentClass: LEVEL_NAME[over.marking.level],
        reason: `Arbetsstationen är godkänd till och med ${LEVEL_NAME[policy.ceiling]}.`,
        provision: '3 kap. 3 § säkerhetsskyddsförordningen (2021:955)',
        confidence: 'statute',
        absolute: true,
      },
      decider: null,
      conditions: [],
    };
  }
  let strictest: Candidate | null = null;
  const conditions = new Set<string>();
  for (const part of parts) {
    const classes = classesOf(policy.table, part.marking);
    if (classes.length === 0) return unanswered(channel, part);
    for (const contentClass of classes) {
      const answer = contentClass.answers.find((candidate) => candidate.channel === channel);
      if (!answer) return unanswered(channel, part);
      if (answer.answer === 'decision') answer.conditions?.forEach((condition) => conditions.add(condition));
      const candidate = { ...part, contentClass, answer };
      // The document comes first and is the join of its parts: one of them is the better explanation.
      if (!strictest || isStricter(answer, strictest.answer) || explainsBetter(candidate, strictest)) {
        strictest = candidate;
      }
    }
  }
  if (!strictest) throw new TypeError('A document has at least one part: itself.');
  if (
    policy.isForOthers === true &&
    strictest.answer.answer === 'allowed' &&
    leavesClassified(document, channel)
  )
    return classifiedToOthers(channel, strictest);
  return {
    channel,
    answer: strictest.answer.answer,
    decidedBy: { origin: strictest.origin, marking: strictest.marking },
    rule: {
      contentClass: strictest.contentClass.name,
      reason: strictest.answer.reason,
      provision: strictest.answer.provision ?? null,
      confidence: strictest.answer.confidence,
      absolute: strictest.answer.absolute ?? false,
    },
    decider: strictest.answer.answer === 'decision' ? (strictest.answer.decider ?? 'anvandaren') : null,
    conditions: strictest.answer.answer === 'decision' ? [...conditions] : [],
  };
}

/** Does klassat leave the house this way? What is printed or stays on the workstation has not left it. */
function leavesClassified(document: ReportDocument, channel: Channel): boolean {
  const isInside = channel === 'utskrift' || channel === 'arbetsstation';
  return !isInside && includedParts(document).some(({ marking }) => isProtectedLevel(marking.level));
}

/**
 * Säkerhetspolisen is told of what is klassat; the duty to report to anybody else does not reach it (14 § tredje stycket
 * beredskapsförordningen, 1 kap. 13 § cybersäkerhetslagen). Where it is sent to somebody else all the same, somebody has
 * decided so (domain §11 no 8).
 */
function classifiedToOthers(
  channel: Channel,
  { origin, marking, contentClass, answer }: Candidate,
): GateAnswer {
  return {
    channel,
    answer: 'decision',
    decidedBy: { origin, marking },
    rule: {
      contentClass: contentClass.name,
      reason:
        'Klassade uppgifter anmäls till Säkerhetspolisen. Till någon annan går de bara efter ett uttryckligt beslut.',
      provision:
        '2 kap. 4 § säkerhetsskyddsförordningen (2021:955), 1 kap. 13 § cybersäkerhetslagen (2025:1506)',
      confidence: answer.confidence,
      absolute: false,
    },
    decider: 'sakerhetsskyddschefen',
    conditions: [
      'Händelsen är prövad mot 2 kap. 4 § säkerhetsskyddsförordningen och anmäld till Säkerhetspolisen om den ska det.',
      'Mottagaren är behörig och behöver de klassade uppgifterna.',
    ],
  };
}

function explainsBetter(candidate: Candidate, current: Candidate): boolean {
  return (
    current.origin === 'document' &&
    candidate.contentClass === current.contentClass &&
    !isStricter(current.answer, candidate.answer)
  );
}

function unanswered(channel: Channel, part: { origin: string; marking: Marking }): GateAnswer {
  return {
    channel,
    answer: 'refused',
    decidedBy: part,
    rule: {
      contentClass: describeMarking(part.marking),
      reason: 'Kanaltabellen säger inget om detta; det som inte är tillåtet är avvisat.',
      provision: null,
      confidence: 'unconfirmed',
      absolute: false,
    },
    decider: null,
    conditions: [],
  };
}

/**
 * Opens the gate for one document and one way, or says why not.
 * @throws SigillError `policy` where the answer is refused, or needs a decision that was not given.
 */
export function clear(
  document: ReportDocument,
  channel: Channel,
  policy: GatePolicy,
  decision: ChannelDecision | null,
): Clearance {
  const answer = askGate(document, channel, policy);
  if (answer.answer === 'refused') {
    throw new SigillError('policy', explainAnswer(answer));
  }
  const isDecided = decision !== null && decision.reason.trim() !== '' && decision.decidedBy.trim() !== '';
  if (answer.answer === 'decision' && !isDecided) {
    throw new SigillError(
      'policy',
      `${explainAnswer(answer)} Ange skälet till beslutet och försök igen.`,
      answer.conditions,
      '--decision',
    );
  }
  return new Clearance(maker, document, answer, answer.answer === 'decision' ? decision : null);
}

/** Called by every writer before it makes anything: the clearance must be for this very document and this way. */
export function requireClearance(
  clearance: Clearance,
  document: ReportDocument,
  channels: readonly Channel[],
): void {
  if (!Clearance.isGenuine(clearance)) throw new TypeError('Not a clearance from the gate.');
  if (!channels.includes(clearance.channel)) {
    throw new SigillError('policy', `Klartecknet gäller ${clearance.channel}, inte den här vägen.`);
  }
  if (clearance.documentDigest !== documentDigest(document)) {
    throw new SigillError('policy', 'Klartecknet gäller ett annat dokument. Fråga grinden igen.');
  }
}

const ANSWER_WORD = { allowed: 'Tillåtet', decision: 'Kräver beslut', refused: 'Avvisat' } as const;
const DECIDER_WORD = { anvandaren: 'användaren', sakerhetsskyddschefen: 'säkerhetsskyddschefen' } as const;

/** One Swedish sentence or two: the answer, the reason, the rule, and what decided it. Quotes no fact. */
export function explainAnswer(answer: GateAnswer): string {
  const decider = answer.decider ? ` av ${DECIDER_WORD[answer.decider]}` : '';
  return `${ANSWER_WORD[answer.answer]}${decider}: ${groundsOf(answer)}`;
}

/** The same for what has been cleared: where a decision was needed, that it was taken, and by whom. */
export function explainClearance({ answer, decision }: Clearance): string {
  if (decision === null) return explainAnswer(answer);
  return `Tillåtet genom beslut av ${decision.decidedBy}: ${groundsOf(answer)}`;
}

function groundsOf({ channel, rule, decidedBy }: GateAnswer): string {
  const provision = rule.provision ? ` (${rule.provision})` : '';
  return (
    `${CHANNEL_NAME[channel]}. ${rule.reason}${provision} ` +
    `Avgörs av ${nameOrigin(decidedBy.origin)}: ${describeMarking(decidedBy.marking)}.`
  );
}
