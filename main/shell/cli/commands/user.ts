import type { Command } from 'commander';
import { SigillError } from '../../../../shared/domain/error.ts';
import { ROOM_NAME, ROOMS, type Room } from '../../../../shared/domain/room.ts';
import { findUser, listUsers } from '../../../vault/repository.ts';
import {
  addUserToRooms,
  changePassphrases,
  removeRoomUser,
  type NewPassphrases,
} from '../../../vault/users.ts';
import { table, withVault, type Context, type VaultOptions } from '../context.ts';
import { unlockOptions } from '../options.ts';
import type { Run } from '../sigill.ts';

interface NewPassphraseOptions {
  readonly newOpenPass?: string;
  readonly newProtectedPass?: string;
}

async function readNew(context: Context, options: NewPassphraseOptions): Promise<NewPassphrases> {
  const open =
    options.newOpenPass === undefined ? undefined : await context.secrets.read(options.newOpenPass);
  const secret =
    options.newProtectedPass === undefined ? undefined : await context.secrets.read(options.newProtectedPass);
  return { ...(open === undefined ? {} : { open }), ...(secret === undefined ? {} : { protected: secret }) };
}

function inWords(rooms: readonly Room[]): string {
  return rooms.map((room) => ROOM_NAME[room]).join(' och ');
}

export function addUserCommands(program: Command, context: Context, run: Run): void {
  const user = program.command('user').description('användare och deras lösenfraser');

  unlockOptions(user.command('add').description('ge en person tillträde till de rum som anges'))
    .requiredOption('--name <namn>', 'den nya användaren')
    .option('--new-open-pass <fil>', 'hennes lösenfras för öppna rummet')
    .option('--new-protected-pass <fil>', 'hennes lösenfras för skyddade rummet')
    .action((options: VaultOptions & NewPassphraseOptions & { name: string }) =>
      run(async () => {
        const passphrases = await readNew(context, options);
        return withVault(context, options, [], async (vault) => {
          const rooms = await addUserToRooms(vault, options.name, passphrases);
          return {
            text: `${options.name} har tillträde till ${inWords(rooms)}.\n`,
            json: { user: options.name, rooms },
          };
        });
      }),
    );

  unlockOptions(
    user.command('remove').description('ta bort en persons tillträde till de rum som är upplåsta'),
  )
    .requiredOption('--name <namn>', 'användaren som tas bort')
    .action((options: VaultOptions & { name: string }) =>
      run(() =>
        withVault(context, options, [], (vault) => {
          const rooms = vault
            .unlockedRooms()
            .filter(({ store }) => findUser(store, options.name)?.removedAt === null)
            .map(({ room }) => room);
          if (rooms.length === 0)
            throw new SigillError('usage', `${options.name} finns inte i de rum som är upplåsta.`);
          for (const room of rooms) removeRoomUser(vault, room, options.name);
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

  unlockOptions(user.command('passphrase').description('byt egen lösenfras för de rum som anges'))
    .option('--new-open-pass <fil>', 'ny lösenfras för öppna rummet')
    .option('--new-protected-pass <fil>', 'ny lösenfras för skyddade rummet')
    .action((options: VaultOptions & NewPassphraseOptions) =>
      run(async () => {
        const passphrases = await readNew(context, options);
        return withVault(context, options, [], async (vault) => {
          const rooms = await changePassphrases(vault, passphrases);
          return { text: `Lösenfrasen är bytt för ${inWords(rooms)}.\n`, json: { rooms } };
        });
      }),
    );

  unlockOptions(
    user.command('list').description('vilka som har tillträde till de rum som är upplåsta'),
  ).action((options: VaultOptions) =>
    run(() =>
      withVault(context, options, [], (vault) => {
        const users = vault.unlockedRooms().flatMap(({ room, store }) =>
          listUsers(store).map(({ id, name, kind, addedAt, removedAt }) => ({
            room,
            id,
            name,
            kind,
            addedAt,
            removedAt,
          })),
        );
        return {
          text: table(
            users.map(({ room, name, kind, addedAt, removedAt }) => [
              ROOM_NAME[room],
              name,
              kind === 'recovery' ? 'återställningsnyckel' : 'person',
              removedAt ? `borttagen ${removedAt}` : `sedan ${addedAt}`,
            ]),
          ),
          json: users,
        };
      }),
    ),
  );
}
