import type { AnswerOf, RequestOf } from '../../shared/contract/contract.ts';
import { core, shell } from './bridge.ts';
import { flushDrafts } from './draft-saver.ts';
import { useApp } from './store.ts';

/** Asks the core which rooms are open, and shows that. */
export async function refreshStatus(): Promise<void> {
  const { folder, setStatus } = useApp.getState();
  if (folder === null) return;
  const status = await core.call('vault.status', { folder });
  if (useApp.getState().folder === folder) setStatus(status);
}

/** Chooses a vault folder and remembers it for the next start; the core says what is there. */
export async function chooseVault(folder: string): Promise<void> {
  useApp.getState().setFolder(folder);
  await refreshStatus();
  if (useApp.getState().status?.exists) {
    useApp.getState().setSettings(await shell.call('changeSettings', { vaultFolder: folder }));
  }
}

export async function unlock(request: RequestOf<'vault.unlock'>): Promise<AnswerOf<'vault.unlock'>> {
  const unlocked = await core.call('vault.unlock', request);
  await refreshStatus();
  useApp.getState().markChanged();
  return unlocked;
}

/** A lock waits no longer than this for drafts. */
const DRAFTS_WITHIN_MS = 300;

async function putDrafts(): Promise<void> {
  await Promise.race([flushDrafts(), new Promise((resolve) => setTimeout(resolve, DRAFTS_WITHIN_MS))]);
}

/**
 * Locks both rooms. What is being written is sent to the core first, and the screen is emptied: what is shown must not
 * wait for the core.
 */
export function lockNow(): void {
  const put = putDrafts();
  useApp.getState().forget(null);
  void put.then(() => {
    void core.call('vault.lock', null).catch(() => undefined);
    void shell.call('lock', null).catch(() => undefined);
  });
}

/**
 * Locks the protected room only. The window begins anew, since any screen may have shown what lay in it; where no other
 * room is open, that is a lock like any other.
 */
export async function lockProtected(): Promise<void> {
  if ((useApp.getState().status?.unlocked.length ?? 0) < 2) return lockNow();
  const put = putDrafts();
  useApp.getState().forget(null);
  await put;
  try {
    await core.call('vault.lockRoom', { room: 'protected' });
  } catch {
    // A room that cannot be locked by itself is locked with the other, and the core ends.
    return lockNow();
  }
  void shell.call('restartWindow', null).catch(() => undefined);
}

/** Begins the window: settings, the vault that was used last, and what is to be done when the rooms are locked. */
export async function beginSession(): Promise<void> {
  const app = useApp.getState();
  core.onLocked((reason) => useApp.getState().forget(reason));
  shell.listen({
    lockSoon(seconds) {
      app.setLockSoon(seconds);
      if (seconds === 0) void flushDrafts();
    },
    coreRestarted: (message) => useApp.getState().forget(message),
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void flushDrafts();
  });
  const settings = await shell.call('getSettings', null);
  app.setSettings(settings);
  if (settings.vaultFolder !== null) await chooseVault(settings.vaultFolder).catch(() => app.setFolder(null));
}
