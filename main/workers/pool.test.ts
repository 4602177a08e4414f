import { spawn } from 'node:child_process';
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { ReportDocument, ReportField } from '../../shared/domain/report.ts';
import { renderReportPdf } from '../reports/pdf.ts';
import { sampleReport } from '../testing/report.ts';
import { Cancelled } from './cancelled.ts';
import { WorkerPool } from './pool.ts';

const pool = new WorkerPool();
afterEach(() => pool.end());

/** A report of about so many pages. */
function longReport(pages: number): ReportDocument {
  const document = sampleReport('sekretess');
  const [section] = document.sections;
  const [field] = section?.fields ?? [];
  if (!section || !field) throw new TypeError();
  const fields = Array.from({ length: pages }, (_, index): ReportField => {
    const [part] = field.parts;
    if (!part || part.withheld) throw new TypeError();
    const text = `${index}. ${'Driften stod still i väntan på beslut. '.repeat(60)}`;
    return { ...field, id: `f${index}`, parts: [{ ...part, text }] };
  });
  return { ...document, sections: [{ ...section, fields }] };
}

describe('a task in another thread', () => {
  it('gives the same bytes as here, each time and from each thread', async () => {
    const document = sampleReport('hemlig');
    const here = Buffer.from(await renderReportPdf(document, { copy: { number: 1, of: 2 } }));
    const job = { document, stamp: { copy: { number: 1, of: 2 } } };
    const there = await Promise.all([1, 2, 3, 4].map(() => pool.run('reportPdf', job)));
    for (const bytes of there) expect(here.equals(bytes)).toBe(true);
  });

  it('fails with the words and the kind that it would have failed with here', async () => {
    const wrong = pool.run('inspectKey', { key: Buffer.from('ingen nyckel'), at: new Date() });
    await expect(wrong).rejects.toMatchObject({
      name: 'SigillError',
      kind: 'usage',
      message: expect.stringContaining('OpenPGP') as string,
    });
    const unforeseen = pool.run('reportPdf', { document: {} as ReportDocument });
    await expect(unforeseen).rejects.toThrow(/undefined|null/);
    // And the thread goes on.
    await expect(pool.run('reportPdf', { document: sampleReport('oppen') })).resolves.toBeInstanceOf(
      Uint8Array,
    );
  });

  it('that cannot be sent as plain data is refused, and the next one is done', async () => {
    const job = { document: sampleReport('oppen'), stamp: { designation: (() => 'x') as never } };
    await expect(pool.run('reportPdf', job)).rejects.toThrow(/clone/);
    await expect(pool.run('reportPdf', { document: sampleReport('oppen') })).resolves.toBeInstanceOf(
      Uint8Array,
    );
  });

  it('is ended in the middle when it is cancelled, and so is one that waits; the others are done', async () => {
    const stop = new AbortController();
    const start = performance.now();
    const long = pool.run('reportPdf', { document: longReport(1_000) }, stop.signal);
    const other = pool.run('reportPdf', { document: longReport(2) });
    const waiting = pool.run('reportPdf', { document: longReport(2) }, stop.signal);
    const last = pool.run('reportPdf', { document: longReport(1) });
    setTimeout(() => stop.abort(), 300);
    await expect(long).rejects.toBeInstanceOf(Cancelled);
    await expect(waiting).rejects.toBeInstanceOf(Cancelled);
    // A thousand pages take far longer than this.
    expect(performance.now() - start).toBeLessThan(10_000);
    await expect(Promise.all([other, last])).resolves.toHaveLength(2);
    await expect(pool.run('reportPdf', { document: longReport(1) }, stop.signal)).rejects.toBeInstanceOf(
      Cancelled,
    );
  });

  it('is cancelled when all threads are ended, which leaves none; and new ones start when they are needed', async () => {
    const tasks = [1, 2, 3].map(() => pool.run('reportPdf', { document: longReport(500) }));
    const ends = Promise.allSettled(tasks);
    await pool.end();
    for (const end of await ends) {
      expect(end).toMatchObject({ status: 'rejected', reason: expect.any(Cancelled) as Cancelled });
    }
    await expect(pool.run('reportPdf', { document: sampleReport('oppen') })).resolves.toBeInstanceOf(
      Uint8Array,
    );
  });

  it('whose thread dies fails, and the next one has a new thread', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sigill-pool-'));
    const entry = join(folder, 'dies.mjs');
    writeFileSync(
      entry,
      `import { parentPort } from 'node:worker_threads';
       parentPort.on('message', ({ job }) => {
         if (job.document === null) process.exit(3);
         parentPort.postMessage({ kind: 'done', result: job });
       });`,
    );
    const fragile = new WorkerPool(pathToFileURL(entry));
    try {
      const dead = fragile.run('reportPdf', { document: null as never });
      await expect(dead).rejects.toThrow('ended before its task was done');
      const job = { document: sampleReport('oppen') };
      expect(await fragile.run('reportPdf', job)).toEqual(job);
    } finally {
      await fragile.end();
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the thread that asks', () => {
  it('is never held up for long while two hundred pages are made', async () => {
    await pool.run('reportPdf', { document: sampleReport('oppen') });
    const document = longReport(230);
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }, 5);
    const pdf = await pool.run('reportPdf', { document });
    clearInterval(timer);
    expect(
      Buffer.from(pdf)
        .toString('latin1')
        .match(/\/Type \/Page\b/g)?.length,
    ).toBeGreaterThan(200);
    // Made here, it holds everything up for seconds. Below 50 ms on a machine of its own.
    expect(longest).toBeLessThan(500);
  });

  it('can end when it has nothing more to do: an idle thread does not keep a process alive', async () => {
    const program = `
      const { WorkerPool } = await import(${JSON.stringify(new URL('./pool.ts', import.meta.url).href)});
      const pool = new WorkerPool();
      pool.warm();
      const { fingerprint } = await pool.run('createOwnKey', { name: 'Prov', email: null, at: new Date() });
      process.stdout.write(fingerprint);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program]);
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const code = await new Promise((resolve) => child.on('exit', resolve));
    expect([code, said]).toEqual([0, expect.stringMatching(/^[0-9A-F]{40}$/)]);
  });
});
