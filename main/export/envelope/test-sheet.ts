import type { Content } from 'pdfmake/interfaces.js';
import { TEST_DISTANCE, type PrinterOffset } from '../../../shared/domain/printer.ts';
import { renderPdf } from '../../documents/pdf.ts';
import { INK, MILLIMETRE } from '../../documents/styles.ts';

export interface TestSheetInput {
  /** Whose offset is used; null: none. */
  readonly printer: PrinterOffset | null;
  /** Millimetres, as the printer takes the paper in. */
  readonly format: { readonly name: string; readonly width: number; readonly height: number };
  readonly at: Date;
}

const millimetres = new Intl.NumberFormat('sv-SE', { signDisplay: 'exceptZero', maximumFractionDigits: 1 });
const SCALE_FROM = 10;
const SCALE_TO = 50;

/** A cross at a known distance from two edges, with millimetres along each, and how to read them. */
export async function printerTest({ printer, format, at }: TestSheetInput): Promise<Uint8Array> {
  const [right, down] = [printer?.right ?? 0, printer?.down ?? 0];
  const x = (TEST_DISTANCE + right) * MILLIMETRE;
  const y = (TEST_DISTANCE + down) * MILLIMETRE;
  const page = { width: format.width * MILLIMETRE, height: format.height * MILLIMETRE };
  const stroke = { type: 'line' as const, lineWidth: 0.5, lineColor: INK };
  const ticks = Array.from({ length: SCALE_TO - SCALE_FROM + 1 }, (_, index) => SCALE_FROM + index).flatMap(
    (mark) => {
      const length = (mark % 10 === 0 ? 5 : mark % 5 === 0 ? 3.5 : 2) * MILLIMETRE;
      const [across, along] = [(mark + right) * MILLIMETRE, (mark + down) * MILLIMETRE];
      return [
        { ...stroke, x1: across, y1: y, x2: across, y2: y - length },
        { ...stroke, x1: x, y1: along, x2: x - length, y2: along },
      ];
    },
  );
  const to = SCALE_TO * MILLIMETRE;
  const from = SCALE_FROM * MILLIMETRE;
  const shift = { across: right * MILLIMETRE, along: down * MILLIMETRE };
  const cross: Content = {
    absolutePosition: { x: 0, y: 0 },
    canvas: [
      { ...stroke, x1: from + shift.across, y1: y, x2: to + shift.across, y2: y },
      { ...stroke, x1: x, y1: from + shift.along, x2: x, y2: to + shift.along },
      ...ticks,
    ],
  };
  const words: Content = {
    absolutePosition: { x: (SCALE_TO + 8) * MILLIMETRE, y: 14 * MILLIMETRE },
    stack: [
      { text: `Provblad ${format.name}`, bold: true, fontSize: 13 },
      printer === null
        ? 'Utan förskjutning'
        : `${printer.name}: ${millimetres.format(right)} mm åt höger, ${millimetres.format(down)} mm nedåt`,
      {
        text:
          `Mät från papperets vänstra och övre kant till mitten av krysset. Båda avstånden ska vara ${TEST_DISTANCE} mm. ` +
          'Skriv skillnaden i inställningarna: är det för långt från vänsterkanten, flytta åt vänster (minus); är det för nära, åt höger (plus). Skriv ut bladet igen med förskjutningen.',
        margin: [0, 4, 0, 0],
      },
      {
        text: 'Ett streck är en millimeter. Där skrivaren inte når kanten saknas strecken.',
        margin: [0, 4, 0, 0],
      },
    ],
  };
  return renderPdf(
    {
      content: [
        {
          section: [cross, words],
          pageSize: page,
          pageOrientation: format.width > format.height ? 'landscape' : 'portrait',
          pageMargins: [0, 0, 10 * MILLIMETRE, 0],
          ...({ header: null, footer: null, background: null, watermark: null } as const),
        },
      ],
    },
    { title: 'Provblad', created: at },
  );
}
