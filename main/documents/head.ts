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
  /** Short facts beside the stamp: date, reference, author. */
  readonly lines: readonly { readonly label: string; readonly value: string }[];
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
