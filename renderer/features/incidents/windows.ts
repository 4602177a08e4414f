/** A long list that is fetched a piece at a time, as it is scrolled to. */
export interface Windows<Row> {
  /** What the pieces answer: another question, or a change, begins anew. */
  readonly question: string;
  readonly total: number;
  readonly all: number;
  /** By number, from 0. */
  readonly pieces: ReadonlyMap<number, readonly Row[]>;
}

export const PIECE = 50;

/**
 * Puts a piece where it belongs; one that answers another question than the present one takes the place of all. A row that
 * says what the one in its place said before is the same object, so that it need not be drawn anew.
 */
export function withPiece<Row>(
  known: Windows<Row> | null,
  question: string,
  number: number,
  answer: { readonly total: number; readonly all: number; readonly rows: readonly Row[] },
): Windows<Row> {
  const pieces = new Map(known?.question === question ? known.pieces : []);
  pieces.set(number, withKnownRows(answer.rows, known?.pieces.get(number) ?? []));
  return { question, total: answer.total, all: answer.all, pieces };
}

/** Rows come by way of JSON, in the order of the contract: the same text is the same row. */
function withKnownRows<Row>(rows: readonly Row[], known: readonly Row[]): readonly Row[] {
  return rows.map((row, index) => {
    const old = known[index];
    return old !== undefined && JSON.stringify(old) === JSON.stringify(row) ? old : row;
  });
}

export function rowAt<Row>(windows: Windows<Row>, index: number): Row | null {
  return windows.pieces.get(Math.floor(index / PIECE))?.[index % PIECE] ?? null;
}

/** The pieces that hold the rows from one to another, both included. */
export function piecesFor(first: number, last: number): number[] {
  const [from, to] = [Math.floor(first / PIECE), Math.floor(last / PIECE)];
  return Array.from({ length: to - from + 1 }, (_unused, index) => from + index);
}
