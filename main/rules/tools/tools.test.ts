import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { requireTool } from '../../testing/tools.ts';
import { SHIPPED_FOLDER } from '../load.ts';
import { checkPack } from './check-pack.ts';
import { staleSchemas } from './schemas.ts';
import { signFolder } from './sign-pack.ts';

const folder = mkdtempSync(join(tmpdir(), 'sigill-tools-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);

function tool(work: typeof checkPack, ...words: string[]): { code: number; out: string; err: string } {
  let [out, err] = ['', ''];
  const code = work(words, { out: (text) => (out += text), err: (text) => (err += text) });
  return { code, out, err };
}

describe('rules:check', () => {
  it('finds nothing wrong with the pack that ships, and its schemas are current', () => {
    expect(staleSchemas(), 'npm run rules:check -- --write-schemas').toEqual([]);
    expect(tool(checkPack)).toMatchObject({ code: 0, err: '' });
  });

  it('tells what is wrong with a folder, and ends with 2', () => {
    cpSync(SHIPPED_FOLDER, at('fel'), { recursive: true });
    writeFileSync(at('fel/regimes/polis.json'), '{"kind":"regime"');
    const { code, err } = tool(checkPack, at('fel'));
    expect(code).toBe(2);
    expect(err).toContain('regimes/polis.json: är inte läsbar JSON i UTF-8.');
    expect(tool(checkPack, at('finns-inte'))).toMatchObject({ code: 2 });
    expect(tool(checkPack, '--okänd')).toMatchObject({ code: 2 });
  });
});

describe('rules:sign', () => {
  const pack = at('regler.sigillregler');
  const key = at('nyckel.hemlig.pem');
  const publisher = at('nyckel.utgivare.json');

  it('makes a key that only its owner can read, and never over another', () => {
    const made = ['--new-key', at('nyckel'), '--publisher', 'sigill', '--name', 'Provutgivaren'];
    const { code, out } = tool(signFolder, ...made);
    expect(code).toBe(0);
    expect(out).toMatch(/Fingeravtryck att läsa upp: ([0-9A-F]{4} ?){16}/);
    expect(statSync(key).mode & 0o777).toBe(0o600);
    expect(tool(signFolder, ...made)).toMatchObject({ code: 2, err: expect.stringContaining('finns redan') });
    expect(tool(signFolder, '--new-key', at('b'), '--publisher', 'Fel Namn', '--name', 'B').code).toBe(2);
  });

  it('signs a folder, and rules:check finds it whole', () => {
    expect(tool(signFolder, '--key', key, SHIPPED_FOLDER, '--out', pack).code).toBe(0);
    const checked = tool(checkPack, pack, '--key', publisher);
    expect(checked).toMatchObject({ code: 0, err: '' });
    expect(checked.out).toContain('Signaturen är gjord av Provutgivaren.');
    expect(tool(signFolder, '--key', key, SHIPPED_FOLDER, '--out', pack).code).toBe(2);
    expect(tool(signFolder, '--key', publisher, SHIPPED_FOLDER, '--out', at('c')).code).toBe(2);
    expect(tool(signFolder, '--key', key, at('fel'), '--out', at('c')).err).toContain('polis.json');
  });

  it('makes a signature that OpenSSL finds good, and bad for another byte', () => {
    const openssl = requireTool('openssl');
    if (openssl === null) return;
    const { signature } = JSON.parse(readFileSync(`${pack}.sig`, 'utf8')) as { signature: string };
    const { publicKey } = JSON.parse(readFileSync(publisher, 'utf8')) as { publicKey: string };
    writeFileSync(at('sig.bin'), Buffer.from(signature, 'base64'));
    writeFileSync(at('key.der'), Buffer.from(publicKey, 'base64'));
    const verify = (file: string): string =>
      execFileSync(
        openssl,
        [
          'pkeyutl',
          '-verify',
          '-pubin',
          '-keyform',
          'DER',
          '-inkey',
          at('key.der'),
          '-rawin',
          '-in',
          file,
          '-sigfile',
          at('sig.bin'),
        ],
        { encoding: 'utf8', stdio: 'pipe' },
      );
    expect(verify(pack)).toContain('Verified Successfully');
    writeFileSync(at('annan'), readFileSync(pack, 'utf8').replace('24', '12'));
    expect(() => verify(at('annan'))).toThrow(/Command failed/);
    expect(tool(checkPack, pack, '--key', publisher).code).toBe(0);
    writeFileSync(pack, readFileSync(at('annan')));
    expect(tool(checkPack, pack, '--key', publisher).code).toBe(5);
  });
});
