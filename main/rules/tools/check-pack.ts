import { existsSync, readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { SigillError } from '../../../shared/domain/error.ts';
import { findRuleFaults } from '../check.ts';
import { findManifestFaults } from '../check-words.ts';
import { packRules, unpackRules } from '../container.ts';
import { readRuleFolder } from '../folder.ts';
import { libraryOf } from '../library.ts';
import { faultyPack, loadRulePack, SHIPPED_FOLDER } from '../load.ts';
import { layOver } from '../overlay.ts';
import { readPack, type RuleFiles } from '../read.ts';
import { keyFingerprint, readPublisherKey, spokenFingerprint, verifyPack } from '../signature.ts';
import { staleSchemas, writeSchemas } from './schemas.ts';
import { endWith, type Out } from './words.ts';

/**
 * `npm run rules:check [-- folder|file] [--key utgivare.json] [--write-schemas]`: everything that an import would ask of
 * a pack but whether the vault trusts its publisher. Without a folder: the pack that ships, and the schemas for editors.
 * @returns the exit code
 */
export function checkPack(words: readonly string[], out: Out): number {
  return endWith(out, () => {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: { key: { type: 'string' }, 'write-schemas': { type: 'boolean' } },
      allowPositionals: true,
    });
    if (values['write-schemas']) writeSchemas();
    const [path = SHIPPED_FOLDER] = positionals;
    const isFile = existsSync(path) && statSync(path).isFile();
    const lines = [isFile ? checkSignature(path, values.key) : null, checkFiles(filesOf(path, isFile))];
    if (positionals.length === 0) {
      const stale = staleSchemas();
      if (stale.length > 0) {
        throw new SigillError(
          'usage',
          'Scheman i docs/schemas/rules är inte som programmet läser reglerna. Kör rules:check -- --write-schemas.',
          stale,
        );
      }
    }
    return `${lines.filter((line) => line !== null).join('\n')}\n`;
  });
}

function filesOf(path: string, isFile: boolean): RuleFiles {
  return isFile ? unpackRules(readFileSync(path)).files : readRuleFolder(path);
}

/** An organisation's own pack is checked as it will be used: over ours. */
function checkFiles(files: RuleFiles): string {
  const { manifest, rules, broken, faults } = readPack(files);
  const shipped = libraryOf(loadRulePack());
  const isOwn = manifest !== null && manifest.buildsOn !== null;
  const merged =
    isOwn && shipped ? layOver(shipped, { manifest, rules }) : { rules: [...rules], faults: [] as string[] };
  const all = [
    ...faults,
    ...(manifest ? findManifestFaults(manifest) : []),
    ...merged.faults,
    ...findRuleFaults(merged.rules, broken),
  ];
  if (all.length > 0 || !manifest) throw faultyPack(all);
  const { digest } = packRules(files);
  return `${manifest.name} ${manifest.version}: ${rules.length} regler, inga fel.\nSHA-256: ${digest}`;
}

function checkSignature(path: string, keyFile: string | undefined): string {
  if (keyFile === undefined) return 'Signaturen är inte prövad: ange utgivarens nyckel med --key.';
  const key = readPublisherKey(readFileSync(keyFile));
  const fingerprint = keyFingerprint(key.publicKey);
  verifyPack(readFileSync(path), readFileSync(`${path}.sig`), [{ ...key, fingerprint, isRevoked: false }]);
  return `Signaturen är gjord av ${key.name}.\nNyckelns fingeravtryck: ${spokenFingerprint(fingerprint)}`;
}
