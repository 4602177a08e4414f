import type { Command } from 'commander';
import { SigillError } from '../../../../shared/domain/error.ts';
import { ROOM_NAME, ROOMS, type Room } from '../../../../shared/domain/room.ts';
import { swedishDate } from '../../../../shared/domain/swedish-time.ts';
import { findUser, listUsers, type RoomUser } from '../../../vault/repository.ts';
import { listedNameOf } from '../../../vault/listed-name.ts';
import { resetPassphrases } from '../../../vault/reset.ts';
import {
  addUserToRooms,
  changePassphrases,
  removeUserFromRooms,
  type NewPassphrases,
} from '../../../vault/users.ts';
import { readUnlock, withUnlocked, withVault, type Context, type VaultOptions } from '../context.ts';
import { table } from '../layout.ts';
import { normalUserName } from '../../../vault/user-name.ts';
import { unlockOptions } from '../options.ts';
import type { Run } from '../terminal.ts';

interface NewPassphraseOptions extends VaultOptions {
  readonly newOpenPass?: string;
  readonly newProtectedPass?: string;
}
type NamedOptions = NewPassphraseOptions & { readonly name: string };

async function readNew(context: Context, options: NewPassphraseOptions): Promise<NewPassphrases> {
  const { newOpenPass, newProtectedPass } = options;
  if (newOpenPass === undefined && newProtectedPass === undefined) {
    throw new SigillError(
      'usage',
      'Ange ny lösenfras för minst ett rum: --new-open-pass eller --new-protected-pass.',
    );
  }
  const open =
    newOpenPass === undefined ? undefined : await context.secrets.passphrase('--new-open-pass', newOpenPass);
  const secret =
    newProtectedPass === undefined
      ? undefined
      : await context.secrets.passphrase('--new-protected-pass', newProtectedPass);
  return { ...(open === undefined ? {} : { open }), ...(secret === undefined ? {} : { protected: secret }) };
}

function inWords(rooms: readonly Room[]): string {
  return rooms.map((room) => ROOM_NAME[room]).join(' och ');
}

function describeUser(room: Room, { name, kind, addedAt, removedAt }: RoomUser): string[] {
  const day = swedishDate(new Date(removedAt ?? addedAt));
  const state = removedAt === null ? `sedan ${day}` : `borttagen ${day}`;
  return [ROOM_NAME[room], kind === 'recovery' ? 'återställningskod' : 'person', state, name];
}

export function addUserCommands(program: Command, context: Context, run: Run): void {
  const user = program.command('user').description('användare och deras lösenfraser');
  addAdd(user, context, run);
  addPassphrase(user, context, run);
  addReset(user, context, run);
  addRemove(user, context, run);
  addList(user, context, run);
}

function addAdd(user: Command, context: Context, run: Run): void {
  unlockOptions(user.command('add').description('ge en person tillträde till de rum som anges'))
    .requiredOption('--name <namn>', 'den nya användaren', normalUserName)
    .option('--new-open-pass <fil>', 'den nya användarens lösenfras för öppna rummet')
    .option('--new-protected-pass <fil>', 'den nya användarens lösenfras för skyddade rummet')
    .action((options: NamedOptions) =>
      run(async () => {
        const unlock = await readUnlock(context, options);
        const passphrases = await readNew(context, options);
        return withUnlocked(context, unlock, [], async (vault) => {
          const rooms = await addUserToRooms(vault, options.name, passphrases);
          return {
            text: `${options.name} har tillträde till ${inWords(rooms)}.\n`,
            json: { user: options.name, rooms },
          };
        });
      }),
    );
}

function addPassphrase(user: Command, context: Context, run: Run): void {
  unlockOptions(user.command('passphrase').description('byt egen lösenfras för de rum som anges'))
    .option('--new-open-pass <fil>', 'ny lösenfras för öppna rummet')
    .option('--new-protected-pass <fil>', 'ny lösenfras för skyddade rummet')
    .action((options: NewPassphraseOptions) =>
      run(async () => {
        const unlock = await readUnlock(context, options);
        const passphrases = await readNew(context, options);
        return withUnlocked(context, unlock, [], async (vault) => {
          const rooms = await changePassphrases(vault, passphrases);
          return { text: `Lösenfrasen är bytt för ${inWords(rooms)}.\n`, json: { rooms } };
        });
      }),
    );
}

function addReset(user: Command, context: Context, run: Run): void {
  unlockOptions(
    user
      .command('reset')
      .description(
        'ge den som har glömt sin lösenfras en ny; kräver att rummet låses upp med återställningskoden',
      ),
  )
    .requiredOption('--name <namn>', 'den som har glömt', normalUserName)
    .option('--new-open-pass <fil>', 'ny lösenfras för öppna rummet')
    .option('--new-protected-pass <fil>', 'ny lösenfras för skyddade rummet')
    .action((options: NamedOptions) =>
      run(async () => {
        const unlock = await readUnlock(context, options);
        const passphrases = await readNew(context, options);
        return withUnlocked(context, unlock, [], async (vault) => {
          const { rooms, listedName } = await resetPassphrases(vault, options.name, passphrases);
          return {
            text:
              `${options.name} har en ny lösenfras för ${inWords(rooms)} och loggar in under samma namn som förut. ` +
              `Den gamla gäller inte längre.\nSpårbarheten visar den nya nyckeln som "${listedName}".\n`,
            json: { user: options.name, rooms, listedName },
            remarks: ['Försegla återställningskoden på nytt, och anteckna vilka som har läst den.'],
          };
        });
      }),
    );
}

function addRemove(user: Command, context: Context, run: Run): void {
  unlockOptions(
    user.command('remove').description('ta bort en persons tillträde till de rum som är upplåsta'),
  )
    .requiredOption('--name <namn>', 'användaren som tas bort', normalUserName)
    .action((options: VaultOptions & { name: string }) =>
      run(() =>
        withVault(context, options, [], (vault) => {
          const found = vault
            .unlockedRooms()
            .filter(
              ({ room, store }) =>
                findUser(store, listedNameOf(vault, room, options.name))?.removedAt === null,
            );
          if (found.length === 0)
            throw new SigillError('usage', `${options.name} finns inte i de rum som är upplåsta.`);
          const rooms = removeUserFromRooms(
            vault,
            options.name,
            found.map(({ room }) => room),
          );
          const left = ROOMS.filter((room) =>
            vault.file.rooms[room].slots.some((slot) => slot.userName === options.name),
          );
          return {
            text: `${options.name} har inte längre tillträde till ${inWords(rooms)}.\n`,
            json: { user: options.name, rooms, left },
            remarks: left.map((room) => `${options.name} har kvar tillträde till ${ROOM_NAME[room]}.`),
          };
        }),
      ),
    );
}

function addList(user: Command, context: Context, run: Run): void {
  unlockOptions(
    user.command('list').description('vilka som har tillträde till de rum som är upplåsta'),
  ).action((options: VaultOptions) =>
    run(() =>
      withVault(context, options, [], (vault) => {
        const users = vault
          .unlockedRooms()
          .flatMap(({ room, store }) => listUsers(store).map((one) => ({ room, one })));
        return {
          text: table(
            users.map(({ room, one }) => describeUser(room, one)),
            context.columns,
          ),
          json: users.map(({ room, one: { id, name, kind, addedAt, removedAt } }) => ({
            room,
            id,
            name,
            kind,
            addedAt,
            removedAt,
          })),
        };
      }),
    ),
  );
}
