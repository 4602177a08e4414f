import { SigillError } from '../../../shared/domain/error.ts';
import { takeWriterLock } from '../writer-lock.ts';

/**
 * Takes a vault as a process of its own. Says `held` and holds it until its standard input ends; or says of what kind
 * the refusal was, and ends.
 */
try {
  const lock = takeWriterLock(process.argv[2] ?? '');
  process.stdout.write('held\n');
  process.stdin.resume();
  process.stdin.on('end', () => lock.release());
} catch (error) {
  process.stdout.write(`${error instanceof SigillError ? error.kind : String(error)}\n`);
}
