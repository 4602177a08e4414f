import { writeSetting } from '../repository.ts';
import { Vault } from '../session.ts';
import { ANNA, PASSPHRASES, unlock } from './vaults.ts';

/**
 * Works in a vault as a process of its own until it is killed: one transaction after the other, in both rooms, each with
 * the canary in a value and in the audit. Says the number of each transaction when it has been acknowledged.
 */
const [folder = '', canary = ''] = process.argv.slice(2);
const vault = Vault.open(folder);
const rooms = [
  await unlock(vault, 'open', PASSPHRASES.open, ANNA),
  await unlock(vault, 'protected', PASSPHRASES.protected, ANNA),
];
for (let number = 1; ; number += 1) {
  for (const room of rooms) {
    vault.transaction(room, () => {
      writeSetting(room.store, `rad-${number}`, `${canary} ${number} `.repeat(200));
      vault.audit(room, 'test.written', null, { canary, number });
    });
  }
  process.stdout.write(`${number}\n`);
}
