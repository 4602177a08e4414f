import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SigillError } from '../../../shared/domain/error.ts';
import { publisherKeySchema } from '../../../shared/domain/rule-pack.ts';
import { packRules } from '../container.ts';
import { readRuleFolder } from '../folder.ts';
import { readPack } from '../read.ts';
import { faultyPack } from '../load.ts';
import { keyFingerprint, signPack, spokenFingerprint } from '../signature.ts';
import { endWith, type Out } from './words.ts';

/**
 * `npm run rules:sign -- --new-key NAME --publisher ID --name "Who"` makes a key: `NAME.hemlig.pem`, to be kept on a
 * medium of its own, and `NAME.utgivare.json`, to be given to those who are to trust it.
 * `npm run rules:sign -- --key NAME.hemlig.pem folder [--out file]` makes the pack's one file and its signature.
 * Nothing is written over.
 * @returns the exit code
 */
export function signFolder(words: readonly string[], out: Out): number {
  return endWith(out, () => {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: {
        'new-key': { type: 'string' },
        publisher: { type: 'string' },
        name: { type: 'string' },
        key: { type: 'string' },
        out: { type: 'string' },
      },
      allowPositionals: true,
    });
    if (values['new-key'] !== undefined) return makeKey(values['new-key'], values.publisher, values.name);
    const [folder] = positionals;
    if (values.key === undefined || folder === undefined) {
      throw new SigillError('usage', 'Ange nyckel och mapp: rules:sign -- --key NAMN.hemlig.pem mapp');
    }
    return sign(values.key, folder, values.out ?? `${basename(resolve(folder))}.sigillregler`);
  });
}

function makeKey(path: string, publisher: string | undefined, name: string | undefined): string {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const file = publisherKeySchema.safeParse({
    format: 'sigill-utgivare/1',
    publisher,
    name,
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  });
  if (!file.success) {
    throw new SigillError(
      'usage',
      'Ange utgivarens id med små bokstäver (--publisher) och namn (--name). Ingen nyckel är gjord.',
    );
  }
  const [secret, open] = [`${path}.hemlig.pem`, `${path}.utgivare.json`];
  requireFree(secret, open);
  writeFileSync(secret, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx' });
  writeFileSync(open, `${JSON.stringify(file.data, null, 2)}\n`, { flag: 'wx' });
  return (
    `${secret}: den hemliga nyckeln, inte krypterad. Förvara den på ett eget medium i säkerhetsskåp.\n` +
    `${open}: den öppna nyckeln, för dem som ska lita på den.\n` +
    `Fingeravtryck att läsa upp: ${spokenFingerprint(keyFingerprint(file.data.publicKey))}\n`
  );
}

function sign(keyPath: string, folder: string, path: string): string {
  const key = readPrivateKey(keyPath);
  const files = readRuleFolder(folder);
  // What is no pack is not signed; whether it is whole over ours is for rules:check, and for whoever takes it.
  const { manifest, faults } = readPack(files);
  if (!manifest || faults.length > 0) throw faultyPack(faults);
  const { text, digest } = packRules(files);
  requireFree(path, `${path}.sig`);
  writeFileSync(path, text, { flag: 'wx' });
  writeFileSync(`${path}.sig`, signPack(text, key), { flag: 'wx' });
  return `${path}\n${path}.sig\n${manifest.name} ${manifest.version}, nummer ${manifest.sequence}. SHA-256: ${digest}\n`;
}

function readPrivateKey(path: string) {
  const pem = readFileSync(path);
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Told below: what the library says may quote the file.
  } finally {
    pem.fill(0);
  }
  throw new SigillError('usage', 'Nyckelfilen är ingen hemlig nyckel från rules:sign.');
}

function requireFree(...paths: readonly string[]): void {
  const taken = paths.find((path) => existsSync(path));
  if (taken !== undefined) throw new SigillError('usage', `${taken} finns redan. Inget har skrivits över.`);
}
