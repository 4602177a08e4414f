import { randomInt } from 'node:crypto';
import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDamagedPages, LOCK_PAGE, PAGE_SIZE } from './pages.ts';
import { closeStore, emptyLog } from './store.ts';
import { fill, makeFolder, makeKey, makeRoom } from './testing/sample.ts';

const RESERVED = 80;
const key = makeKey();
const { folder, remove } = makeFolder();
/** A whole database of some thirty pages, and what lay beside it while the last row was in the log alone. */
let whole: Buffer;
let before: Buffer;
let log: Buffer;

beforeAll(() => {
  const path = join(folder, 'open.db');
  const store = makeRoom(path, 'open', key);
  fill(store, 100);
  emptyLog(store);
  before = readFileSync(path);
  fill(store, 1);
  log = readFileSync(`${path}-wal`);
  closeStore(store);
  whole = readFileSync(path);
});
afterAll(remove);

/** Writes a database, and a log if there is one, and judges it. */
function judge(database: Uint8Array, inLog: Uint8Array = Buffer.alloc(0)): number[] {
  const path = join(folder, 'judged.db');
  writeFileSync(path, database);
  writeFileSync(`${path}-wal`, inLog);
  return findDamagedPages(path, key);
}

function flipped(bytes: Buffer, offset: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(offset) ^ (1 << randomInt(8)), offset);
  return copy;
}

const numbersOf = (bytes: Buffer): number[] =>
  Array.from({ length: bytes.length / PAGE_SIZE }, (_, index) => index + 1);

describe('the pages of a database file', () => {
  it('are whole as SQLite wrote them', () => {
    expect(whole.length % PAGE_SIZE).toBe(0);
    expect(numbersOf(whole).length).toBeGreaterThan(30);
    expect(judge(whole)).toEqual([]);
  });

  it('are each noticed, and no other, when one bit of ciphertext, IV or code is changed', () => {
    for (const number of numbersOf(whole)) {
      const start = (number - 1) * PAGE_SIZE;
      const firstOfCiphertext = number === 1 ? 16 : 0;
      const iv = PAGE_SIZE - RESERVED;
      const code = PAGE_SIZE - 64;
      for (const offset of [
        firstOfCiphertext,
        randomInt(firstOfCiphertext, iv),
        iv - 1,
        iv,
        code - 1,
        code,
        PAGE_SIZE - 1,
      ]) {
        expect(judge(flipped(whole, start + offset)), `page ${number}, byte ${offset}`).toEqual([number]);
      }
    }
  });

  it('are all noticed when one bit of the salt is changed', () => {
    for (let offset = 0; offset < 16; offset += 1) {
      expect(judge(flipped(whole, offset))).toEqual(numbersOf(whole));
    }
  });

  it('are noticed at any of 200 random places, the first page among them', () => {
    for (let round = 0; round < 200; round += 1) {
      const offset = round < 40 ? randomInt(PAGE_SIZE) : randomInt(whole.length);
      expect(judge(flipped(whole, offset)), `byte ${offset}`).toContain(Math.floor(offset / PAGE_SIZE) + 1);
    }
  });

  it('are noticed when two have changed places', () => {
    const swapped = Buffer.from(whole);
    swapped.set(whole.subarray(4 * PAGE_SIZE, 5 * PAGE_SIZE), 5 * PAGE_SIZE);
    swapped.set(whole.subarray(5 * PAGE_SIZE, 6 * PAGE_SIZE), 4 * PAGE_SIZE);
    expect(judge(swapped)).toEqual([5, 6]);
  });

  it('are noticed when another key is tried', () => {
    const path = join(folder, 'judged.db');
    writeFileSync(path, whole);
    expect(findDamagedPages(path, makeKey())).toEqual(numbersOf(whole));
  });

  it('are noticed when they are gone from the end, also where the cut is between two pages', () => {
    const pages = numbersOf(whole).length;
    expect(judge(whole.subarray(0, -1))).toEqual([pages]);
    expect(judge(whole.subarray(0, -PAGE_SIZE))).toEqual([pages]);
    expect(judge(whole.subarray(0, -2 * PAGE_SIZE - 7))).toEqual([pages - 2, pages - 1, pages]);
    expect(judge(whole.subarray(0, PAGE_SIZE))).toEqual(numbersOf(whole).slice(1));
    expect(judge(whole.subarray(0, 100))).toEqual([1]);
    expect(judge(whole.subarray(0, 0))).toEqual([1]);
  });

  it('are noticed when something is added after them', () => {
    const pages = numbersOf(whole).length;
    expect(judge(Buffer.concat([whole, Buffer.alloc(PAGE_SIZE)]))).toEqual([pages + 1]);
    expect(judge(Buffer.concat([whole, Buffer.from('x')]))).toEqual([pages + 1]);
  });

  it('are only read: the file stays as it was found', () => {
    const path = join(folder, 'unchanged.db');
    copyFileSync(join(folder, 'open.db'), path);
    truncateSync(path, whole.length - 5);
    const cut = readFileSync(path);
    findDamagedPages(path, key);
    expect(readFileSync(path).equals(cut)).toBe(true);
  });

  it('do not count the one at 1 GiB, which SQLite leaves empty', () => {
    // Measured with a real database of 1,05 GiB; too large to make in every run.
    expect((LOCK_PAGE - 1) * PAGE_SIZE).toBe(2 ** 30);
  });
});

describe('the write-ahead log that a crash left', () => {
  const HEADER = 32;
  const FRAME = 24 + PAGE_SIZE;

  /** Counts the checksums anew, as somebody would who changes a log by hand: they need no key. */
  function withChecksums(bytes: Buffer): Buffer {
    const copy = Buffer.from(bytes);
    const isBigEndian = (copy.readUInt8(3) & 1) === 1;
    const word = (offset: number): number =>
      isBigEndian ? copy.readUInt32BE(offset) : copy.readUInt32LE(offset);
    let first = 0;
    let second = 0;
    const add = (offset: number, length: number): void => {
      for (let place = offset; place < offset + length; place += 8) {
        first = (first + word(place) + second) >>> 0;
        second = (second + word(place + 4) + first) >>> 0;
      }
    };
    add(0, 24);
    for (let frame = HEADER; frame + FRAME <= copy.length; frame += FRAME) {
      add(frame, 8);
      add(frame + 24, PAGE_SIZE);
      copy.writeUInt32BE(first, frame + 16);
      copy.writeUInt32BE(second, frame + 20);
    }
    return copy;
  }

  it('counts as part of the database: a page torn in the file is whole where the log has it', () => {
    expect(log.length).toBeGreaterThan(HEADER);
    expect(judge(before, log)).toEqual([]);
    const number = log.readUInt32BE(HEADER);
    const torn = flipped(before, (number - 1) * PAGE_SIZE + 1000);
    expect(judge(torn)).toEqual([number]);
    expect(judge(torn, log)).toEqual([]);
  });

  it('is judged page by page: one changed by hand, checksums and all, is noticed', () => {
    expect(withChecksums(log).equals(log)).toBe(true);
    for (let frame = HEADER; frame + FRAME <= log.length; frame += FRAME) {
      const forged = withChecksums(flipped(log, frame + 24 + 16 + randomInt(PAGE_SIZE - 16)));
      expect(judge(before, forged)).toEqual([log.readUInt32BE(frame)]);
    }
  });

  it('is judged for the salt too, which the code of the first page does not cover', () => {
    const database = join(folder, 'salted.db');
    const store = makeRoom(database, 'open', key);
    const ofFirstPage = readFileSync(`${database}-wal`);
    closeStore(store);
    const closed = readFileSync(database);
    const frames = Array.from(
      { length: (ofFirstPage.length - HEADER) / FRAME },
      (_, index) => HEADER + index * FRAME,
    );
    const frame = frames.findLast((start) => ofFirstPage.readUInt32BE(start) === 1) ?? 0;
    expect(frame).toBeGreaterThan(0);
    expect(judge(closed, ofFirstPage)).toEqual([]);
    expect(judge(closed, withChecksums(flipped(ofFirstPage, frame + 24 + randomInt(16))))).toEqual([1]);
  });

  it('is passed over where it is not whole, as SQLite does', () => {
    expect(judge(before, log.subarray(0, -1))).toEqual([]);
    expect(judge(before, flipped(log, 5))).toEqual([]);
    expect(judge(before, Buffer.from('not a log at all, but longer than its header'))).toEqual([]);
    expect(judge(before, log.subarray(0, 20))).toEqual([]);
  });
});
