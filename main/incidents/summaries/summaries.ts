import { SigillError } from '../../../shared/domain/error.ts';
import type { IncidentId, ListedState } from '../../../shared/domain/incident.ts';
import type { Level } from '../../../shared/domain/marking.ts';
import type { Room } from '../../../shared/domain/room.ts';
import type { Store } from '../../store/store.ts';
import type { Vault } from '../../vault/session.ts';
import { listPending } from '../repository.ts';
import {
  changesAfter,
  listHeads,
  listValues,
  watchChanges,
  type HeadRow,
  type ValueRow,
} from './repository.ts';
import { detailOf, headOf, lowerCase, type Detail, type Head } from './summary.ts';

export type SummaryOrder = 'newest' | 'oldest' | 'title' | 'updated';

export interface SummaryFilter {
  /** Every word of it is somewhere in the incident, in the rooms that are open. */
  readonly search: string;
  readonly state: ListedState | null;
  readonly level: Level | null;
  readonly exercise: boolean | null;
  readonly sort: SummaryOrder;
}

export interface SummaryRequest extends SummaryFilter {
  readonly offset: number;
  readonly limit: number;
}

export type Summary = Head & Omit<Detail, 'haystack'>;

export interface SummaryPage {
  /** How many there are in all that the filter lets through. */
  readonly total: number;
  /** How many there are without a filter. */
  readonly all: number;
  readonly rows: readonly Summary[];
}

/** So many at a time, so that nobody who asks for something else has to wait for more than a blink. */
const AT_A_TIME = 100;

const collator = new Intl.Collator('sv', { numeric: true, sensitivity: 'base' });

/**
 * The list of incidents, held in memory while rooms are open: what each row shows and a text to search in. It is never
 * written anywhere. The heads are read at once, so that the newest rows can be shown before the values have been read;
 * the values follow in the background, or when a search needs them. Only what has been changed is read again.
 */
export class Summaries {
  readonly #vault: Vault;
  #stores: readonly Store<Room>[] = [];
  /** The last change of each store that has been taken in. */
  #seen = new Map<Store<Room>, number>();
  #heads = new Map<IncidentId, Head>();
  #details = new Map<IncidentId, Detail>();
  /** Ids in order, one list for each order that has been asked for. */
  #orders = new Map<SummaryOrder, readonly Head[]>();
  #found: { readonly filter: SummaryFilter; readonly heads: readonly Head[] } | null = null;
  #completing: Promise<void> | null = null;

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  /**
   * One page of the list.
   * @throws SigillError `unlock` where a room was locked while the values were being read
   */
  async page(request: SummaryRequest): Promise<SummaryPage> {
    this.#follow();
    if (needsDetails(request) && this.#details.size < this.#heads.size) {
      await this.complete();
      this.#follow();
    }
    const found = this.#find(request);
    const shown = found.slice(request.offset, request.offset + request.limit);
    this.#readDetails(shown.filter(({ id }) => !this.#details.has(id)));
    return {
      total: found.length,
      all: this.#heads.size,
      rows: shown.flatMap((head) => {
        const detail = this.#details.get(head.id);
        if (!detail) return [];
        const { title, marking, updatedAt } = detail;
        return [{ ...head, title, marking, updatedAt }];
      }),
    };
  }

  /** Reads the values of every incident, a few at a time. @throws SigillError `unlock` where a room is locked meanwhile */
  complete(): Promise<void> {
    this.#completing ??= this.#complete().finally(() => {
      this.#completing = null;
    });
    return this.#completing;
  }

  /** Lets go of all that came out of a room that is locked now. */
  forgetLocked(): void {
    if (!this.#isOf(this.#stores)) this.#forget();
  }

  #forget(): void {
    this.#stores = [];
    this.#seen = new Map();
    this.#heads = new Map();
    this.#details = new Map();
    this.#forgetOrder();
  }

  async #complete(): Promise<void> {
    let stores: readonly Store<Room>[] | null = null;
    let missing: readonly Head[] = [];
    let done = 0;
    for (;;) {
      if (this.#vault.unlockedRooms().length === 0) {
        throw new SigillError('unlock', 'Valvet låstes under läsningen. Lås upp det och försök igen.');
      }
      this.#follow();
      if (this.#stores !== stores || done >= missing.length) {
        stores = this.#stores;
        missing = this.#missing();
        done = 0;
        if (missing.length === 0) return;
      }
      this.#readRange(missing.slice(done, done + AT_A_TIME));
      done += AT_A_TIME;
      await new Promise(setImmediate);
    }
  }

  /** By id, as they lie in the database: they are read from one end to the other. */
  #missing(): Head[] {
    return [...this.#heads.values()]
      .filter(({ id }) => !this.#details.has(id))
      .sort((one, other) => compare(one.id, other.id));
  }

  /** The same rooms, not locked and unlocked again since. */
  #isOf(stores: readonly Store<Room>[]): boolean {
    const now = storesOf(this.#vault);
    return now.length === stores.length && now.every((store, index) => store === stores[index]);
  }

  /** Takes in what has been changed since the last question. */
  #follow(): void {
    if (!this.#isOf(this.#stores)) {
      this.#forget();
      this.#stores = storesOf(this.#vault);
      for (const store of this.#stores) {
        watchChanges(store);
        this.#seen.set(store, changesAfter(store, 0).last);
      }
      this.#readHeads();
      return;
    }
    const changed = new Set(this.#stores.flatMap((store) => this.#changesOf(store)));
    if (changed.size === 0) return;
    this.#readHeads();
    for (const id of changed) this.#details.delete(id);
    const isComplete = this.#details.size + changed.size >= this.#heads.size;
    if (isComplete) this.#readDetails([...changed].flatMap((id) => this.#heads.get(id) ?? []));
  }

  #changesOf(store: Store<Room>): IncidentId[] {
    const { ids, last } = changesAfter(store, this.#seen.get(store) ?? 0);
    this.#seen.set(store, last);
    return ids;
  }

  #readHeads(): void {
    const [open, secret] = (['open', 'protected'] as const).map((room) => {
      const store = this.#stores.find((candidate) => candidate.room === room);
      return new Map<IncidentId, HeadRow>(store ? listHeads(store).map((row) => [row.id, row]) : []);
    });
    // What a crash left of an import is no incident.
    for (const id of this.#halfImported()) secret?.delete(id);
    this.#heads = new Map();
    for (const id of new Set([...(open?.keys() ?? []), ...(secret?.keys() ?? [])])) {
      const head = headOf(open?.get(id), secret?.get(id));
      if (head) this.#heads.set(id, head);
    }
    this.#forgetOrder();
  }

  #halfImported(): Set<IncidentId> {
    const secret = this.#vault.room('protected');
    const pending = secret ? listPending(secret.store) : [];
    return new Set(pending.filter(({ kind }) => kind === 'import').map(({ incidentId }) => incidentId));
  }

  #readDetails(heads: readonly Head[]): void {
    for (const head of heads) this.#readRange([head]);
  }

  /** @param heads in order of id; what lies between two of them is read and passed over */
  #readRange(heads: readonly Head[]): void {
    const [from, to] = [heads[0]?.id, heads.at(-1)?.id];
    if (from === undefined || to === undefined) return;
    const half = this.#halfImported();
    const values = new Map<IncidentId, ValueRow[]>(heads.map(({ id }) => [id, []]));
    for (const store of [...this.#stores].sort(protectedFirst)) {
      for (const row of listValues(store, from, to)) {
        if (store.room === 'protected' && half.has(row.incidentId)) continue;
        values.get(row.incidentId)?.push(row);
      }
    }
    // Only what is still in the list: it may have been undone since it was asked for.
    for (const { id } of heads) {
      const head = this.#heads.get(id);
      if (head) this.#details.set(id, detailOf(head, values.get(id) ?? []));
    }
  }

  #find(filter: SummaryFilter): readonly Head[] {
    const last = this.#found;
    if (last && isSame(last.filter, filter)) return last.heads;
    const words = wordsOf(filter.search);
    // Who writes on finds among what she has found already.
    const from = last && isNarrower(last.filter, filter) ? last.heads : this.#inOrder(filter.sort);
    const heads = from.filter((head) => {
      if (!isInState(head, filter.state)) return false;
      if (filter.exercise !== null && head.exercise !== filter.exercise) return false;
      if (filter.level === null && words.length === 0) return true;
      const detail = this.#details.get(head.id);
      if (!detail || (filter.level !== null && detail.marking.level !== filter.level)) return false;
      return words.every((word) => detail.haystack.includes(word));
    });
    const { search, state, level, exercise, sort } = filter;
    this.#found = { filter: { search, state, level, exercise, sort }, heads };
    return heads;
  }

  #inOrder(order: SummaryOrder): readonly Head[] {
    const known = this.#orders.get(order);
    if (known) return known;
    const sorted = [...this.#heads.values()].sort((one, other) => this.#compare(order, one, other));
    this.#orders.set(order, sorted);
    return sorted;
  }

  #compare(order: SummaryOrder, one: Head, other: Head): number {
    const byId = one.id < other.id ? -1 : 1;
    if (order === 'newest') return compare(other.createdAt, one.createdAt) || byId;
    if (order === 'oldest') return compare(one.createdAt, other.createdAt) || byId;
    const [first, second] = [this.#details.get(one.id), this.#details.get(other.id)];
    if (!first || !second) return byId;
    if (order === 'updated') return compare(second.updatedAt, first.updatedAt) || byId;
    // Those whose title lies in a locked room come last.
    if (first.title === null || second.title === null) {
      return Number(first.title === null) - Number(second.title === null) || byId;
    }
    return collator.compare(first.title, second.title) || byId;
  }

  #forgetOrder(): void {
    this.#orders = new Map();
    this.#found = null;
  }
}

function storesOf(vault: Vault): readonly Store<Room>[] {
  return vault.unlockedRooms().map(({ store }) => store);
}

/** Should a crash have left a value in both rooms, the protected one counts: it stands first. */
function protectedFirst(one: Store<Room>, other: Store<Room>): number {
  return Number(one.room === 'open') - Number(other.room === 'open');
}

function isInState({ state }: Head, wanted: ListedState | null): boolean {
  if (wanted === null) return true;
  return wanted === 'ongoing' ? state !== 'closed' : state === wanted;
}

function needsDetails({ search, level, sort }: SummaryFilter): boolean {
  return wordsOf(search).length > 0 || level !== null || sort === 'title' || sort === 'updated';
}

function wordsOf(search: string): string[] {
  return lowerCase(search).split(/\s+/).filter(Boolean);
}

function isSame(one: SummaryFilter, other: SummaryFilter): boolean {
  return one.search === other.search && isSameButWords(one, other);
}

function isSameButWords(one: SummaryFilter, other: SummaryFilter): boolean {
  return (
    one.state === other.state &&
    one.level === other.level &&
    one.exercise === other.exercise &&
    one.sort === other.sort
  );
}

/** Whatever has the later words has the earlier ones too. */
function isNarrower(earlier: SummaryFilter, later: SummaryFilter): boolean {
  const words = wordsOf(later.search);
  return (
    isSameButWords(earlier, later) &&
    wordsOf(earlier.search).every((word) => words.some((longer) => longer.includes(word)))
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
