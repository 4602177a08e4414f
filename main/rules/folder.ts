import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { SigillError } from '../../shared/domain/error.ts';
import type { RuleFiles } from './read.ts';

/**
 * Every JSON file under a folder, in a fixed order, so that the faults come in the same order everywhere.
 * @throws SigillError `usage` where the folder cannot be read
 */
export function readRuleFolder(folder: string): RuleFiles {
  return new Map(listRuleFiles(folder).map((file) => [file, parseJson(join(folder, file))]));
}

function listRuleFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .sort();
  } catch {
    throw new SigillError(
      'usage',
      `Regelpaketet går inte att läsa: mappen ${folder} saknas eller är spärrad.`,
    );
  }
}

/** @returns undefined where the file cannot be read, is not UTF-8 or is not JSON. */
function parseJson(path: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)));
  } catch {
    return undefined;
  }
}
