import { SigillError } from '../../shared/domain/error.ts';
import { formatFingerprint, inspectPublicKey } from '../keys/inspect.ts';
import { findOwnKey, listKeys, type StoredKey } from '../keys/repository.ts';
import { requireCompared } from '../keys/require-compared.ts';
import { warnOfSender } from '../../shared/domain/key-warnings.ts';
import { OPENPGP_WARNING_TEXT } from '../../shared/domain/standard-text.ts';
import type { IncidentId } from '../../shared/domain/incident.ts';
import { withDesignation, type ReportDocument } from '../../shared/domain/report.ts';
import type { Carriage, EnvelopeLayout } from '../../shared/domain/packing.ts';
import type { Channel, RulePack, TransferProfile } from '../../shared/domain/rules.ts';
import type { TransferFormat } from '../../shared/domain/transfer-profile.ts';
import { attachmentRemarks, withAttachments, type Attachment } from '../export/email/attachments.ts';
import { makeEmailExport } from '../export/email/epost.ts';
import { makeEnvelopeJob } from '../export/envelope/envelope-job.ts';
import { makeWorkshop } from '../export/files.ts';
import { requireClearance, type Clearance } from '../export/gate.ts';
import { makeSignalskyddPackage } from '../export/signalskydd/package.ts';
import type { Numbering } from '../register/numbering.ts';
import type { ReportStamp } from '../reports/pdf.ts';
import { designationOf } from '../../shared/domain/register.ts';
import { getIncident } from '../incidents/service.ts';
import { rulesForIncident, rulesInForce } from '../packs/for-incident.ts';
import { renderJson } from '../reports/json.ts';
import { renderText } from '../reports/text.ts';
import type { Vault } from '../vault/session.ts';
import { runHere, type RunTask } from '../workers/tasks.ts';
import { boundKeys, mailDestination } from './bound-keys.ts';
import { chooseCarriage } from './carriage.ts';
import {
  checkedWords,
  chooseAddress,
  requireConfirmed,
  STATUS_WORD,
  type ChosenAddress,
} from './choose-address.ts';
import type { WayOut } from './dispatch.ts';
import { gatePolicy } from './make-report.ts';
import { requirePrinter } from './printers.ts';

/** What the register says of the one copy that is made; nothing of a draft. */
function stampOf(numbering: Numbering | null): ReportStamp {
  if (!numbering) return {};
  const [code] = numbering.codes;
  return {
    designation: designationOf(numbering, 1),
    copy: { number: 1, of: numbering.copies },
    ...(code === undefined ? {} : { code }),
  };
}

async function renderAll(
  document: ReportDocument,
  run: RunTask,
  stamp: ReportStamp,
): Promise<{ text: string; pdf: Uint8Array; json: Uint8Array }> {
  return {
    text: renderText(document),
    pdf: await run('reportPdf', { document, stamp }),
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

/** Files along with a mail, and the folder that it is made for: what is streamed is made beside it. */
interface FilesAlong {
  readonly attachments: readonly Attachment[];
  readonly out: string;
}

/**
 * OpenPGP e-mail to verified keys, signed and also encrypted to our own key. It goes to the address that the key has been
 * chosen for, where it has.
 * @param fingerprints which keys; empty: those of the form's recipients, else the one verified key there is
 * @param run where the heavy work is done
 * @param along files that go with the report: they stand in the document, and so before the gate
 */
export function byEmail(
  vault: Vault,
  rules: RulePack,
  fingerprints: readonly string[],
  run: RunTask = runHere,
  along: FilesAlong | null = null,
): WayOut {
  const open = vault.requireRoom('open');
  let recipients: StoredKey[] = [];
  let workshop: ReturnType<typeof makeWorkshop> | null = null;
  return {
    name: 'epost',
    extend: (document) => withAttachments(document, along?.attachments ?? []),
    cleanUp: () => workshop?.discard(),
    channels: () => ['epost'],
    async make(document, clearances, remarks, numbering) {
      const clearance = only(document, clearances, 'epost');
      // What is öppet needs no warning, and one that always stands there is read by nobody.
      if (clearance.answer.answer !== 'allowed') remarks.push(OPENPGP_WARNING_TEXT);
      const asked = fingerprints.length > 0 ? fingerprints : boundKeys(vault, rules, document.form.id);
      const keys = listKeys(open.store);
      recipients = await chooseRecipients(keys, asked, vault.now(), remarks);
      const mail = recipients.map((key) => mailDestination(vault, rules, document.form.id, key));
      remarks.push(...mail.flatMap((one) => one.remarks));
      const ownKey = findOwnKey(open.store);
      if (!ownKey) {
        throw new SigillError(
          'usage',
          'Det finns ingen egen nyckel att signera med. Skapa en: key create-own.',
        );
      }
      remarks.push(...warnOfSender(keys, open.organisation.email));
      if (along && along.attachments.length > 0) {
        remarks.push(...attachmentRemarks(along.attachments));
        workshop = makeWorkshop(along.out);
      }
      return makeEmailExport(
        {
          ...(workshop ? { attachments: { files: along?.attachments ?? [], workshop: workshop.path } } : {}),
          document,
          clearance,
          rendered: await renderAll(document, run, stampOf(numbering)),
          recipients: recipients.map(({ fingerprint, armored }) => ({ fingerprint, armored })),
          ownKey,
          from: { name: open.organisation.name, email: open.organisation.email },
          to: mail.flatMap(({ address }) => address ?? []),
          at: new Date(document.createdAt),
        },
        (job) => run('sealMail', job),
      );
    },
    receipt: () => ({
      recipients: recipients.map(({ fingerprint }) => fingerprint),
      recipientNames: recipients.map(
        ({ emails, userIds, fingerprint }) => emails[0] ?? userIds[0] ?? fingerprint,
      ),
    }),
  };
}

async function chooseRecipients(
  keys: readonly StoredKey[],
  fingerprints: readonly string[],
  at: Date,
  remarks: string[],
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
        ['Läs in nyckeln först. Hela fingeravtrycket anges.'],
        'key import',
      );
    }
    if (!chosen.includes(key)) chosen.push(key);
  }
  if (fingerprints.length === 0) {
    const verified = candidates.filter((key) => key.verifiedAt !== null);
    if (verified.length !== 1)
      throw new SigillError('usage', 'Ange mottagarens nyckel.', [], '--to FINGERAVTRYCK');
    chosen.push(...verified);
  }
  for (const key of chosen) {
    requireCompared(key);
    // A key that was good when it came in may have expired since.
    const { announcesSeipd2, hasModernEncryption } = await inspectPublicKey(key.armored, at);
    if (announcesSeipd2) remarks.push(readableWay(key.fingerprint));
    if (hasModernEncryption && chosen.length > 1) remarks.push(ownLetter(key.fingerprint));
  }
  return chosen;
}

/** A reader of a newer kind among others: a program that does not know it may stop there, and not look for its own. */
function ownLetter(fingerprint: string): string {
  return (
    `Nyckeln ${formatFingerprint(fingerprint)} är av ett nyare slag (X25519 eller X448 enligt RFC 9580). Vissa program kan inte öppna ett brev ` +
    'som också är krypterat till en sådan nyckel: gör hellre ett eget brev till den mottagaren.'
  );
}

/** A key that asks for more than its owner's program may read (RFC 9580 against LibrePGP): what was chosen, and why. */
function readableWay(fingerprint: string): string {
  return (
    `Nyckeln ${formatFingerprint(fingerprint)} ber om ett nyare krypteringssätt (SEIPDv2) som GnuPG inte läser. ` +
    'Brevet är gjort på det sätt som alla OpenPGP-program läser (SEIPDv1 med integritetsskydd).'
  );
}

export interface SignalskyddOrder {
  readonly medium: string | null;
  readonly grade: string | null;
  readonly recipientName: string | null;
  /** Which profile; null: the one for a system that none describes. */
  readonly profile?: string | null;
  /** Which format, where the profile takes one file; null: the one it prefers. */
  readonly format?: TransferFormat | null;
  /** Without its ending; null: rapport. */
  readonly fileName?: string | null;
}

const PROFILE_OF_OTHERS = 'ovrigt';
const NEUTRAL_FILE_NAME = 'rapport';

/**
 * The profiles to choose between: those of the rules in force, with the program's own where a pack from before them is in force.
 */
export function transferProfiles(vault: Vault | null, rules: RulePack): ReadonlyMap<string, TransferProfile> {
  return new Map([...rules.transferProfiles, ...rulesInForce(vault, rules).transferProfiles]);
}

/** A folder for the signalskydd operator, as the profile of the system asks for it. */
export function bySignalskydd(
  vault: Vault,
  rules: RulePack,
  order: SignalskyddOrder,
  run: RunTask = runHere,
): WayOut {
  const profiles = transferProfiles(vault, rules);
  const profile = profiles.get(order.profile ?? PROFILE_OF_OTHERS);
  if (!profile) {
    throw new SigillError('usage', `Profilen ${order.profile ?? ''} finns inte. Välj en av:`, [
      ...profiles.keys(),
    ]);
  }
  return {
    name: 'signalskydd',
    channels: () => ['signalskydd'],
    async make(document, clearances, _remarks, numbering) {
      const { designation, code } = stampOf(numbering);
      const clearance = only(document, clearances, 'signalskydd');
      return makeSignalskyddPackage(
        {
          document,
          clearance,
          profile,
          choice: { format: order.format ?? null, fileName: order.fileName ?? NEUTRAL_FILE_NAME },
          rendered: {
            pdf: await run('reportPdf', {
              document,
              stamp: stampOf(numbering),
              look: { isBlack: profile.formats.isBlack === true },
            }),
            json: renderJson(document),
            text: (layout) => renderText(withDesignation(document, designation), layout),
          },
          transfer: {
            ...(designation === undefined ? {} : { designation }),
            ...(code === undefined ? {} : { code }),
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
    receipt: () => ({
      medium: order.medium,
      grade: order.grade,
      recipient: order.recipientName,
      profile: profile.id,
    }),
  };
}

export interface EnvelopeOrder {
  /** null: the first carriage that the gate allows without a decision, else with one. */
  readonly carriage: Carriage | null;
  readonly layout: EnvelopeLayout;
  /** The name of the printer, as it is among the settings; null: one that puts everything where it should be. */
  readonly printer?: string | null;
  readonly copies: number;
  readonly recipientId: string | null;
  readonly attention: string | null;
  readonly securityBag: string | null;
  readonly consignment: string | null;
  /** Why a label is printed to an address that nobody has confirmed; null: it is not. */
  readonly addressReason: string | null;
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
  let chosen: ChosenAddress | null = null;
  return {
    name: 'kuvert',
    channels(document, decided) {
      carriage = order.carriage ?? chooseCarriage(document, gatePolicy(vault, rules, formId), decided);
      return ['utskrift', carriage];
    },
    copies: order.copies,
    async make(document, clearances, remarks, numbering) {
      const today = document.createdAt.slice(0, 'YYYY-MM-DD'.length);
      const incident = getIncident(vault, document.reference as IncidentId);
      const forIncident = rulesForIncident(vault, rules, incident);
      const printer = requirePrinter(vault, order.printer ?? null);
      const address = chooseAddress(vault, forIncident, formId, order.recipientId, carriage, today);
      const { recipient } = address;
      chosen = address;
      requireConfirmed(address, order.addressReason);
      if (address.status !== 'confirmed') {
        remarks.push(
          `Adressen till ${recipient.name} är ${STATUS_WORD[address.status]}. ` +
            'Ring mottagaren och bekräfta den före avsändning.',
        );
      }
      const organisation = vault.unlockedRooms()[0]?.organisation;
      if (!organisation) throw new SigillError('unlock', 'Lås upp minst ett rum.');
      if (organisation.address.length === 0) {
        remarks.push('Avsändarens postadress saknas; lägg in den bland uppgifterna om organisationen.');
      }
      return makeEnvelopeJob(
        {
          document,
          clearance: only(document, clearances, carriage),
          printClearance: only(document, clearances, 'utskrift'),
          copies: order.copies,
          ...(numbering === null
            ? {}
            : {
                numbered: numbering.codes.map((code, index) => ({
                  code,
                  designation: designationOf(numbering, index + 1),
                })),
              }),
          sender: organisation,
          recipient: {
            name: recipient.name,
            lines: address.lines,
            status: address.status,
            note: address.note,
            checked: checkedWords(address),
            overrideReason: address.status === 'confirmed' ? null : order.addressReason,
            ...(order.attention === null ? {} : { attention: order.attention }),
          },
          carriage,
          layout: order.layout,
          ...(printer === null ? {} : { printer }),
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
      recipient: chosen?.recipient.id ?? null,
      address: chosen && {
        id: chosen.id,
        status: chosen.status,
        check: chosen.check,
        reason: chosen.status === 'confirmed' ? null : order.addressReason,
      },
      copies: order.copies,
      layout: order.layout,
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
    async make(document, clearances, _remarks, numbering) {
      only(document, clearances, 'utskrift');
      const bytes = await run('reportPdf', { document, stamp: stampOf(numbering) });
      return [{ name: `rapport-${document.reference}.pdf`, bytes }];
    },
    receipt: () => ({}),
  };
}
