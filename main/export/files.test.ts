import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SigillError } from '../../shared/domain/error.ts';
import { stageExportFolder, writeExportFolder, type ExportFile } from './files.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sigill-ut-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const file = (name: string, text = name): ExportFile => ({ name, bytes: Buffer.from(text) });
const FILES = [file('rapport.txt', 'Hej'), file('tom.bin', '')];

function expectUsage(work: () => unknown): void {
  expect(work).toThrow(expect.objectContaining({ kind: 'usage' }));
}

describe('an export folder', () => {
  it('holds each file as it was given, readable by its owner only, with its SHA-256', () => {
    const target = join(root, 'ut');
    const written = writeExportFolder(target, FILES);
    expect(written).toEqual(
      FILES.map(({ name, bytes }) => ({
        name,
        size: bytes.length,
        sha256: createHash('sha256')
          .update(readFileSync(join(target, name)))
          .digest('hex'),
      })),
    );
    expect(readFileSync(join(target, 'rapport.txt'), 'utf8')).toBe('Hej');
    expect(lstatSync(target).mode & 0o777).toBe(0o700);
    expect(lstatSync(join(target, 'rapport.txt')).mode & 0o777).toBe(0o600);
    expect(readdirSync(root)).toEqual(['ut']);
  });

  it('may be there already if it is empty, and the folders above it need not be', () => {
    mkdirSync(join(root, 'tom'));
    writeExportFolder(join(root, 'tom'), FILES);
    writeExportFolder(join(root, 'a', 'b', 'c'), FILES);
    expect(readdirSync(join(root, 'tom'))).toEqual(['rapport.txt', 'tom.bin']);
    expect(readdirSync(join(root, 'a', 'b'))).toEqual(['c']);
  });

  it('is never written over: not where something is in it, and not where it is a file', () => {
    writeFileSync(join(root, 'fil'), 'min');
    mkdirSync(join(root, 'full'));
    writeFileSync(join(root, 'full', 'min.txt'), 'min');
    for (const target of ['fil', 'full', join('fil', 'under')]) {
      expectUsage(() => writeExportFolder(join(root, target), FILES));
    }
    expect(readFileSync(join(root, 'fil'), 'utf8')).toBe('min');
    expect(readdirSync(join(root, 'full'))).toEqual(['min.txt']);
    expect(readdirSync(root)).toEqual(['fil', 'full']);
  });

  it('does not take away what somebody put there while it was being made', () => {
    const target = join(root, 'ut');
    mkdirSync(target);
    const staged = stageExportFolder(target, FILES);
    writeFileSync(join(target, 'min.txt'), 'min');
    expectUsage(() => staged.publish());
    staged.discard();
    expect(readdirSync(target)).toEqual(['min.txt']);
    expect(readdirSync(root)).toEqual(['ut']);
  });

  it.each(['', '..', '../ut', '/etc/x', '.dold', 'a b', 'å.txt', 'a\\b', 'x'.repeat(101), 'a\n'])(
    'refuses the file name %j, which no medium is sure to keep',
    (name) => {
      expect(() => writeExportFolder(join(root, 'ut'), [file(name)])).toThrow(TypeError);
      expect(readdirSync(root)).toEqual([]);
    },
  );
});

describe('an export folder is whole or not there at all', () => {
  it('when two files have the same name', () => {
    expectUsage(() => writeExportFolder(join(root, 'a', 'b'), [...FILES, file('rapport.txt')]));
    expect(readdirSync(root)).toEqual([]);
  });

  it('when its name leads nowhere', () => {
    symlinkSync(join(root, 'ingenstans'), join(root, 'lank'));
    expectUsage(() => writeExportFolder(join(root, 'lank'), FILES));
    expect(readdirSync(root)).toEqual(['lank']);
    expectUsage(() => writeExportFolder(join(root, 'x'.repeat(250)), FILES));
    expect(readdirSync(root)).toEqual(['lank']);
  });

  it('when a folder above it may not be written in', () => {
    expectUsage(() => writeExportFolder('/proc/sigill/ut', FILES));
  });

  it.skipIf(process.getuid?.() === 0)('when the folder is read-only (root may write anywhere)', () => {
    const readOnly = join(root, 'skrivskyddad');
    mkdirSync(readOnly, { mode: 0o500 });
    expectUsage(() => writeExportFolder(join(readOnly, 'ut'), FILES));
    expect(readdirSync(readOnly)).toEqual([]);
  });

  it('when the disk takes no more in the middle of a file', () => {
    const program = `
      import { writeExportFolder } from '${new URL('./files.ts', import.meta.url).href}';
      process.on('SIGXFSZ', () => undefined);
      try {
        writeExportFolder(process.argv[1], [
          { name: 'liten.txt', bytes: Buffer.from('liten') },
          { name: 'stor.bin', bytes: Buffer.alloc(1024 * 1024) },
        ]);
      } catch (error) {
        console.log(error.name, error.kind, /större än mediet.*Inget har lämnats kvar/.test(error.message));
      }`;
    const target = join(root, 'ny', 'ut');
    // The shell's limit on the size of a file is the nearest to a full disk that needs no disk.
    const said = execFileSync(
      'bash',
      ['-c', 'ulimit -f 64; exec "$0" --input-type=module -e "$1" "$2"', process.execPath, program, target],
      { encoding: 'utf8' },
    );
    expect(said.trim()).toBe('SigillError usage true');
    expect(readdirSync(root)).toEqual([]);
  });

  it('until it gets its name, and again when it is taken back', () => {
    const target = join(root, 'a', 'ut');
    const staged = stageExportFolder(target, FILES);
    expect(existsSync(target)).toBe(false);
    staged.publish();
    expect(readdirSync(join(root, 'a'))).toEqual(['ut']);
    staged.discard();
    expect(readdirSync(root)).toEqual([]);
  });

  it('says what went wrong and where, in words', () => {
    writeFileSync(join(root, 'fil'), '');
    try {
      writeExportFolder(join(root, 'fil', 'ut'), FILES);
    } catch (error) {
      expect(error).toBeInstanceOf(SigillError);
      expect((error as SigillError).message).toContain(join(root, 'fil', 'ut'));
      return;
    }
    throw new Error('It was written.');
  });
});
