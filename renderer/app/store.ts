import { create } from 'zustand';
import type { AnswerOf, RequestOf } from '../../shared/contract/contract.ts';
import type { ShellSettings } from '../../shared/contract/shell.ts';
import { DEFAULT_SETTINGS } from '../../shared/contract/shell.ts';
import type { FactId } from '../../shared/domain/incident.ts';
import type { Room } from '../../shared/domain/room.ts';
import type { Route } from './routes.ts';

export type VaultStatus = AnswerOf<'vault.status'>;

export type ListFilter = RequestOf<'filters.save'>['filter'];

/** How the list of incidents was left, so that it stands the same when one comes back to it. */
interface ListState {
  readonly filter: ListFilter;
  /** The row that was opened last. */
  readonly row: number;
}

interface AppState {
  readonly list: ListState;
  readonly folder: string | null;
  /** null until the core has told. */
  readonly status: VaultStatus | null;
  readonly route: Route;
  /** Counts locks. Everything shown is keyed on it, so that nothing on the screen outlives one. */
  readonly epoch: number;
  /** Counts changes: what has been read is read again. */
  readonly revision: number;
  readonly settings: ShellSettings;
  /** Why the rooms were locked, told on the screen where they are unlocked again. */
  readonly lockReason: string | null;
  /** The fact whose last saved change can be taken back; which one, never what it said. */
  readonly undoable: { readonly incident: string; readonly fact: FactId } | null;
  /** Seconds to a lock for want of input, when it is near. */
  readonly lockSoon: number | null;
}

interface AppActions {
  readonly setFolder: (folder: string | null) => void;
  readonly setStatus: (status: VaultStatus) => void;
  readonly setSettings: (settings: ShellSettings) => void;
  readonly setLockSoon: (seconds: number | null) => void;
  readonly setFilter: (change: Partial<ListFilter>) => void;
  readonly setRow: (row: number) => void;
  readonly setUndoable: (undoable: AppState['undoable']) => void;
  readonly go: (route: Route) => void;
  readonly markChanged: () => void;
  /** Empties all that came out of the vault. */
  readonly forget: (reason: string | null) => void;
}

export const NO_FILTER: ListFilter = { search: '', state: null, level: null, exercise: null, sort: 'newest' };
const NEW_LIST: ListState = { filter: NO_FILTER, row: 0 };
const START: Route = { screen: 'overview' };

export const useApp = create<AppState & AppActions>()((set) => ({
  list: NEW_LIST,
  folder: null,
  status: null,
  route: START,
  epoch: 0,
  revision: 0,
  settings: DEFAULT_SETTINGS,
  lockReason: null,
  undoable: null,
  lockSoon: null,
  setFolder: (folder) => set({ folder, status: null, list: NEW_LIST }),
  setStatus: (status) => set({ status }),
  setSettings: (settings) => set({ settings }),
  setLockSoon: (lockSoon) => set({ lockSoon }),
  setFilter: (change) => set(({ list }) => ({ list: { filter: { ...list.filter, ...change }, row: 0 } })),
  setRow: (row) => set(({ list }) => ({ list: { ...list, row } })),
  setUndoable: (undoable) => set({ undoable }),
  go: (route) => set({ route }),
  markChanged: () => set(({ revision }) => ({ revision: revision + 1 })),
  forget: (lockReason) =>
    set(({ epoch, status }) => ({
      epoch: epoch + 1,
      route: START,
      list: NEW_LIST,
      lockReason,
      undoable: null,
      lockSoon: null,
      status: status && { ...status, unlocked: [], ceiling: null },
    })),
}));

export function isUnlocked(status: VaultStatus | null, room: Room): boolean {
  return status?.unlocked.some((unlocked) => unlocked.room === room) ?? false;
}
