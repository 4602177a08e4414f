import type { RulePack } from '../../shared/domain/rules.ts';
import type { DocumentLook } from '../documents/look.ts';
import { rulesInForce } from '../packs/for-incident.ts';
import type { Vault } from '../vault/session.ts';
import { runHere, type RunTask, type TaskName } from '../workers/tasks.ts';

/** Those that draw pages, and take a look. */
const DRAWING: ReadonlySet<TaskName> = new Set([
  'reportPdf',
  'transferSheet',
  'registerList',
  'drawEnvelopes',
]);

/** How the organisation's documents look: the stamp of the rules in force, its own where its pack has one. */
export function lookOf(vault: Vault, rules: RulePack): DocumentLook {
  return { stamp: rulesInForce(vault, rules).stamp };
}

/** The same tasks, with pages drawn as the organisation's documents look. What a job says of its own look goes before. */
export function inLook(vault: Vault, rules: RulePack, run: RunTask = runHere): RunTask {
  const look = lookOf(vault, rules);
  return (name, job) =>
    run(
      name,
      DRAWING.has(name) ? { ...job, look: { ...look, ...(job as { look?: DocumentLook }).look } } : job,
    );
}
