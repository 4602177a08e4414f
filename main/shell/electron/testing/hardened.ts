import * as electron from 'electron';
import { expect, vi } from 'vitest';
import { printPdf } from '../printing.ts';
import { AppWindow } from '../window.ts';
import { FakeSession, FakeWindow, type FakeElectron } from './fake-electron.ts';

/** The windows and sessions of the shell as the hardening tests look at them. The test itself puts the fake in place. */

const fake = electron as unknown as FakeElectron;
const nothing = (): void => undefined;

export function openWindow(devTools = false): { window: FakeWindow; preferences: Record<string, unknown> } {
  const app = new AppWindow({
    preload: '/sigill/preload.cjs',
    devTools,
    minimised: nothing,
    sessionEnding: nothing,
    active: nothing,
    crashed: nothing,
    failed: nothing,
  });
  const window = app.browserWindow as unknown as FakeWindow;
  return { window, preferences: window.options['webPreferences'] as Record<string, unknown> };
}

/** The options of both windows that there are: what holds for one must hold for the other. */
export async function bothPreferences(): Promise<Record<string, unknown>[]> {
  const { preferences } = openWindow();
  FakeWindow.made.length = 0;
  const printing = printPdf('JVBERi0=');
  const [printer] = FakeWindow.made;
  await vi.waitFor(() => expect(printer?.webContents.print).toHaveBeenCalled());
  (printer?.webContents.print.mock.calls[0]?.[1] as (success: boolean, reason: string) => void)(true, '');
  expect(await printing).toBe(true);
  return [preferences, printer?.options['webPreferences'] as Record<string, unknown>];
}

/** A session that has just come to be. */
export function guardedSession(): FakeSession {
  const session = new FakeSession();
  fake.app.emit('session-created', session);
  return session;
}

/** Electron as it is before the program starts. */
export function resetElectron(): void {
  vi.clearAllMocks();
  fake.app.removeAllListeners();
  fake.app.given.clear();
  fake.app.isPackaged = true;
  fake.ipcMain.removeAllListeners();
  FakeWindow.made.length = 0;
}
