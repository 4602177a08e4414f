import { Option, type Command } from 'commander';
import { SigillError } from '../../../../shared/domain/error.ts';
import { ORGANISATION_KINDS } from '../../../../shared/domain/incident.ts';
import { LEVEL_NAME, type Level } from '../../../../shared/domain/marking.ts';
import type { Organisation } from '../../../../shared/domain/report.ts';
import { ORGANISATION_KIND_NAME } from '../../../../shared/domain/words.ts';
import { ROOM_NAME, ROOMS } from '../../../../shared/domain/room.ts';
import { swedishTime } from '../../../../shared/domain/swedish-time.ts';
import { createWholeVault } from '../../../core/create-vault.ts';
import { changeOrganisation } from '../../../core/organisation.ts';
import { formatFingerprint } from '../../../keys/inspect.ts';
import { readVaultFile, slotsOf, type KeySlot } from '../../../vault/vault-file.ts';
import { withVault, type Context, type VaultOptions } from '../context.ts';
import { table, type Columns } from '../layout.ts';
import { normalUserName } from '../../../vault/user-name.ts';
import { levelOption, unlockOptions } from '../options.ts';
import type { Run } from '../terminal.ts';

interface OrganisationOptions {
  readonly orgNumber?: string;
  readonly contact?: string;
  readonly phone?: string;
  readonly hours?: string;
  readonly address?: string[];
  readonly email?: string;
  readonly sector?: string[];
}

interface CreateOptions extends OrganisationOptions {
  readonly vault: string;
  readonly orgKind: string;
  readonly orgName: string;
  readonly user: string;
  readonly ceiling: Level;
  readonly openPass: string;
  readonly protectedPass: string;
  readonly recoveryOut: string;
}

function organisationOptions(command: Command): Command {
  return command
    .option('--org-number <nummer>', 'organisationsnummer')
    .option('--contact <namn>', 'kontaktfunktion eller kontaktperson')
    .option('--phone <nummer>', 'telefon till kontakten')
    .option('--hours <text>', 'bemanningstider för återkoppling')
    .option('--address <rad...>', 'avsändarens postadress, en rad per ord inom citattecken')
    .option('--email <adress>', 'organisationens e-postadress');
}

function organisationOf(options: OrganisationOptions): Partial<Organisation> {
  return {
    ...(options.orgNumber === undefined ? {} : { number: options.orgNumber }),
    ...(options.contact === undefined ? {} : { contact: options.contact }),
    ...(options.phone === undefined ? {} : { phone: options.phone }),
    ...(options.hours === undefined ? {} : { hours: options.hours }),
    ...(options.address === undefined ? {} : { address: options.address }),
    ...(options.email === undefined ? {} : { email: options.email }),
  };
}

export function addVaultCommands(program: Command, context: Context, run: Run): void {
  const vault = program.command('vault').description('valvet: skapa, läs av, ställ in');

  organisationOptions(
    vault
      .command('create')
      .description('skapa ett valv med båda rummen, en användare och återställningsnycklar på papper')
      .requiredOption('--vault <mapp>', 'mappen som skapas')
      .addOption(
        new Option('--org-kind <slag>', 'organisationens slag')
          .choices(ORGANISATION_KINDS)
          .makeOptionMandatory(),
      )
      .requiredOption('--org-name <namn>', 'organisationens namn')
      .requiredOption('--user <namn>', 'den första användaren', normalUserName)
      .addOption(
        levelOption(
          '--ceiling <nivå>',
          'högsta märkning som arbetsstationen är godkänd för',
        ).makeOptionMandatory(),
      )
      .requiredOption('--open-pass <fil>', 'lösenfras för öppna rummet; - för en rad från standard in')
      .requiredOption(
        '--protected-pass <fil>',
        'lösenfras för skyddade rummet; - för en rad från standard in',
      )
      .requiredOption(
        '--recovery-out <mapp>',
        'ny mapp utanför valvet för återställningskoderna (PDF att skriva ut och försegla)',
      ),
  ).action((options: CreateOptions) =>
    run(async () => {
      const open = await context.secrets.passphrase('--open-pass', options.openPass);
      const secret = await context.secrets.passphrase('--protected-pass', options.protectedPass);
      const created = await createWholeVault({
        folder: options.vault,
        recoveryFolder: options.recoveryOut,
        organisation: {
          name: options.orgName,
          kind: options.orgKind,
          number: null,
          contact: null,
          phone: null,
          hours: null,
          address: [],
          email: null,
          ...organisationOf(options),
        },
        ceiling: options.ceiling,
        userName: options.user,
        passphrases: { open, protected: secret },
        now: new Date(),
      });
      return {
        text:
          `Valvet är skapat i ${options.vault}.\n` +
          'Återställningskoder att skriva ut och lägga i var sitt förseglat kuvert; förstör sedan filerna:\n' +
          created.recoveryFiles.map((file) => `  ${file}\n`).join('') +
          `Organisationens egen OpenPGP-nyckel:\n  ${formatFingerprint(created.ownKey)}\n`,
        json: created,
        remarks: ceilingRemarks(options.ceiling),
      };
    }),
  );

  vault
    .command('status')
    .description('format, rum och nyckelplatser, utan lösenfras')
    .requiredOption('--vault <mapp>', 'valvets mapp')
    .action((options: { vault: string }) =>
      run(async () => {
        const file = readVaultFile(options.vault);
        const rooms = ROOMS.map((room) => ({
          room,
          slots: slotsOf(file, room).map(({ id, kind, userName, createdAt, kdf }) => ({
            id,
            kind,
            user: userName,
            createdAt,
            kdf: { memoryKiB: kdf.memoryKiB, iterations: kdf.iterations, parallelism: kdf.parallelism },
          })),
        }));
        return {
          text:
            `Valv ${file.vaultId}\nFormat ${file.format}, skapat ${swedishTime(new Date(file.createdAt))}\n` +
            ROOMS.map(
              (room) => `\n${ROOM_NAME[room]}\n${describeSlots(slotsOf(file, room), context.columns)}`,
            ).join(''),
          json: { format: file.format, vaultId: file.vaultId, createdAt: file.createdAt, rooms },
        };
      }),
    );

  organisationOptions(
    unlockOptions(vault.command('settings').description('visa eller ändra organisationens uppgifter')),
  ).action((options: VaultOptions & OrganisationOptions) =>
    run(() =>
      withVault(context, options, [], (opened) => {
        const change = organisationOf(options);
        const organisation =
          Object.keys(change).length > 0
            ? changeOrganisation(opened, change)
            : opened.unlockedRooms()[0]?.organisation;
        if (!organisation) throw new SigillError('unlock', 'Lås upp minst ett rum.');
        return {
          text: table([
            ['Organisation', organisation.name],
            ['Slag', kindName(organisation.kind)],
            ['Organisationsnummer', organisation.number ?? '–'],
            ['Kontakt', organisation.contact ?? '–'],
            ['Telefon', organisation.phone ?? '–'],
            ['Bemanningstider', organisation.hours ?? '–'],
            ['Postadress', organisation.address.join(', ') || '–'],
            ['E-post', organisation.email ?? '–'],
          ]),
          json: organisation,
        };
      }),
    ),
  );
}

function kindName(kind: string): string {
  return (ORGANISATION_KIND_NAME as Readonly<Record<string, string>>)[kind] ?? kind;
}

function describeSlots(slots: readonly KeySlot[], columns: Columns): string {
  const rows = slots.map(({ kind, userName, createdAt }) => [
    kind === 'recovery' ? '  återställningskod' : '  lösenfras',
    `sedan ${swedishTime(new Date(createdAt))}`,
    kind === 'recovery' ? '' : userName,
  ]);
  const derivations = new Set(
    slots.map(({ kdf }) => `Argon2id ${kdf.memoryKiB / 1024} MiB, t=${kdf.iterations}, p=${kdf.parallelism}`),
  );
  return `${table(rows, columns)}  Nyckelhärledning: ${[...derivations].join('; ')}\n`;
}

/** What the law asks before a class may be handled; said once, when the ceiling is chosen. */
function ceilingRemarks(ceiling: Level): string[] {
  if (ceiling === 'oppen' || ceiling === 'sekretess') return [];
  const remarks = [
    `Innan uppgifter upp till ${LEVEL_NAME[ceiling]} hanteras ska en särskild säkerhetsskyddsbedömning vara gjord och ` +
      'informationssystemet vara godkänt från säkerhetsskyddssynpunkt (3 kap. 1 och 3 §§ säkerhetsskyddsförordningen, 2021:955).',
  ];
  if (ceiling !== 'begransat-hemlig') {
    remarks.push('Från konfidentiell krävs även skriftligt samråd innan systemet tas i drift (3 kap. 2 §).');
  }
  return remarks;
}
