import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SECURITY_HEADERS } from './headers.ts';
import { findServedFile, readServedFiles } from './serving.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigill-sida-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('readServedFiles', () => {
  it('maps exactly what was built, and the bare address to the page', () => {
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<p>');
    writeFileSync(join(folder, 'assets/a.js'), '1');
    writeFileSync(join(folder, 'assets/a.js.map'), '{}');
    const files = readServedFiles(folder);
    expect([...files.keys()].sort()).toEqual(['/', '/assets/a.js', '/index.html']);
    expect(findServedFile(files, '/')?.type).toBe('text/html; charset=utf-8');
    expect(findServedFile(files, '/assets/../index.html')).toBeNull();
    expect(findServedFile(files, '/assets')).toBeNull();
    expect(findServedFile(files, '//index.html')).toBeNull();
    // A folder's name may be written with a slash at the end.
    expect(readServedFiles(`${folder}/`).size).toBe(3);
  });

  it('stops at a kind of file that nobody foresaw, and where there is no page', () => {
    expect(() => readServedFiles(folder)).toThrow('index.html');
    writeFileSync(join(folder, 'index.html'), '<p>');
    writeFileSync(join(folder, 'a.exe'), '');
    expect(() => readServedFiles(folder)).toThrow('unknown kind');
  });
});

describe('the headers', () => {
  it('allow nothing inline, nothing evaluated and nothing from anywhere else', () => {
    const policy = SECURITY_HEADERS['content-security-policy'] ?? '';
    expect(policy.startsWith("default-src 'none';")).toBe(true);
    expect(policy).not.toMatch(/unsafe|https?:|data:|\*/);
    expect(policy).toContain("connect-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types default");
    expect(SECURITY_HEADERS).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });
});
