import type { Command } from 'commander';
import { warnOfKey } from '../../../../shared/domain/key-warnings.ts';
import { createOwn, importOwn, importRecipientKey, requireOwnKey } from '../../../core/keys.ts';
import { swedishDate, swedishTime } from '../../../documents/text.ts';
import { formatFingerprint } from '../../../keys/inspect.ts';
import { listKeys, type StoredKey } from '../../../keys/repository.ts';
import { readUnlock, withUnlocked, withVault, type Context, type VaultOptions } from '../context.ts';
import { readInputFile } from '../input-file.ts';
import { unlockOptions } from '../options.ts';
import type { Run } from '../terminal.ts';

interface ImportOptions extends VaultOptions {
  readonly file: string;
  readonly verifiedBy?: string;
  readonly verifiedHow?: string;
}

/** The key reader has a limit of its own, in words; this one keeps a wrong file from filling the memory. */
const LARGEST_KEY_FILE = 8 * 1024 * 1024;

function validityOf(expiresAt: string | null, now: Date): string {
  if (expiresAt === null) return 'utan slutdatum';
  const day = swedishDate(new Date(expiresAt));
  return new Date(expiresAt) <= now ? `UTGÅNGEN ${day}` : `giltig till ${day}`;
}

function verificationOf(key: StoredKey): string {
  if (key.role === 'own') return key.retiredAt === null ? 'Egen nyckel, i bruk' : 'Egen nyckel, ur bruk';
  return key.verifiedAt === null
    ? 'Mottagare, INTE VERIFIERAD: kan inte användas ännu'
    : `Mottagare, verifierad ${swedishTime(new Date(key.verifiedAt))} av ${key.verifiedBy}: ${key.verifiedHow}`;
}

/** The whole fingerprint first, in the groups that it is read aloud in. */
function describeKey(key: StoredKey, now: Date): string {
  return (
    `${formatFingerprint(key.fingerprint)}\n` +
    `  ${key.userIds.join('; ')}\n` +
    `  ${key.algorithm}, ${validityOf(key.expiresAt, now)}\n` +
    `  ${verificationOf(key)}\n`
  );
}

export function addKeyCommands(program: Command, context: Context, run: Run): void {
  const key = program.command('key').description('OpenPGP-nycklar: mottagares och den egna');

  unlockOptions(key.command('import').description('läs in en mottagares öppna nyckel från fil'))
    .requiredOption('--file <fil>', 'nyckeln, .asc eller binär')
    .option('--verified-by <namn>', 'vem som har jämfört fingeravtrycket')
    .option('--verified-how <text>', 'hur, till exempel "uppläst per telefon 010-240 40 40"')
    .action((options: ImportOptions) =>
      run(async () => {
        const bytes = readInputFile(options.file, `--file ${options.file}`, LARGEST_KEY_FILE);
        return withVault(context, options, ['open'], async (vault) => {
          const { stored, verified } = await importRecipientKey(vault, bytes, {
            by: options.verifiedBy ?? null,
            how: options.verifiedHow ?? null,
          });
          const { armored: _armored, ...rest } = stored;
          return {
            text: describeKey(stored, vault.now()),
            json: { ...rest, verified },
            remarks: [
              ...warnOfKey(stored, listKeys(vault.requireRoom('open').store), vault.now()),
              ...(verified
                ? []
                : [
                    'Jämför hela fingeravtrycket med mottagaren per telefon, och läs in nyckeln igen med --verified-by och --verified-how.',
                  ]),
            ],
          };
        });
      }),
    );

  unlockOptions(key.command('list').description('nycklarna, med hela fingeravtryck')).action(
    (options: VaultOptions) =>
      run(() =>
        withVault(context, options, ['open'], (vault) => {
          const keys = listKeys(vault.requireRoom('open').store);
          return {
            text: keys.map((one) => describeKey(one, vault.now())).join('\n'),
            json: keys.map(({ armored: _armored, ...rest }) => rest),
            remarks: keys.flatMap((one) =>
              warnOfKey(one, keys, vault.now()).map(
                (warning) => `${formatFingerprint(one.fingerprint)}: ${warning}`,
              ),
            ),
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
          return {
            text: `${formatFingerprint(fingerprint)}\n`,
            json: { fingerprint },
            remarks: ['De som har den förra nyckeln ska få den nya: key export-own.'],
          };
        }),
      ),
    );

  unlockOptions(
    key
      .command('import-own')
      .description('läs in en egen hemlig nyckel från ett annat program; den förra tas ur bruk men sparas'),
  )
    .requiredOption('--file <fil>', 'den hemliga nyckeln, .asc eller binär')
    .option('--key-pass <fil>', 'nyckelns lösenfras; behövs inte om den saknar en')
    .action((options: VaultOptions & { file: string; keyPass?: string }) =>
      run(async () => {
        const file = readInputFile(options.file, `--file ${options.file}`, LARGEST_KEY_FILE);
        const unlock = await readUnlock(context, options);
        const passphrase =
          options.keyPass === undefined
            ? null
            : await context.secrets.passphrase('--key-pass', options.keyPass);
        return withUnlocked(context, unlock, ['open'], async (vault) => {
          const fingerprint = await importOwn(vault, file, passphrase);
          return {
            text: `${formatFingerprint(fingerprint)}\n`,
            json: { fingerprint },
            remarks: [
              'Nyckeln ligger nu i öppna rummet, utan sin lösenfras. Förstör filen enligt er rutin.',
              'De som har den förra nyckeln ska få den nya: key export-own.',
            ],
          };
        });
      }),
    );

  unlockOptions(
    key.command('export-own').description('skriv ut den egna öppna nyckeln, för mottagaren'),
  ).action((options: VaultOptions) =>
    run(() =>
      withVault(context, options, ['open'], (vault) => {
        const own = requireOwnKey(vault.requireRoom('open').store);
        return {
          text: own.armored,
          json: { fingerprint: own.fingerprint, armored: own.armored },
          remarks: [`Fingeravtryck att läsa upp för mottagaren: ${formatFingerprint(own.fingerprint)}`],
        };
      }),
    ),
  );
}
