import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ReportDocument } from '../../../shared/domain/report.ts';
import type { TransferProfile } from '../../../shared/domain/rules.ts';
import { loadRulePack } from '../../rules/load.ts';
import { inspectPdf, textOfPages } from '../../testing/pdf.ts';
import { sampleClearance, sampleReport } from '../../testing/report.ts';
import { requireTool } from '../../testing/tools.ts';
import { sha256Hex, writeExportFolder, type ExportFile } from '../files.ts';
import { makeSignalskyddPackage, type SignalskyddInput } from './package.ts';

const rules = loadRulePack();
const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function input(
  document: ReportDocument,
  transfer: Partial<SignalskyddInput['transfer']> = {},
): SignalskyddInput {
  return {
    document,
    clearance: sampleClearance(document, 'signalskydd'),
    rendered: {
      text: () => 'Slutrapport\nDriftsystem Björktrast stod stilla.',
      pdf: Buffer.from('%PDF-1.7 prov'),
      json: Buffer.from('{"format":"sigill-report/1"}'),
    },
    profile: profileOf('ovrigt'),
    choice: { format: null, fileName: 'rapport' },
    transfer: { createdBy: 'Eva Lind', at: new Date('2026-11-22T13:05:00Z'), ...transfer },
  };
}

function profileOf(id: string): TransferProfile {
  const profile = rules.transferProfiles.get(id);
  if (!profile) throw new Error(`${id} finns inte`);
  return profile;
}

function fileOf(files: readonly ExportFile[], name: string): Uint8Array {
  const file = files.find((candidate) => candidate.name === name);
  if (!file) throw new Error(`${name} finns inte`);
  return file.bytes;
}

describe('makeSignalskyddPackage', () => {
  it('makes five files with ASCII names and sums that sha256sum accepts', async (context) => {
    const files = await makeSignalskyddPackage(input(sampleReport('hemlig')));
    expect(files.map((file) => file.name)).toEqual([
      'rapport.txt',
      'rapport.pdf',
      'rapport.json',
      'sha256sums.txt',
      'overforingsblad.pdf',
    ]);
    const tool = requireTool('sha256sum');
    if (tool === null) return context.skip('sha256sum saknas');
    const folder = mkdtempSync(join(tmpdir(), 'sigill-signalskydd-'));
    folders.push(folder);
    writeExportFolder(join(folder, 'ut'), files);
    const answer = execFileSync(tool, ['--strict', '-c', 'sha256sums.txt'], {
      cwd: join(folder, 'ut'),
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
    });
    expect(answer).toBe('rapport.txt: OK\nrapport.pdf: OK\nrapport.json: OK\n');
  });

  it('makes the same bytes of the same input', async () => {
    const one = await makeSignalskyddPackage(input(sampleReport('hemlig')));
    const other = await makeSignalskyddPackage(input(sampleReport('hemlig')));
    expect(one.map((file) => sha256Hex(file.bytes))).toEqual(other.map((file) => sha256Hex(file.bytes)));
  });

  it('prints a transfer sheet with stamp, sums, checklist, decision and receipt', async (context) => {
    const files = await makeSignalskyddPackage(
      input(sampleReport('konfidentiell', { exercise: true }), {
        medium: 'M-014',
        grade: 'sg c',
        recipientName: 'CERT-SE',
      }),
    );
    const sheet = fileOf(files, 'overforingsblad.pdf');
    expect(inspectPdf(context, 'qpdf', sheet, ['--check'])).toContain('No syntax or stream encoding errors');
    const pages = textOfPages(context, sheet);
    const text = pages.join('\n').replace(/\s+/g, ' ');
    expect(pages[0]).toContain('enligt 2 kap. 5 § säkerhetsskyddslagen');
    for (const page of pages) {
      expect(page.match(/KONFIDENTIELL/g)?.length).toBeGreaterThanOrEqual(2);
      expect(page).toContain('ÖVNING ÖVNING ÖVNING');
    }
    for (const name of ['rapport.txt', 'rapport.pdf', 'rapport.json']) {
      for (const group of sha256Hex(fileOf(files, name)).match(/.{4}/g) ?? []) expect(text).toContain(group);
    }
    for (const words of [
      'M-014',
      'SG C (lägst SG C för konfidentiell)',
      'Viruskontrollera filerna i produktionsdatorn först',
      'helgfria vardagar 9–15',
      'dekryptera samma vecka',
      'identisk i båda ändar',
      'Ring CERT-SE',
      'Signalskydd och personlig leverans är inte möjliga i dag.',
      'Karin Ek',
      'Kvittens',
      'Namnförtydligande',
    ]) {
      expect(text).toContain(words);
    }
  });

  it('holds a decision of many pages without losing its end', async (context) => {
    const document = sampleReport('hemlig');
    const clearance = sampleClearance(document, 'signalskydd', {
      reason: `${'Beslutet vilar på flera skäl som vägs mot varandra. '.repeat(200)}SISTAORDET`,
      decidedBy: 'Karin Ek',
      at: '2026-11-22T12:00:00Z',
    });
    const files = await makeSignalskyddPackage({ ...input(document), clearance });
    expect(textOfPages(context, fileOf(files, 'overforingsblad.pdf')).join('')).toContain('SISTAORDET');
  });

  it('refuses a grade below the class, and a word that is no grade', async () => {
    const document = sampleReport('hemlig');
    await expect(makeSignalskyddPackage(input(document, { grade: 'SG C' }))).rejects.toThrow('lägst SG S');
    await expect(makeSignalskyddPackage(input(document, { grade: 'hög' }))).rejects.toThrow('Okänd');
    await expect(makeSignalskyddPackage(input(document, { grade: 'TS' }))).resolves.toHaveLength(5);
  });

  it('asks for a clearance for this document and this way', async () => {
    const document = sampleReport('hemlig');
    const other = sampleClearance(sampleReport('hemlig', { author: 'Annan' }), 'signalskydd');
    await expect(makeSignalskyddPackage({ ...input(document), clearance: other })).rejects.toThrow(
      'annat dokument',
    );
    const post = sampleClearance(document, 'varde');
    await expect(makeSignalskyddPackage({ ...input(document), clearance: post })).rejects.toThrow(
      'inte den här vägen',
    );
  });
});
