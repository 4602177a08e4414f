import { findElectron } from '../main/shell/launch.ts';
import { buildElectronShell, buildRenderer, ROOT, run } from '../main/shell/build.ts';
import { THIS_COMPUTER } from '../main/shell/chromium/find-browser.ts';
import { join } from 'node:path';

/** `npm run e2e [-- --shell=electron] [what vitest is to be told]`: builds what is tested, and drives it. */

const given = process.argv.slice(2);
const isElectron = given.includes('--shell=electron');
const rest = given.filter((argument) => !argument.startsWith('--shell='));

async function main(): Promise<number> {
  if (isElectron && !findElectron(THIS_COMPUTER)) {
    process.stderr.write(
      '\nINGET HAR PROVATS: Electrons program finns inte på den här datorn.\n' +
        'Hämta det med "node node_modules/electron/install.js", eller packa upp det och sätt ' +
        'ELECTRON_OVERRIDE_DIST_PATH till mappen.\n\n',
    );
    return 2;
  }
  await buildRenderer();
  if (isElectron) await buildElectronShell();
  process.env['SIGILL_E2E_SHELL'] = isElectron ? 'electron' : 'chromium';
  return run(process.execPath, [
    join(ROOT, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--config',
    'e2e/vitest.config.ts',
    ...rest,
  ]);
}

process.exitCode = await main();
