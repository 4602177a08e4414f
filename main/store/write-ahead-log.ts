import { readFileSync } from 'node:fs';

/**
 * The write-ahead log of SQLite, read without SQLite, so that what a crash left can be judged before anything is brought
 * home from it. Source: https://www.sqlite.org/fileformat2.html#walformat
 */
const HEADER_SIZE = 32;
const FRAME_HEADER_SIZE = 24;
/** The last bit tells in which byte order the checksums are counted. */
const MAGIC = 0x377f0682;

/** What the whole transactions of a log put in place of pages of the database. */
export interface CommittedLog {
  /** How many pages the database has after the last of them. */
  readonly pageCount: number;
  /** The latest form of each page, by number. */
  readonly pages: ReadonlyMap<number, Buffer>;
}

/**
 * Reads the transactions that SQLite would bring home. Frames after the last whole transaction are what a crash left of
 * one that was never acknowledged; SQLite passes over them, and so does this.
 * @returns null where there is no log, or nothing whole in it
 */
export function readCommittedLog(path: string, pageSize: number): CommittedLog | null {
  const log = readIfThere(path);
  if (log === null || log.length < HEADER_SIZE) return null;
  const magic = log.readUInt32BE(0);
  if (magic >>> 1 !== MAGIC >>> 1 || log.readUInt32BE(8) !== pageSize) return null;
  const checksum = makeChecksum(log, (magic & 1) === 1);
  checksum.add(0, FRAME_HEADER_SIZE);
  if (!checksum.isAt(FRAME_HEADER_SIZE)) return null;

  let committed: CommittedLog | null = null;
  let pages = new Map<number, Buffer>();
  const frameSize = FRAME_HEADER_SIZE + pageSize;
  for (let frame = HEADER_SIZE; frame + frameSize <= log.length; frame += frameSize) {
    const page = frame + FRAME_HEADER_SIZE;
    const number = log.readUInt32BE(frame);
    checksum.add(frame, 8);
    checksum.add(page, pageSize);
    // The salts of the header stand in each of its frames; others are left from before the log was begun anew.
    const isOfThisLog = log.subarray(16, 24).equals(log.subarray(frame + 8, frame + 16));
    if (number === 0 || !isOfThisLog || !checksum.isAt(frame + 16)) break;
    pages.set(number, log.subarray(page, page + pageSize));
    const pageCount = log.readUInt32BE(frame + 4);
    if (pageCount > 0) {
      committed = { pageCount, pages };
      pages = new Map(pages);
    }
  }
  return committed;
}

function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** The running checksum of the log: each frame's counts all before it. */
function makeChecksum(log: Buffer, isBigEndian: boolean) {
  let first = 0;
  let second = 0;
  const word = (offset: number): number =>
    isBigEndian ? log.readUInt32BE(offset) : log.readUInt32LE(offset);
  return {
    add(offset: number, length: number): void {
      for (let place = offset; place < offset + length; place += 8) {
        first = (first + word(place) + second) >>> 0;
        second = (second + word(place + 4) + first) >>> 0;
      }
    },
    /** True where the log has the same sum at an offset. */
    isAt(offset: number): boolean {
      return log.readUInt32BE(offset) === first && log.readUInt32BE(offset + 4) === second;
    },
  };
}
