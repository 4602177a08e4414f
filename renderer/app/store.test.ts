import { beforeEach, describe, expect, it } from 'vitest';
import { isUnlocked, NO_FILTER, useApp, type VaultStatus } from './store.ts';

const STATUS: VaultStatus = {
  exists: true,
  isFolder: true,
  vaultId: 'v',
  users: [{ room: 'open', name: 'Anna' }],
  unlocked: [
    { room: 'open', user: 'Anna', since: '2026-11-22T03:00:00.000Z' },
    { room: 'protected', user: 'Anna', since: '2026-11-22T03:01:00.000Z' },
  ],
  ceiling: 'hemlig',
};

beforeEach(() => {
  useApp.getState().setFolder('/valv/prov.sigill');
  useApp.getState().setStatus(STATUS);
  useApp.getState().go({ screen: 'incident', incident: 'K7M2-9QXA-4D1F' });
});

describe('what the window remembers', () => {
  it('keeps nothing that came out of a room after a lock, and every screen begins anew', () => {
    const { epoch } = useApp.getState();
    useApp.getState().setFilter({ search: 'KANARIE-4711', state: 'active' });
    useApp.getState().setRow(7);
    useApp.getState().forget('skärmlås');
    const state = useApp.getState();
    expect(state.epoch).toBe(epoch + 1);
    expect(state.route).toEqual({ screen: 'overview' });
    expect(state.status?.unlocked).toEqual([]);
    expect(state.status?.ceiling).toBeNull();
    expect(JSON.stringify(state)).not.toMatch(/K7M2|KANARIE/);
    expect(state.list).toEqual({ filter: NO_FILTER, row: 0 });
    // Who may unlock is written in vault.json for anyone to read, and is needed to unlock again.
    expect(state.status?.users).toEqual(STATUS.users);
    expect(state.lockReason).toBe('skärmlås');
  });

  it('keeps the filter of the list, and begins at its top when it is changed', () => {
    useApp.getState().setFilter({ search: 'kalix' });
    useApp.getState().setRow(40);
    useApp.getState().go({ screen: 'incidents' });
    expect(useApp.getState().list).toEqual({ filter: { ...NO_FILTER, search: 'kalix' }, row: 40 });
    useApp.getState().setFilter({ sort: 'title' });
    expect(useApp.getState().list).toMatchObject({ filter: { search: 'kalix', sort: 'title' }, row: 0 });
  });

  it('forgets the users of one vault when another is chosen', () => {
    useApp.getState().setFolder('/valv/annat.sigill');
    expect(useApp.getState().status).toBeNull();
  });

  it('knows which rooms are open', () => {
    expect(isUnlocked(STATUS, 'protected')).toBe(true);
    expect(isUnlocked({ ...STATUS, unlocked: [] }, 'open')).toBe(false);
    expect(isUnlocked(null, 'open')).toBe(false);
  });
});
