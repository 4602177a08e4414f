import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireTool } from '../main/testing/tools.ts';
import { OUT, runDemo } from './demo.ts';

/** Words of the exercise that are klassade: they may stand in its full versions and nowhere else. */
const CANARIES = ['VARNING-KANARIE-7Q4', 'KANARIE-NOD-X91', 'KANARIE-REGEL-55', 'Björktrast'];

let printed = '';
let code = -1;

beforeAll(async () => {
  code = await runDemo((text) => (printed += text));
}, 120_000);

function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
}

describe('the demonstration', () => {
  it('does the whole job, and says so in a table', () => {
    expect(code).toBe(0);
    expect(printed).toContain('ovning-sakerhetskanslig');
    expect(printed).toMatch(/epost +fullständig +begränsat hemlig +avvisat +inget skrivet/);
  });

  it('leaves nothing of klassat content where e-mail was refused', () => {
    expect(readdirSync(join(OUT, 'ovning-sakerhetskanslig'))).not.toContain('epost-fullstandig');
  });

  it('makes PDF files that qpdf finds whole', (test) => {
    const qpdf = requireTool('qpdf');
    if (!qpdf) return test.skip('qpdf is absent');
    const files = filesBelow(OUT, '.pdf');
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) execFileSync(qpdf, ['--check', file], { stdio: 'pipe' });
  });

  it('prints the case in the full version and only the sentence in the open one', (test) => {
    const pdftotext = requireTool('pdftotext');
    if (!pdftotext) return test.skip('pdftotext is absent');
    const textOf = (name: string): string =>
      execFileSync(pdftotext, [join(OUT, 'ovning-sakerhetskanslig', name), '-'], { encoding: 'utf8' });
    const full = textOf('rapport-fullstandig.pdf').replace(/\s+/g, '');
    const open = textOf('rapport-oppen.pdf').replace(/\s+/g, '');
    for (const canary of CANARIES) {
      expect(full).toContain(canary);
      expect(open).not.toContain(canary);
    }
    expect(open).toContain('Uppgiftenharutelämnatsurdennaversion');
  });

  it('makes mail that GnuPG decrypts and verifies', (test) => {
    const gpg = requireTool('gpg');
    if (!gpg) return test.skip('gpg is absent');
    const home = mkdtempSync(join(tmpdir(), 'gpg-'));
    try {
      const run = (...words: string[]): { status: number | null; stdout: string; stderr: string } =>
        spawnSync(
          gpg,
          ['--homedir', home, '--batch', '--status-fd', '2', '--trust-model', 'always', ...words],
          {
            encoding: 'utf8',
            maxBuffer: 64 * 1024 * 1024,
          },
        );
      run('--import', join(OUT, 'nycklar', 'mottagare-hemlig.asc'));
      const mails = filesBelow(OUT, '.pgp');
      expect(mails).toHaveLength(7);
      run('--import', join(mails[0] ?? '', '..', 'avsandarens-nyckel.asc'));
      for (const mail of mails) {
        const opened = run('--decrypt', mail);
        expect(opened.status, opened.stderr).toBe(0);
        expect(opened.stderr).toContain('GOODSIG');
        expect(opened.stdout).toContain('rapport.pdf');
      }
    } finally {
      spawnSync('gpgconf', ['--homedir', home, '--kill', 'all']);
      rmSync(home, { recursive: true, force: true });
    }
  });

  it('makes mail that Sequoia decrypts and verifies', (test) => {
    const sq = requireTool('sq');
    if (!sq) return test.skip('sq is absent');
    for (const mail of filesBelow(OUT, '.pgp')) {
      const opened = spawnSync(
        sq,
        [
          ...['decrypt', '--recipient-key', join(OUT, 'nycklar', 'mottagare-hemlig.asc')],
          ...['--signer-cert', join(mail, '..', 'avsandarens-nyckel.asc'), mail],
        ],
        { encoding: 'utf8' },
      );
      expect(opened.status, opened.stderr).toBe(0);
      expect(opened.stdout).toContain('rapport.pdf');
    }
  });

  it('makes signalskydd folders whose checksums agree', (test) => {
    const sha256sum = requireTool('sha256sum');
    if (!sha256sum) return test.skip('sha256sum is absent');
    const sums = filesBelow(OUT, 'sha256sums.txt');
    expect(sums).toHaveLength(8);
    for (const file of sums)
      execFileSync(sha256sum, ['--check', '--strict', file], { cwd: join(file, '..'), stdio: 'pipe' });
  });

  it('keeps klassat content out of the raw files of the vault and of everything that is open', () => {
    const open = readdirSync(OUT, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !/ovning-sakerhetskanslig.*fullstandig/.test(path));
    for (const path of open) {
      const bytes = readFileSync(path);
      for (const canary of CANARIES) expect(bytes.includes(canary), `${canary} in ${path}`).toBe(false);
    }
  });
});

afterAll(() => {
  rmSync(OUT, { recursive: true, force: true });
});
