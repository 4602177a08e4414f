import { describe, expect, it } from 'vitest';
import { findBrowser, type Surroundings } from './find-browser.ts';

/** A computer of that kind, where these programs and no others exist. */
function computer(
  platform: NodeJS.Platform,
  environment: Record<string, string>,
  ...programs: string[]
): Surroundings {
  return { platform, environment, isProgram: (path) => programs.includes(path) };
}

describe('findBrowser', () => {
  it('looks along PATH, in the order of the names and not of the folders', () => {
    const linux = computer('linux', { PATH: '/a:/b' }, '/a/google-chrome', '/b/chromium');
    expect(findBrowser(linux)).toBe('/b/chromium');
  });

  it('knows where macOS and Windows keep theirs', () => {
    const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
    expect(findBrowser(computer('win32', { 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' }, edge))).toBe(
      edge,
    );
    const chrome = '/Users/a/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    expect(findBrowser(computer('darwin', { HOME: '/Users/a' }, chrome))).toBe(chrome);
  });

  it('finds nothing where nothing is, and ignores empty parts of PATH', () => {
    expect(findBrowser(computer('linux', { PATH: '::' }, 'chromium'))).toBeNull();
    expect(findBrowser(computer('win32', {}))).toBeNull();
  });

  it('takes the one that is wished for, and says so where it is not a program', () => {
    const wish = { SIGILL_CHROMIUM: '/opt/eget', PATH: '/a' };
    expect(findBrowser(computer('linux', wish, '/opt/eget', '/a/chromium'))).toBe('/opt/eget');
    expect(() => findBrowser(computer('linux', wish, '/a/chromium'))).toThrow(
      'SIGILL_CHROMIUM pekar på /opt/eget',
    );
  });
});
