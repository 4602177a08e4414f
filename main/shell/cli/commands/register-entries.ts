import { Option, type Command } from 'commander';
import { SigillError } from '../../../../shared/domain/error.ts';
import type { Level } from '../../../../shared/domain/marking.ts';
import { INCOMING_KINDS, type IncomingKind } from '../../../../shared/domain/register.ts';
import { LIST_KINDS, type ListKind } from '../../../../shared/domain/register-lists.ts';
import { ROOM_NAME, roomOf as roomOfLevel, type Room } from '../../../../shared/domain/room.ts';
import { swedishDate } from '../../../../shared/domain/swedish-time.ts';
import { writeList } from '../../../core/register.ts';
import { requireFree } from '../../../core/write-one-file.ts';
import { findDesignation, registerIncoming, type Designated } from '../../../register/incoming.ts';
import { setDiaryNumber } from '../../../register/numbering.ts';
import type { DistributionRow } from '../../../register/repository.ts';
import { addToDistribution, distributionOfEntry, strikeFromDistribution } from '../../../register/service.ts';
import type { Vault } from '../../../vault/session.ts';
import { normalUserName } from '../../../vault/user-name.ts';
import { requireIncidentId, withUnlocked, withVault, type Context, type VaultOptions } from '../context.ts';
import { table } from '../layout.ts';
import { levelOption, timeOf, unlockOptions } from '../options.ts';
import {
  readUnlockAndSecond,
  requireDecidedTogether,
  secondPersonOptions,
  type SecondPersonOptions,
} from '../second-person.ts';
import type { Run } from '../terminal.ts';
import { roomOf, roomOption, type RoomOptions } from './register.ts';

/** @throws SigillError `usage` for a number that the register of the room does not have */
function requireEntry(vault: Vault, room: Room, number: string): Designated {
  const found = findDesignation(vault, room, number);
  if (found !== null) return found;
  const elsewhere = vault.unlockedRooms().find((one) => findDesignation(vault, one.room, number) !== null);
  throw new SigillError(
    'usage',
    elsewhere
      ? `Numret ${number} finns i registret för ${ROOM_NAME[elsewhere.room]}. Det som hör till en handling registreras i samma rum: ange en ` +
          'nivå som hör dit, också om papperet självt inte är märkt.'
      : `Numret ${number} finns inte i registret i det rummet.`,
  );
}

function describeDistribution(rows: readonly DistributionRow[]): string {
  if (rows.length === 0) return 'Ingen står på distributionslistan.\n';
  return table(
    rows.map(({ position, name, struckAt }) => [
      String(position),
      name,
      struckAt === null ? '' : `struken ${swedishDate(new Date(struckAt))}`,
    ]),
  );
}

/** What the registrar does with documents beside their copies: papers that come in, diary numbers, distributionslistor, lists. */
export function addRegisterEntryCommands(program: Command, context: Context, run: Run): void {
  const register = program.commands.find((command) => command.name() === 'register');
  if (!register) throw new TypeError('The register commands come first.');
  addIncoming(register, context, run);
  addLists(register, context, run);
}

function addIncoming(register: Command, context: Context, run: Run): void {
  unlockOptions(
    register.command('incoming').description('registrera en inkommen handling: kvittens eller svar'),
  )
    .requiredOption('--incident <id>', 'incidentens beteckning')
    .addOption(new Option('--kind <slag>', 'vad det är').choices(INCOMING_KINDS).makeOptionMandatory())
    .requiredOption('--from <namn>', 'från vem')
    .addOption(levelOption('--level <nivå>', 'märkning, som avgör rummet').makeOptionMandatory())
    .option('--at <tid>', 'när den kom in, som 2026-11-22T14:00 (svensk tid); annars nu')
    .option(
      '--answers <nummer>',
      'handlingen den hör till, som numret står i registret; för en kvittens med exemplaret',
    )
    .option('--summary <text>', 'i korthet')
    .action(
      (
        options: VaultOptions & {
          incident: string;
          kind: IncomingKind;
          from: string;
          level: Level;
          at?: string;
          answers?: string;
          summary?: string;
        },
      ) =>
        run(() =>
          withVault(context, options, [], (vault, rules) => {
            const room = roomOfLevel(options.level);
            const answered =
              options.answers === undefined ? null : requireEntry(vault, room, options.answers);
            const { entry, receipted } = registerIncoming(vault, rules, {
              incidentId: requireIncidentId(options.incident),
              kind: options.kind,
              cameAt: timeOf(options.at, vault.now()),
              level: options.level,
              sender: options.from,
              summary: options.summary ?? null,
              answers: answered?.serial ?? null,
              copy: answered?.copy ?? null,
            });
            const [copy] = entry.copies;
            const told = receipted.map((number) => `Kvittens för ${number}\n`).join('');
            const none =
              options.kind === 'kvittens' && receipted.length === 0
                ? 'Inget exemplar väntade på den här kvittensen: inget exemplar har fått någon.\n'
                : '';
            return {
              text: `${copy?.designation ?? entry.designation}  ${copy?.code ?? ''}\n${told}${none}`,
              json: { ...entry, receipted },
            };
          }),
        ),
    );

  unlockOptions(
    register.command('diary').description('incidentens diarienummer, för handlingar från och med nu'),
  )
    .addOption(roomOption())
    .requiredOption('--incident <id>', 'incidentens beteckning')
    .requiredOption('--number <nummer>', 'diarienumret')
    .action((options: RoomOptions & { incident: string; number: string }) =>
      run(() =>
        withVault(context, options, [], (vault) => {
          const room = roomOf(vault, options);
          const incident = requireIncidentId(options.incident);
          setDiaryNumber(vault, room, incident, options.number);
          return {
            text: `Diarienummer: ${options.number}\n`,
            json: { room, incident, number: options.number },
          };
        }),
      ),
    );

  unlockOptions(
    register
      .command('distribution')
      .description('distributionslistan för en handling')
      .argument('<nummer>', 'handlingens nummer i registret'),
  )
    .addOption(roomOption())
    .option('--add <namn>', 'lägg till den som får ha handlingen')
    .option('--strike <rad>', 'stryk raden med det numret; namnet står kvar')
    .action((number: string, options: RoomOptions & { add?: string; strike?: string }) =>
      run(() =>
        withVault(context, options, [], (vault) => {
          const room = roomOf(vault, options);
          const { serial } = requireEntry(vault, room, number);
          if (options.add !== undefined) addToDistribution(vault, room, serial, options.add);
          if (options.strike !== undefined)
            strikeFromDistribution(vault, room, serial, Number(options.strike));
          const rows = distributionOfEntry(vault, room, serial);
          return { text: describeDistribution(rows), json: rows };
        }),
      ),
    );
}

interface PrintOptions extends RoomOptions, SecondPersonOptions {
  readonly list: ListKind;
  readonly out: string;
  readonly decision?: string;
  readonly decidedBy?: string;
}

function addLists(register: Command, context: Context, run: Run): void {
  const print = register
    .command('print')
    .description('en lista ur registret som PDF att skriva ut; går genom grinden');
  secondPersonOptions(unlockOptions(print), 'där beslutet fattas av två')
    .addOption(roomOption())
    .addOption(new Option('--list <lista>', 'vilken lista').choices(LIST_KINDS).default('register'))
    .requiredOption('--out <fil>', 'filen som skapas; den är inte krypterad')
    .option('--decision <text>', 'beslutet och skälet, där utskriften kräver ett')
    .option('--decided-by <namn>', 'vem som har beslutat; annars användaren', normalUserName)
    .action((options: PrintOptions) =>
      run(async () => {
        requireFree(options.out);
        const { decision, decidedBy = null } = options;
        requireDecidedTogether(decision, options);
        const { unlock, second } = await readUnlockAndSecond(context, options);
        return withUnlocked(context, unlock, [], async (vault, rules) => {
          const order = {
            room: roomOf(vault, options),
            list: options.list,
            inventory: null,
            decision: decision === undefined ? null : { reason: decision, decidedBy, second },
          };
          const { file, number } = await writeList(vault, rules, order, options.out);
          return {
            text: number === null ? `${file.path}\n` : `${file.path}\nNummer i registret: ${number}\n`,
            json: { ...file, number },
            remarks: ['Filen ligger okrypterad på disken. Förstör den när den är utskriven.'],
          };
        });
      }),
    );
}
