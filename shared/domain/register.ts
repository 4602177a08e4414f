import type { DispatchWay } from './dispatch.ts';
import type { Room } from './room.ts';
import { Temporal } from 'temporal-polyfill';
import { isProtectedLevel, LEVEL_NAME, type Level } from './marking.ts';
import { mayBeSameName, saysSomething } from './names.ts';
import type { Confidence } from './rules.ts';

/**
 * The register of documents: what a number looks like, what may become of a copy, and who must have it counted. Pure
 * functions and data; domain.md §4.5. What no source could be found for is marked `unconfirmed` and says so to the person.
 */

export const COPY_STATES = ['skapad', 'utlamnad', 'ater', 'forstord', 'arkiverad', 'saknad'] as const;
export type CopyState = (typeof COPY_STATES)[number];

export const COPY_STATE_NAME: Readonly<Record<CopyState, string>> = {
  skapad: 'Skapat',
  utlamnad: 'Utlämnat',
  ater: 'Åter',
  forstord: 'Förstört',
  arkiverad: 'Arkiverat',
  saknad: 'Saknas',
};

export const COPY_MOVES = [
  'hand-out',
  'receipt',
  'return',
  'archive',
  'take-out',
  'destroy',
  'miss',
  'find',
  'correct',
] as const;
export type CopyMove = (typeof COPY_MOVES)[number];

/** What a document that comes in is to one that went out. */
export const INCOMING_KINDS = ['kvittens', 'svar', 'annat'] as const;
export type IncomingKind = (typeof INCOMING_KINDS)[number];
export const INCOMING_KIND_NAME: Readonly<Record<IncomingKind, string>> = {
  kvittens: 'Kvittens',
  svar: 'Svar',
  annat: 'Annan inkommen handling',
};

export interface MoveRule {
  readonly name: string;
  readonly from: readonly CopyState[];
  readonly to: CopyState;
  readonly source: string;
  readonly confidence: Confidence;
}

/**
 * Which state may follow which, and on what that rests. PMFS 2022:1 could not be read: where a routine or a general principle is
 * all there is, the confidence says so.
 */
export const MOVE_RULES: Readonly<Record<CopyMove, MoveRule>> = {
  'hand-out': {
    name: 'Lämna ut',
    from: ['skapad', 'ater'],
    to: 'utlamnad',
    source:
      'Kommunal rutin: exemplar lämnas ut till namngiven behörig mottagare (jfr 2 kap. 2 § SSF 2021:955)',
    confidence: 'secondary',
  },
  receipt: {
    name: 'Kvittens mottagen',
    from: ['utlamnad'],
    to: 'utlamnad',
    source: 'Kommunal rutin: varje utlämnande kvitteras; saknad kvittens anmäls genast',
    confidence: 'secondary',
  },
  return: {
    name: 'Återlämnat',
    from: ['utlamnad'],
    to: 'ater',
    source: 'Kommunal rutin: återlämnat exemplar stryks i diariet med datum',
    confidence: 'secondary',
  },
  archive: {
    name: 'Arkivera',
    from: ['skapad', 'ater'],
    to: 'arkiverad',
    source: 'Kommunal rutin: egen arkivserie',
    confidence: 'secondary',
  },
  'take-out': {
    name: 'Ta fram ur arkivet',
    from: ['arkiverad'],
    to: 'ater',
    source: 'Ingen källa hittad; följer av att arkiverade exemplar kan behövas igen',
    confidence: 'unconfirmed',
  },
  destroy: {
    name: 'Förstör',
    from: ['skapad', 'ater', 'arkiverad'],
    to: 'forstord',
    source:
      'Destruktionsliggare enligt kommunal rutin och FRO-kort (signalskydd). Krav på vittne: ingen källa hittad',
    confidence: 'unconfirmed',
  },
  miss: {
    name: 'Saknas',
    from: ['skapad', 'utlamnad', 'ater', 'arkiverad'],
    to: 'saknad',
    source: 'Kommunal rutin: förlorad kontroll anmäls genast till säkerhetsskyddschefen',
    confidence: 'secondary',
  },
  find: {
    name: 'Återfunnet',
    from: ['saknad'],
    to: 'ater',
    source: 'Ingen källa hittad; händelseförloppet ska ändå utredas',
    confidence: 'unconfirmed',
  },
  correct: {
    name: 'Rätta: exemplaret är inte förstört',
    from: ['forstord'],
    to: 'ater',
    source: 'Ingen källa hittad; den felaktiga raden stryks i destruktionsliggaren och står kvar läsbar',
    confidence: 'unconfirmed',
  },
};

/** What a row of a copy's history says happened; the names of the rules are what a person does. */
export const MOVE_DONE: Readonly<Record<CopyMove, string>> = {
  'hand-out': 'Utlämnat',
  receipt: 'Kvittens mottagen',
  return: 'Återlämnat',
  archive: 'Arkiverat',
  'take-out': 'Framtaget ur arkivet',
  destroy: 'Förstört',
  miss: 'Saknas',
  find: 'Återfunnet',
  correct: 'Rättat: exemplaret är inte förstört',
};

/** How a copy or a medium is made to be no more. */
export const DESTRUCTION_WAYS = {
  dokumentforstorare: 'Dokumentförstörare',
  branning: 'Bränning',
  radering: 'Radering',
  skrotning: 'Mekanisk förstöring',
  'aldrig-framstallt': 'Blev aldrig framställt (makulerat före utskrift)',
  annat: 'Annat sätt',
} as const;
export type DestructionWay = keyof typeof DESTRUCTION_WAYS;

/** Printed nowhere, and so there is nothing to put through a machine. */
export const NEVER_MADE: DestructionWay = 'aldrig-framstallt';

/** @returns whether it can be said of a copy that it was never made: nobody has handled it. */
export function mayHaveNeverBeenMade({ events }: Pick<CopyCourse, 'events'>): boolean {
  return events.length === 0;
}

/** What is told of a move beside its time. Empty texts count as not given. */
export interface MoveDetails {
  /** To whom it is handed out. */
  readonly holder: string | null;
  /** Handed out to somebody outside the organisation: it is then theirs to count. */
  readonly external: boolean;
  readonly how: DestructionWay | null;
  /** Somebody else than the one who destroys. */
  readonly witness: string | null;
  /** Why it is missing, where it was found, the decision to weed … */
  readonly note: string | null;
}

export const NO_DETAILS: MoveDetails = {
  holder: null,
  external: false,
  how: null,
  witness: null,
  note: null,
};

/** What has become of a copy so far. */
export interface CopyCourse {
  readonly level: Level;
  readonly createdAt: string;
  /** The rows of the register, in order. */
  readonly events: readonly { readonly move: CopyMove; readonly state: CopyState; readonly at: string }[];
}

/** @returns what the copy is now */
export function copyState({ events }: Pick<CopyCourse, 'events'>): CopyState {
  return events.at(-1)?.state ?? 'skapad';
}

/** @returns whether it is handed out, and nobody has acknowledged that; and since when. */
export function receiptOutstandingSince({ events }: Pick<CopyCourse, 'events'>): string | null {
  const last = events.at(-1);
  return last?.move === 'hand-out' ? last.at : null;
}

/** Which moves can be told now. A kvittens is given once for each handing out. */
export function possibleMoves(course: Pick<CopyCourse, 'events'>): readonly CopyMove[] {
  const state = copyState(course);
  return COPY_MOVES.filter(
    (move) =>
      MOVE_RULES[move].from.includes(state) &&
      (move !== 'receipt' || receiptOutstandingSince(course) !== null),
  );
}

const toMinute = (instant: string): number => Math.floor(Date.parse(instant) / 60_000);
/** First name and surname, or rank and name: whoever reads the record in ten years must know who it was. */
const isWholeName = (text: string | null): boolean =>
  ((text ?? '').match(/\p{L}[\p{L}\p{M}'’-]+/gu) ?? []).length >= 2;

/**
 * Why a move cannot be told, in Swedish, with what to do; null where it can. Times are compared by the minute.
 * @param by the name of the one who tells it, who cannot be her own witness
 * @param now ISO 8601 instant
 */
export function whyNotMove(
  course: CopyCourse,
  move: CopyMove,
  at: string,
  details: MoveDetails,
  by: string,
  now: string,
): string | null {
  if (!possibleMoves(course).includes(move)) return outOfOrder(course, move);
  if (toMinute(at) > toMinute(now)) return 'Tidpunkten ligger i framtiden. Skriv när det skedde.';
  if (toMinute(at) < toMinute(course.events.at(-1)?.at ?? course.createdAt)) {
    return 'Tidpunkten ligger före den förra händelsen för exemplaret. Skriv när det skedde.';
  }
  if (move === 'hand-out' && !saysSomething(details.holder)) return 'Skriv till vem exemplaret lämnas ut.';
  if (move === 'destroy') return whyNotDestroy(course, details, by);
  const needed = NOTE_NEEDED[move];
  return needed !== undefined && !saysSomething(details.note) ? needed : null;
}

/** What the note must tell, of a move that is nothing without it. */
const NOTE_NEEDED: Readonly<Partial<Record<CopyMove, string>>> = {
  miss: 'Skriv vad som är känt om det som saknas.',
  find: 'Skriv var exemplaret återfanns.',
  correct: 'Skriv varför förstöringen registrerades fel och var exemplaret finns.',
};

/** True where a move cannot be told without a note. */
export function needsNote(move: CopyMove): boolean {
  return NOTE_NEEDED[move] !== undefined;
}

function whyNotDestroy(course: CopyCourse, { how, witness, note }: MoveDetails, by: string): string | null {
  if (how === null) return 'Välj hur exemplaret förstörs.';
  if (!mayHaveNeverBeenMade(course) && how === NEVER_MADE) {
    return 'Det har redan hänt något med exemplaret, så det har funnits på papper. Välj hur det förstördes.';
  }
  if (how === 'annat' && !saysSomething(note)) return 'Skriv hur exemplaret förstörs.';
  if (copyState(course) === 'arkiverad' && !saysSomething(note)) {
    return 'Ett arkiverat exemplar förstörs bara efter gallringsbeslut. Skriv vilket beslut.';
  }
  return whyNotWitness(course.level, witness, by);
}

/** Who watches a destruction: asked for where the content is classified [U], and never the one who destroys. */
export function whyNotWitness(level: Level, witness: string | null, by: string): string | null {
  if (isProtectedLevel(level) && !saysSomething(witness)) {
    return `Skriv vem som bevittnar förstöringen: det som förstörs är ${LEVEL_NAME[level]}.`;
  }
  if (witness !== null && saysSomething(witness) && mayBeSameName(witness, by)) {
    return 'Vittnet måste vara någon annan än den som förstör. Är det en annan person? Skriv hela namnet.';
  }
  if ((witness ?? '').trim() !== '' && !isWholeName(witness))
    return 'Skriv vittnets hela namn: förnamn och efternamn.';
  return null;
}

function outOfOrder(course: CopyCourse, move: CopyMove): string {
  const state = copyState(course);
  if (move === 'receipt' && state === 'utlamnad') return 'Kvittensen är redan registrerad för utlämnandet.';
  if (state === 'forstord')
    return 'Exemplaret är förstört. Registrerades det av misstag? Välj i så fall att rätta det först.';
  if (state === 'saknad') return 'Exemplaret saknas. Registrera först att det är återfunnet.';
  if (state === 'utlamnad') return 'Exemplaret är utlämnat. Registrera först att det är återlämnat.';
  return `Exemplaret är inte i det läget: ${COPY_STATE_NAME[state].toLocaleLowerCase('sv')}. Välj något annat.`;
}

/**
 * The number of a document, where `{exemplar}` and `{antal}` are the copy's. The protected register's is that of a secret diary
 * (domain.md §4.5: dnr/hemligt löpnr). Each register counts for itself, and neither may be told what the other has come to: so
 * the open one has a letter of its own, or an open paper and a classified one of one matter would bear the same number.
 */
export const DEFAULT_PATTERN: Readonly<Record<Room, string>> = {
  open: '{dnr}/Ö{löpnr}:{exemplar}/{antal}',
  protected: '{dnr}/{löpnr}:{exemplar}/{antal}',
};
export const PATTERN_TOKENS = ['dnr', 'löpnr', 'exemplar', 'antal', 'år'] as const;
const NEEDED_TOKENS = ['löpnr', 'exemplar'] as const;
const LONGEST_PATTERN = 80;
const SERIAL_WIDTH = 3;

/** Why a pattern cannot be used, in Swedish; null where it can. Without serial and copy two papers could look the same. */
export function whyNotPattern(pattern: string): string | null {
  if (pattern.length > LONGEST_PATTERN) return `Mönstret får ha högst ${LONGEST_PATTERN} tecken.`;
  const tokens = [...pattern.matchAll(/\{([^{}]*)\}/g)].map(([, token = '']) => token);
  const unknown = tokens.find((token) => !(PATTERN_TOKENS as readonly string[]).includes(token));
  if (unknown !== undefined) {
    return `{${unknown}} finns inte. Använd ${PATTERN_TOKENS.map((token) => `{${token}}`).join(', ')}.`;
  }
  const missing = NEEDED_TOKENS.find((token) => !tokens.includes(token));
  if (missing !== undefined) return `{${missing}} måste vara med: annars kan två papper få samma nummer.`;
  // Next to each other without a sign between, 1 and 11 read as 11 and 1.
  if (/\}\{/.test(pattern)) return 'Skriv ett tecken mellan delarna, till exempel / eller :.';
  return /^[\p{L}\p{N}{}/:.\-–_ ]+$/u.test(pattern)
    ? null
    : 'Använd bara bokstäver, siffror, mellanslag och / : . - – _ mellan delarna.';
}

export interface Designation {
  readonly pattern: string;
  /** Diarienummer, or the incident's neutral reference where none is given. */
  readonly diary: string;
  readonly serial: number;
  readonly year: number;
  readonly copies: number;
}

/** "K7M2-9QXA-4D1F/001:1/2" for a copy; without one, the part before its number: "K7M2-9QXA-4D1F/001". */
export function designationOf(document: Designation, copy: number | null = null): string {
  const values: Readonly<Record<string, string>> = {
    dnr: document.diary,
    löpnr: String(document.serial).padStart(SERIAL_WIDTH, '0'),
    år: String(document.year),
    exemplar: copy === null ? '' : String(copy),
    antal: copy === null ? '' : String(document.copies),
  };
  // In one pass: a diary number that looks like a token is no token.
  const text = document.pattern.replace(/\{([^{}]*)\}/g, (_whole, token: string) => values[token] ?? '');
  return copy === null ? text.replace(/[/:.\-–_ ]+$/, '').replace(/^[/:.\-–_ ]+/, '') : text;
}

/** The random name of a copy or medium, as it stands in its QR code: tells nothing. */
export const CODE_PATTERN = /^[0-9A-HJKMNP-TV-Z]{12}$/;

/** What a scanner or a person wrote, as a code; null where it is none. Scanners may be set to small letters. */
export function readCode(text: string): string | null {
  const code = text.replace(/[\s-]/g, '').toUpperCase();
  return CODE_PATTERN.test(code) ? code : null;
}

/** How often copies of a level are to be counted, where it is known (domain.md §4.5). */
export const INVENTORY_RULES: Readonly<
  Partial<
    Record<
      Level,
      { readonly months: number | null; readonly source: string; readonly confidence: Confidence }
    >
  >
> = {
  'kvalificerat-hemlig': {
    months: 12,
    source: '3 kap. 8 § säkerhetsskyddsförordningen (2021:955): minst en gång per år',
    confidence: 'statute',
  },
  hemlig: { months: null, source: 'PMFS 2022:1 (inte läst)', confidence: 'unconfirmed' },
  konfidentiell: { months: null, source: 'PMFS 2022:1 (inte läst)', confidence: 'unconfirmed' },
};

/** When copies are to have been counted, and by what rule. */
export interface InventoryDue {
  /** "2027-11-22" */
  readonly date: string;
  readonly level: Level;
  readonly months: number;
  readonly source: string;
  readonly confidence: Confidence | 'own';
}

/**
 * The first day by which copies of a room are to have been counted, where any rule says so: kvalificerat hemlig by the law,
 * what is below by the organisation's own rule where it has one.
 * @param levels of the copies that are to be counted, with the day ("2026-11-22") since when they have been there
 * @param last the day of the last inventory that was finished; null where none has been
 * @param ownMonths the organisation's own rule for what is below kvalificerat hemlig; null: none
 */
export function inventoryDue(
  levels: readonly { readonly level: Level; readonly since: string }[],
  last: string | null,
  ownMonths: number | null,
): InventoryDue | null {
  const due = levels.flatMap(({ level, since }): InventoryDue[] => {
    const rule = INVENTORY_RULES[level];
    // What came after the last inventory has not been counted, and is not late before it came.
    const from = last !== null && last > since ? last : since;
    if (rule?.months) {
      const { months, source, confidence } = rule;
      return [{ date: monthsAfter(from, months), level, months, source, confidence }];
    }
    if (ownMonths === null) return [];
    const own = { months: ownMonths, source: 'Organisationens egen regel', confidence: 'own' as const };
    return [{ date: monthsAfter(from, ownMonths), level, ...own }];
  });
  return due.reduce<InventoryDue | null>(
    (first, one) => (first === null || one.date < first.date ? one : first),
    null,
  );
}

/** A month without that day ends on its last one: 31 January and one month is 28 February. */
function monthsAfter(date: string, months: number): string {
  return Temporal.PlainDate.from(date).add({ months }).toString();
}

/**
 * Is a copy to be counted here? What is in the house or with somebody in it is; what is destroyed, is with another
 * organisation or is known to be missing is not. Of what is archived only kvalificerat hemlig is counted (3 kap. 8 § SSF).
 */
export function isCounted({
  level,
  state,
  external,
  way,
}: {
  readonly level: Level;
  readonly state: CopyState;
  readonly external: boolean;
  /** Which way its document goes; null for what came in. */
  readonly way: DispatchWay | null;
}): boolean {
  // A file that waits to be sent is no paper that anybody can hold up.
  if (state === 'skapad' && (way === 'epost' || way === 'signalskydd' || way === 'portal')) return false;
  if (state === 'arkiverad') return level === 'kvalificerat-hemlig';
  return state === 'skapad' || state === 'ater' || (state === 'utlamnad' && !external);
}

export const MEDIUM_KINDS = {
  usb: 'USB-minne',
  disk: 'Hårddisk',
  skiva: 'Optisk skiva',
  minneskort: 'Minneskort',
  annat: 'Annat medium',
} as const;
export type MediumKind = keyof typeof MEDIUM_KINDS;

export const MEDIUM_EVENTS = ['written', 'wiped', 'destroyed', 'missing', 'found'] as const;
export type MediumEvent = (typeof MEDIUM_EVENTS)[number];
export const MEDIUM_EVENT_NAME: Readonly<Record<MediumEvent, string>> = {
  written: 'Skrivet till',
  wiped: 'Raderat',
  destroyed: 'Förstört',
  missing: 'Saknas',
  found: 'Återfunnet',
};

/** What can be told of a medium now. A wiped one keeps its class: that it may be lowered no source says [U]. */
export function possibleMediumEvents(
  events: readonly { readonly event: MediumEvent }[],
): readonly MediumEvent[] {
  const last = events.at(-1)?.event;
  if (last === 'destroyed') return [];
  if (last === 'missing') return ['found'];
  return MEDIUM_EVENTS.filter((event) => event !== 'found');
}
