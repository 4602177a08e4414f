import type { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { SigillError } from '../../../../shared/domain/error.ts';
import { createOwn, importRecipientKey } from '../../../core/keys.ts';
import { formatFingerprint } from '../../../keys/inspect.ts';
import { listKeys } from '../../../keys/repository.ts';
import { withVault, type Context, type VaultOptions } from '../context.ts';
import { unlockOptions } from '../options.ts';
import type { Run } from '../sigill.ts';

interface ImportOptions extends VaultOptions {
  readonly file: string;
  readonly verifiedBy?: string;
  readonly verifiedHow?: string;
}

function readKeyFile(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new SigillError(
      'usage',
      `Kan inte läsa ${file} (${(error as NodeJS.ErrnoException).code ?? 'okänt fel'}).`,
    );
  }
}

export function addKeyCommands(program: Command, context: Context, run: Run): void {
  const key = program.command('key').description('OpenPGP-nycklar: mottagares och den egna');

  unlockOptions(key.command('import').description('läs in en mottagares öppna nyckel från fil'))
    .requiredOption('--file <fil>', 'nyckeln, .asc eller binär')
    .option('--verified-by <namn>', 'vem som har jämfört fingeravtrycket')
    .option('--verified-how <text>', 'hur, till exempel "uppläst per telefon 010-240 40 40"')
    .action((options: ImportOptions) =>
      run(() =>
        withVault(context, options, ['open'], async (vault) => {
          const { inspected, verified } = await importRecipientKey(vault, readKeyFile(options.file), {
            by: options.verifiedBy ?? null,
            how: options.verifiedHow ?? null,
          });
          return {
            text:
              `${formatFingerprint(inspected.fingerprint)}\n` +
              `${inspected.userIds.join('; ')}\n${inspected.algorithm}, ` +
              `${inspected.expiresAt ? `giltig till ${inspected.expiresAt}` : 'utan slutdatum'}\n` +
              `${verified ? 'Verifierad.' : 'Inte verifierad: kan inte användas ännu.'}\n`,
            json: { ...inspected, armored: undefined, verified },
            remarks: verified
              ? []
              : [
                  'Jämför hela fingeravtrycket med mottagaren per telefon, och läs in nyckeln igen med --verified-by och --verified-how.',
                ],
          };
        }),
      ),
    );

  unlockOptions(key.command('list').description('nycklarna, med hela fingeravtryck')).action(
    (options: VaultOptions) =>
      run(() =>
        withVault(context, options, ['open'], (vault) => {
          const keys = listKeys(vault.requireRoom('open').store);
          return {
            text: keys
              .map(
                (one) =>
                  `${formatFingerprint(one.fingerprint)}\n  ${one.role === 'own' ? 'egen' : 'mottagare'}${one.retiredAt ? ' (ur bruk)' : ''}: ` +
                  `${one.userIds.join('; ')}\n  ${one.algorithm}, ${one.expiresAt ? `giltig till ${one.expiresAt}` : 'utan slutdatum'}\n` +
                  (one.role === 'own'
                    ? ''
                    : `  ${one.verifiedAt ? `verifierad av ${one.verifiedBy}, ${one.verifiedHow}, ${one.verifiedAt}` : 'INTE VERIFIERAD'}\n`),
              )
              .join(''),
            json: keys.map(({ armored: _armored, ...rest }) => rest),
          };
        }),
      ),
  );

  unlockOptions(
    key.command('create-own').description('skapa en ny egen nyckel; den förra tas ur bruk men sparas'),
  )
    .option('--email <adress>', 'adressen i nyckeln; annars organisationens')
    .action((options: VaultOptions & { email?: string }) =>
      run(() =>
        withVault(context, options, ['open'], async (vault) => {
          const fingerprint = await createOwn(vault, options.email ?? null);
          return { text: `${formatFingerprint(fingerprint)}\n`, json: { fingerprint } };
        }),
      ),
    );

  unlockOptions(
    key.command('export-own').description('skriv ut den egna öppna nyckeln, för mottagaren'),
  ).action((options: VaultOptions) =>
    run(() =>
      withVault(context, options, ['open'], (vault) => {
        const own = listKeys(vault.requireRoom('open').store).find(
          (one) => one.role === 'own' && !one.retiredAt,
        );
        if (!own) throw new SigillError('usage', 'Det finns ingen egen nyckel. Skapa en: key create-own.');
        return { text: own.armored, json: { fingerprint: own.fingerprint, armored: own.armored } };
      }),
    ),
  );
}
