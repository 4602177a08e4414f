import type { Content } from 'pdfmake/interfaces.js';
import { markingStamp, STAMP_WIDTH, type StampInput } from './stamp.ts';
import { TEXT_WIDTH } from './styles.ts';

const GAP = 18;

interface DocumentHead {
  readonly stamp: StampInput;
  readonly title: string;
  readonly subtitle?: string;
  /** The name of this page, for a reference to its number from another. */
  readonly id?: string;
  /** The random code of this copy in the register, drawn for a scanner. It tells nothing. */
  readonly code?: string;
  /** Short facts beside the stamp: date, reference, author. */
  readonly lines: readonly { readonly label: string; readonly value: string }[];
}

/** Points: about 1 mm a module, which an ordinary hand scanner reads. */
const CODE_SIZE = 60;

/** A copy's code as QR, and in letters for whoever has no scanner. Black, so that it survives a fax and a copier. */
function copyCode(code: string): Content {
  const letters = code.match(/.{1,4}/g)?.join('-') ?? code;
  return {
    columns: [
      { width: 'auto', qr: code, fit: CODE_SIZE, eccLevel: 'M', mode: 'alphanumeric', foreground: '#000000' },
      { width: '*', text: letters, style: 'small', margin: [0, 24, 0, 0] },
    ],
    columnGap: 8,
    margin: [0, 8, 0, 0],
  };
}

/** The head of a first page: who and what to the left, the stamp to the right, the title below both. */
export function documentHead(head: DocumentHead): Content[] {
  const stamp = markingStamp(head.stamp);
  const leftWidth = stamp.length > 0 ? TEXT_WIDTH - STAMP_WIDTH - GAP : TEXT_WIDTH;
  const left: Content[] = [
    { text: head.stamp.organisation, bold: true, fontSize: 11.5, margin: [0, 0, 0, 6] },
    ...head.lines.map((line): Content => ({
      text: [{ text: `${line.label}  `, style: 'label' }, line.value],
      fontSize: 9.5,
      margin: [0, 0, 0, 1],
    })),
    ...(head.code === undefined ? [] : [copyCode(head.code)]),
  ];
  return [
    {
      columns: [
        { width: leftWidth, stack: left },
        ...(stamp.length > 0 ? [{ width: STAMP_WIDTH, stack: stamp }] : []),
      ],
      columnGap: GAP,
      margin: [0, 0, 0, 18],
    },
    { text: head.title, style: 'title', ...(head.id === undefined ? {} : { id: head.id }) },
    ...(head.subtitle === undefined ? [] : [{ text: head.subtitle, style: 'subtitle' }]),
  ];
}
