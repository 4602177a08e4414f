import type { Command } from 'commander';
import { revokeKey, trustKey } from '../../../packs/publishers.ts';
import { spokenFingerprint } from '../../../rules/signature.ts';
import { normalUserName } from '../../../vault/user-name.ts';
import { readUnlock, withUnlocked, type Context, type VaultOptions } from '../context.ts';
import { readInputFile } from '../input-file.ts';
import { unlockOptions } from '../options.ts';
import type { Run } from '../terminal.ts';

interface TwoPersons extends VaultOptions {
  readonly reason: string;
  readonly secondUser: string;
  readonly secondPass: string;
}

const LARGEST_KEY = 64 * 1024;

/** Whom packs are taken from: each change by two persons. */
export function addRuleKeyCommands(rules: Command, context: Context, run: Run): void {
  twoPersons(rules.command('trust-key').description('lita på en utgivares nyckel; beslut av två personer'))
    .requiredOption('--file <fil>', 'utgivarens öppna nyckel, .utgivare.json')
    .action((options: TwoPersons & { file: string }) =>
      run(async () => {
        const file = readInputFile(options.file, `--file ${options.file}`, LARGEST_KEY);
        const { unlock, second } = await readTwo(context, options);
        return withUnlocked(context, unlock, ['open'], async (vault) => {
          const key = await trustKey(vault, file, options.reason, second);
          return {
            text: `Valvet litar nu på ${key.name}.\n${spokenFingerprint(key.fingerprint)}\n`,
            json: key,
          };
        });
      }),
    );

  twoPersons(rules.command('revoke-key').description('lita inte längre på en nyckel; beslut av två personer'))
    .requiredOption('--fingerprint <sha256>', 'nyckelns hela fingeravtryck, se rules list')
    .action((options: TwoPersons & { fingerprint: string }) =>
      run(async () => {
        const { unlock, second } = await readTwo(context, options);
        return withUnlocked(context, unlock, ['open'], async (vault) => {
          await revokeKey(vault, options.fingerprint, options.reason, second);
          return { text: 'Nyckeln är återkallad.\n', json: { revoked: true } };
        });
      }),
    );
}

function twoPersons(command: Command): Command {
  return unlockOptions(command)
    .requiredOption('--reason <skäl>', 'varför, och hur fingeravtrycket har jämförts')
    .requiredOption('--second-user <namn>', 'den andra personen i beslutet', normalUserName)
    .requiredOption('--second-pass <fil>', 'den andra personens lösenfras för öppna rummet');
}

/** The secrets in the order that the help tells. */
async function readTwo(context: Context, options: TwoPersons) {
  const unlock = await readUnlock(context, options);
  const passphrase = await context.secrets.passphrase('--second-pass', options.secondPass);
  const second = { userName: options.secondUser, passphrase: Buffer.from(passphrase, 'utf8') };
  return { unlock, second };
}
