import type { Content } from 'pdfmake/interfaces.js';
import { OPEN_MARKING } from '../../shared/domain/marking.ts';
import { swedishDate, swedishTime } from '../../shared/domain/swedish-time.ts';
import { attention, factTable, headed, signatureRow, steps } from '../documents/parts.ts';
import { renderPdf } from '../documents/pdf.ts';
import { markedSection } from '../documents/sections.ts';
import { shorten } from '../documents/text.ts';
import { formatFingerprint } from './inspect.ts';
import { makeRevocation } from './own-life.ts';

export interface RevocationSheet {
  readonly organisation: string;
  readonly fingerprint: string;
  readonly userIds: readonly string[];
  readonly createdAt: string;
  readonly armoredPrivate: string;
  readonly at: Date;
}

/** Points: every module about 0.75 mm, which a hand scanner and a telephone's camera both read. */
const CODE_SIZE = 150;

/**
 * One A4 page for the safe: the certificate that revokes the organisation's own key, in letters and as a QR code that holds
 * the whole of it. Whoever has it can end the key, and nothing else.
 */
export async function revocationSheet(sheet: RevocationSheet): Promise<Uint8Array> {
  const certificate = await makeRevocation(sheet);
  const content: Content[] = [
    { text: 'Återkallelsecertifikat', style: 'title' },
    { text: `${shorten(sheet.organisation, 60)}, ${swedishTime(sheet.at)}`, style: 'subtitle' },
    attention('Den som har det här bladet kan göra er nyckel ogiltig för alltid', [
      'Det öppnar inget och kan inte skriva under något. Förvara det i säkerhetsskåp, skilt från arbetsstationen.',
    ]),
    factTable([
      ['Nyckelns fingeravtryck', formatFingerprint(sheet.fingerprint)],
      ['Nyckeln tillhör', sheet.userIds.join('; ')],
      ['Nyckeln skapad', swedishDate(new Date(sheet.createdAt))],
    ]),
    {
      columns: [
        {
          width: '*',
          stack: certificate.split('\n').map((line): Content => ({
            text: line === '' ? ' ' : line,
            fontSize: 10,
            lineHeight: 1.15,
            // Each line is typed as it stands: a space where there is none would ruin it.
            noWrap: true,
          })),
        },
        { width: 'auto', qr: certificate, fit: CODE_SIZE, eccLevel: 'L', foreground: '#000000' },
      ],
      columnGap: 8,
      margin: [0, 8, 0, 8],
    },
    headed(
      'När nyckeln är röjd eller borta',
      steps([
        'Läs av koden med en skanner, eller skriv av raderna, till en textfil på en dator med OpenPGP-program.',
        'Läs in filen i programmet som en nyckel läses in. Nyckeln är då återkallad där.',
        'Lämna den återkallade öppna nyckeln till alla som har den. Ring dem först.',
        'Skapa en ny nyckel i Sigill och lämna ut den.',
      ]),
    ),
    signatureRow(['Försegling nr', 'Datum', 'Namnteckning 1', 'Namnteckning 2']),
  ];
  const section = markedSection(content, {
    marking: OPEN_MARKING,
    organisation: sheet.organisation,
    reference: sheet.fingerprint.slice(-16),
    draft: false,
    exercise: false,
    footnote: 'Återkallelsecertifikat',
  });
  return renderPdf({ content: [section] }, { title: 'Återkallelsecertifikat', created: sheet.at });
}
