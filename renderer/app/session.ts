import type { AnswerOf, RequestOf } from '../../shared/contract/contract.ts';
import { sv } from '../text/sv.ts';
import { core, shell } from './bridge.ts';
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

/** Locks both rooms. The screen is emptied first: what is shown must not wait for the core. */
export function lockNow(): void {
  useApp.getState().forget(sv.unlock.reasonUser);
  void core.call('vault.lock', null).catch(() => undefined);
  void shell.call('lock', null).catch(() => undefined);
}

/** Locks the protected room only. Every screen begins anew, since any of them may show what lay in it. */
export async function lockProtected(): Promise<void> {
  useApp.getState().forget(null);
  await core.call('vault.lockRoom', { room: 'protected' });
  await refreshStatus();
}

/** Begins the window: settings, the vault that was used last, and what is to be done when the rooms are locked. */
export async function beginSession(): Promise<void> {
  const app = useApp.getState();
  core.onLocked((reason) => useApp.getState().forget(reason));
  shell.listen({
    lockSoon: app.setLockSoon,
    coreRestarted: (message) => useApp.getState().forget(message),
  });
  const settings = await shell.call('getSettings', null);
  app.setSettings(settings);
  if (settings.vaultFolder !== null) await chooseVault(settings.vaultFolder).catch(() => app.setFolder(null));
}
