import type {
  Fact,
  FactId,
  FormAnswer,
  Incident,
  IncidentId,
  IncidentTime,
  LogEntry,
  LogKind,
  TimeId,
  TimePrecision,
  Title,
} from '../../shared/domain/incident.ts';
import { FACT_IDS, TIME_IDS } from '../../shared/domain/incident.ts';
import type { Room } from '../../shared/domain/room.ts';
import type { Store } from '../store/store.ts';
import {
  findIncident,
  hasProtectedPart,
  isHalfImported,
  listIncidents,
  listItems,
  listRegimes,
  type IncidentRow,
  type ItemRow,
} from './repository.ts';

/** What stands in `content` for each kind of item. */
export interface TitleContent {
  readonly text: string;
}
export interface FactContent {
  readonly text: string;
  readonly codes: readonly string[];
}
export interface TimeContent {
  readonly at: string;
  readonly precision: TimePrecision;
}
export interface LogContent {
  readonly at: string;
  readonly kind: LogKind;
  readonly text: string;
  readonly by: string | null;
}

/** The stores that a view may draw from; a room that is locked, or not asked for, is null. */
export interface OpenStores {
  readonly open: Store<'open'> | null;
  readonly protected: Store<'protected'> | null;
}

function contentOf<C>(item: ItemRow): C {
  return JSON.parse(item.content) as C;
}

/**
 * Puts an incident together from the rooms that are open. This is the only place where the two halves meet, and they
 * meet in memory only.
 * @returns null where no open room knows the incident
 */
export function viewIncident(stores: OpenStores, id: IncidentId): Incident | null {
  const openRow = stores.open ? findIncident(stores.open, id) : null;
  const protectedRow = stores.protected ? findProtectedHalf(stores.protected, id) : null;
  const row: IncidentRow | null = openRow ?? protectedRow;
  if (!row) return null;
  const both: Store<Room>[] = [];
  // Should a crash have left a value in both rooms, the protected one counts: it stands first.
  if (protectedRow && stores.protected) both.push(stores.protected);
  if (openRow && stores.open) both.push(stores.open);
  const items = firstOfEach(both.flatMap((store) => listItems(store, id)));
  const pointer = stores.open !== null && openRow !== null && hasProtectedPart(stores.open, id);
  return {
    id: row.id,
    organisationKind: row.organisationKind,
    regimes: [...new Set(both.flatMap((store) => listRegimes(store, id)))].sort(),
    exercise: row.exercise,
    state: row.state,
    createdAt: row.createdAt,
    title: titleOf(items),
    times: timesOf(items),
    facts: factsOf(items),
    answers: answersOf(items),
    log: logOf(items),
    hasProtectedPart: pointer || protectedRow !== null,
    protectedPartHidden: pointer && protectedRow === null,
  };
}

/** What a crash left of an import is no incident: it is undone, or finished, when both rooms are unlocked. */
function findProtectedHalf(store: Store<'protected'>, id: IncidentId): IncidentRow | null {
  const row = findIncident(store, id);
  return row && isHalfImported(store, id) ? null : row;
}

function firstOfEach(items: readonly ItemRow[]): ItemRow[] {
  const seen = new Set<string>();
  return items.filter(({ kind, key }) => {
    const name = `${kind}:${key}`;
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

function titleOf(items: readonly ItemRow[]): Title | null {
  const item = items.find((candidate) => candidate.kind === 'title');
  return item ? { text: contentOf<TitleContent>(item).text, marking: item.marking } : null;
}

function timesOf(items: readonly ItemRow[]): IncidentTime[] {
  return TIME_IDS.flatMap((id: TimeId) => {
    const item = items.find((candidate) => candidate.kind === 'time' && candidate.key === id);
    return item ? [{ id, ...contentOf<TimeContent>(item), marking: item.marking }] : [];
  });
}

function factsOf(items: readonly ItemRow[]): Fact[] {
  return FACT_IDS.flatMap((id: FactId) => {
    const item = items.find((candidate) => candidate.kind === 'fact' && candidate.key === id);
    return item ? [{ id, ...contentOf<FactContent>(item), marking: item.marking }] : [];
  });
}

function answersOf(items: readonly ItemRow[]): FormAnswer[] {
  return items
    .filter((item) => item.kind === 'answer')
    .map((item) => {
      const [form = '', field = ''] = item.key.split('/');
      return { form, field, ...contentOf<FactContent>(item), marking: item.marking };
    });
}

function logOf(items: readonly ItemRow[]): LogEntry[] {
  return items
    .filter((item) => item.kind === 'log')
    .map((item) => ({ key: item.key, ...contentOf<LogContent>(item), marking: item.marking }))
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at) || (one.key < other.key ? -1 : 1))
    .map((entry, index) => ({ ...entry, number: index + 1 }));
}

/** Every incident that the open rooms know, the newest first. */
export function viewIncidents(stores: OpenStores): Incident[] {
  const ids = new Set<IncidentId>();
  const rows = [
    ...(stores.open ? listIncidents(stores.open) : []),
    ...(stores.protected ? listIncidents(stores.protected) : []),
  ];
  for (const row of rows) ids.add(row.id);
  return [...ids]
    .flatMap((id) => viewIncident(stores, id) ?? [])
    .sort((one, other) => (one.createdAt < other.createdAt ? 1 : one.createdAt > other.createdAt ? -1 : 0));
}
