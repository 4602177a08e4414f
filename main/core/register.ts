import { SigillError } from '../../shared/domain/error.ts';
import { isProtectedLevel } from '../../shared/domain/marking.ts';
import { designationOf } from '../../shared/domain/register.ts';
import type { ListKind } from '../../shared/domain/register-lists.ts';
import type { Room } from '../../shared/domain/room.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { writeCheckpoint } from '../audit/repository.ts';
import { askGate, clear, requireClearance, type GateAnswer } from '../export/gate.ts';
import { sha256Hex } from '../export/files.ts';
import { listDocument, makeList } from '../register/lists.ts';
import { giveListNumber, planNumber, type Numbering } from '../register/numbering.ts';
import type { ListNumber } from '../register/list-pdf.ts';
import { documentDigest } from '../reports/digest.ts';
import type { Vault } from '../vault/session.ts';
import { requireNotCancelled } from '../workers/cancelled.ts';
import { runHere, type RunTask } from '../workers/tasks.ts';
import {
  decisionFor,
  requireDeciderNamed,
  requireSecond,
  takesTwo,
  type DecisionOrder,
} from './dispatch-decision.ts';
import { inLook } from './look.ts';
import { gatePolicy } from './make-report.ts';
import { writeOneFile, type OneFile } from './write-one-file.ts';

/** A list of the register that is to go on paper. */
export interface ListOrder {
  readonly room: Room;
  readonly list: ListKind;
  /** Which inventory; null: the newest. */
  readonly inventory: string | null;
}

/** What the gate says of printing a list of the register, and whether the decision that it asks for takes two. @throws SigillError */
export function askGateOfList(
  vault: Vault,
  rules: RulePack,
  order: ListOrder,
): GateAnswer & { readonly takesTwo: boolean } {
  const list = makeList(vault, rules, order.room, order.list, order.inventory);
  const answer = askGate(listDocument(vault, order.room, list), 'utskrift', gatePolicy(vault, rules));
  return { ...answer, takesTwo: takesTwo(vault.requireRoom<Room>(order.room), answer) };
}

type PrintOrder = ListOrder & { readonly decision: DecisionOrder };

/** A list on paper, and its number in the register; null where it has none. */
export interface PrintedList {
  readonly pdf: Uint8Array;
  readonly number: string | null;
}

/**
 * A list of the register as pages for the printer, in memory only: through the gate, marked as high as what it tells, with a row
 * in the audit of its room. A refusal is audited too. What is classified is a paper that is followed as any other: it has a
 * number of the register that it tells of, and one copy.
 * @throws Cancelled, SigillError `policy` where the gate refuses, or a decision that it asks for is not given; `usage` where
 *   another document took the number meanwhile
 */
export async function printList(
  vault: Vault,
  rules: RulePack,
  order: PrintOrder,
  run: RunTask = runHere,
  signal?: AbortSignal,
): Promise<PrintedList> {
  const { pdf, number, record } = await drawList(vault, rules, order, run, signal);
  record();
  return { pdf, number };
}

/** The same to a file: it takes no number where it cannot be written. @throws SigillError also `usage` where the file exists */
export async function writeList(
  vault: Vault,
  rules: RulePack,
  order: PrintOrder,
  out: string,
): Promise<{ readonly file: OneFile; readonly number: string | null }> {
  const { pdf, number, record } = await drawList(vault, rules, order, inLook(vault, rules));
  return { file: writeOneFile(out, pdf, (_file, publish) => record(publish)), number };
}

interface DrawnList extends PrintedList {
  /** Gives the number and tells the audit, in one transaction; `publish` is called last in it. */
  readonly record: (publish?: () => void) => void;
}

async function drawList(
  vault: Vault,
  rules: RulePack,
  order: PrintOrder,
  run: RunTask,
  signal?: AbortSignal,
): Promise<DrawnList> {
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
  // Before the pages are made, so that the number stands on them.
  const numbering = isProtectedLevel(document.marking.level) ? planNumber(vault, unlocked, null, 1) : null;
  const number = numbering && designationOf(numbering);
  const pdf = await run('registerList', { document, list, ...(numbering && { number: stampOf(numbering) }) });
  requireNotCancelled(signal);
  const record = (publish?: () => void): void =>
    vault.transaction(unlocked, () => {
      if (numbering) {
        giveListNumber(vault, unlocked, numbering, {
          ...{ list: order.list, marking: document.marking, at: document.createdAt, by: document.author },
        });
      }
      vault.audit(unlocked, 'register.printed', null, {
        ...subject,
        ...(numbering && { register: numbering.serial, number }),
        rows: list.rows.length,
        decision,
        sha256: sha256Hex(pdf),
      });
      writeCheckpoint(unlocked.store.database, vault.auditContext(unlocked), 'handling');
      publish?.();
    });
  return { pdf, number, record };
}

function stampOf(numbering: Numbering): ListNumber {
  const [code = ''] = numbering.codes;
  return { designation: designationOf(numbering, 1), code };
}
