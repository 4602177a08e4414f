import type { Content } from 'pdfmake/interfaces.js';

/** One copy among all that were made: "Exemplar 2 av 3". Both count from 1. */
export interface CopyNumber {
  readonly number: number;
  readonly of: number;
}

/**
 * The body of a report as pdfmake content, made anew for each copy because its stamp carries the copy's number.
 * It begins with the stamp and the title; headers, footers and page numbers are put on by `markedSection`.
 */
export type ReportContent = (copy: CopyNumber) => Content;
