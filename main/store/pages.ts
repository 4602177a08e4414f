import { createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/**
 * The page format of SQLCipher 4, read without SQLite: every page is ciphertext, then a 16-byte IV, then a 64-byte
 * HMAC-SHA512 over both and the page number. So a damaged page is found whether or not a query would touch it.
 * Source: SQLCipher design notes (page size 4096, KDF for the HMAC key: PBKDF2-HMAC-SHA512, 2 rounds, salt XOR 0x3a).
 */
export const PAGE_SIZE = 4096;
const SALT_SIZE = 16;
const HMAC_SIZE = 64;
const HMAC_SALT_MASK = 0x3a;
const HMAC_KEY_ROUNDS = 2;

/**
 * Checks the authentication code of every page of an encrypted database file.
 * @param key the raw 32-byte key of the room
 * @returns numbers (from 1) of the damaged pages; a file that is cut in the middle of a page counts its last one
 */
export function findDamagedPages(path: string, key: Buffer): number[] {
  const descriptor = openSync(path, 'r');
  try {
    const size = fstatSync(descriptor).size;
    if (size === 0) return [];
    const page = Buffer.alloc(PAGE_SIZE);
    const damaged: number[] = [];
    let hmacKey: Buffer | null = null;
    const pages = Math.ceil(size / PAGE_SIZE);
    for (let number = 1; number <= pages; number += 1) {
      const read = readSync(descriptor, page, 0, PAGE_SIZE, (number - 1) * PAGE_SIZE);
      if (number === 1) hmacKey = deriveHmacKey(key, page.subarray(0, SALT_SIZE));
      if (read !== PAGE_SIZE || hmacKey === null || !isWhole(page, number, hmacKey)) damaged.push(number);
    }
    hmacKey?.fill(0);
    return damaged;
  } finally {
    closeSync(descriptor);
  }
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
