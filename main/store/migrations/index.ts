import type { Migration } from '../migrate.ts';
import { foundation } from './0010-foundation.ts';
import { openpgpKeys } from './0020-openpgp-keys.ts';
import { workInProgress } from './0030-work-in-progress.ts';
import { rulePacks } from './0050-rule-packs.ts';

/** In order; a step that has shipped is never changed, the next one mends it. */
export const MIGRATIONS: readonly Migration[] = [foundation, openpgpKeys, workInProgress, rulePacks];
