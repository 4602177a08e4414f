import { createInterface } from 'node:readline';
import { Vault } from '../session.ts';
import { unlock } from './vaults.ts';

/**
 * Unlocks the open room as a process of its own, whose memory is looked at from outside. Says `unlocked`; at the next
 * line of its standard input it locks and says `locked`; at the one after it ends.
 */
const vault = Vault.open(process.argv[2] ?? '');
await unlock(vault, 'open');
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
process.stdout.write('unlocked\n');
await lines.next();
vault.close();
process.stdout.write('locked\n');
await lines.next();
process.exit(0);
