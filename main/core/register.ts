import { SigillError } from '../../shared/domain/error.ts';
import type { Room } from '../../shared/domain/room.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { writeCheckpoint } from '../audit/repository.ts';
import { askGate, clear, requireClearance, type GateAnswer } from '../export/gate.ts';
import { sha256Hex } from '../export/files.ts';
import { listDocument, makeList, type ListKind } from '../register/lists.ts';
import { documentDigest } from '../reports/digest.ts';
import type { Vault } from '../vault/session.ts';
import { requireNotCancelled } from '../workers/cancelled.ts';
import { runHere, type RunTask } from '../workers/tasks.ts';
import { decisionFor, requireDeciderNamed, requireSecond, type DecisionOrder } from './dispatch-decision.ts';
import { gatePolicy } from './make-report.ts';

/** A list of the register that is to go on paper. */
export interface ListOrder {
  readonly room: Room;
  readonly list: ListKind;
  /** Which inventory; null: the newest. */
  readonly inventory: string | null;
}

/** What the gate says of printing a list of the register. @throws SigillError */
export function askGateOfList(vault: Vault, rules: RulePack, order: ListOrder): GateAnswer {
  const list = makeList(vault, rules, order.room, order.list, order.inventory);
  return askGate(listDocument(vault, order.room, list), 'utskrift', gatePolicy(vault, rules));
}

/**
 * A list of the register as pages for the printer, in memory only: through the gate, marked as high as what it tells, with a row
 * in the audit of its room. A refusal is audited too.
 * @throws Cancelled, SigillError `policy` where the gate refuses, or a decision that it asks for is not given
 */
export async function printList(
  vault: Vault,
  rules: RulePack,
  order: ListOrder & {
    readonly decision: DecisionOrder;
  },
  run: RunTask = runHere,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const unlocked = vault.requireRoom<Room>(order.room);
  const list = makeList(vault, rules, order.room, order.list, order.inventory);
  const document = listDocument(vault, order.room, list);
  const policy = gatePolicy(vault, rules);
  const decided = { formId: null, decision: order.decision };
  const decision = await decisionFor(vault, rules, decided, document, ['utskrift'], unlocked);
  const subject = { list: order.list, document: documentDigest(document), marking: document.marking };
  try {
    const clearance = clear(document, 'utskrift', policy, decision);
    requireClearance(clearance, document, ['utskrift']);
    requireDeciderNamed(unlocked, [clearance], decided);
    requireSecond(unlocked, [clearance]);
  } catch (error) {
    if (error instanceof SigillError && error.kind === 'policy') {
      const answers = [askGate(document, 'utskrift', policy)];
      vault.transaction(unlocked, () => vault.audit(unlocked, 'gate.refused', null, { ...subject, answers }));
    }
    throw error;
  }
  const pdf = await run('registerList', { document, list });
  requireNotCancelled(signal);
  vault.transaction(unlocked, () => {
    vault.audit(unlocked, 'register.printed', null, {
      ...subject,
      rows: list.rows.length,
      decision,
      sha256: sha256Hex(pdf),
    });
    writeCheckpoint(unlocked.store.database, vault.auditContext(unlocked), 'handling');
  });
  return pdf;
}
