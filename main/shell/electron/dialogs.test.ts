import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as electron from 'electron';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { LARGEST_ANSWER } from '../../../shared/domain/answer.ts';
import { MAX_CHOSEN_FILE_BYTES } from '../../../shared/contract/shell.ts';
import { chooseFile, chooseFilePath, chooseFolder, chooseSavePath } from './dialogs.ts';
import { closePrinting, printPdf } from './printing.ts';
import { FakeWindow, type FakeElectron } from './testing/fake-electron.ts';

vi.mock('electron', async () => (await import('./testing/fake-electron.ts')).fakeElectron());

const fake = electron as unknown as FakeElectron;
const window = {} as electron.BrowserWindow;
const folder = mkdtempSync(join(tmpdir(), 'sigill-dialogs-'));
const key = { title: 'Välj nyckel', kind: 'key' } as const;

afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  vi.clearAllMocks();
  FakeWindow.made.length = 0;
});

function choose(...filePaths: string[]): void {
  fake.dialog.showOpenDialog.mockResolvedValue({ canceled: filePaths.length === 0, filePaths });
}

describe('dialogs', () => {
  it('answers with what was chosen, null where the dialog was closed, and leaves no recent file', async () => {
    choose('/hem/valv');
    expect(await chooseFolder(window, 'Välj mapp')).toBe('/hem/valv');
    choose();
    expect(await chooseFolder(window, 'Välj mapp')).toBeNull();
    expect(await chooseFile(window, key)).toBeNull();
    expect(await chooseFilePath(window, 'Välj bilaga')).toBeNull();
    choose('/hem/logg.zip');
    expect(await chooseFilePath(window, 'Välj bilaga')).toBe('/hem/logg.zip');
    fake.dialog.showSaveDialog.mockResolvedValue({ canceled: true, filePath: '' });
    expect(await chooseSavePath(window, { title: 'Spara', suggestedName: 'a.txt' })).toBeNull();
    for (const { mock } of [fake.dialog.showOpenDialog, fake.dialog.showSaveDialog]) {
      for (const [, options] of mock.calls) expect(options.properties).toContain('dontAddToRecent');
    }
  });

  it('offers a text file for an answer: it is what a pasted message is saved as', async () => {
    choose();
    await chooseFile(window, { title: 'Välj svaret', kind: 'mail' });
    const [, options] = fake.dialog.showOpenDialog.mock.lastCall ?? [];
    expect(options?.filters?.[0]?.extensions).toContain('txt');
  });

  it('reads the file that was chosen, without its folder', async () => {
    const path = join(folder, 'cert-se.asc');
    writeFileSync(path, 'nyckeln');
    choose(path);
    expect(await chooseFile(window, key)).toEqual({
      name: 'cert-se.asc',
      content: Buffer.from('nyckeln').toString('base64'),
    });
  });

  it('refuses what is too large, not a file, or gone, in words a person can act on', async () => {
    const large = join(folder, 'large');
    writeFileSync(large, '');
    truncateSync(large, MAX_CHOSEN_FILE_BYTES + 1);
    choose(large);
    await expect(chooseFile(window, key)).rejects.toThrow('Filen är för stor: högst 8 MB');
    const mail = { title: 'Välj svaret', kind: 'mail' } as const;
    expect((await chooseFile(window, mail))?.content).toHaveLength(
      Math.ceil((MAX_CHOSEN_FILE_BYTES + 1) / 3) * 4,
    );
    truncateSync(large, LARGEST_ANSWER + 1);
    await expect(chooseFile(window, mail)).rejects.toThrow('Filen är för stor: högst 32 MB');
    choose(folder);
    await expect(chooseFile(window, key)).rejects.toThrow(/inte en vanlig fil|går inte att läsa/);
    choose(join(folder, 'gone'));
    await expect(chooseFile(window, key)).rejects.toThrow('Filen går inte att läsa');
  });
});

describe('printing', () => {
  const started = async (): Promise<FakeWindow> => {
    await vi.waitFor(() => expect(FakeWindow.made[0]?.webContents.print).toHaveBeenCalled());
    return FakeWindow.made[0] as FakeWindow;
  };
  const answer = (printer: FakeWindow, success: boolean, reason: string): void =>
    (printer.webContents.print.mock.lastCall?.[1] as (success: boolean, reason: string) => void)(
      success,
      reason,
    );

  it('always asks the person, and throws the pages away afterwards', async () => {
    const printing = printPdf('JVBERi0=');
    const printer = await started();
    expect(printer.webContents.print.mock.lastCall?.[0]).toMatchObject({ silent: false });
    expect(printer.options).toMatchObject({ show: false });
    answer(printer, false, 'Print job canceled');
    expect(await printing).toBe(false);
    expect(printer.destroyed).toBe(true);
  });

  it('says what to do where the printer fails', async () => {
    const printing = printPdf('JVBERi0=');
    const failed = expect(printing).rejects.toThrow('Kontrollera skrivaren');
    answer(await started(), false, 'Invalid printer settings');
    await failed;
  });

  it('ends with a lock', async () => {
    const printing = printPdf('JVBERi0=');
    const failed = expect(printing).rejects.toThrow('Utskriften gick inte');
    const printer = await started();
    closePrinting();
    await failed;
    expect(printer.destroyed).toBe(true);
  });
});
