import { createDecipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { readCommittedLog } from './write-ahead-log.ts';

/**
 * The page format of SQLCipher 4, read without SQLite: every page is ciphertext, then a 16-byte IV, then a 64-byte
 * HMAC-SHA512 over both and the page number. So a damaged page is found whether or not a query would touch it.
 * Source: SQLCipher design notes (page size 4096, KDF for the HMAC key: PBKDF2-HMAC-SHA512, 2 rounds, salt XOR 0x3a).
 */
export const PAGE_SIZE = 4096;
const SALT_SIZE = 16;
const IV_SIZE = 16;
const HMAC_SIZE = 64;
const HMAC_SALT_MASK = 0x3a;
const HMAC_KEY_ROUNDS = 2;
/** SQLite never writes the page that holds the byte at 1 GiB, where other systems keep their locks. */
export const LOCK_PAGE = 0x4000_0000 / PAGE_SIZE + 1;
/** Where the first page, in clear, tells how many pages there are. */
const PAGE_COUNT_OFFSET = 28;

/**
 * Checks the authentication code of every page of an encrypted database, as it will be when SQLite has brought its
 * write-ahead log home. Reads only.
 * @param key the raw 32-byte key of the room
 * @param opened a descriptor to read the file through, left open; without it the file is opened and closed
 * @returns numbers (from 1) of the pages that are damaged, cut, or gone from the end
 */
export function findDamagedPages(path: string, key: Buffer, opened: number | null = null): number[] {
  const descriptor = opened ?? openSync(path, 'r');
  try {
    return judgePages(path, key, descriptor);
  } finally {
    if (opened === null) closeSync(descriptor);
  }
}

function judgePages(path: string, key: Buffer, descriptor: number): number[] {
  const log = readCommittedLog(`${path}-wal`, PAGE_SIZE);
  const inFile = Buffer.alloc(PAGE_SIZE);
  const readPage = (number: number): Buffer | null => {
    const logged = log?.pages.get(number);
    if (logged) return logged;
    return readSync(descriptor, inFile, 0, PAGE_SIZE, (number - 1) * PAGE_SIZE) === PAGE_SIZE ? inFile : null;
  };
  const salt = Buffer.alloc(SALT_SIZE);
  readSync(descriptor, salt, 0, SALT_SIZE, 0);
  const hmacKey = deriveHmacKey(key, salt);
  try {
    const first = readPage(1);
    // The code of the first page does not cover the salt: the log must not bring home another.
    if (!first?.subarray(0, SALT_SIZE).equals(salt) || !isWhole(first, 1, hmacKey)) {
      // Without its first page there is no telling how long the file should be.
      return [1, ...damagedAmong(2, pagesOf(descriptor), readPage, hmacKey)];
    }
    const pageCount = log?.pageCount ?? readPageCount(first, key);
    return damagedAmong(2, Math.max(pagesOf(descriptor), pageCount), readPage, hmacKey);
  } finally {
    hmacKey.fill(0);
  }
}

function damagedAmong(
  from: number,
  last: number,
  readPage: (number: number) => Buffer | null,
  hmacKey: Buffer,
): number[] {
  const damaged: number[] = [];
  for (let number = from; number <= last; number += 1) {
    if (number === LOCK_PAGE) continue;
    const page = readPage(number);
    if (!page || !isWhole(page, number, hmacKey)) damaged.push(number);
  }
  return damaged;
}

/** A piece of a page counts as one. */
function pagesOf(descriptor: number): number {
  return Math.ceil(fstatSync(descriptor).size / PAGE_SIZE);
}

function deriveHmacKey(key: Buffer, salt: Buffer): Buffer {
  const masked = Buffer.from(salt.map((byte) => byte ^ HMAC_SALT_MASK));
  return pbkdf2Sync(key, masked, HMAC_KEY_ROUNDS, key.length, 'sha512');
}

function isWhole(page: Buffer, number: number, hmacKey: Buffer): boolean {
  const start = number === 1 ? SALT_SIZE : 0;
  const end = PAGE_SIZE - HMAC_SIZE;
  const pageNumber = Buffer.alloc(4);
  pageNumber.writeUInt32LE(number);
  const expected = createHmac('sha512', hmacKey)
    .update(page.subarray(start, end))
    .update(pageNumber)
    .digest();
  return timingSafeEqual(expected, page.subarray(end));
}

/** Deciphers one block of the first page: a file that lost its last pages is whole in all that is left of it. */
function readPageCount(first: Buffer, key: Buffer): number {
  const end = PAGE_SIZE - HMAC_SIZE;
  const decipher = createDecipheriv('aes-256-cbc', key, first.subarray(end - IV_SIZE, end));
  decipher.setAutoPadding(false);
  const block = decipher.update(first.subarray(SALT_SIZE, 2 * SALT_SIZE));
  return block.readUInt32BE(PAGE_COUNT_OFFSET - SALT_SIZE);
}
