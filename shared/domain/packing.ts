import { isProtectedLevel, type Level } from './marking.ts';

/**
 * Kuvert i kuvert as it is packed: the sizes, and the steps with their pictures. Pure data, drawn in the printed packing list and
 * in the window alike (domain.md §4.7; the order of packing is general practice, the säkerhetspåse and the two envelopes are MSB's
 * routine of 2024-02).
 */

export const ENVELOPE_LAYOUTS = ['C4', 'C5', 'DL', 'A4-etikett', 'A4-2-etiketter'] as const;
export type EnvelopeLayout = (typeof ENVELOPE_LAYOUTS)[number];

/** The ways a sealed envelope can be carried. */
export const CARRIAGES = ['rek', 'varde', 'personlig-leverans'] as const;
export type Carriage = (typeof CARRIAGES)[number];

/** A line of millimetres in a picture 40 wide and 28 high; a closed one may be filled. */
export interface PictureLine {
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly isClosed?: boolean;
  /** Grey inside, so that what is put in something can be told from it. */
  readonly isFilled?: boolean;
  readonly isDashed?: boolean;
}
export const PICTURE_SIZE = { width: 40, height: 28 } as const;

export const PACKING_PICTURES = [
  'print',
  'check',
  'fold',
  'inner',
  'bag',
  'outer',
  'hand-in',
  'register',
] as const;
export type PackingPicture = (typeof PACKING_PICTURES)[number];

const box = (x: number, y: number, width: number, height: number, more: object = {}): PictureLine => ({
  points: [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ],
  isClosed: true,
  ...more,
});
const line = (...points: (readonly [number, number])[]): PictureLine => ({ points });
const rows = (x: number, y: number, width: number, count: number): PictureLine[] =>
  Array.from({ length: count }, (_, index) => line([x, y + index * 2.5], [x + width, y + index * 2.5]));
const arrow = (x: number, from: number, to: number): PictureLine[] => [
  line([x, from], [x, to]),
  line([x - 1.6, to - 2], [x, to], [x + 1.6, to - 2]),
];
const envelope = (x: number, y: number, width: number, height: number, more: object = {}): PictureLine[] => [
  box(x, y, width, height, more),
  line([x, y], [x + width / 2, y + height * 0.45], [x + width, y]),
];

/** What each picture is made of. */
export const PICTURES: Readonly<Record<PackingPicture, readonly PictureLine[]>> = {
  // A printer with a sheet coming out of it.
  print: [
    box(6, 11, 28, 10),
    box(11, 3, 18, 8),
    box(11, 17, 18, 9, { isFilled: true }),
    ...rows(14, 20, 12, 2),
    line([30, 14], [32, 14]),
  ],
  // Sheets in order: cover sheet on top, receipt below, a tick beside.
  check: [
    box(12, 2, 16, 21, { isFilled: true }),
    box(9, 4, 16, 21),
    ...rows(12, 8, 10, 5),
    line([29, 14], [32, 18], [38, 8]),
  ],
  // A sheet with the line it is folded along.
  fold: [
    box(8, 3, 16, 22),
    { points: [[8, 14] as const, [24, 14] as const], isDashed: true },
    line([27, 20], [32, 18], [33, 13]),
    line([31, 15], [33, 13], [35, 15]),
    ...rows(11, 6, 10, 2),
  ],
  // The papers go into the inner envelope, which has the stamp's frame on its front.
  inner: [
    box(12, 1, 16, 9, { isFilled: true }),
    ...arrow(20, 4, 11),
    box(6, 12, 28, 15),
    box(24, 14, 8, 5),
    ...rows(9, 18, 10, 2),
  ],
  // The inner envelope in a numbered bag with its seal.
  bag: [
    box(4, 2, 32, 25),
    line([4, 7], [36, 7]),
    ...envelope(9, 10, 22, 13, { isFilled: true }),
    line([7, 4.5], [16, 4.5]),
  ],
  // The bag in the outer envelope, with two addresses and nothing else on it.
  outer: [
    box(14, 1, 12, 8, { isFilled: true }),
    ...arrow(20, 4, 10),
    box(3, 11, 34, 16),
    ...rows(6, 14, 7, 2),
    ...rows(20, 20, 11, 2),
  ],
  // Over the counter, against a receipt.
  'hand-in': [
    line([2, 19], [38, 19]),
    line([2, 21], [38, 21]),
    ...envelope(5, 10, 14, 9, { isFilled: true }),
    line([21, 14], [26, 14]),
    line([24.5, 12.5], [26, 14], [24.5, 15.5]),
    box(28, 6, 8, 13),
    ...rows(30, 9, 4, 3),
  ],
  // The register, with a row that waits for its kvittens.
  register: [
    box(5, 3, 30, 22),
    line([20, 3], [20, 25]),
    ...rows(7.5, 8, 10, 5),
    ...rows(22.5, 8, 10, 3),
    box(22.5, 17, 10, 5, { isDashed: true }),
  ],
};

export interface PackingStep {
  readonly picture: PackingPicture | null;
  readonly text: string;
}

const FOLD: Readonly<Record<EnvelopeLayout, string>> = {
  C4: 'Vik bladen en gång på mitten, till A5.',
  C5: 'Vik bladen två gånger på mitten, till A6.',
  DL: 'Vik bladen i tre delar, till en tredjedels A4.',
  'A4-etikett': 'Vik inte bladen om kuvertet rymmer A4.',
  'A4-2-etiketter': 'Vik inte bladen om kuvertet rymmer A4.',
};

const PRINT = 'Skriv ut filen enkelsidigt på en skrivare som är godkänd för klassen.';
const HOW_TO_PRINT: Readonly<Record<EnvelopeLayout, string>> = {
  C4: 'Kuvertsidorna skrivs på kuvert av den storlek som står i packlistan, eller på papper som klistras på.',
  C5: 'Kuvertsidorna skrivs på kuvert av den storlek som står i packlistan, eller på papper som klistras på.',
  DL: 'Kuvertsidorna skrivs på kuvert av den storlek som står i packlistan, eller på papper som klistras på.',
  'A4-etikett': 'Klipp ut etiketterna längs den streckade ramen och fäst dem på kuverten.',
  'A4-2-etiketter':
    'Etiketterna skrivs på ark med två självhäftande etiketter (199,6 × 143,5 mm). Det yttre kuvertets står överst och det inres underst: mata in samma ark två gånger.',
};

/**
 * The steps in which one copy is packed, each with its picture.
 * @param sheets of paper in the copy; null where the packing list says it
 * @param receiver in a few words, for what is delivered by hand
 */
export function packingSteps({
  layout,
  carriage,
  level,
  sheets,
  receiver,
}: {
  readonly layout: EnvelopeLayout;
  readonly carriage: Carriage;
  readonly level: Level;
  readonly sheets: number | null;
  readonly receiver: string;
}): PackingStep[] {
  const handIn: Readonly<Record<Carriage, string>> = {
    rek: 'Lämna in försändelsen som REK över disk. Anteckna kvittots nummer och spara kvittot.',
    varde: 'Lämna in försändelsen som VÄRDE över disk. Anteckna kvittots nummer och spara kvittot.',
    'personlig-leverans': `Lämna försändelsen personligen hos ${receiver}. Kontrollera mottagarens legitimation och få kvittensen undertecknad på plats.`,
  };
  const count = sheets === null ? '' : ` Ett exemplar är ${sheets} blad: försättsblad, rapport, kvittens.`;
  return [
    { picture: 'print', text: `${PRINT} ${HOW_TO_PRINT[layout]}` },
    { picture: 'check', text: `Kontrollera exemplarnummer och sidnummer på varje blad.${count}` },
    { picture: 'fold', text: `Lägg försättsbladet överst och kvittensen underst. ${FOLD[layout]}` },
    {
      picture: 'inner',
      text: 'Lägg bladen i det inre kuvertet. Förslut det, skriv datum och namnteckning över förseglingen och på framsidan.',
    },
    {
      picture: 'bag',
      text: 'Lägg det inre kuvertet i säkerhetspåsen, förslut den och anteckna dess nummer.',
    },
    {
      picture: 'outer',
      text: 'Lägg säkerhetspåsen i det yttre kuvertet. Utanpå får bara mottagarens och avsändarens adress och postens tjänst synas: ingen klass, rubrik eller beteckning, inte heller genom papperet.',
    },
    ...(level === 'kvalificerat-hemlig'
      ? [
          {
            picture: null,
            text: 'Kvalificerat hemlig: två personer packar, kontrollerar och följer försändelsen tills den är inlämnad, om verksamhetens rutin inte säger annat.',
          },
        ]
      : []),
    { picture: 'hand-in', text: handIn[carriage] },
    {
      picture: 'register',
      text: `För in försändelsen i registret. Bevaka kvittensen: utebliven kvittens anmäls genast till säkerhetsskyddschefen.${
        isProtectedLevel(level) ? ' Nummer på påse och försändelse förs in på varje exemplar.' : ''
      }`,
    },
    {
      picture: null,
      text: 'Förstör utskrifter som blev över och töm skrivarens minne enligt verksamhetens rutin.',
    },
  ];
}
