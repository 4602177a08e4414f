import { SigillError } from '../../shared/domain/error.ts';
import { isSameName, mayBeSameName } from '../../shared/domain/names.ts';
import type { ReportDocument } from '../../shared/domain/report.ts';
import type { Room } from '../../shared/domain/room.ts';
import type { Channel, RulePack } from '../../shared/domain/rules.ts';
import { CHANNEL_NAME } from '../../shared/domain/words.ts';
import { insertDecision } from '../dispatches/repository.ts';
import { askGate, type ChannelDecision, type Clearance, type GateAnswer } from '../export/gate.ts';
import { registerSettings } from '../register/numbering.ts';
import { documentDigest } from '../reports/digest.ts';
import { proveSecondByName, type SecondPerson } from '../vault/second-person.ts';
import type { UnlockedRoom, Vault } from '../vault/session.ts';
import { gatePolicy } from './make-report.ts';

/** The decision that a way out asks for: whose it is, how many persons it takes, and where it is kept. */

/** As it was given. */
export type DecisionOrder = {
  readonly reason: string;
  readonly decidedBy: string | null;
  /** Where the decision takes two. Her passphrase is wiped here, whatever comes of it. */
  readonly second?: SecondPerson | null;
} | null;

interface DecidedOrder {
  /** null: what is not a report. */
  readonly formId: string | null;
  readonly decision: DecisionOrder;
}

/**
 * The decision that was given, with the name of the second person where the gate asks the säkerhetsskyddschef and the setting asks
 * for two. She proves who she is before anything is made.
 * @throws SigillError `usage` where a second person is named and one decides: the record would not name her
 */
export async function decisionFor(
  vault: Vault,
  rules: RulePack,
  order: DecidedOrder,
  document: ReportDocument,
  channels: readonly Channel[],
  room: UnlockedRoom<Room>,
): Promise<ChannelDecision | null> {
  if (!order.decision) return null;
  const { reason, decidedBy, second = null } = order.decision;
  const policy = gatePolicy(vault, rules, order.formId);
  const isTwo = channels.some((channel) => takesTwo(room, askGate(document, channel, policy)));
  const at = vault.now().toISOString();
  const { chief } = registerSettings(room.store);
  const named = decidedBy?.trim() || room.actor.name;
  // However it was typed, the record bears the name as it is set.
  const one = { reason, decidedBy: chief !== null && isSameName(chief, named) ? chief : named, at };
  if (second === null) return one;
  if (!isTwo) {
    second.passphrase.fill(0);
    throw new SigillError(
      'usage',
      'Det här beslutet fattas av en person. Ta bort den andra personen och försök igen. Inget har expedierats.',
      [],
      '--second-user och --second-pass',
    );
  }
  const secondBy = await proveSecondByName(vault, room, second, 'Inget har expedierats.');
  if (mayBeSameName(secondBy, one.decidedBy)) {
    throw new SigillError(
      'policy',
      `Beslutet fattas av två personer, och ${secondBy} är redan den som har beslutat. Låt en annan skriva sin lösenfras. ` +
        'Inget har expedierats.',
    );
  }
  return { ...one, secondBy };
}

/** Whether the decision that an answer of the gate asks for takes two persons in that room. */
export function takesTwo(room: UnlockedRoom<Room>, { decider }: Pick<GateAnswer, 'decider'>): boolean {
  return decider === 'sakerhetsskyddschefen' && registerSettings(room.store).twoPersons;
}

/** @throws SigillError `policy` where the setting asks for two persons and only one has decided */
export function requireSecond(room: UnlockedRoom<Room>, clearances: readonly Clearance[]): void {
  const isAsked = clearances.some(
    ({ answer, decision }) =>
      answer.decider === 'sakerhetsskyddschefen' && decision !== null && !decision.secondBy,
  );
  if (!isAsked || !registerSettings(room.store).twoPersons) return;
  throw new SigillError(
    'policy',
    'Beslutet fattas av två personer: så är det bestämt för rummet. Låt den andra skriva sin lösenfras och försök igen.',
    [],
    '--second-user och --second-pass',
  );
}

/** The decision stands beside the expedition, so that the register can show it; for this document and this sending. */
export function rememberDecision(
  room: UnlockedRoom<Room>,
  dispatchId: string,
  document: ReportDocument,
  clearances: readonly Clearance[],
): void {
  const decided = clearances.filter(({ decision }) => decision !== null);
  const decision = decided[0]?.decision;
  if (!decision) return;
  const rules = decided.map(({ channel, answer: { rule, conditions } }) => ({
    ...{ channel, reason: rule.reason, provision: rule.provision, confidence: rule.confidence, conditions },
  }));
  insertDecision(room.store, {
    dispatchId,
    documentHash: documentDigest(document),
    decider: decided.some(({ answer }) => answer.decider === 'sakerhetsskyddschefen')
      ? 'sakerhetsskyddschefen'
      : 'anvandaren',
    rules: JSON.stringify(rules),
    reason: decision.reason,
    decidedBy: decision.decidedBy,
    secondBy: decision.secondBy ?? null,
    at: decision.at,
    recordedBy: room.actor.name,
  });
}

/**
 * The säkerhetsskyddschef's decision cannot be delegated (2 kap. 7 § säkerhetsskyddslagen): that it is hers is said, not
 * taken for granted because somebody was logged in; and where the room knows who she is, it is she.
 * @throws SigillError `policy` where nobody is named, or somebody else is
 */
export function requireDeciderNamed(
  room: UnlockedRoom<Room>,
  clearances: readonly Clearance[],
  { decision }: DecidedOrder,
): void {
  const needed = clearances.find(({ answer }) => answer.decider === 'sakerhetsskyddschefen');
  if (!needed) return;
  const decidedBy = decision?.decidedBy?.trim() ?? '';
  const { chief } = registerSettings(room.store);
  if (decidedBy !== '' && (chief === null || isSameName(chief, decidedBy))) return;
  const told = `Beslutet om ${CHANNEL_NAME[needed.channel].toLocaleLowerCase('sv')} är säkerhetsskyddschefens och kan inte delegeras`;
  throw new SigillError(
    'policy',
    decidedBy === ''
      ? `${told}. Ange vem som har fattat det och försök igen.`
      : `${told}, och i det här rummet är det ${chief ?? ''}. Har någon annan blivit säkerhetsskyddschef: ändra det under ` +
          'Handlingar, Nummer och utskrifter. Inget har expedierats.',
    [],
    decidedBy === '' ? '--decided-by' : '--decided-by; sigill register settings --chief',
  );
}
