import type { CustomTableLayout, Style, StyleDictionary } from 'pdfmake/interfaces.js';

/** Points per millimetre. */
export const MILLIMETRE = 72 / 25.4;

export const INK = '#1a1a1a';
/** Secondary text: still 7:1 against white, and dark enough for a worn toner. */
export const GREY = '#4d4d4d';
export const RULE = '#8c8c8c';
/** The red of the stamps; prints as a full dark grey in black and white. */
export const STAMP_RED = '#c00000';

/** left, top, right, bottom in points. The top holds the running header, the bottom the footer. */
export const A4_MARGINS: [number, number, number, number] = [68, 96, 68, 76];
/** Width of the text on an A4 page with those margins, in points. */
export const TEXT_WIDTH = 595.28 - 68 - 68;

export const DEFAULT_STYLE: Style = {
  font: 'SourceSans3',
  fontSize: 10.5,
  lineHeight: 1.1,
  color: INK,
};

/**
 * The style names of every document: `title`, `subtitle`, `heading`, `subheading`, `label` over a value, `value`,
 * `help` for small explanations, `note` for what must be seen, `small`, `tableHead`, and `missing` for a gap.
 */
export const STYLES: StyleDictionary = {
  title: { fontSize: 20, bold: true, lineHeight: 1.05, margin: [0, 0, 0, 4] },
  subtitle: { fontSize: 11.5, color: GREY, margin: [0, 0, 0, 12] },
  heading: { fontSize: 13.5, bold: true, margin: [0, 16, 0, 5] },
  subheading: { fontSize: 11, bold: true, margin: [0, 10, 0, 3] },
  label: { fontSize: 9, bold: true, color: GREY, margin: [0, 0, 0, 1] },
  value: { fontSize: 10.5, margin: [0, 0, 0, 8] },
  help: { fontSize: 9, color: GREY, margin: [0, 0, 0, 4] },
  note: { fontSize: 10.5, bold: true, margin: [0, 4, 0, 8] },
  small: { fontSize: 8.5, color: GREY },
  tableHead: { fontSize: 9, bold: true, color: GREY },
  missing: { fontSize: 10.5, italics: true, color: GREY, margin: [0, 0, 0, 8] },
};

/** Thin rules between rows and none between columns. */
export const RULED: CustomTableLayout = {
  hLineWidth: (line, node) => (line === 0 ? 0 : line === (node.table.headerRows ?? 0) ? 0.9 : 0.4),
  vLineWidth: () => 0,
  hLineColor: (line, node) => (line === (node.table.headerRows ?? 0) ? INK : RULE),
  paddingLeft: (column) => (column === 0 ? 0 : 6),
  paddingRight: () => 6,
  paddingTop: () => 3.5,
  paddingBottom: () => 3.5,
};
