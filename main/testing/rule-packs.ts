import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { PublisherKey } from '../../shared/domain/rule-pack.ts';
import type { SignedPack } from '../packs/take.ts';
import { packRules } from '../rules/container.ts';
import { readRuleFolder } from '../rules/folder.ts';
import { SHIPPED_FOLDER } from '../rules/load.ts';
import type { RuleFiles } from '../rules/read.ts';
import { signPack } from '../rules/signature.ts';

/** A publisher with a key, for a test. */
export interface TestPublisher {
  readonly privateKey: KeyObject;
  readonly key: PublisherKey;
  /** As rules:sign writes it. */
  readonly file: Buffer;
}

export function makePublisher(publisher: string, name = `Utgivaren ${publisher}`): TestPublisher {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const key: PublisherKey = {
    format: 'sigill-utgivare/1',
    publisher,
    name,
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  };
  return { privateKey, key, file: Buffer.from(JSON.stringify(key), 'utf8') };
}

export type Content = Record<string, unknown>;

/** The pack that ships, with files changed or added (null: taken away), as a later issue of it. */
export function laterPack(
  sequence: number,
  change: Readonly<Record<string, ((file: Content) => unknown) | null>> = {},
): RuleFiles {
  const files = new Map(readRuleFolder(SHIPPED_FOLDER));
  const manifest = files.get('paket.json') as Content;
  files.set('paket.json', { ...manifest, sequence, version: `2027.${sequence}` });
  for (const [name, make] of Object.entries(change)) {
    if (make === null) files.delete(name);
    else files.set(name, make(structuredClone((files.get(name) ?? {}) as Content)));
  }
  return files;
}

/** A whole pack of an organisation's own. */
export function ownPack(
  sequence: number,
  rules: Readonly<Record<string, unknown>>,
  manifest: Content = {},
): RuleFiles {
  return new Map<string, unknown>([
    [
      'paket.json',
      {
        kind: 'pack',
        id: 'norrdal',
        name: 'Norrdals kommuns regler',
        sequence,
        version: String(sequence),
        publisher: 'norrdal',
        issued: '2026-11-20',
        buildsOn: { pack: 'sigill', sequence: 1 },
        ...manifest,
      },
    ],
    ...Object.entries(rules),
  ]);
}

export function signed(files: RuleFiles, { privateKey }: TestPublisher): SignedPack {
  const { text } = packRules(files);
  return { pack: Buffer.from(text, 'utf8'), signature: Buffer.from(signPack(text, privateKey), 'utf8') };
}
