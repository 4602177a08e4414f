import { SigillError, type ErrorKind } from '../../../shared/domain/error.ts';
import type { IncidentId } from '../../../shared/domain/incident.ts';
import type { RulePack } from '../../../shared/domain/rules.ts';
import type { Room } from '../../../shared/domain/room.ts';
import { openSession, type RoomSecret, type SessionRequest } from '../../core/open-session.ts';
import { readIncidentId } from '../../incidents/incident-id.ts';
import { loadRulePack } from '../../rules/load.ts';
import type { Vault } from '../../vault/session.ts';
import type { Columns } from './layout.ts';
import { SecretReader } from './secrets.ts';
import type { Terminal } from './terminal.ts';

export const EXIT_CODE: Readonly<Record<ErrorKind, number>> = {
  usage: 2,
  policy: 3,
  unlock: 4,
  damaged: 5,
  locked: 6,
};

/** The options by which a command gets into a vault. */
export interface VaultOptions {
  readonly vault: string;
  readonly user?: string;
  readonly openPass?: string;
  readonly protectedPass?: string;
  readonly openRecovery?: string;
  readonly protectedRecovery?: string;
}

/** What every command is given. */
export interface Context {
  readonly secrets: SecretReader;
  readonly rules: () => RulePack;
  readonly columns: Columns;
}

export function makeContext(terminal: Terminal): Context {
  return {
    secrets: new SecretReader(terminal),
    rules: () => loadRulePack(),
    columns: terminal.columns ?? null,
  };
}

async function secretOf(
  context: Context,
  room: Room,
  passphraseFile: string | undefined,
  recoveryFile: string | undefined,
): Promise<RoomSecret | null> {
  if (passphraseFile !== undefined && recoveryFile !== undefined) {
    throw new SigillError('usage', `Ange antingen --${room}-pass eller --${room}-recovery, inte båda.`);
  }
  if (passphraseFile !== undefined) {
    const passphrase = await context.secrets.passphrase(`--${room}-pass`, passphraseFile);
    return { kind: 'passphrase', passphrase: Buffer.from(passphrase, 'utf8') };
  }
  if (recoveryFile === undefined) return null;
  return { kind: 'recovery', code: await context.secrets.code(`--${room}-recovery`, recoveryFile) };
}

/**
 * Reads what the rooms are to be unlocked with. Before anything else that a command reads from standard input, so that
 * the lines come in the order that the help tells.
 * @throws SigillError `usage` where there is nothing to unlock with
 */
export async function readUnlock(context: Context, options: VaultOptions): Promise<SessionRequest> {
  const open = await secretOf(context, 'open', options.openPass, options.openRecovery);
  const secret = await secretOf(context, 'protected', options.protectedPass, options.protectedRecovery);
  if (!open && !secret) {
    throw new SigillError(
      'usage',
      'Ange lösenfras för minst ett rum: --open-pass FIL eller --protected-pass FIL (- för standard in).',
    );
  }
  return {
    folder: options.vault,
    userName: options.user ?? null,
    secrets: { ...(open ? { open } : {}), ...(secret ? { protected: secret } : {}) },
  };
}

/**
 * Opens the vault with the rooms that there are secrets for, does the work and locks again, whatever happens.
 * @param needed rooms without which the command means nothing
 */
export async function withUnlocked<T>(
  context: Context,
  request: SessionRequest,
  needed: readonly Room[],
  work: (vault: Vault, rules: RulePack) => Promise<T> | T,
): Promise<T> {
  const rules = context.rules();
  const vault = await openSession(request, rules);
  try {
    for (const room of needed) vault.requireRoom(room);
    return await work(vault, rules);
  } finally {
    vault.close();
  }
}

/** {@link readUnlock}, then {@link withUnlocked}: for a command that reads no other secrets. */
export async function withVault<T>(
  context: Context,
  options: VaultOptions,
  needed: readonly Room[],
  work: (vault: Vault, rules: RulePack) => Promise<T> | T,
): Promise<T> {
  return withUnlocked(context, await readUnlock(context, options), needed, work);
}

/** @throws SigillError `usage` */
export function requireIncidentId(text: string): IncidentId {
  const id = readIncidentId(text);
  if (!id) throw new SigillError('usage', 'Incidentens beteckning skrivs som K7M2-9QXA-4D1F.');
  return id;
}
