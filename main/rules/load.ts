import { fileURLToPath } from 'node:url';
import { SigillError } from '../../shared/domain/error.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { findRuleFaults } from './check.ts';
import { readRuleFolder } from './folder.ts';
import { makeLibrary, type RuleLibrary } from './library.ts';
import { readPack, type RuleFiles } from './read.ts';

export const SHIPPED_FOLDER = fileURLToPath(new URL('../../assets/rules', import.meta.url));

let shipped: RuleLibrary | null = null;

/**
 * Reads and checks a rule pack: every JSON file under the folder, whatever sub-folder it lies in, since `kind` says
 * what a file is. The pack is accepted whole or not at all, and cannot be changed afterwards.
 * The pack that ships with the program is read once and kept.
 * @returns the last version of every rule; for an incident, ask `rulesForIncident` in main/packs
 * @throws SigillError `usage` with one line per fault, each naming file and place
 */
export function loadRulePack(folder?: string): RulePack {
  if (folder !== undefined) return checkedLibrary(readRuleFolder(folder)).newest;
  shipped ??= checkedLibrary(readRuleFolder(SHIPPED_FOLDER));
  return shipped.newest;
}

/** @throws SigillError `usage` with one line per fault */
export function checkedLibrary(files: RuleFiles): RuleLibrary {
  const { manifest, rules, broken, faults } = readPack(files);
  const allFaults = [...faults, ...findRuleFaults(rules, broken)];
  if (allFaults.length > 0 || !manifest) throw faultyPack(allFaults);
  return makeLibrary(manifest, null, rules);
}

export function faultyPack(faults: readonly string[]): SigillError {
  const count = faults.length === 1 ? 'ett fel' : `${faults.length} fel`;
  return new SigillError('usage', `Regelpaketet har ${count} och används inte.`, faults);
}
