import type { Command } from 'commander';
import { SigillError } from '../../../shared/domain/error.ts';
import type { SecondPerson } from '../../vault/second-person.ts';
import { normalUserName } from '../../vault/user-name.ts';
import { readUnlock, type Context, type VaultOptions } from './context.ts';

export interface SecondPersonOptions {
  readonly secondUser?: string;
  readonly secondPass?: string;
}

/** @param when where the decision takes two */
export function secondPersonOptions(command: Command, when: string): Command {
  return command
    .option('--second-user <namn>', `den andra personen, ${when}`, normalUserName)
    .option('--second-pass <fil>', 'den andra personens lösenfras för rummet');
}

/** @throws SigillError `usage` where a second person is named and there is no decision for her to take part in */
export function requireDecidedTogether(
  decision: string | undefined,
  { secondUser, secondPass }: SecondPersonOptions,
): void {
  if (decision !== undefined || (secondUser ?? secondPass) === undefined) return;
  throw new SigillError(
    'usage',
    'En andra person hör till ett beslut. Ange beslutet och skälet.',
    [],
    '--decision',
  );
}

/**
 * Reads what opens the rooms, and then the second person's passphrase; null where she is not named.
 * @throws SigillError `usage` where only one of the two options is given, before any passphrase is asked for
 */
export async function readUnlockAndSecond(
  context: Context,
  options: VaultOptions & SecondPersonOptions,
): Promise<{ unlock: Awaited<ReturnType<typeof readUnlock>>; second: SecondPerson | null }> {
  const { secondUser, secondPass } = options;
  if ((secondUser === undefined) !== (secondPass === undefined)) {
    throw new SigillError('usage', 'Den andra personen anges med både --second-user och --second-pass.');
  }
  const unlock = await readUnlock(context, options);
  if (secondUser === undefined || secondPass === undefined) return { unlock, second: null };
  const passphrase = await context.secrets.passphrase('--second-pass', secondPass);
  return { unlock, second: { userName: secondUser, passphrase: Buffer.from(passphrase, 'utf8') } };
}
