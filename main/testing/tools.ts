import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const missing = new Set<string>();

/**
 * Finds an outside program that a test checks our files with (qpdf, gpg, sqlcipher …).
 *
 * A test that cannot run must not look like a test that passed: on a build machine (`CI` set) an absent tool is an
 * error; on a developer's machine it is said loudly once, and the test skips itself with a reason.
 * @returns the path of the program, or null where it is not on the PATH.
 * @throws Error in CI where it is absent.
 */
export function requireTool(name: string): string | null {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    if (folder === '') continue;
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder: the next one is tried.
    }
  }
  if (process.env['CI']) {
    throw new Error(`Verktyget ${name} saknas. I CI måste det finnas (tool ${name} is missing in CI).`);
  }
  if (!missing.has(name)) {
    missing.add(name);
    process.stderr.write(
      `\nVARNING: ${name} saknas, kontrollen hoppas över (tool missing, check skipped).\n`,
    );
  }
  return null;
}
