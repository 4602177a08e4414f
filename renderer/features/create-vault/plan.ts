import type { OrganisationKind } from '../../../shared/domain/incident.ts';
import { isProtectedLevel, levelRank, type Level } from '../../../shared/domain/marking.ts';
import { findOrganisationNameFault, findUserNameFault, isMailAddress } from '../../../shared/domain/names.ts';
import { isAlike } from '../../../shared/domain/passphrase.ts';
import { ROOMS } from '../../../shared/domain/room.ts';
import { EMPTY_PASSPHRASES, isEveryOneReady, type Passphrases } from '../../components/passphrases.ts';
import { sv } from '../../text/sv.ts';

/** What has been answered so far in the guide to a new vault. */
export interface Plan {
  readonly organisationName: string;
  readonly organisationKind: OrganisationKind | null;
  /** Stands in the own OpenPGP key; empty where there is none. */
  readonly email: string;
  readonly ceiling: Level;
  /** Which of the law's demands have been confirmed. */
  readonly confirmed: readonly string[];
  readonly userName: string;
  readonly secrets: Passphrases;
  readonly parent: string | null;
  readonly vaultName: string;
  readonly recoveryParent: string | null;
}

/** What every step is given: all that has been answered, and a way to answer more. */
export interface StepProps {
  readonly plan: Plan;
  readonly change: (part: Partial<Plan> | ((now: Plan) => Partial<Plan>)) => void;
}

export const EMPTY_PLAN: Plan = {
  organisationName: '',
  organisationKind: null,
  email: '',
  ceiling: 'sekretess',
  confirmed: [],
  userName: '',
  secrets: EMPTY_PASSPHRASES,
  parent: null,
  vaultName: 'incidenter',
  recoveryParent: null,
};

/** What must be in place before a workstation may hold the level (SSF 2021:955 3 kap. 1–4 §§). */
export function demandsOf(ceiling: Level): string[] {
  if (!isProtectedLevel(ceiling)) return [];
  const { ceilingBase, ceilingConsult, ceilingEmission, ceilingConfirm } = sv.create;
  const fromConfidential = levelRank(ceiling) >= levelRank('konfidentiell');
  return [...ceilingBase, ...(fromConfidential ? [ceilingConsult, ceilingEmission] : []), ceilingConfirm];
}

/** Joins a folder and a name as the computer writes paths. */
export function pathIn(parent: string, name: string): string {
  const separator = parent.includes('\\') ? '\\' : '/';
  return parent.endsWith(separator) ? parent + name : parent + separator + name;
}

/** A name that every file system takes, and that is no path. The core takes any folder: the name is the guide's own. */
const FOLDER_NAME = /^[\p{L}\p{N}][\p{L}\p{N} _-]{0,60}$/u;

/** What is wrong with the answers, field by field: what the core would refuse, told where it is written. null: nothing. */
export function faultsOf({ organisationName, email, userName, vaultName, parent, recoveryParent }: Plan): {
  readonly organisationName: string | null;
  readonly email: string | null;
  readonly userName: string | null;
  readonly vaultName: string | null;
  readonly recoveryParent: string | null;
} {
  const isAddress = email.trim() === '' || isMailAddress(email.trim());
  return {
    organisationName: findOrganisationNameFault(organisationName),
    email: isAddress ? null : sv.create.emailWrong,
    userName: findUserNameFault(userName),
    vaultName: FOLDER_NAME.test(vaultName.trim()) ? null : sv.create.vaultNameWrong,
    // Side by side, who takes or copies the folder has the vault and its codes.
    recoveryParent: parent !== null && parent === recoveryParent ? sv.create.recoverySame : null,
  };
}

/** Whether each step of the guide has what the next one needs. */
export function isStepDone(step: number, plan: Plan): boolean {
  const faults = faultsOf(plan);
  switch (step) {
    case 0:
      return faults.organisationName === null && plan.organisationKind !== null && faults.email === null;
    case 1:
      return demandsOf(plan.ceiling).every((demand) => plan.confirmed.includes(demand));
    case 2:
      return faults.userName === null;
    case 3:
      return (
        ROOMS.every((room) => plan.secrets[room].secret !== '') &&
        isEveryOneReady(plan.secrets) &&
        !isAlike(plan.secrets.open.secret, plan.secrets.protected.secret)
      );
    case 4:
      return foldersOf(plan) !== null && faults.vaultName === null && faults.recoveryParent === null;
    default:
      return true;
  }
}

/** The two folders that the plan asks for. */
export function foldersOf(plan: Plan): { folder: string; recoveryFolder: string } | null {
  if (plan.parent === null || plan.recoveryParent === null) return null;
  const name = plan.vaultName.trim();
  return {
    folder: pathIn(plan.parent, `${name}.sigill`),
    recoveryFolder: pathIn(plan.recoveryParent, `${sv.create.recoverySubfolder}-${name}`),
  };
}
