import { stampSchema } from '../../shared/domain/rules.ts';
import type { StampLayout } from '../../shared/domain/stamp-layout.ts';
import shipped from '../../assets/rules/stamp/stampel.json' with { type: 'json' };

/** What a document looks like apart from what it says: plain data, so that it can go to another thread. */
export interface DocumentLook {
  /** How stamps look; left out: as the program brings it. */
  readonly stamp?: StampLayout | null;
  /**
   * For kryfax: black lines and letters only. No colour, no grey, no filled surface, nothing under 10 points, since a fax
   * has one bit for each dot and few of them.
   */
  readonly isBlack?: boolean;
}

/** The stamp of the rules that the program brings. */
export const SHIPPED_STAMP: StampLayout = stampSchema.parse(shipped);

const BLACK = '#000000';
/** Smallest letters, in points, and thinnest line that a fax keeps. */
const LEAST_SIZE = 10;
const LEAST_LINE = 0.7;
/** The larger letters of header and footer need more room above and below the text. */
const MORE_MARGIN = { top: 40, bottom: 14 } as const;

const COLOURS = new Set(['color', 'lineColor', 'decorationColor', 'markerColor', 'foreground']);
const LINE_COLOURS = new Set(['hLineColor', 'vLineColor']);
const LINE_WIDTHS = new Set(['hLineWidth', 'vLineWidth']);
const FILLS = new Set(['fillColor', 'fillOpacity', 'background']);

type Dynamic = (...parameters: unknown[]) => unknown;

/**
 * A prepared definition, or a part of one, in black only. QR is filled squares: what it says stands in letters beside it.
 * The words ÖVNING and UTKAST behind the text are drawn as dotted outlines.
 */
export function inBlack(value: unknown, key?: string): unknown {
  if (typeof value === 'string') return key === 'svg' ? outlined(value) : value;
  if (Array.isArray(value)) return value.map((item) => inBlack(item));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  if ('qr' in value) return { text: '' };
  const black: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) {
    if (FILLS.has(name) && typeof item !== 'object' && !isPageBackground(name, item)) continue;
    // Lines through and under letters are drawn as filled bars; a box around a code point has its brackets left.
    if (name === 'decoration') continue;
    black[name] = blackened(name, item);
  }
  if ('ul' in value) black['type'] = 'circle';
  return black;
}

/** The background of a page is a function, of a piece of text a colour. */
function isPageBackground(name: string, item: unknown): boolean {
  return name === 'background' && typeof item === 'function';
}

function blackened(name: string, item: unknown): unknown {
  if (COLOURS.has(name)) return BLACK;
  if (LINE_COLOURS.has(name)) return () => BLACK;
  if (LINE_WIDTHS.has(name) && typeof item === 'function') {
    return (...parameters: unknown[]) => thickened((item as Dynamic)(...parameters));
  }
  if (name === 'lineWidth') return thickened(item);
  if (name === 'fontSize' && typeof item === 'number') return Math.max(item, LEAST_SIZE);
  if (name === 'pageMargins' && Array.isArray(item) && item.length === 4) {
    const [left, top, right, bottom] = item as [number, number, number, number];
    return [left, top + MORE_MARGIN.top, right, bottom + MORE_MARGIN.bottom];
  }
  return inBlack(item, name);
}

function thickened(width: unknown): unknown {
  return typeof width === 'number' && width > 0 ? Math.max(width, LEAST_LINE) : width;
}

function outlined(svg: string): string {
  return svg.replace(
    / fill="[^"]*"/g,
    ` fill="none" stroke="${BLACK}" stroke-width="0.6" stroke-dasharray="1.5 3"`,
  );
}
