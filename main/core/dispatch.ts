import { randomUUID } from 'node:crypto';
import type { DispatchWay } from '../../shared/domain/dispatch.ts';
import { SigillError } from '../../shared/domain/error.ts';
import { isProtectedLevel, LEVEL_NAME, type Level, type Marking } from '../../shared/domain/marking.ts';
import type { ReportDocument } from '../../shared/domain/report.ts';
import { sortIntoRoom, type Room } from '../../shared/domain/room.ts';
import type { Channel, Form, RulePack } from '../../shared/domain/rules.ts';
import { insertDispatch } from '../dispatches/repository.ts';
import { designationOf } from '../../shared/domain/register.ts';
import { mediumRemarks, noteWritten } from '../register/media/service.ts';
import { giveNumber, planNumber, type Numbering } from '../register/numbering.ts';
import { writeCheckpoint } from '../audit/repository.ts';
import { askGate, clear, explainClearance, type ChannelDecision, type Clearance } from '../export/gate.ts';
import {
  sha256Hex,
  stageExportFolder,
  type ExportFile,
  type StreamedFile,
  type StagedFolder,
  type WrittenFile,
} from '../export/files.ts';
import { getIncident } from '../incidents/service.ts';
import { rulesForIncident } from '../packs/for-incident.ts';
import { canonicalText, documentDigest } from '../reports/digest.ts';
import { correctedBy, otherReceiverRemarks, supplementRemarks } from './supplement.ts';
import type { UnlockedRoom, Vault } from '../vault/session.ts';
import { requireNotCancelled } from '../workers/cancelled.ts';
import {
  decisionFor,
  rememberDecision,
  requireDeciderNamed,
  requireSecond,
  type DecisionOrder,
} from './dispatch-decision.ts';
import {
  gatePolicy,
  makeReport,
  personalDataRemarks,
  receiptMarking,
  receiptRoom,
  reportRemarks,
  requireComplete,
  sealReport,
  type ReportOrder,
} from './make-report.ts';
import { requireForm } from './require-form.ts';

/** What every way out needs to know. */
export interface DispatchOrder extends ReportOrder {
  /** The folder the files are made in; it must be new or empty. */
  readonly out: string;
  readonly decision: DecisionOrder;
}

/** The same for what is not written to any folder. */
export type PrintOrder = Omit<DispatchOrder, 'out'>;

export interface Dispatched {
  /** Of the expedition, by which is told what becomes of it. */
  readonly id: string;
  /** In the register; null for a draft, and in an exercise. */
  readonly number: string | null;
  readonly document: ReportDocument;
  readonly clearances: readonly Clearance[];
  readonly files: readonly WrittenFile[];
  readonly remarks: readonly string[];
}

/** What one way out adds: which clearances it needs, and how it makes its files. */
export interface WayOut {
  readonly name: DispatchWay;
  /** The channels to be cleared, in order; all must be. */
  readonly channels: (document: ReportDocument, decided: boolean) => readonly Channel[];
  readonly make: (
    document: ReportDocument,
    clearances: readonly Clearance[],
    remarks: string[],
    /** The number that the document will have in the register; null for a draft, and in an exercise. */
    numbering: Numbering | null,
  ) => Promise<readonly (ExportFile | StreamedFile)[]>;
  /** Puts in the document what this way sends beside it, before the gate is asked. */
  readonly extend?: (document: ReportDocument) => ReportDocument;
  /** Takes away what was made on the way, whatever came of it. */
  readonly cleanUp?: () => void;
  /** How many copies are made; one unless told. */
  readonly copies?: number;
  /** For the receipt in the audit: recipients, medium, consignment. No facts. */
  readonly receipt: () => object;
}

/**
 * Sends a report one way: report → gate → complete → files → read back → receipt in the audit and a row among the
 * expeditions. Nothing is written before the gate has answered, what cannot be written whole is not there at all, and no
 * files stand without a receipt. A refusal is audited too.
 * @param signal aborted before the files have got their place: nothing has been done
 * @throws Cancelled, SigillError
 */
export async function dispatch(
  vault: Vault,
  rules: RulePack,
  order: DispatchOrder,
  way: WayOut,
  signal?: AbortSignal,
): Promise<Dispatched> {
  const sent = await send(vault, rules, order, way, signal, (files) => stageExportFolder(order.out, files));
  return sent.dispatched;
}

/**
 * The same for what goes straight to a printer: the one file is given in memory, and no disk has seen it.
 * @throws Cancelled, SigillError
 */
export async function dispatchToPrinter(
  vault: Vault,
  rules: RulePack,
  order: PrintOrder,
  way: WayOut,
  signal?: AbortSignal,
): Promise<Dispatched & { readonly content: Uint8Array }> {
  const { dispatched, files } = await send(vault, rules, order, way, signal, inMemory);
  const [file] = files;
  if (!file || files.length > 1 || !('bytes' in file)) throw new TypeError('One file is printed.');
  return { ...dispatched, content: file.bytes };
}

/**
 * The same for what a person copies from the screen: no file is made, and what she copies is the document as it is kept.
 * @throws Cancelled, SigillError
 */
export async function dispatchOnScreen(
  vault: Vault,
  rules: RulePack,
  order: PrintOrder,
  way: WayOut,
): Promise<Dispatched> {
  const onScreen: WayOut = { ...way, make: () => Promise.resolve([]) };
  return (await send(vault, rules, order, onScreen, undefined, inMemory)).dispatched;
}

function inMemory(files: readonly (ExportFile | StreamedFile)[]): StagedFolder {
  return {
    files: files.map((file) =>
      'bytes' in file
        ? { name: file.name, size: file.bytes.length, sha256: sha256Hex(file.bytes) }
        : { name: file.name, size: file.size, sha256: file.sha256 },
    ),
    publish: () => undefined,
    discard: () => undefined,
  };
}

async function send(
  vault: Vault,
  rules: RulePack,
  order: PrintOrder,
  way: WayOut,
  signal: AbortSignal | undefined,
  stage: (files: readonly (ExportFile | StreamedFile)[]) => StagedFolder,
): Promise<{ dispatched: Dispatched; files: readonly (ExportFile | StreamedFile)[] }> {
  try {
    return await sendOne(vault, rules, order, way, signal, stage);
  } finally {
    way.cleanUp?.();
  }
}

async function sendOne(
  vault: Vault,
  rules: RulePack,
  order: PrintOrder,
  way: WayOut,
  signal: AbortSignal | undefined,
  stage: (files: readonly (ExportFile | StreamedFile)[]) => StagedFolder,
): ReturnType<typeof send> {
  const made = makeReport(vault, rules, order);
  const document = sealReport(vault, way.extend?.(made) ?? made);
  const room = receiptRoom(vault, rules, order, document);
  const channels = way.channels(document, order.decision !== null);
  const decision = await decisionFor(vault, rules, order, document, channels, room);
  const subject = {
    incident: order.incidentId,
    form: order.formId,
    version: document.version,
    way: way.name,
    document: documentDigest(document),
    marking: document.marking,
  };
  const clearances = pass(vault, rules, order, { document, channels, decision, room, subject });
  // After the gate: that something may not go this way at all is worth knowing before one fills in what is missing.
  requireComplete(document);
  requireNumbered(document, way);
  const remarks = [
    ...reportRemarks(rules, vault, order, document),
    ...personalDataRemarks(vault, rules, order),
    ...wayRemarks(formOf(vault, rules, order), channels),
    ...supplementRemarks(vault, rules, order, document, way.name),
    ...mediumRemarks(vault, mediumOf(way)),
  ];
  // Before the pages are made, so that the number stands on them. An exercise is not in the diary.
  const numbering =
    document.draft || document.exercise ? null : planNumber(vault, room, order.incidentId, way.copies ?? 1);
  const files = await way.make(document, clearances, remarks, numbering).catch((error: unknown) => {
    // What the gate lets through and the way does not: a profile it does not fit, an address that nobody has confirmed.
    if (error instanceof SigillError && error.kind === 'policy')
      vault.transaction(room, () => vault.audit(room, 'export.refused', order.incidentId, subject));
    throw error;
  });
  const sent = { way: way.name, details: way.receipt() };
  remarks.push(...otherReceiverRemarks(vault, rules, order, document, sent));
  requireNotCancelled(signal);
  const staged = stage(files);
  const id = randomUUID();
  try {
    vault.transaction(room, () => {
      const marking = receiptMarking(vault, order.incidentId, document, room.room);
      remember(vault, id, order, way, document, marking);
      rememberDecision(room, id, document, clearances);
      if (numbering) enter(vault, room, id, order, document, marking.level, numbering);
      noteMedium(vault, room, way, document, marking.level, numbering);
      vault.audit(room, 'export.made', order.incidentId, {
        ...subject,
        dispatch: id,
        draft: document.draft,
        answers: clearances.map(explainClearance),
        decision,
        files: staged.files,
        ...way.receipt(),
      });
      writeCheckpoint(room.store.database, vault.auditContext(room), 'expediering');
      staged.publish();
    });
  } catch (error) {
    staged.discard();
    throw error;
  }
  const number = numbering && designationOf(numbering);
  return { dispatched: { id, number, document, clearances, files: staged.files, remarks }, files };
}

/** Passes the gate by every channel of the way, or has the refusal audited. */
function pass(
  vault: Vault,
  rules: RulePack,
  order: PrintOrder,
  {
    document,
    channels,
    decision,
    room,
    subject,
  }: {
    readonly document: ReportDocument;
    readonly channels: readonly Channel[];
    readonly decision: ChannelDecision | null;
    readonly room: UnlockedRoom<Room>;
    readonly subject: object;
  },
): Clearance[] {
  const policy = gatePolicy(vault, rules, order.formId);
  try {
    const clearances = channels.map((channel) => clear(document, channel, policy, decision));
    requireDeciderNamed(room, clearances, order);
    requireSecond(room, clearances);
    return clearances;
  } catch (error) {
    if (error instanceof SigillError && error.kind === 'policy') {
      const answers = channels.map((channel) => askGate(document, channel, policy));
      vault.transaction(room, () =>
        vault.audit(room, 'gate.refused', order.incidentId, { ...subject, answers }),
      );
    }
    throw error;
  }
}

/** The expedition, with the document as it was sent, in the room of the receipt. */
function remember(
  vault: Vault,
  id: string,
  order: PrintOrder,
  way: WayOut,
  document: ReportDocument,
  marking: Marking,
): void {
  const row = {
    id,
    incidentId: order.incidentId,
    form: order.formId,
    version: document.version,
    way: way.name,
    isDraft: document.draft,
    documentHash: documentDigest(document),
    details: JSON.stringify({
      marking: document.marking,
      openLevel: document.openLevel,
      ...(order.mask === true ? { masked: true } : {}),
      ...correctedBy(vault, order, document),
      ...way.receipt(),
    }),
    madeAt: document.createdAt,
    madeBy: document.author,
  };
  const sorted = sortIntoRoom(canonicalText(document), marking);
  if (sorted.room === 'open') insertDispatch(vault.requireRoom('open').store, row, sorted.marked);
  else insertDispatch(vault.requireRoom('protected').store, row, sorted.marked);
}

/**
 * A draft has no number and is in no register, and each copy of what is klassat that leaves is to be followed (domain.md §4.5).
 * On paper by the own printer it may be read through before it is final; an exercise is followed by nobody.
 * @throws SigillError `policy` for a klassat draft that would leave
 */
function requireNumbered(document: ReportDocument, way: WayOut): void {
  const { draft, exercise, marking } = document;
  if (!draft || exercise || way.name === 'utskrift' || !isProtectedLevel(marking.level)) return;
  throw new SigillError(
    'policy',
    `Ett utkast som är märkt ${LEVEL_NAME[marking.level]} expedieras inte: det får inget nummer, och ingen följer dess exemplar. ` +
      'Gör klart rapporten och expediera den som slutlig, eller skriv ut utkastet för att läsa det. Inget har skrivits.',
  );
}

/** The document's row in the register of its room. */
function enter(
  vault: Vault,
  room: UnlockedRoom<Room>,
  dispatchId: string,
  { incidentId }: PrintOrder,
  document: ReportDocument,
  level: Level,
  numbering: Numbering,
): void {
  giveNumber(vault, room, numbering, {
    dispatchId,
    incidentId,
    level,
    at: document.createdAt,
    by: document.author,
  });
}

const mediumOf = (way: WayOut): string | null =>
  (way.receipt() as { medium?: string | null }).medium?.trim() || null;

/** A draft and an exercise have no number, and what they tell is classed all the same. */
function noteMedium(
  vault: Vault,
  room: UnlockedRoom<Room>,
  way: WayOut,
  document: ReportDocument,
  level: Level,
  numbering: Numbering | null,
): void {
  const medium = mediumOf(way);
  if (medium === null) return;
  const unnumbered = `${document.draft ? 'Utkast' : 'Övning'}, ${document.reference}`;
  noteWritten(vault, room, medium, numbering ? designationOf(numbering) : unnumbered, level);
}

function formOf(vault: Vault, rules: RulePack, { incidentId, formId }: PrintOrder): Form {
  return requireForm(rulesForIncident(vault, rules, getIncident(vault, incidentId)), formId);
}

/** What the person should know of the way she has chosen. */
function wayRemarks(form: Form, channels: readonly Channel[]): string[] {
  const remarks: string[] = [];
  if (!channels.some((channel) => form.channels.includes(channel))) {
    remarks.push(`Rutinen bakom formuläret nämner inte den här vägen (${form.channels.join(', ')}).`);
  }
  return remarks;
}
