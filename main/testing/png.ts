import { crc32, deflateSync, inflateSync } from 'node:zlib';

/**
 * Pictures of pages, read and written with nothing but zlib: 8 bits of red, green and blue as poppler writes them, and a
 * palette of 16 as we keep them, since a page has ink, grey and one red.
 */

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of each dot, row by row. */
  readonly dots: Uint8Array;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Ten greys and six reds from white to the stamp's own. */
const PALETTE: readonly (readonly [number, number, number])[] = [
  ...Array.from({ length: 10 }, (_unused, step) => grey(Math.round((step * 255) / 9))),
  ...[0, 1, 2, 3, 4, 5].map((step): [number, number, number] => {
    const rest = step * 42;
    return [192 + Math.round(step * 10.5), rest, rest];
  }),
];

function grey(value: number): [number, number, number] {
  return [value, value, value];
}

/** @throws TypeError for a PNG of another kind than those two */
export function readPng(file: Uint8Array): Picture {
  const bytes = Buffer.from(file);
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) throw new TypeError('This is no PNG.');
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const [depth, colour] = [bytes[24], bytes[25]];
  const isPalette = depth === 4 && colour === 3;
  if (!isPalette && !(depth === 8 && colour === 2)) throw new TypeError('This kind of PNG is not read here.');
  const data: Buffer[] = [];
  let palette = Buffer.alloc(0);
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const kind = bytes.toString('latin1', at + 4, at + 8);
    const content = bytes.subarray(at + 8, at + 8 + length);
    if (kind === 'IDAT') data.push(content);
    if (kind === 'PLTE') palette = content;
    at += length + 12;
  }
  const raw = inflateSync(Buffer.concat(data));
  const row = isPalette ? Math.ceil(width / 2) : width * 3;
  const plain = unfilter(raw, row, height, isPalette ? 1 : 3);
  if (!isPalette) return { width, height, dots: plain };
  const dots = new Uint8Array(width * height * 3);
  for (let dot = 0; dot < width * height; dot++) {
    const [x, y] = [dot % width, Math.floor(dot / width)];
    const pair = plain[y * row + (x >> 1)] ?? 0;
    const index = x % 2 === 0 ? pair >> 4 : pair & 15;
    dots.set(palette.subarray(index * 3, index * 3 + 3), dot * 3);
  }
  return { width, height, dots };
}

/** The five filters of PNG (ISO/IEC 15948, 9.2). @param step bytes from a dot to the next one */
function unfilter(raw: Uint8Array, row: number, height: number, step: number): Uint8Array {
  const plain = new Uint8Array(row * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (row + 1)] ?? 0;
    for (let x = 0; x < row; x++) {
      const at = y * row + x;
      const left = x >= step ? (plain[at - step] ?? 0) : 0;
      const up = y > 0 ? (plain[at - row] ?? 0) : 0;
      const corner = x >= step && y > 0 ? (plain[at - row - step] ?? 0) : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      plain[at] = ((raw[y * (row + 1) + 1 + x] ?? 0) + guess) & 255;
    }
  }
  return plain;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [left, up, corner].map((value) => Math.abs(guess - value)) as [
    number,
    number,
    number,
  ];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

/** A picture in the palette, small enough to be kept beside the source. */
export function writePng({ width, height, dots }: Picture): Buffer {
  const row = Math.ceil(width / 2) + 1;
  const raw = Buffer.alloc(row * height);
  for (let dot = 0; dot < width * height; dot++) {
    const [x, y] = [dot % width, Math.floor(dot / width)];
    const index = nearest(dots[dot * 3] ?? 0, dots[dot * 3 + 1] ?? 0, dots[dot * 3 + 2] ?? 0);
    const place = y * row + 1 + (x >> 1);
    raw[place] = (raw[place] ?? 0) | (x % 2 === 0 ? index << 4 : index);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([4, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(PALETTE.flat())),
    chunk('IDAT', deflateSync(raw, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function nearest(red: number, green: number, blue: number): number {
  let [best, least] = [0, Infinity];
  PALETTE.forEach(([r, g, b], index) => {
    const distance = (red - r) ** 2 + (green - g) ** 2 + (blue - b) ** 2;
    if (distance < least) [best, least] = [index, distance];
  });
  return best;
}

function chunk(kind: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), content]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(content.length, 0);
  whole.set(body, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

/** Side of the squares that two pictures are compared by, in dots: a letter that is moved by a hair does not count. */
const SQUARE = 6;
/** Mean difference of a square, of 255, from which it counts. */
const SEEN = 20;

/** @returns how large a part of the squares differ so that it is seen, 0 to 1; 1 where the sizes differ */
export function differenceOf(one: Picture, other: Picture): number {
  if (one.width !== other.width || one.height !== other.height) return 1;
  const [across, down] = [Math.ceil(one.width / SQUARE), Math.ceil(one.height / SQUARE)];
  const sums = new Float64Array(across * down);
  for (let at = 0; at < one.dots.length; at++) {
    const dot = Math.floor(at / 3);
    const [x, y] = [dot % one.width, Math.floor(dot / one.width)];
    const square = Math.floor(y / SQUARE) * across + Math.floor(x / SQUARE);
    sums[square] = (sums[square] ?? 0) + Math.abs((one.dots[at] ?? 0) - (other.dots[at] ?? 0));
  }
  const limit = SEEN * SQUARE * SQUARE * 3;
  return sums.filter((sum) => sum > limit).length / sums.length;
}
