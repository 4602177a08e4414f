import { Option, type Command } from 'commander';
import { SigillError } from '../../../../shared/domain/error.ts';
import {
  COPY_MOVES,
  COPY_STATE_NAME,
  DESTRUCTION_WAYS,
  MOVE_DONE,
  type CopyMove,
  type DestructionWay,
} from '../../../../shared/domain/register.ts';
import { describeMarking, LEVEL_NAME } from '../../../../shared/domain/marking.ts';
import { CHANNEL_NAME } from '../../../../shared/domain/words.ts';
import { ROOM_NAME, ROOMS, type Room } from '../../../../shared/domain/room.ts';
import { swedishDate, swedishTime } from '../../../../shared/domain/swedish-time.ts';
import {
  finishInventory,
  startInventory,
  tickCopy,
  type Inventory,
} from '../../../register/inventory/service.ts';
import { makeList } from '../../../register/lists.ts';
import { registerSettings } from '../../../register/numbering.ts';
import { changeSettings } from '../../../core/register-settings.ts';
import {
  findByCode,
  listOutstanding,
  listRegister,
  moveCopy,
  type FoundCopy,
} from '../../../register/service.ts';
import type { Vault } from '../../../vault/session.ts';
import { withUnlocked, withVault, type Context, type VaultOptions } from '../context.ts';
import { table } from '../layout.ts';
import { timeOf, unlockOptions } from '../options.ts';
import { readUnlockAndSecond, secondPersonOptions, type SecondPersonOptions } from '../second-person.ts';
import type { Run } from '../terminal.ts';

export interface RoomOptions extends VaultOptions {
  readonly room?: Room;
}

export function roomOption(): Option {
  return new Option('--room <rum>', 'vilket rums register; annars det enda som är upplåst').choices(ROOMS);
}

/** @throws SigillError `usage` where both rooms are open and none is named */
export function roomOf(vault: Vault, { room }: RoomOptions): Room {
  const open = vault.unlockedRooms().map((unlocked) => unlocked.room);
  const [only] = open;
  if (room !== undefined) return vault.requireRoom<Room>(room).room;
  if (only === undefined || open.length > 1)
    throw new SigillError('usage', 'Ange vilket rums register som avses (--room).');
  return only;
}

interface SettingsOptions extends SecondPersonOptions {
  readonly pattern?: string;
  readonly chief?: string;
  readonly twoPersons?: 'ja' | 'nej';
  readonly inventoryMonths?: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

function describeDecision({ decision }: FoundCopy['entry']): string {
  if (decision === null) return '';
  const who = [decision.decidedBy, decision.secondBy].filter((one) => one !== null).join(' och ');
  const rules = decision.rules.map(
    ({ channel, reason, provision }) =>
      `  ${CHANNEL_NAME[channel]}: ${[reason, provision].filter((one) => one !== null).join(' ')}\n`,
  );
  return `Beslut om vägen ut: ${who}, ${swedishTime(new Date(decision.at))}. Skäl: ${decision.reason}\n${rules.join('')}`;
}

function describeCopy({ entry, copy }: FoundCopy): string {
  const state =
    copy.holder === null ? COPY_STATE_NAME[copy.state] : `${COPY_STATE_NAME[copy.state]}: ${copy.holder}`;
  const past = copy.events.map(({ move, at, holder, recordedBy, witness, note }) =>
    [
      `  ${swedishDate(new Date(at))}  ${MOVE_DONE[move]}`,
      holder ? ` till ${holder}` : '',
      witness ? `, vittne ${witness}` : '',
      note ? `: ${note}` : '',
      ` (registrerat av ${recordedBy})\n`,
    ].join(''),
  );
  const about = [
    `${copy.designation}  ${copy.code}`,
    `Märkning: ${describeMarking(entry.marking)}`,
    ...(entry.raised === null ? [] : [`På papperet står ${LEVEL_NAME[entry.raised.from]}: märk om det.`]),
    ...(entry.formerly === null ? [] : [`Tidigare nummer, som står på papperet: ${entry.formerly}`]),
    `Register: ${ROOM_NAME[entry.room]}`,
    ...(entry.withdrawn ? ['Makulerad: exemplaret lämnas inte ut igen.'] : []),
  ];
  return `${about.join('\n')}\n${describeDecision(entry)}${state}\n${past.join('')}`;
}

function describeInventory({ copies, finishedAt }: Inventory): string {
  const seen = copies.filter(({ seenAt }) => seenAt !== null).length;
  const rows = copies.map((copy) => [
    copy.seenAt === null ? '[ ]' : '[x]',
    copy.designation,
    copy.code,
    copy.isUnexpected ? 'fanns inte i listan' : (copy.holder ?? COPY_STATE_NAME[copy.state]),
    copy.result === 'missing' ? 'SAKNAS' : '',
  ]);
  return `${finishedAt === null ? 'Pågår' : 'Avslutad'}: ${seen} av ${copies.length} funna\n${table(rows)}`;
}

/** The register of documents in the terminal: `register list`, `find`, `move`, `outstanding`, `inventory`, `settings`. */
export function addRegisterCommands(program: Command, context: Context, run: Run): void {
  const register = program
    .command('register')
    .description('register över handlingar: nummer, exemplar, kvittenser');

  unlockOptions(register.command('list').description('alla handlingar i ett rum, med sina exemplar'))
    .addOption(roomOption())
    .option('--extract', 'bara det som får stå i ett utdrag (5 kap. 2 § OSL)')
    .action((options: RoomOptions & { extract?: boolean }) =>
      run(() =>
        withVault(context, options, [], (vault, rules) => {
          const room = roomOf(vault, options);
          const list = makeList(vault, rules, room, options.extract ? 'extract' : 'register');
          const rows = [list.columns, ...list.rows.map(({ cells }) => cells)];
          const json = options.extract
            ? list.rows.map(({ cells }) => cells)
            : listRegister(vault, rules, room);
          return {
            text: list.rows.length === 0 ? 'Registret är tomt.\n' : table(rows, context.columns),
            json,
          };
        }),
      ),
    );

  unlockOptions(register.command('outstanding').description('utestående kvittenser, de äldsta först')).action(
    (options: VaultOptions) =>
      run(() =>
        withVault(context, options, [], (vault, rules) => {
          const found = listOutstanding(vault, rules);
          const days = (since: string): number =>
            Math.floor((vault.now().getTime() - Date.parse(since)) / DAY_MS);
          const rows = found.map(({ copy, since }) => [
            copy.designation,
            copy.holder ?? '',
            `${days(since)} dagar`,
            copy.code,
          ]);
          return {
            text: found.length === 0 ? 'Ingen kvittens väntas.\n' : table(rows, context.columns),
            json: found.map(({ copy, since }) => ({
              code: copy.code,
              designation: copy.designation,
              holder: copy.holder,
              since,
              days: days(since),
            })),
            remarks:
              found.length === 0
                ? []
                : ['Saknas en kvittens är kontrollen bruten: anmäl det genast till säkerhetsskyddschefen.'],
          };
        }),
      ),
  );

  unlockOptions(
    register
      .command('find')
      .description('exemplaret som en kod står för')
      .argument('<kod>', 'koden ur QR-rutan'),
  ).action((code: string, options: VaultOptions) =>
    run(() =>
      withVault(context, options, [], (vault, rules) => {
        const found = findByCode(vault, rules, code);
        return { text: describeCopy(found), json: found };
      }),
    ),
  );

  unlockOptions(
    register
      .command('move')
      .description('registrera vad som hänt med ett exemplar')
      .argument('<kod>', 'exemplarets kod'),
  )
    .addOption(new Option('--as <händelse>', 'vad som hände').choices(COPY_MOVES).makeOptionMandatory())
    .option('--at <tid>', 'när, som 2026-11-22T14:00 (svensk tid); annars nu')
    .option('--holder <namn>', 'till vem exemplaret lämnas ut')
    .option('--external', 'mottagaren finns i en annan organisation')
    .addOption(new Option('--how <sätt>', 'hur exemplaret förstörs').choices(Object.keys(DESTRUCTION_WAYS)))
    .option('--witness <namn>', 'vem som bevittnar förstöringen')
    .option('--note <text>', 'anteckning; inget om vad handlingen säger')
    .action(
      (
        code: string,
        options: VaultOptions & {
          as: CopyMove;
          at?: string;
          holder?: string;
          external?: boolean;
          how?: DestructionWay;
          witness?: string;
          note?: string;
        },
      ) =>
        run(() =>
          withVault(context, options, [], (vault, rules) => {
            moveCopy(vault, code, options.as, timeOf(options.at, vault.now()), {
              holder: options.holder ?? null,
              external: options.external ?? false,
              how: options.how ?? null,
              witness: options.witness ?? null,
              note: options.note ?? null,
            });
            const found = findByCode(vault, rules, code);
            return { text: describeCopy(found), json: found };
          }),
        ),
    );

  unlockOptions(register.command('inventory').description('inventering: räkna exemplar för exemplar'))
    .addOption(roomOption())
    .option('--start', 'börja en inventering')
    .option('--independent', 'jag är inte säkerhetsskyddschefen (behövs för att börja)')
    .option('--seen <kod...>', 'exemplar som har setts')
    .option('--finish', 'avsluta: det som inte setts saknas från och med nu')
    .option('--note <text>', 'anteckning i protokollet')
    .action(
      (
        options: RoomOptions & {
          start?: boolean;
          independent?: boolean;
          seen?: string[];
          finish?: boolean;
          note?: string;
        },
      ) =>
        run(() =>
          withVault(context, options, [], (vault, rules) => {
            const room = roomOf(vault, options);
            let inventory: Inventory | null = null;
            if (options.start) inventory = startInventory(vault, rules, room, options.independent ?? false);
            for (const code of options.seen ?? [])
              inventory = tickCopy(vault, rules, room, code, 'scan').inventory;
            if (options.finish) inventory = finishInventory(vault, rules, room, options.note ?? null);
            if (!inventory)
              throw new SigillError('usage', 'Ange vad som ska göras: --start, --seen KOD eller --finish.');
            return { text: describeInventory(inventory), json: inventory };
          }),
        ),
    );

  const change = register
    .command('settings')
    .description('mönstret för nummer, och vem som är säkerhetsskyddschef');
  secondPersonOptions(unlockOptions(change), 'där två ska besluta att ett beslut inte längre tas av två')
    .addOption(roomOption())
    .option('--pattern <mönster>', 'till exempel {dnr}/{löpnr}:{exemplar}/{antal}')
    .option('--chief <namn>', 'säkerhetsskyddschefen, som inte inventerar själv')
    .addOption(
      new Option('--two-persons <svar>', 'säkerhetsskyddschefens beslut om en väg ut fattas av två').choices([
        'ja',
        'nej',
      ]),
    )
    .option('--inventory-months <antal>', 'egen regel för inventering under kvalificerat hemlig; 0: ingen')
    .action((options: RoomOptions & SettingsOptions) =>
      run(async () => {
        const { unlock, second } = await readUnlockAndSecond(context, options);
        return withUnlocked(context, unlock, [], async (vault) => {
          const room = roomOf(vault, options);
          const before = registerSettings(vault.requireRoom<Room>(room).store);
          const { twoPersons, inventoryMonths } = options;
          const asked = [options.pattern, options.chief, twoPersons, inventoryMonths];
          const isChange = asked.some((one) => one !== undefined);
          const wanted = {
            pattern: options.pattern ?? before.pattern,
            chief: options.chief ?? before.chief,
            twoPersons: twoPersons === undefined ? before.twoPersons : twoPersons === 'ja',
            inventoryMonths:
              inventoryMonths === undefined ? before.inventoryMonths : Number(inventoryMonths) || null,
          };
          const settings = isChange ? await changeSettings(vault, room, wanted, second) : before;
          return {
            text:
              `Mönster: ${settings.pattern}\nSäkerhetsskyddschef: ${settings.chief ?? 'inte angiven'}\n` +
              `Beslut av två: ${settings.twoPersons ? 'ja' : 'nej'}\n` +
              `Egen regel för inventering: ${settings.inventoryMonths === null ? 'ingen' : `${settings.inventoryMonths} månader`}\n`,
            json: settings,
          };
        });
      }),
    );
}
