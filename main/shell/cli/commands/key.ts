import { Option, type Command } from 'commander';
import { SigillError } from '../../../../shared/domain/error.ts';
import { describeComparison, type WrittenComparison } from '../../../../shared/domain/key-comparison.ts';
import { describeDistrust } from '../../../../shared/domain/key-distrust.ts';
import { warnOfKey, warnOfSender } from '../../../../shared/domain/key-warnings.ts';
import {
  createOwn,
  extendOwn,
  importOwn,
  importRecipientKey,
  ownRevocationSheet,
  requireOwnKey,
} from '../../../core/keys.ts';
import { distrustRecipientKey } from '../../../core/distrust-key.ts';
import { writeOneFile } from '../../../core/write-one-file.ts';
import { OWN_YEARS, type OwnArrival, type OwnYears } from '../../../../shared/domain/own-key.ts';
import { swedishDate, swedishTime } from '../../../../shared/domain/swedish-time.ts';
import { formatFingerprint } from '../../../keys/inspect.ts';
import { listKeys, type StoredKey } from '../../../keys/repository.ts';
import type { Vault } from '../../../vault/session.ts';
import { readUnlock, withUnlocked, withVault, type Context, type VaultOptions } from '../context.ts';
import { readInputFile } from '../input-file.ts';
import { unlockOptions } from '../options.ts';
import type { Run } from '../terminal.ts';
import { readFingerprints } from './dispatch.ts';

interface ImportOptions extends VaultOptions {
  readonly file: string;
  readonly verifiedBy?: string;
  readonly verifiedWith?: string;
  readonly phone?: string;
  readonly verifiedHow?: string;
}

/** The key reader has a limit of its own, in words; this one keeps a wrong file from filling the memory. */
const LARGEST_KEY_FILE = 8 * 1024 * 1024;

/** What is to be known of the own key in use and the address that letters are from. */
function senderOf(vault: Vault): string[] {
  const { store, organisation } = vault.requireRoom('open');
  return warnOfSender(listKeys(store), organisation.email);
}

function validityOf(expiresAt: string | null, now: Date): string {
  if (expiresAt === null) return 'utan slutdatum';
  const day = swedishDate(new Date(expiresAt));
  return new Date(expiresAt) <= now ? `UTGÅNGEN ${day}` : `giltig till ${day}`;
}

function verificationOf(key: StoredKey): string {
  if (key.role === 'own') return key.retiredAt === null ? 'Egen nyckel, i bruk' : 'Egen nyckel, ur bruk';
  const distrust = describeDistrust(key);
  if (distrust !== null) return `Mottagare, UR BRUK: kan inte användas. ${distrust}`;
  return key.verifiedAt === null
    ? 'Mottagare, INTE VERIFIERAD: kan inte användas ännu'
    : `Mottagare, verifierad ${swedishTime(new Date(key.verifiedAt))} av ${describeComparison(key)}`;
}

/** null where nothing of it was given: the key is only read in. */
function comparisonOf({
  verifiedBy,
  verifiedWith,
  phone,
  verifiedHow,
}: ImportOptions): WrittenComparison | null {
  if ([verifiedBy, verifiedWith, phone, verifiedHow].every((one) => one === undefined)) return null;
  return {
    first: verifiedBy ?? null,
    second: verifiedWith ?? null,
    way: phone === undefined ? 'mote' : 'telefon',
    phone: phone ?? null,
    note: verifiedHow ?? null,
  };
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

const yearsOption = (): Option =>
  new Option('--years <år>', 'hur länge den gäller; utelämnas utan slutdatum').choices(OWN_YEARS.map(String));

function yearsOf({ years }: { readonly years?: string }): OwnYears | null {
  return OWN_YEARS.find((one) => String(one) === years) ?? null;
}

const ARRIVAL_REMARKS: Readonly<Record<OwnArrival, readonly string[]>> = {
  new: ['De som har den förra nyckeln ska få den nya: key export-own.'],
  'used-again': [
    'Nyckeln fanns i valvet, ur bruk, och är i bruk igen. Den förra är tagen ur bruk men sparad.',
    'De som har den förra nyckeln ska få den här: key export-own.',
  ],
  renewed: [
    'Nyckeln var redan i bruk. Det som är nytt i filen är nu med.',
    'De som har nyckeln ska få den nya kopian: key export-own.',
  ],
  unchanged: ['Nyckeln är redan i bruk, och filen har inget nytt. Inget är ändrat.'],
};

interface DistrustOptions extends VaultOptions {
  readonly fingerprint: string[];
  readonly reason: string;
}

/** The whole fingerprint is asked for, and so is the reason: that is how it is confirmed where nothing can be asked back. */
function addDistrust(key: Command, context: Context, run: Run): void {
  unlockOptions(
    key
      .command('distrust')
      .description(
        'ta en mottagares nyckel ur bruk: inget krypteras till den förrän två personer har jämfört den på nytt',
      ),
  )
    .requiredOption('--fingerprint <fingeravtryck...>', 'nyckelns hela fingeravtryck')
    .requiredOption('--reason <text>', 'varför; skälet sparas')
    .action((options: DistrustOptions) =>
      run(() =>
        withVault(context, options, ['open'], (vault) => {
          const [fingerprint = '', ...more] = readFingerprints(options.fingerprint);
          if (more.length > 0) throw new SigillError('usage', 'Ange en nyckel i taget.');
          distrustRecipientKey(vault, { fingerprint, reason: options.reason });
          const { store } = vault.requireRoom('open');
          const stored = listKeys(store).find((one) => one.fingerprint === fingerprint);
          return {
            text: stored ? describeKey(stored, vault.now()) : '',
            json: { fingerprint, distrustedAt: stored?.distrustedAt, distrustedBy: stored?.distrustedBy },
            remarks: [
              'Brev som redan är gjorda kan fortfarande läsas av den som har nyckeln.',
              'Är nyckeln vald för en adress: välj en annan med recipient bind.',
            ],
          };
        }),
      ),
    );
}

export function addKeyCommands(program: Command, context: Context, run: Run): void {
  const key = program.command('key').description('OpenPGP-nycklar: mottagares och den egna');

  unlockOptions(key.command('import').description('läs in en mottagares öppna nyckel från fil'))
    .requiredOption('--file <fil>', 'nyckeln, .asc eller binär')
    .option('--verified-by <namn>', 'den ena av de två som har jämfört fingeravtrycket')
    .option('--verified-with <namn>', 'den andra')
    .option('--phone <nummer>', 'numret som ringdes; utelämnas vid ett möte')
    .option('--verified-how <text>', 'vem som svarade, och varifrån numret kom')
    .action((options: ImportOptions) =>
      run(async () => {
        const bytes = readInputFile(options.file, `--file ${options.file}`, LARGEST_KEY_FILE);
        return withVault(context, options, ['open'], async (vault) => {
          const { stored, verified, ended } = await importRecipientKey(vault, bytes, comparisonOf(options));
          if (ended !== null) throw new SigillError('usage', ended);
          const { armored: _armored, ...rest } = stored;
          return {
            text: describeKey(stored, vault.now()),
            json: { ...rest, verified },
            remarks: [
              ...warnOfKey(stored, listKeys(vault.requireRoom('open').store), vault.now()),
              ...(verified
                ? []
                : [
                    'Jämför hela fingeravtrycket med mottagaren per telefon, två personer, och läs in nyckeln igen med ' +
                      '--verified-by, --verified-with, --phone och --verified-how.',
                  ]),
            ],
          };
        });
      }),
    );

  addDistrust(key, context, run);

  unlockOptions(key.command('list').description('nycklarna, med hela fingeravtryck')).action(
    (options: VaultOptions) =>
      run(() =>
        withVault(context, options, ['open'], (vault) => {
          const keys = listKeys(vault.requireRoom('open').store);
          return {
            text: keys.map((one) => describeKey(one, vault.now())).join('\n'),
            json: keys.map(({ armored: _armored, ...rest }) => rest),
            remarks: [
              ...keys.flatMap((one) =>
                warnOfKey(one, keys, vault.now()).map(
                  (warning) => `${formatFingerprint(one.fingerprint)}: ${warning}`,
                ),
              ),
              ...senderOf(vault),
            ],
          };
        }),
      ),
  );

  unlockOptions(
    key.command('create-own').description('skapa en ny egen nyckel; den förra tas ur bruk men sparas'),
  )
    .option('--email <adress>', 'adressen i nyckeln; annars organisationens')
    .addOption(yearsOption())
    .action((options: VaultOptions & { email?: string; years?: string }) =>
      run(() =>
        withVault(context, options, ['open'], async (vault) => {
          const fingerprint = await createOwn(vault, {
            email: options.email ?? null,
            years: yearsOf(options),
          });
          return {
            text: `${formatFingerprint(fingerprint)}\n`,
            json: { fingerprint },
            remarks: ['De som har den förra nyckeln ska få den nya: key export-own.', ...senderOf(vault)],
          };
        }),
      ),
    );

  unlockOptions(
    key
      .command('import-own')
      .description(
        'läs in en egen hemlig nyckel från ett annat program, eller ta en som är ur bruk i bruk igen; den förra tas ' +
          'ur bruk men sparas',
      ),
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
          const imported = await importOwn(vault, file, passphrase);
          const { fingerprint, arrival, expiresAt } = imported;
          return {
            text: `${formatFingerprint(fingerprint)}\n${validityOf(expiresAt, vault.now())}\n`,
            json: imported,
            remarks: [
              ...ARRIVAL_REMARKS[arrival],
              ...senderOf(vault),
              'Nyckeln ligger i öppna rummet, utan sin lösenfras. Förstör filen enligt er rutin.',
            ],
          };
        });
      }),
    );

  unlockOptions(
    key.command('extend-own').description('flytta den egna nyckelns slutdatum, räknat från i dag'),
  )
    .addOption(yearsOption())
    .action((options: VaultOptions & { years?: string }) =>
      run(() =>
        withVault(context, options, ['open'], async (vault) => {
          const extended = await extendOwn(vault, yearsOf(options));
          return {
            text: `${formatFingerprint(extended.fingerprint)}\n${validityOf(extended.expiresAt, vault.now())}\n`,
            json: extended,
            remarks: ['De som har nyckeln ska få den nya kopian: key export-own.'],
          };
        }),
      ),
    );

  unlockOptions(
    key.command('revocation').description('gör bladet till skåpet som återkallar den egna nyckeln (PDF)'),
  )
    .requiredOption('--out <fil>', 'PDF-filen; den får inte finnas')
    .action((options: VaultOptions & { out: string }) =>
      run(() =>
        withVault(context, options, ['open'], async (vault) => {
          const pdf = await ownRevocationSheet(vault);
          const file = writeOneFile(options.out, pdf, (_file, publish) => publish());
          return {
            text: `${file.path}\n`,
            json: file,
            remarks: ['Skriv ut bladet, försegla det i säkerhetsskåp och radera filen.'],
          };
        }),
      ),
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
