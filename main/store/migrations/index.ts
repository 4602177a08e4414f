import type { Migration } from '../migrate.ts';
import { foundation } from './0010-foundation.ts';
import { openpgpKeys } from './0020-openpgp-keys.ts';
import { answersAndPortals } from './0060-answers-and-portals.ts';
import { workInProgress } from './0030-work-in-progress.ts';
import { rulePacks } from './0050-rule-packs.ts';
import { assessments } from './0070-assessments.ts';
import { addressesAndRequests } from './0080-addresses-and-requests.ts';
import { register } from './0090-register.ts';
import { changesAndSectors } from './0100-changes-and-sectors.ts';
import { paperAndIncoming } from './0110-paper-and-incoming.ts';
import { comparedKeys } from './0120-compared-keys.ts';
import { raisedDocuments } from './0130-raised-documents.ts';
import { distrustedKeys } from './0140-distrusted-keys.ts';
import { correctedDestruction } from './0150-corrected-destruction.ts';
import { numbersAndProvisions } from './0160-numbers-and-provisions.ts';
import { numberedLists } from './0170-numbered-lists.ts';

/** In order; a step that has shipped is never changed, the next one mends it. */
export const MIGRATIONS: readonly Migration[] = [
  foundation,
  openpgpKeys,
  workInProgress,
  rulePacks,
  answersAndPortals,
  assessments,
  addressesAndRequests,
  register,
  changesAndSectors,
  paperAndIncoming,
  comparedKeys,
  raisedDocuments,
  distrustedKeys,
  correctedDestruction,
  numbersAndProvisions,
  numberedLists,
];
