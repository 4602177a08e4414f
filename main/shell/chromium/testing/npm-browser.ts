import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from '../find-browser.ts';
import type { Browser } from '../window.ts';

const MODULES = fileURLToPath(new URL('../../../../node_modules/', import.meta.url));
const PROGRAM = 'chromium';
const UNPACK = fileURLToPath(new URL('./unpack-browser.ts', import.meta.url));

/**
 * The browser of the tests: the one on the computer, else the one that npm brings, which needs no root, no installed
 * library beyond the C library, and no network. `SIGILL_TEST_BROWSER=npm` takes that one even so.
 */
export function testBrowser(): Browser {
  const installed = process.env['SIGILL_TEST_BROWSER'] === 'npm' ? null : findBrowser();
  return installed ? { executable: installed, environment: {}, sandbox: mayUseSandbox() } : npmBrowser();
}

/** Chromium refuses to run as root with its sandbox. */
function mayUseSandbox(): boolean {
  return process.getuid?.() !== 0;
}

function npmBrowser(): Browser {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'Testerna behöver Chromium, Chrome eller Edge på den här datorn (eller SIGILL_CHROMIUM=<sökväg>).',
    );
  }
  const version = (
    JSON.parse(readFileSync(join(MODULES, '@sparticuz/chromium/package.json'), 'utf8')) as { version: string }
  ).version;
  const folder = join(MODULES, '.cache/sigill-chromium', version);
  if (!existsSync(join(folder, PROGRAM))) unpack(folder);
  return {
    executable: join(folder, PROGRAM),
    environment: {
      LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
    // Its sandbox needs a helper that root must own, or user namespaces, which many servers turn off.
    sandbox: false,
  };
}

/**
 * Unpacks beside, and gives the name last: two test runs at once each make one, and either is whole. The package unpacks
 * to the temporary folder, and its libraries only where it thinks that it runs at Amazon; both are told by environment,
 * in a process of their own. Never /tmp itself: there, anybody could have put a program of that name before us.
 */
function unpack(folder: string): void {
  mkdirSync(join(folder, '..'), { recursive: true });
  const beside = mkdtempSync(`${folder}.`);
  try {
    execFileSync(process.execPath, [UNPACK], {
      env: { ...process.env, TMPDIR: beside, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
      stdio: 'pipe',
    });
    writeFileSync(join(beside, 'fonts.conf'), fontConfiguration(folder));
    // One that lost its program, to an installation that was broken off, is no browser.
    if (!existsSync(join(folder, PROGRAM))) rmSync(folder, { recursive: true, force: true });
    renameSync(beside, folder);
  } catch (error) {
    if (!existsSync(join(folder, PROGRAM))) throw error;
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

/** The package's own points at folders in /tmp. */
function fontConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts/fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(folder, 'font-cache')}</cachedir>
</fontconfig>
`;
}
