import { Option, type Command } from 'commander';
import { SigillError } from '../../../../shared/domain/error.ts';
import { LEVEL_NAME, type Level } from '../../../../shared/domain/marking.ts';
import {
  DESTRUCTION_WAYS,
  INCOMING_KINDS,
  MEDIUM_EVENT_NAME,
  MEDIUM_KINDS,
  type DestructionWay,
  type IncomingKind,
  type MediumEvent,
  type MediumKind,
} from '../../../../shared/domain/register.ts';
import { roomOf as roomOfLevel, type Room } from '../../../../shared/domain/room.ts';
import { printList } from '../../../core/register.ts';
import { requireFree, writeOneFile } from '../../../core/write-one-file.ts';
import { registerIncoming, serialOf } from '../../../register/incoming.ts';
import { LIST_KINDS, type ListKind } from '../../../register/lists.ts';
import { addMedium, mediaOf, recordMediumEvent, type Medium } from '../../../register/media/service.ts';
import { setDiaryNumber } from '../../../register/numbering.ts';
import type { DistributionRow } from '../../../register/repository.ts';
import { addToDistribution, distributionOfEntry, strikeFromDistribution } from '../../../register/service.ts';
import type { Vault } from '../../../vault/session.ts';
import { normalUserName } from '../../../vault/user-name.ts';
import { requireIncidentId, withVault, type Context, type VaultOptions } from '../context.ts';
import { table } from '../layout.ts';
import { levelOption, unlockOptions } from '../options.ts';
import type { Run } from '../terminal.ts';
import { roomOf, roomOption, type RoomOptions } from './register.ts';

/** What a person writes for each thing that becomes of a medium. */
const MEDIUM_WORDS = {
  skrivet: 'written',
  raderat: 'wiped',
  forstort: 'destroyed',
  saknas: 'missing',
  aterfunnet: 'found',
} as const satisfies Readonly<Record<string, MediumEvent>>;

function timeOf(text: string | undefined, now: Date): string {
  const at = text === undefined ? now : new Date(text);
  if (Number.isNaN(at.getTime()))
    throw new SigillError('usage', 'Skriv tiden som 2026-11-22T14:00+01:00 (--at).');
  return at.toISOString();
}

/** @throws SigillError `usage` for a number that the register of the room does not have */
function requireSerial(vault: Vault, room: Room, number: string): number {
  const serial = serialOf(vault, room, number);
  if (serial === null)
    throw new SigillError('usage', `Numret ${number} finns inte i registret i det rummet.`);
  return serial;
}

function describeDistribution(rows: readonly DistributionRow[]): string {
  if (rows.length === 0) return 'Ingen står på distributionslistan.\n';
  return table(
    rows.map(({ position, name, struckAt }) => [
      String(position),
      name,
      struckAt === null ? '' : `struken ${struckAt.slice(0, 10)}`,
    ]),
  );
}

function describeMedia(media: readonly Medium[]): string {
  if (media.length === 0) return 'Inget medium är registrerat i det här rummet.\n';
  return table(
    media.map(({ code, label, kind, level, events }) => {
      const last = events.at(-1);
      const told = last
        ? `${MEDIUM_EVENT_NAME[last.event]} ${last.at.slice(0, 10)} ${last.what ?? ''}`.trim()
        : '';
      return [code, label, MEDIUM_KINDS[kind], LEVEL_NAME[level], told];
    }),
  );
}

/** What the registrar does beside the copies: papers that come in, lists, diary numbers, distributionslistor and media. */
export function addRegistryCommands(program: Command, context: Context, run: Run): void {
  const register = program.commands.find((command) => command.name() === 'register');
  if (!register) throw new TypeError('The register commands come first.');
  addIncoming(register, context, run);
  addLists(register, context, run);
  addMedia(program, context, run);
}

function addIncoming(register: Command, context: Context, run: Run): void {
  unlockOptions(
    register.command('incoming').description('registrera en inkommen handling: kvittens eller svar'),
  )
    .requiredOption('--incident <id>', 'incidentens beteckning')
    .addOption(new Option('--kind <slag>', 'vad det är').choices(INCOMING_KINDS).makeOptionMandatory())
    .requiredOption('--from <namn>', 'från vem')
    .addOption(levelOption('--level <nivå>', 'märkning, som avgör rummet').makeOptionMandatory())
    .option('--at <tid>', 'när den kom in, som 2026-11-22T14:00+01:00; annars nu')
    .option('--answers <nummer>', 'handlingen den hör till, som numret står i registret')
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
            const entry = registerIncoming(vault, rules, {
              incidentId: requireIncidentId(options.incident),
              kind: options.kind,
              cameAt: timeOf(options.at, vault.now()),
              level: options.level,
              sender: options.from,
              summary: options.summary ?? null,
              answers: options.answers === undefined ? null : requireSerial(vault, room, options.answers),
            });
            const [copy] = entry.copies;
            return { text: `${copy?.designation ?? entry.designation}  ${copy?.code ?? ''}\n`, json: entry };
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
          const serial = requireSerial(vault, room, number);
          if (options.add !== undefined) addToDistribution(vault, room, serial, options.add);
          if (options.strike !== undefined)
            strikeFromDistribution(vault, room, serial, Number(options.strike));
          const rows = distributionOfEntry(vault, room, serial);
          return { text: describeDistribution(rows), json: rows };
        }),
      ),
    );
}

function addLists(register: Command, context: Context, run: Run): void {
  unlockOptions(
    register.command('print').description('en lista ur registret som PDF att skriva ut; går genom grinden'),
  )
    .addOption(roomOption())
    .addOption(new Option('--list <lista>', 'vilken lista').choices(LIST_KINDS).default('register'))
    .requiredOption('--out <fil>', 'filen som skapas; den är inte krypterad')
    .option('--decision <text>', 'beslutet och skälet, där utskriften kräver ett')
    .option('--decided-by <namn>', 'vem som har beslutat; annars användaren', normalUserName)
    .action((options: RoomOptions & { list: ListKind; out: string; decision?: string; decidedBy?: string }) =>
      run(() =>
        withVault(context, options, [], async (vault, rules) => {
          const { decision, decidedBy = null } = options;
          requireFree(options.out);
          const pdf = await printList(vault, rules, {
            room: roomOf(vault, options),
            list: options.list,
            inventory: null,
            decision: decision === undefined ? null : { reason: decision, decidedBy },
          });
          const file = writeOneFile(options.out, pdf, (_file, publish) => publish());
          return {
            text: `${file.path}\n`,
            json: file,
            remarks: ['Filen ligger okrypterad på disken. Förstör den när den är utskriven.'],
          };
        }),
      ),
    );
}

function addMedia(program: Command, context: Context, run: Run): void {
  const media = program.command('medium').description('lagringsmedier: vad de heter, klass, vad som hänt');

  unlockOptions(media.command('list').description('alla medier i ett rum'))
    .addOption(roomOption())
    .action((options: RoomOptions) =>
      run(() =>
        withVault(context, options, [], (vault) => {
          const found = mediaOf(vault.requireRoom<Room>(roomOf(vault, options)));
          return { text: describeMedia(found), json: found };
        }),
      ),
    );

  unlockOptions(
    media
      .command('add')
      .description('registrera ett medium')
      .argument('<beteckning>', 'som den står på etiketten'),
  )
    .addOption(
      new Option('--kind <slag>', 'slag')
        .choices(Object.keys(MEDIUM_KINDS))
        .default('usb' satisfies MediumKind),
    )
    .addOption(levelOption('--level <nivå>', 'klass, som avgör rummet').makeOptionMandatory())
    .action((label: string, options: VaultOptions & { kind: MediumKind; level: Level }) =>
      run(() =>
        withVault(context, options, [], (vault) => {
          const made = addMedium(vault, label, options.kind, options.level);
          return { text: describeMedia([made]), json: made };
        }),
      ),
    );

  unlockOptions(
    media
      .command('tell')
      .description('registrera vad som hänt med ett medium')
      .argument('<kod>', 'mediets kod'),
  )
    .addOption(
      new Option('--as <händelse>', 'vad som hände').choices(Object.keys(MEDIUM_WORDS)).makeOptionMandatory(),
    )
    .option('--at <tid>', 'när, som 2026-11-22T14:00+01:00; annars nu')
    .option('--what <text>', 'vad som skrevs (handlingens nummer), eller anteckning')
    .addOption(new Option('--how <sätt>', 'hur det förstördes').choices(Object.keys(DESTRUCTION_WAYS)))
    .option('--witness <namn>', 'vem som bevittnade förstöringen')
    .action(
      (
        code: string,
        options: VaultOptions & {
          as: keyof typeof MEDIUM_WORDS;
          at?: string;
          what?: string;
          how?: DestructionWay;
          witness?: string;
        },
      ) =>
        run(() =>
          withVault(context, options, [], (vault) => {
            const told = recordMediumEvent(
              vault,
              code,
              MEDIUM_WORDS[options.as],
              timeOf(options.at, vault.now()),
              {
                what: options.what ?? null,
                how: options.how ?? null,
                witness: options.witness ?? null,
              },
            );
            return { text: describeMedia([told]), json: told };
          }),
        ),
    );
}
