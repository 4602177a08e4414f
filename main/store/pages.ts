import { createDecipheriv, hash, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
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

/** So many pages are judged between two chances to do something else. */
const PAGES_AT_A_TIME = 32;

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
    const judging = judgePages(path, key, descriptor);
    for (;;) {
      const step = judging.next();
      if (step.done) return step.value;
    }
  } finally {
    if (opened === null) closeSync(descriptor);
  }
}

/**
 * The same, some pages at a time; gives what has been found so far. The first step judges the first page and how long the file should be; after it the
 * room's key is not used any more. What is derived from it is wiped at the end, also where the judging is cut off.
 */
export function* judgePages(path: string, key: Buffer, descriptor: number): Generator<number[], number[]> {
  const log = readCommittedLog(`${path}-wal`, PAGE_SIZE);
  const inFile = Buffer.alloc(PAGE_SIZE);
  const readPage = (number: number): Buffer | null => {
    const logged = log?.pages.get(number);
    if (logged) return logged;
    return readSync(descriptor, inFile, 0, PAGE_SIZE, (number - 1) * PAGE_SIZE) === PAGE_SIZE ? inFile : null;
  };
  const salt = Buffer.alloc(SALT_SIZE);
  readSync(descriptor, salt, 0, SALT_SIZE, 0);
  const codes = new PageCodes(key, salt);
  try {
    const damaged: number[] = [];
    let last = pagesOf(descriptor);
    const first = readPage(1);
    // The code of the first page does not cover the salt: the log must not bring home another.
    if (first?.subarray(0, SALT_SIZE).equals(salt) && codes.fits(first, 1)) {
      last = Math.max(last, log?.pageCount ?? readPageCount(first, key));
    } else {
      // Without its first page there is no telling how long the file should be.
      damaged.push(1);
    }
    for (let number = 2; number <= last; number += 1) {
      if (number === LOCK_PAGE) continue;
      const page = readPage(number);
      if (!page || !codes.fits(page, number)) damaged.push(number);
      if (number % PAGES_AT_A_TIME === 0) yield damaged;
    }
    return damaged;
  } finally {
    codes.wipe();
  }
}

/** A piece of a page counts as one. */
function pagesOf(descriptor: number): number {
  return Math.ceil(fstatSync(descriptor).size / PAGE_SIZE);
}

const BLOCK_SIZE = 128;

/**
 * HMAC-SHA512 (RFC 2104) of pages, with its two padded keys laid out beforehand: over a small page most of the time goes
 * to setting up, and this is three times as fast as an Hmac object for each.
 */
class PageCodes {
  readonly #inner = Buffer.alloc(BLOCK_SIZE + PAGE_SIZE, 0x36);
  readonly #outer = Buffer.alloc(BLOCK_SIZE + HMAC_SIZE, 0x5c);

  constructor(key: Buffer, salt: Buffer) {
    const masked = Buffer.from(salt.map((byte) => byte ^ HMAC_SALT_MASK));
    const hmacKey = pbkdf2Sync(key, masked, HMAC_KEY_ROUNDS, key.length, 'sha512');
    for (const [index, byte] of hmacKey.entries()) {
      this.#inner[index] = byte ^ 0x36;
      this.#outer[index] = byte ^ 0x5c;
    }
    hmacKey.fill(0);
  }

  /** True where the code at the end of the page is the one of this page at this place. */
  fits(page: Buffer, number: number): boolean {
    const end = PAGE_SIZE - HMAC_SIZE;
    const length = page.copy(this.#inner, BLOCK_SIZE, number === 1 ? SALT_SIZE : 0, end);
    this.#inner.writeUInt32LE(number, BLOCK_SIZE + length);
    hash('sha512', this.#inner.subarray(0, BLOCK_SIZE + length + 4), 'buffer').copy(this.#outer, BLOCK_SIZE);
    return timingSafeEqual(hash('sha512', this.#outer, 'buffer'), page.subarray(end));
  }

  wipe(): void {
    this.#inner.fill(0);
    this.#outer.fill(0);
  }
}

/** Deciphers one block of the first page: a file that lost its last pages is whole in all that is left of it. */
function readPageCount(first: Buffer, key: Buffer): number {
  const end = PAGE_SIZE - HMAC_SIZE;
  const decipher = createDecipheriv('aes-256-cbc', key, first.subarray(end - IV_SIZE, end));
  decipher.setAutoPadding(false);
  const block = decipher.update(first.subarray(SALT_SIZE, 2 * SALT_SIZE));
  return block.readUInt32BE(PAGE_COUNT_OFFSET - SALT_SIZE);
}
