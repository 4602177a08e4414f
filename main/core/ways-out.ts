import { SigillError } from '../../shared/domain/error.ts';
import { formatFingerprint, inspectPublicKey } from '../keys/inspect.ts';
import { findOwnKey, listKeys, type StoredKey } from '../keys/repository.ts';
import type { IncidentId } from '../../shared/domain/incident.ts';
import type { ReportDocument } from '../../shared/domain/report.ts';
import type { Address, Channel, Recipient, RulePack } from '../../shared/domain/rules.ts';
import { makeEmailExport } from '../export/email/epost.ts';
import { makeEnvelopeJob } from '../export/envelope/envelope-job.ts';
import { requireClearance, type Clearance } from '../export/gate.ts';
import { makeSignalskyddPackage } from '../export/signalskydd/package.ts';
import { getIncident } from '../incidents/service.ts';
import { rulesForIncident } from '../packs/for-incident.ts';
import { renderJson } from '../reports/json.ts';
import { renderText } from '../reports/text.ts';
import type { Vault } from '../vault/session.ts';
import { runHere, type RunTask } from '../workers/tasks.ts';
import { chooseCarriage, type Carriage } from './carriage.ts';
import type { WayOut } from './dispatch.ts';
import { gatePolicy, requireForm } from './make-report.ts';

async function renderAll(
  document: ReportDocument,
  run: RunTask,
): Promise<{ text: string; pdf: Uint8Array; json: Uint8Array }> {
  return {
    text: renderText(document),
    pdf: await run('reportPdf', { document }),
    json: renderJson(document),
  };
}

/** The clearance for a channel. It is held against the document here, before anything is made of it in any thread. */
function only(document: ReportDocument, clearances: readonly Clearance[], channel: Channel): Clearance {
  const found = clearances.find((clearance) => clearance.channel === channel);
  if (!found) throw new TypeError(`No clearance for ${channel}.`);
  requireClearance(found, document, [channel]);
  return found;
}

/**
 * OpenPGP e-mail to verified keys, signed and also encrypted to our own key.
 * @param fingerprints which keys; empty: the one verified key there is
 * @param run where the heavy work is done
 */
export function byEmail(vault: Vault, fingerprints: readonly string[], run: RunTask = runHere): WayOut {
  const open = vault.requireRoom('open');
  let recipients: StoredKey[] = [];
  return {
    name: 'epost',
    channels: () => ['epost'],
    async make(document, clearances) {
      const clearance = only(document, clearances, 'epost');
      recipients = await chooseRecipients(listKeys(open.store), fingerprints, vault.now());
      const ownKey = findOwnKey(open.store);
      if (!ownKey) {
        throw new SigillError(
          'usage',
          'Det finns ingen egen nyckel att signera med. Skapa en: key create-own.',
        );
      }
      return makeEmailExport(
        {
          document,
          clearance,
          rendered: await renderAll(document, run),
          recipients: recipients.map(({ fingerprint, armored }) => ({ fingerprint, armored })),
          ownKey,
          from: { name: open.organisation.name, email: open.organisation.email },
          to: recipients.flatMap((key) => key.emails.slice(0, 1)),
          at: new Date(document.createdAt),
        },
        (job) => run('sealMail', job),
      );
    },
    receipt: () => ({ recipients: recipients.map((key) => key.fingerprint) }),
  };
}

async function chooseRecipients(
  keys: readonly StoredKey[],
  fingerprints: readonly string[],
  at: Date,
): Promise<StoredKey[]> {
  const candidates = keys.filter((key) => key.role === 'recipient');
  const chosen: StoredKey[] = [];
  for (const asked of fingerprints) {
    const wanted = asked.replace(/\s/g, '').toUpperCase();
    const key = candidates.find((candidate) => candidate.fingerprint === wanted);
    if (!key) {
      throw new SigillError(
        'usage',
        `Det finns ingen nyckel med fingeravtrycket ${formatFingerprint(wanted)}.`,
        ['Läs in den med key import. Hela fingeravtrycket anges.'],
      );
    }
    if (!chosen.includes(key)) chosen.push(key);
  }
  if (fingerprints.length === 0) {
    const verified = candidates.filter((key) => key.verifiedAt !== null);
    if (verified.length !== 1)
      throw new SigillError('usage', 'Ange mottagarens nyckel (--to FINGERAVTRYCK).');
    chosen.push(...verified);
  }
  for (const key of chosen) {
    if (key.verifiedAt === null) {
      throw new SigillError(
        'policy',
        `Nyckeln ${formatFingerprint(key.fingerprint)} är inte verifierad. Jämför fingeravtrycket med mottagaren per ` +
          'telefon och läs in nyckeln igen med --verified-by och --verified-how.',
      );
    }
    // A key that was good when it came in may have expired since.
    await inspectPublicKey(key.armored, at);
  }
  return chosen;
}

export interface SignalskyddOrder {
  readonly medium: string | null;
  readonly grade: string | null;
  readonly recipientName: string | null;
}

/** A folder for the signalskydd operator. */
export function bySignalskydd(order: SignalskyddOrder, run: RunTask = runHere): WayOut {
  return {
    name: 'signalskydd',
    channels: () => ['signalskydd'],
    async make(document, clearances) {
      const clearance = only(document, clearances, 'signalskydd');
      return makeSignalskyddPackage(
        {
          document,
          clearance,
          rendered: await renderAll(document, run),
          transfer: {
            ...(order.medium === null ? {} : { medium: order.medium }),
            ...(order.grade === null ? {} : { grade: order.grade }),
            ...(order.recipientName === null ? {} : { recipientName: order.recipientName }),
            createdBy: document.author,
            at: new Date(document.createdAt),
          },
        },
        (sheet) => run('transferSheet', sheet),
      );
    },
    receipt: () => ({ medium: order.medium, grade: order.grade, recipient: order.recipientName }),
  };
}

export const ENVELOPE_LAYOUTS = ['C4', 'C5', 'A4-etikett'] as const;

export interface EnvelopeOrder {
  /** null: the first carriage that the gate allows without a decision, else with one. */
  readonly carriage: Carriage | null;
  readonly layout: (typeof ENVELOPE_LAYOUTS)[number];
  readonly copies: number;
  readonly recipientId: string | null;
  readonly attention: string | null;
  readonly securityBag: string | null;
  readonly consignment: string | null;
}

/** Kuvert i kuvert: one job for the printer. Needs the printer cleared as well as the carriage. */
export function byEnvelope(
  vault: Vault,
  rules: RulePack,
  formId: string,
  order: EnvelopeOrder,
  run: RunTask = runHere,
): WayOut {
  let carriage: Carriage = order.carriage ?? 'rek';
  let recipientId: string | null = null;
  return {
    name: 'kuvert',
    channels(document, decided) {
      carriage = order.carriage ?? chooseCarriage(document, gatePolicy(vault, rules), decided);
      return ['utskrift', carriage];
    },
    async make(document, clearances, remarks) {
      const today = document.createdAt.slice(0, 'YYYY-MM-DD'.length);
      const incident = getIncident(vault, document.reference as IncidentId);
      const forIncident = rulesForIncident(vault, rules, incident);
      const { recipient, address } = chooseAddress(forIncident, formId, order.recipientId, carriage, today);
      recipientId = recipient.id;
      if (address.status !== 'confirmed') {
        remarks.push(
          `Adressen till ${recipient.name} är ${address.status === 'historical' ? 'historisk' : 'inte bekräftad'}. ` +
            'Ring mottagaren och bekräfta den före avsändning.',
        );
      }
      const organisation = vault.unlockedRooms()[0]?.organisation;
      if (!organisation) throw new SigillError('unlock', 'Lås upp minst ett rum.');
      if (organisation.address.length === 0) {
        remarks.push('Avsändarens postadress saknas; lägg in den med vault settings --address.');
      }
      return makeEnvelopeJob(
        {
          document,
          clearance: only(document, clearances, carriage),
          printClearance: only(document, clearances, 'utskrift'),
          copies: order.copies,
          sender: organisation,
          recipient: {
            name: recipient.name,
            lines: address.lines,
            status: address.status,
            note: address.note ?? null,
            ...(order.attention === null ? {} : { attention: order.attention }),
          },
          carriage,
          layout: order.layout,
          ...(order.securityBag === null ? {} : { securityBag: order.securityBag }),
          ...(order.consignment === null ? {} : { consignment: order.consignment }),
          at: new Date(document.createdAt),
          createdBy: document.author,
        },
        (drawing) => run('drawEnvelopes', drawing),
      );
    },
    receipt: () => ({
      carriage,
      recipient: recipientId,
      copies: order.copies,
      securityBag: order.securityBag,
      consignment: order.consignment,
    }),
  };
}

/** On paper through the system's dialog: the pages of the report, in memory only. */
export function byPrint(run: RunTask = runHere): WayOut {
  return {
    name: 'utskrift',
    channels: () => ['utskrift'],
    async make(document, clearances) {
      only(document, clearances, 'utskrift');
      return [{ name: `rapport-${document.reference}.pdf`, bytes: await run('reportPdf', { document }) }];
    },
    receipt: () => ({}),
  };
}

/** Without the unit after the comma: a unit named for säkerhetsskydd tells what is inside. */
function nameOnEnvelope(recipient: Recipient): string {
  return recipient.name.split(',', 1)[0] ?? recipient.name;
}

const STATUS_ORDER = ['confirmed', 'unconfirmed', 'historical'];

/**
 * The address for a carriage: of those in force today the surest one, and among equals one that is meant for this carriage. A person who
 * delivers by hand is told where by the recipient: without an address on record the name alone stands on the envelope.
 * @throws SigillError `usage` where no recipient of the form has a postal address
 */
function chooseAddress(
  rules: RulePack,
  formId: string,
  recipientId: string | null,
  carriage: Carriage,
  today: string,
): { recipient: Recipient; address: Pick<Address, 'lines' | 'status' | 'note'> } {
  const ids = recipientId === null ? requireForm(rules, formId).recipients : [recipientId];
  const recipients = ids.map((id) => {
    const recipient = rules.recipients.get(id);
    if (!recipient) {
      throw new SigillError('usage', `Mottagaren ${id} finns inte.`, [
        `Välj en av: ${[...rules.recipients.keys()].join(', ')}`,
      ]);
    }
    return recipient;
  });
  const byHand = carriage === 'personlig-leverans';
  const candidates = recipients.flatMap((recipient) =>
    recipient.addresses
      .filter(({ type }) => type === carriage || (type === 'post' && !byHand))
      .filter(({ validFrom, validTo }) => (validFrom ?? today) <= today && today <= (validTo ?? today))
      .map((address) => ({ recipient, address })),
  );
  candidates.sort(
    (one, other) =>
      STATUS_ORDER.indexOf(one.address.status) - STATUS_ORDER.indexOf(other.address.status) ||
      Number(one.address.type === 'post') - Number(other.address.type === 'post'),
  );
  const [first] = candidates;
  if (first) return first;
  const [recipient] = recipients;
  if (byHand && recipient) {
    const note = 'Avlämningsställe saknas. Kom överens med mottagaren per telefon om plats och tid.';
    return { recipient, address: { lines: [nameOnEnvelope(recipient)], status: 'unconfirmed', note } };
  }
  throw new SigillError(
    'usage',
    `Ingen av formulärets mottagare har en adress för ${carriage}. Välj mottagare (--recipient).`,
  );
}
