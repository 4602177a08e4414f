import { createDecipheriv } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { PAGE_SIZE } from '../store/pages.ts';

/**
 * Reads a SQLCipher 4 database as somebody with the room's key and a program of his own would: every page that the file
 * holds, also free ones and the spaces between rows, in clear. A test that looks for a word here finds what SQL no
 * longer shows.
 *
 * A page is ciphertext (AES-256-CBC), then a 16-byte IV, then a 64-byte code; the first page begins with a 16-byte salt
 * that stands in clear. A frame in the write-ahead log is a 24-byte header, with the page's number first, and a page.
 */
const SALT_SIZE = 16;
const IV_SIZE = 16;
const CODE_SIZE = 64;
const LOG_HEADER_SIZE = 32;
const FRAME_HEADER_SIZE = 24;

function decryptPage(page: Buffer, number: number, key: Buffer): Buffer {
  const start = number === 1 ? SALT_SIZE : 0;
  const end = PAGE_SIZE - IV_SIZE - CODE_SIZE;
  const decipher = createDecipheriv('aes-256-cbc', key, page.subarray(end, end + IV_SIZE));
  decipher.setAutoPadding(false);
  return Buffer.concat([decipher.update(page.subarray(start, end)), decipher.final()]);
}

function pagesOfDatabase(path: string, key: Buffer): Buffer[] {
  const file = readFileSync(path);
  const pages: Buffer[] = [];
  for (let offset = 0; offset < file.length; offset += PAGE_SIZE) {
    pages.push(decryptPage(file.subarray(offset, offset + PAGE_SIZE), offset / PAGE_SIZE + 1, key));
  }
  return pages;
}

function pagesOfLog(path: string, key: Buffer): Buffer[] {
  const file = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  const pages: Buffer[] = [];
  const step = FRAME_HEADER_SIZE + PAGE_SIZE;
  for (let offset = LOG_HEADER_SIZE; offset + step <= file.length; offset += step) {
    const page = file.subarray(offset + FRAME_HEADER_SIZE, offset + step);
    pages.push(decryptPage(page, file.readUInt32BE(offset), key));
  }
  return pages;
}

/**
 * Everything that can be read with the key: the database and its write-ahead log decrypted, and the shared memory file
 * (which is in clear) as it is. UTF-8 as it stands; a word that SQLite parted between two pages is not found.
 */
export function decryptedBytes(path: string, key: Buffer): Buffer {
  const shared = `${path}-shm`;
  return Buffer.concat([
    ...pagesOfDatabase(path, key),
    ...pagesOfLog(`${path}-wal`, key),
    existsSync(shared) ? readFileSync(shared) : Buffer.alloc(0),
  ]);
}
