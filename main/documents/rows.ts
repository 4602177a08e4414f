import { createRequire } from 'node:module';

/**
 * Teaches pdfmake to keep the last two rows of a table together, so that none stands alone under a repeated head on the
 * last page. Only in tables whose rows may not be broken: those are short, so that two of them fit a page.
 */

interface Writer {
  beginUnbreakableBlock(): void;
  commitUnbreakableBlock(): void;
}

interface TableProcessor {
  readonly dontBreakRows: boolean;
  /** Rows that are kept with the head, the head's own counted. */
  readonly rowsWithoutPageBreak: number;
  readonly tableNode: { readonly table: { readonly body: readonly unknown[] } };
  beginRow(index: number, writer: Writer): void;
  endRow(index: number, writer: Writer, breaks: unknown): void;
}

const { default: Processor } = createRequire(import.meta.url)('pdfmake/js/TableProcessor.js') as {
  default: { prototype: TableProcessor };
};

function keepsLast({ dontBreakRows, rowsWithoutPageBreak, tableNode }: TableProcessor): boolean {
  // The first row is begun together with the table, and what is kept with the head is whole already.
  return dontBreakRows && tableNode.table.body.length - 2 >= Math.max(1, rowsWithoutPageBreak);
}

function teach(processor: TableProcessor): void {
  const { beginRow, endRow } = processor;

  processor.beginRow = function (this: TableProcessor, index: number, writer: Writer): void {
    if (keepsLast(this) && index === this.tableNode.table.body.length - 2) writer.beginUnbreakableBlock();
    beginRow.call(this, index, writer);
  };

  processor.endRow = function (this: TableProcessor, index: number, writer: Writer, breaks: unknown): void {
    endRow.call(this, index, writer, breaks);
    if (keepsLast(this) && index === this.tableNode.table.body.length - 1) writer.commitUnbreakableBlock();
  };
}

teach(Processor.prototype);
