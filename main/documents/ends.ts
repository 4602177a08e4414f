import { createRequire } from 'node:module';
import type { ContentText } from 'pdfmake/interfaces.js';

/**
 * Teaches pdfmake to keep the first lines of a long text with the line above it, and its last lines with the one under it: who wrote when,
 * and how it is marked, never stand on another page than all of what they are said of. In stacks that say `keepsEnds`, about the one
 * text in them that says `isBody`; what stands above and under it must be short. A table that says how much room its beginning needs is not
 * begun at the foot of a page that has less: its first row is too long to be kept whole with its heading.
 */

/** Lines of the text on the same page as what stands above or under it. */
const KEPT_LINES = 2;

/** The text of a stack that keeps its ends. */
export interface BodyText extends ContentText {
  readonly isBody: true;
}

/** What a stack says that is to be kept so. */
export interface EndsKept {
  readonly keepsEnds: true;
}

/** What a table says of its heading and the first lines under it, in points. */
export interface RoomNeeded {
  readonly needsRoom: number;
}

interface Inline {
  readonly width: number;
  readonly lineEnd?: boolean;
}

interface TextNode extends Partial<Pick<BodyText, 'isBody'>> {
  readonly _inlines?: readonly Inline[];
}

type Stack = Partial<EndsKept>;

interface LayoutBuilder {
  readonly writer: {
    context(): { readonly availableWidth: number; readonly availableHeight: number };
    moveToNextPage(): void;
    beginUnbreakableBlock(): void;
    commitUnbreakableBlock(): void;
  };
  processVerticalContainer(node: Stack): void;
  processTable(node: Partial<RoomNeeded>): void;
  buildNextLine(node: TextNode): unknown;
}

const { default: Builder } = createRequire(import.meta.url)('pdfmake/js/LayoutBuilder.js') as {
  default: { prototype: LayoutBuilder };
};

/** Whether what is left of a text is no more than the lines that are kept. A word wider than a line may go on for pages. */
function isNearEnd(waiting: readonly Inline[], availableWidth: number): boolean {
  let lines = 1;
  let used = 0;
  for (const [index, { width, lineEnd }] of waiting.entries()) {
    if (width > availableWidth) return false;
    if (used > 0 && used + width > availableWidth) {
      lines++;
      used = 0;
    }
    used += width;
    if (lineEnd === true && index < waiting.length - 1) {
      lines++;
      used = 0;
    }
    if (lines > KEPT_LINES) return false;
  }
  return true;
}

/** How far the long text of a stack has come. */
interface Progress {
  isKeeping: boolean;
  linesBegun: number;
}

function teach(builder: LayoutBuilder): void {
  const { processVerticalContainer, processTable, buildNextLine } = builder;
  const stacks = new WeakMap<LayoutBuilder, Progress>();

  builder.processVerticalContainer = function (this: LayoutBuilder, node: Stack): void {
    if (node.keepsEnds !== true) {
      processVerticalContainer.call(this, node);
      return;
    }
    const progress: Progress = { isKeeping: true, linesBegun: 0 };
    stacks.set(this, progress);
    this.writer.beginUnbreakableBlock();
    processVerticalContainer.call(this, node);
    if (progress.isKeeping) this.writer.commitUnbreakableBlock();
    stacks.delete(this);
  };

  builder.processTable = function (this: LayoutBuilder, node: Partial<RoomNeeded>): void {
    const { needsRoom = 0 } = node;
    if (this.writer.context().availableHeight < needsRoom) this.writer.moveToNextPage();
    processTable.call(this, node);
  };

  builder.buildNextLine = function (this: LayoutBuilder, node: TextNode): unknown {
    const progress = node.isBody === true ? stacks.get(this) : undefined;
    const waiting = node._inlines ?? [];
    if (progress !== undefined && waiting.length > 0) {
      // The lines before this one have been put on the page.
      if (progress.isKeeping && progress.linesBegun === KEPT_LINES) {
        this.writer.commitUnbreakableBlock();
        progress.isKeeping = false;
      }
      progress.linesBegun++;
      if (!progress.isKeeping && isNearEnd(waiting, this.writer.context().availableWidth)) {
        this.writer.beginUnbreakableBlock();
        progress.isKeeping = true;
        // What is kept now is the end.
        progress.linesBegun = KEPT_LINES + 1;
      }
    }
    return buildNextLine.call(this, node);
  };
}

teach(Builder.prototype);
