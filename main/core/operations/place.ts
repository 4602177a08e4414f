import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { SigillError } from '../../../shared/domain/error.ts';

/**
 * For a folder that is to be made in a place that a person chose in a dialog: the place was there then, so what is gone since was a
 * medium that has been pulled out. Made anew it would lie on the disk of the computer.
 * @throws SigillError `usage` where the place is gone
 */
export function requirePlace(folder: string): void {
  if (existsSync(dirname(folder))) return;
  throw new SigillError(
    'usage',
    `Platsen ${dirname(folder)} finns inte längre. Sätt i mediet eller välj en annan plats. Inget har skapats.`,
  );
}
