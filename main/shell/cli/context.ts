import { readFileSync } from 'node:fs';
import { SigillError, type ErrorKind } from '../../../shared/domain/error.ts';
import type { IncidentId } from '../../../shared/domain/incident.ts';
import type { RulePack } from '../../../shared/domain/rules.ts';
import type { Room } from '../../../shared/domain/room.ts';
import { openSession, type RoomSecret } from '../../core/open-session.ts';
import { readIncidentId } from '../../incidents/incident-id.ts';
import { loadRulePack } from '../../rules/load.ts';
import type { Vault } from '../../vault/session.ts';

/** Where a command reads and writes; the real streams, or a test's. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly readStandardInput: () => Promise<Buffer>;
}

/** What a command answers: for a person, and for a program (`--json`). */
export interface Answer {
  readonly text: string;
  readonly json: unknown;
  /** Told on standard error, so that they do not mix with what was asked for. */
  readonly remarks?: readonly string[];
  readonly exitCode?: number;
}

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

/** Reads secrets for one command. Several that are `-` take one line each from standard input, in the order asked. */
export class SecretReader {
  readonly #terminal: Terminal;
  #lines: string[] | null = null;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /**
   * @param file a path, or `-` for the next line of standard input
   * @throws SigillError `usage` where it cannot be read or is empty. Never says what was read.
   */
  async read(file: string): Promise<string> {
    const secret = file === '-' ? await this.#nextLine() : readSecretFile(file);
    if (secret === '')
      throw new SigillError('usage', `Ingen lösenfras i ${file === '-' ? 'standard in' : file}.`);
    return secret;
  }

  async #nextLine(): Promise<string> {
    this.#lines ??= (await this.#terminal.readStandardInput()).toString('utf8').split(/\r?\n/);
    return this.#lines.shift() ?? '';
  }
}

function readSecretFile(file: string): string {
  try {
    // The line end that an editor adds is not part of the passphrase.
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'okänt fel';
    throw new SigillError('usage', `Kan inte läsa filen ${file} (${code}).`);
  }
}

/** What every command is given. */
export interface Context {
  readonly terminal: Terminal;
  readonly secrets: SecretReader;
  readonly rules: () => RulePack;
}

export function makeContext(terminal: Terminal): Context {
  return { terminal, secrets: new SecretReader(terminal), rules: () => loadRulePack() };
}

async function secretOf(
  context: Context,
  passphrase: string | undefined,
  recovery: string | undefined,
): Promise<RoomSecret | null> {
  if (passphrase !== undefined) {
    return { kind: 'passphrase', passphrase: Buffer.from(await context.secrets.read(passphrase), 'utf8') };
  }
  return recovery === undefined ? null : { kind: 'recovery', code: await context.secrets.read(recovery) };
}

/**
 * Opens the vault with the rooms that the options give secrets for, does the work and locks again, whatever happens.
 * @param needed rooms without which the command means nothing
 */
export async function withVault<T>(
  context: Context,
  options: VaultOptions,
  needed: readonly Room[],
  work: (vault: Vault, rules: RulePack) => Promise<T> | T,
): Promise<T> {
  const open = await secretOf(context, options.openPass, options.openRecovery);
  const secret = await secretOf(context, options.protectedPass, options.protectedRecovery);
  if (!open && !secret) {
    throw new SigillError(
      'usage',
      'Ange lösenfras för minst ett rum: --open-pass FIL eller --protected-pass FIL.',
    );
  }
  const rules = context.rules();
  const vault = await openSession(
    {
      folder: options.vault,
      userName: options.user ?? null,
      secrets: { ...(open ? { open } : {}), ...(secret ? { protected: secret } : {}) },
    },
    rules,
  );
  try {
    for (const room of needed) vault.requireRoom(room);
    return await work(vault, rules);
  } finally {
    vault.close();
  }
}

/** @throws SigillError `usage` */
export function requireIncidentId(text: string): IncidentId {
  const id = readIncidentId(text);
  if (!id) throw new SigillError('usage', 'Incidentens beteckning skrivs som K7M2-9QXA-4D1F.');
  return id;
}

/** A column-aligned table for the terminal. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, cell.length)));
  return rows
    .map((row) =>
      row
        .map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0)))
        .join('  '),
    )
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}
