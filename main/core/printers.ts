import { z } from 'zod';
import { SigillError } from '../../shared/domain/error.ts';
import {
  TEST_FORMATS,
  whyNotPrinters,
  type PrinterOffset,
  type TestFormat,
} from '../../shared/domain/printer.ts';
import { readSetting, writeSetting } from '../vault/repository.ts';
import type { Vault } from '../vault/session.ts';
import { runHere, type RunTask } from '../workers/tasks.ts';

/** The organisation's printers, and how far each puts what it prints beside its place. */

const KEY = 'printers';
const stored = z.array(z.strictObject({ name: z.string(), right: z.number(), down: z.number() }));

/** @returns the printers, in the order they were written; the same in both rooms */
export function listPrinters(vault: Vault): PrinterOffset[] {
  const [room] = vault.unlockedRooms();
  if (!room) throw new SigillError('unlock', 'Lås upp minst ett rum.');
  const text = readSetting(room.store, KEY);
  return text ? stored.parse(JSON.parse(text)) : [];
}

/**
 * Writes the printers anew, in both rooms, so that envelopes can be printed from either alone.
 * @throws SigillError `usage` for names or measures that cannot be used; `unlock` where one of the rooms is locked
 */
export function changePrinters(vault: Vault, printers: readonly PrinterOffset[]): PrinterOffset[] {
  vault.requireRoom('open');
  vault.requireRoom('protected');
  const fault = whyNotPrinters(printers);
  if (fault !== null) throw new SigillError('usage', fault);
  const clean = printers.map(({ name, right, down }) => ({
    name: name.normalize('NFC').trim(),
    right,
    down,
  }));
  for (const unlocked of vault.unlockedRooms()) {
    vault.transaction(unlocked, () => {
      writeSetting(unlocked.store, KEY, JSON.stringify(clean));
      vault.audit(unlocked, 'printers.changed', null, { printers: clean });
    });
  }
  return clean;
}

/** @throws SigillError `usage` for a printer that is not among the settings */
export function requirePrinter(vault: Vault, name: string | null): PrinterOffset | null {
  if (name === null) return null;
  const wanted = name.normalize('NFC').trim();
  const found = listPrinters(vault).find((printer) => printer.name === wanted);
  if (found) return found;
  throw new SigillError(
    'usage',
    `Skrivaren ${wanted} finns inte bland inställningarna. Lägg till den först.`,
  );
}

/**
 * A sheet with a cross to measure, for the printer, in memory only. It holds no word of any incident, and passes no gate.
 * @param name of the printer, whose offset is used: a sheet that is right afterwards shows that it is; null: none is used
 * @throws SigillError `usage` for an unknown printer
 */
export async function printTestSheet(
  vault: Vault,
  name: string | null,
  format: TestFormat,
  run: RunTask = runHere,
): Promise<Uint8Array> {
  const printer = requirePrinter(vault, name);
  const pdf = await run('printerTest', { printer, format: TEST_FORMATS[format], at: vault.now() });
  const [room] = vault.unlockedRooms();
  if (room) {
    vault.transaction(room, () => vault.audit(room, 'printers.tested', null, { printer, format }));
  }
  return pdf;
}
