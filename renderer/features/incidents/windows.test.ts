import { describe, expect, it } from 'vitest';
import { PIECE, piecesFor, rowAt, withPiece } from './windows.ts';

const rows = (from: number, count = PIECE): number[] =>
  Array.from({ length: count }, (_unused, index) => from + index);
const answer = (piece: number, count = PIECE) => ({ total: 180, all: 200, rows: rows(piece * PIECE, count) });

describe('a list that is fetched a piece at a time', () => {
  it('has each row in its place, and nothing where nothing has come yet', () => {
    const windows = withPiece(withPiece(null, 'q', 0, answer(0)), 'q', 3, answer(3, 30));
    expect([0, 49, 150, 179].map((index) => rowAt(windows, index))).toEqual([0, 49, 150, 179]);
    expect([50, 149, 180, 500].map((index) => rowAt(windows, index))).toEqual([null, null, null, null]);
    expect(windows).toMatchObject({ total: 180, all: 200 });
  });

  it('keeps nothing of one question when the answer to another comes', () => {
    const windows = withPiece(withPiece(null, 'q', 0, answer(0)), 'other', 1, answer(1));
    expect(rowAt(windows, 0)).toBeNull();
    expect(rowAt(windows, 50)).toBe(50);
  });

  it('asks for every piece that is in sight', () => {
    expect(piecesFor(0, 20)).toEqual([0]);
    expect(piecesFor(45, 55)).toEqual([0, 1]);
    expect(piecesFor(9_950, 9_999)).toEqual([199]);
  });
});

it('keeps the rows that another answer leaves as they were, and takes every one that says something else', () => {
  const answer = (...titles: string[]): { total: number; all: number; rows: { title: string }[] } => ({
    total: titles.length,
    all: 9,
    rows: titles.map((title) => ({ title })),
  });
  const before = withPiece<{ title: string }>(null, 'a', 0, answer('one', 'two', 'three'));
  const after = withPiece(before, 'ab', 0, answer('one', 'three'));
  expect(rowAt(after, 0)).toBe(rowAt(before, 0));
  expect(rowAt(after, 1)).toEqual({ title: 'three' });
  expect([after.total, rowAt(after, 2)]).toEqual([2, null]);
});
