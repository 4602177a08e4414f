/**
 * The part of Markdown that the handbook is written in, read to a tree. No HTML is taken in or given out, so what a page
 * says can be shown as it is and nothing else.
 */
export type Inline =
  | { readonly kind: 'text' | 'strong' | 'emphasis' | 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly to: string };

export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly content: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly (readonly Inline[])[] }
  | {
      readonly kind: 'table';
      readonly head: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    };

const TERMINAL = '<!-- terminal -->';
const TERMINAL_END = '<!-- /terminal -->';

/**
 * A page as the window shows it: without what only holds in the terminal. In the Markdown that stands between
 * `<!-- terminal -->` and `<!-- /terminal -->`, each on a line of its own, or in a column of a table whose head ends with
 * the first. Where Markdown is read as pages, nothing of the marks is seen.
 * @throws Error where a part is not ended, or ended twice: the build is then to be mended, not the page cut short
 */
export function withoutTerminal(page: string): string {
  const kept: string[] = [];
  let isTerminal = false;
  let dropped = -1;
  for (const line of page.replace(/\r/g, '').split('\n')) {
    if (line === TERMINAL || line === TERMINAL_END) {
      if (isTerminal === (line === TERMINAL)) throw new Error(`Unpaired ${line}`);
      isTerminal = line === TERMINAL;
    } else if (!isTerminal) {
      const cells = line.split('|');
      if (!line.startsWith('|')) dropped = -1;
      else if (dropped < 0) dropped = cells.findIndex((cell) => cell.trim().endsWith(TERMINAL));
      kept.push(dropped < 0 ? line : cells.toSpliced(dropped, 1).join('|'));
    }
  }
  if (isTerminal) throw new Error(`${TERMINAL} is not ended`);
  return kept.join('\n');
}

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\[([^\]]+)\]\(([^)\s]+)\)/g;

/** @returns the words of one paragraph, cell or item */
export function readInline(text: string): Inline[] {
  const parts: Inline[] = [];
  let end = 0;
  for (const found of text.matchAll(INLINE)) {
    if (found.index > end) parts.push({ kind: 'text', text: text.slice(end, found.index) });
    const [whole, code, strong, emphasis, link, to] = found;
    if (code !== undefined) parts.push({ kind: 'code', text: code });
    else if (strong !== undefined) parts.push({ kind: 'strong', text: strong });
    else if (emphasis !== undefined) parts.push({ kind: 'emphasis', text: emphasis });
    else if (link !== undefined && to !== undefined) parts.push({ kind: 'link', text: link, to });
    end = found.index + whole.length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

const ITEM = /^(?:-|\d+\.)\s+/;
const STARTS_BLOCK = /^(?:#{1,6} |```|\||- |\d+\. )/;

/** @returns the blocks of a page */
export function readMarkdown(page: string): Block[] {
  const lines = page.replace(/\r/g, '').split('\n');
  const blocks: Block[] = [];
  let at = 0;
  const takeWhile = (test: (line: string) => boolean): string[] => {
    const taken: string[] = [];
    for (let line = lines[at]; line !== undefined && test(line); line = lines[at]) {
      taken.push(line);
      at += 1;
    }
    return taken;
  };
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.trim() === '') {
      at += 1;
    } else if (line.startsWith('```')) {
      at += 1;
      blocks.push({ kind: 'code', text: takeWhile((one) => !one.startsWith('```')).join('\n') });
      at += 1;
    } else if (/^#{1,6} /.test(line)) {
      at += 1;
      const level = line.indexOf(' ');
      blocks.push({ kind: 'heading', level, content: readInline(line.slice(level + 1)) });
    } else if (line.startsWith('|')) {
      blocks.push(readTable(takeWhile((one) => one.startsWith('|'))));
    } else if (ITEM.test(line)) {
      const isOrdered = /^\d/.test(line);
      blocks.push({
        kind: 'list',
        isOrdered,
        items: readItems(takeWhile((one) => ITEM.test(one) || /^\s+\S/.test(one))),
      });
    } else {
      at += 1;
      const rest = takeWhile((one) => one.trim() !== '' && !STARTS_BLOCK.test(one));
      blocks.push({ kind: 'paragraph', content: readInline([line, ...rest].join(' ')) });
    }
  }
  return blocks;
}

function readItems(lines: readonly string[]): Inline[][] {
  const items: string[] = [];
  for (const line of lines) {
    if (ITEM.test(line)) items.push(line.replace(ITEM, ''));
    else items[items.length - 1] = `${items.at(-1) ?? ''} ${line.trim()}`;
  }
  return items.map(readInline);
}

function readTable(lines: readonly string[]): Block {
  const cells = (line: string): Inline[][] =>
    line
      .replace(/^\||\|\s*$/g, '')
      .split('|')
      .map((cell) => readInline(cell.trim()));
  const [head = '', , ...rows] = lines;
  return { kind: 'table', head: cells(head), rows: rows.map(cells) };
}
