import { SigillError } from '../../shared/domain/error.ts';
import { isSameName } from '../../shared/domain/names.ts';
import type { Room } from '../../shared/domain/room.ts';
import { changeRegisterSettings, registerSettings, type RegisterSettings } from '../register/numbering.ts';
import { proveSecondByName, type SecondPerson } from '../vault/second-person.ts';
import type { Vault } from '../vault/session.ts';

/**
 * True for a change that one person must not make alone: where decisions take two, to let them take one again, or to name another
 * säkerhetsskyddschef. Otherwise the one who is to be watched could do away with it.
 */
function takesTwo(before: RegisterSettings, change: Partial<RegisterSettings>): boolean {
  if (!before.twoPersons) return false;
  if (change.twoPersons === false) return true;
  return change.chief !== undefined && !isSameName(change.chief ?? '', before.chief ?? '');
}

/**
 * Changes the settings of a room's register, with another person where it takes two.
 * @param second her passphrase is wiped here, whatever comes of it
 * @throws SigillError `policy` where it takes two and there is one; `unlock` where she does not prove who she is; `usage` as
 *   {@link changeRegisterSettings}. Nothing is changed then.
 */
export async function changeSettings(
  vault: Vault,
  room: Room,
  change: Partial<RegisterSettings>,
  second: SecondPerson | null,
): Promise<RegisterSettings> {
  const unlocked = vault.requireRoom<Room>(room);
  if (!takesTwo(registerSettings(unlocked.store), change)) {
    second?.passphrase.fill(0);
    return changeRegisterSettings(vault, room, change);
  }
  if (second === null) {
    throw new SigillError(
      'policy',
      'Det är bestämt att beslut i det här rummet fattas av två personer, och då ändras det, och vem som är säkerhetsskyddschef, ' +
        'också av två. Låt den andra skriva sin lösenfras. Inget är ändrat.',
      [],
      '--second-user och --second-pass',
    );
  }
  const secondBy = await proveSecondByName(vault, unlocked, second, 'Inget är ändrat.');
  return changeRegisterSettings(vault, room, change, secondBy);
}
