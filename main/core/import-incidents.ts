import { readFileSync, statSync } from 'node:fs';
import { SigillError } from '../../shared/domain/error.ts';
import type { IncidentId } from '../../shared/domain/incident.ts';
import { readIncidentFile, type IncidentDraft } from '../../shared/domain/incident-file.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { importIncidents } from '../incidents/service.ts';
import type { Vault } from '../vault/session.ts';
import { sensitiveRegimes } from './open-session.ts';

/** An incident is text; a file beyond this is a mistake, and would be held in memory whole. */
const LARGEST_FILE = 16 * 1024 * 1024;

/**
 * Reads incident files and stores them, all or none.
 * @returns the ids, in the order of the files
 * @throws SigillError `usage` with one line per fault in any of the files; nothing is stored
 */
export function importIncidentFiles(vault: Vault, rules: RulePack, paths: readonly string[]): IncidentId[] {
  const { ceiling } = vault.requireRoom('open');
  const limits = { ceiling, knownRegimes: new Set(rules.regimes.keys()) };
  const drafts: IncidentDraft[] = [];
  const faults: string[] = [];
  for (const path of paths) {
    const read = readIncidentFile(readText(path), limits);
    if (read.ok) drafts.push(read.draft);
    else faults.push(...read.faults.map((fault) => `${path}: ${fault}`));
  }
  if (faults.length > 0) {
    throw new SigillError('usage', 'Inget har lästs in. Rätta felen och försök igen:', faults);
  }
  return importIncidents(vault, drafts, sensitiveRegimes(rules));
}

function readText(path: string): string {
  try {
    if (statSync(path).size > LARGEST_FILE)
      throw new SigillError('usage', `${path} är för stor för en incidentfil.`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof SigillError) throw error;
    throw new SigillError(
      'usage',
      `Kan inte läsa ${path} (${(error as NodeJS.ErrnoException).code ?? 'okänt fel'}).`,
    );
  }
}
