import type { Content, CustomTableLayout, TableCell } from 'pdfmake/interfaces.js';
import { isAtMost, LEVEL_NAME, OPEN_MARKING, type Level } from '../../shared/domain/marking.ts';
import { ROOM_NAME, type Room } from '../../shared/domain/room.ts';
import { swedishTime } from '../../shared/domain/swedish-time.ts';
import { attention, headed, signatureRow, steps } from '../documents/parts.ts';
import { renderPdf } from '../documents/pdf.ts';
import { markedSection } from '../documents/sections.ts';
import { INK } from '../documents/styles.ts';
import { shorten } from '../documents/text.ts';

export interface RecoverySheet {
  readonly vaultName: string;
  readonly organisation: string;
  readonly room: Room;
  /** As `makeRecoveryCode` writes it: groups parted by dashes. */
  readonly code: string;
  readonly created: Date;
  /** The highest level the workstation is approved for. */
  readonly ceiling: Level;
}

const GROUPS_IN_A_ROW = 3;
/** Width of one character in points. The family has no fixed-width cut, so every character gets a place of its own. */
const STEP = 21;

/**
 * One A4 page for a sealed envelope: the recovery code of one room, to be typed by someone who is tired and in a hurry.
 * The code stands nowhere else, so the groups are numbered (a mistyped one is named by its number) and widely set.
 */
export async function recoverySheet(sheet: RecoverySheet): Promise<Uint8Array> {
  const highest = highestLevel(sheet);
  const content: Content[] = [
    { text: `Återställningskod, ${ROOM_NAME[sheet.room]}`, style: 'title' },
    {
      text: `${shorten(sheet.organisation, 60)}, ${swedishTime(sheet.created)}`,
      style: 'subtitle',
    },
    attention('Den som har det här bladet kan öppna rummet', [
      `Koden öppnar ${ROOM_NAME[sheet.room]} i valvet ${sheet.vaultName} utan lösenfras. Rummet får innehålla uppgifter ` +
        `till och med ${LEVEL_NAME[highest]}. Förvara bladet som en handling på den nivån.`,
    ]),
    codeTable(sheet.code),
    {
      text: 'Skriv grupperna i ordning, med stora eller små bokstäver. 0 och 1 är siffror: koden har inget I, L, O eller U.',
      style: 'help',
      alignment: 'center',
      margin: [0, 2, 0, 6],
    },
    headed(
      'Förvaring',
      steps([
        'Jämför utskriften med filen och radera filen. Kopiera eller fotografera inte bladet.',
        'Två personer förseglar bladet i ett kuvert och skriver under här och över förseglingen.',
        'Förvara kuvertet i godkänt säkerhetsskåp, skilt från arbetsstationen och från lösenfraser.',
        'Kontrollera förseglingen vid inventering. Är den bruten: anmäl genast till säkerhetsskyddschefen.',
      ]),
    ),
    headed(
      'När lösenfrasen är borta',
      steps([
        'Två personer bryter förseglingen och antecknar vilka, när och varför.',
        'Lås upp rummet med koden i stället för lösenfrasen. Användningen syns i spårbarheten.',
        'Koden gäller också efteråt: försegla bladet på nytt och anteckna den nya förseglingens nummer.',
      ]),
    ),
    signatureRow(['Försegling nr', 'Datum', 'Namnteckning 1', 'Namnteckning 2']),
  ];
  const section = markedSection(content, {
    marking: OPEN_MARKING,
    organisation: sheet.organisation,
    reference: sheet.vaultName,
    draft: false,
    exercise: false,
    footnote: 'Återställningskod',
  });
  return renderPdf({ content: [section] }, { title: 'Återställningskod', created: sheet.created });
}

/** The open room holds at most sekretess, whatever the workstation is approved for. */
function highestLevel({ room, ceiling }: RecoverySheet): Level {
  return room === 'open' && !isAtMost(ceiling, 'sekretess') ? 'sekretess' : ceiling;
}

function codeTable(code: string): Content {
  const groups = code.split('-').map((group, index): TableCell => ({
    stack: [
      { text: String(index + 1), style: 'small', alignment: 'center' },
      {
        table: {
          widths: [...group].map(() => STEP),
          body: [
            [...group].map((text) => ({
              text,
              bold: true,
              fontSize: 24,
              lineHeight: 1,
              alignment: 'center',
            })),
          ],
        },
        layout: { ...frame(0), paddingLeft: () => 2, paddingRight: () => 2 },
      },
    ],
  }));
  const rows: TableCell[][] = [];
  for (let start = 0; start < groups.length; start += GROUPS_IN_A_ROW) {
    const row = groups.slice(start, start + GROUPS_IN_A_ROW);
    while (row.length < GROUPS_IN_A_ROW) row.push('');
    rows.push(row);
  }
  return {
    table: { widths: Array.from({ length: GROUPS_IN_A_ROW }, () => '*'), body: rows },
    layout: { ...frame(0.9), paddingLeft: () => 20, paddingTop: () => 5, paddingBottom: () => 4 },
    margin: [0, 4, 0, 2],
    unbreakable: true,
  };
}

function frame(line: number): CustomTableLayout {
  return {
    hLineWidth: () => line,
    vLineWidth: () => line,
    hLineColor: () => INK,
    vLineColor: () => INK,
    paddingTop: () => 0,
    paddingBottom: () => 0,
  };
}
