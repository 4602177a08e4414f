import { designationOf, NO_DETAILS, possibleMoves, type IncomingKind } from '../../shared/domain/register.ts';
import { SigillError } from '../../shared/domain/error.ts';
import type { IncidentId } from '../../shared/domain/incident.ts';
import type { Level } from '../../shared/domain/marking.ts';
import { roomOf, type Room } from '../../shared/domain/room.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { requireBelowCeiling } from '../incidents/items.ts';
import { findIncident } from '../incidents/repository.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/session.ts';
import { numbersOf, planNumber, requireEntry } from './numbering.ts';
import {
  copiesOf,
  eventsOfCopy,
  insertCopy,
  insertEntry,
  listEntries,
  type ListedEntry,
} from './repository.ts';
import { moveCopy } from './service.ts';
import { viewEntry, type EntryView } from './view.ts';

/** A paper that has come in, as the registrar writes it down. What it says is not stored: it lies in the cupboard. */
export interface IncomingOrder {
  readonly incidentId: IncidentId;
  readonly kind: IncomingKind;
  /** ISO 8601. */
  readonly cameAt: string;
  /** Which decides the room. A kvittens that tells nothing is open. */
  readonly level: Level;
  /** From whom. */
  readonly sender: string;
  /** In a few words; null: what it came in as. */
  readonly summary: string | null;
  /** The serial, in the same room, of the document that it answers or is the kvittens of. */
  readonly answers: number | null;
  /** Of which copy it is the kvittens; null: of the only one that is waited for. */
  readonly copy: number | null;
}

const LONGEST = 500;

/** The paper as it stands in the register, and what it ended the waiting for. */
export interface Incoming {
  readonly entry: EntryView;
  /** The numbers of the copies that it is the kvittens of; none where nobody waited for one. */
  readonly receipted: readonly string[];
}

/**
 * Numbers a paper that has come in, in the same series as those that go out, with a copy that is followed as any other. A
 * kvittens for a document also tells it of the copy that it is for: each copy has a sheet of its own.
 * @throws SigillError `usage` for an incident that the room does not know, an exercise, a time in the future, a document
 *   that is not there, or a kvittens that may be of several copies; `policy` above the ceiling; `unlock`. Nothing is stored then.
 */
export function registerIncoming(vault: Vault, rules: RulePack, order: IncomingOrder): Incoming {
  requireBelowCeiling(vault, order.level);
  const room = roomOf(order.level);
  const unlocked = vault.requireRoom<Room>(room);
  const { store } = unlocked;
  requireIncident(vault, room, order.incidentId);
  const sender = order.sender.normalize('NFC').trim();
  const summary = order.summary?.normalize('NFC').trim() || null;
  if (sender === '') throw new SigillError('usage', 'Skriv från vem handlingen kommer.');
  if (sender.length > LONGEST || (summary ?? '').length > LONGEST) {
    throw new SigillError('usage', `Skriv kortare: högst ${LONGEST} tecken i varje fält.`);
  }
  const cameAt = new Date(order.cameAt);
  if (Number.isNaN(cameAt.getTime()) || cameAt.getTime() > vault.now().getTime()) {
    throw new SigillError('usage', 'Tidpunkten ligger i framtiden. Skriv när handlingen kom in.');
  }
  const answered = order.answers === null ? null : requireEntry(store, order.answers);
  if (answered !== null && answered.list !== null) {
    throw new SigillError(
      'usage',
      'Den handlingen är en lista ur registret och hör inte till någon incident. Registrera kvittensen på listans exemplar.',
    );
  }
  if (answered !== null && answered.incidentId !== order.incidentId) {
    throw new SigillError('usage', 'Den handlingen hör till en annan incident. Välj en av samma incident.');
  }
  if (answered?.withheld === true) {
    throw new SigillError(
      'usage',
      'Uppgifterna om den handlingen hålls åtskilda: den står i skyddade rummets register med sitt tidigare nummer. Lås upp det rummet ' +
        'och registrera pappret där, så att rätt exemplar blir kvitterat. Inget har registrerats.',
    );
  }
  const numbering = planNumber(vault, unlocked, order.incidentId, 1);
  const { serial, codes, pattern, diary, year, copies } = numbering;
  const receipted =
    order.kind === 'kvittens' && answered !== null ? receiptedBy(store, answered, order.copy) : [];
  const designation = designationOf(numbering, 1);
  vault.transaction(unlocked, () => {
    // First what may be refused: a kvittens before the document was handed out is none of it, and then of no copy.
    for (const { code } of receipted) {
      moveCopy(vault, code, 'receipt', cameAt.toISOString(), {
        ...NO_DETAILS,
        note: `Kvittens ${designation}`,
      });
    }
    insertEntry(store, {
      ...{ serial, dispatchId: null, incidentId: order.incidentId, pattern, diary, year, copies },
      level: order.level,
      registeredAt: vault.now().toISOString(),
      registeredBy: unlocked.actor.name,
      correspondent: sender,
      summary,
      omitCorrespondent: order.level !== 'oppen',
      omitSummary: order.level !== 'oppen',
      withheld: false,
      cameAt: cameAt.toISOString(),
      incomingKind: order.kind,
      answersSerial: order.answers,
      basis: [],
      formerly: null,
      list: null,
    });
    codes.forEach((code, index) => insertCopy(store, { code, serial, number: index + 1 }));
    vault.audit(unlocked, 'register.incoming', order.incidentId, {
      ...{ register: serial, number: designationOf(numbering), kind: order.kind, copies: codes },
      ...{ answers: order.answers, cameAt: cameAt.toISOString() },
    });
  });
  return {
    entry: viewEntry(store, rules, requireEntry(store, serial)),
    receipted: answered === null ? [] : receipted.map(({ number }) => designationOf(answered, number)),
  };
}

/**
 * The copies that a kvittens ends the waiting for: one, or none where it is not waited for.
 * @throws SigillError `usage` where several are waited for and it is not said which one it is
 */
function receiptedBy(
  store: Store<Room>,
  { serial, copies }: Pick<ListedEntry, 'serial' | 'copies'>,
  copy: number | null,
): readonly { readonly code: string; readonly number: number }[] {
  if (copy !== null && (copy < 1 || copy > copies)) {
    throw new SigillError(
      'usage',
      `Handlingen har exemplar 1 till ${copies}. Skriv vilket kvittensen gäller.`,
    );
  }
  const waiting = copiesOf(store, serial).filter(({ code }) =>
    possibleMoves({ events: eventsOfCopy(store, code) }).includes('receipt'),
  );
  if (copy !== null) return waiting.filter(({ number }) => number === copy);
  if (waiting.length <= 1) return waiting;
  throw new SigillError(
    'usage',
    `${waiting.length} exemplar av handlingen väntar på kvittens. Skriv vilket exemplar kvittensen gäller: det står på den. ` +
      'De andra bevakas vidare.',
    [],
    '--answers med exemplaret efter kolon, till exempel 2026-17/001:2/2',
  );
}

/** An exercise is not in the diary (domain.md §12.5 p. 16), and neither is what belongs to no incident of the room. */
function requireIncident(vault: Vault, room: Room, id: IncidentId): void {
  const incident = findIncident(vault.requireRoom<Room>(room).store, id);
  if (!incident) {
    throw new SigillError(
      'usage',
      room === 'protected'
        ? 'Incidenten har ingen del i skyddade rummet. Skriv först en rad i händelseloggen med handlingens märkning.'
        : 'Incidenten finns inte. Välj en som finns.',
    );
  }
  if (incident.exercise) throw new SigillError('usage', 'En övning registreras inte i diariet.');
}

/** What a designation stands for in the register of a room. */
export interface Designated {
  readonly serial: number;
  /** The copy after the colon; null where none stands there. */
  readonly copy: number | null;
}

/** @returns null where no document of the room has it */
export function findDesignation(vault: Vault, room: Room, designation: string): Designated | null {
  const wanted = designation.normalize('NFC').trim();
  for (const entry of listEntries(vault.requireRoom<Room>(room).store)) {
    for (const numbered of numbersOf(entry)) {
      if (designationOf(numbered) === wanted) return { serial: entry.serial, copy: null };
      for (let copy = 1; copy <= entry.copies; copy += 1) {
        if (designationOf(numbered, copy) === wanted) return { serial: entry.serial, copy };
      }
    }
  }
  return null;
}
