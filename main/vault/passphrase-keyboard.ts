import type { OptionsGraphEntry } from '@zxcvbn-ts/core';

/**
 * The Swedish keyboard (SS 66 22 41) as a graph of neighbouring keys, which zxcvbn's language packages lack. Each row is
 * listed from the same left edge; a key touches the two above it at its own place and one to the right, as the rows lean.
 * Each key is written unshifted then shifted.
 */
const ROWS = [
  '§½ 1! 2" 3# 4¤ 5% 6& 7/ 8( 9) 0= +? ´`',
  '.. qQ wW eE rR tT yY uU iI oO pP åÅ ¨^',
  ".. aA sS dD fF gG hH jJ kK lL öÖ äÄ '*",
  '<> zZ xX cC vV bB nN mM ,; .: -_',
].map((row) => row.split(' ').map((key) => (key === '..' ? null : key)));

/** Left, above left, above right, right, below right, below left: zxcvbn counts a change of direction as a turn. */
const DIRECTIONS = [
  [0, -1],
  [-1, 0],
  [-1, 1],
  [0, 1],
  [1, 0],
  [1, -1],
] as const;

export function swedishKeyboard(): OptionsGraphEntry {
  const graph: OptionsGraphEntry = {};
  for (const [rowIndex, row] of ROWS.entries()) {
    for (const [place, key] of row.entries()) {
      if (key === null) continue;
      const neighbours = DIRECTIONS.map(([down, right]) => ROWS[rowIndex + down]?.[place + right] ?? null);
      for (const character of key) graph[character] = neighbours;
    }
  }
  return graph;
}
