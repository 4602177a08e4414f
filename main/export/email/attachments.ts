import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { SigillError } from '../../../shared/domain/error.ts';
import { isAtMost, joinMarkings, LEVEL_NAME, type Marking } from '../../../shared/domain/marking.ts';
import { answeredField, textPart, type ReportDocument } from '../../../shared/domain/report.ts';
import { ATTACHMENTS_SECTION } from '../../reports/added-sections.ts';
import { describeStreamed } from '../files.ts';

/** A file that is to go with a report, and how somebody has judged that it is marked. */
export interface AttachmentOrder {
  /** Absolute. */
  readonly path: string;
  readonly marking: Marking;
}

/** The same, looked at: what stands in the document, so that exactly this file is cleared and sent. */
export interface Attachment extends AttachmentOrder {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
}

/** What the report itself is called in a mail. */
export const REPORT_FILES = { pdf: 'rapport.pdf', json: 'rapport.json' } as const;

/** Together, in bytes. Larger belongs on a medium. */
const LARGEST_TOGETHER = 250 * 1024 * 1024;
/** Above this many mail servers say no (in bytes, before encryption adds about four fifths). */
const OFTEN_REFUSED = 10 * 1024 * 1024;
const LONGEST_NAME = 120;

/**
 * Reads each file through once, without holding it: name, size and hash.
 * @throws SigillError `usage` for what is no readable file, is empty, has the name of another or of the report itself, or is
 *   too large together
 */
export async function readAttachments(orders: readonly AttachmentOrder[]): Promise<Attachment[]> {
  const read: Attachment[] = [];
  let together = 0;
  for (const order of orders) {
    const name = nameOf(order.path);
    const about = await stat(order.path).catch(() => null);
    if (about?.isFile() !== true) {
      throw new SigillError(
        'usage',
        `Bilagan ${name} går inte att läsa. Kontrollera att filen finns kvar, och lägg till den igen.`,
      );
    }
    if (about.size === 0) throw new SigillError('usage', `Bilagan ${name} är tom. Ta bort den ur listan.`);
    const isNamed = (other: string): boolean =>
      other.toLocaleLowerCase('sv') === name.toLocaleLowerCase('sv');
    if (read.some((other) => isNamed(other.name))) {
      throw new SigillError('usage', `Två bilagor heter ${name}. Byt namn på en av dem.`);
    }
    // Whoever saves both would write the one over the other.
    if (Object.values(REPORT_FILES).some(isNamed)) {
      throw new SigillError(
        'usage',
        `Bilagan heter ${name}, som rapporten själv heter i brevet. Byt namn på bilagan och lägg till den igen.`,
      );
    }
    together += about.size;
    if (together > LARGEST_TOGETHER) {
      throw new SigillError(
        'usage',
        `Bilagorna är för stora för ett brev (högst ${LARGEST_TOGETHER / 1024 / 1024} MB tillsammans). ` +
          'Lägg dem på ett medium, och skriv i rapporten att de kommer för sig.',
      );
    }
    read.push({ ...order, name, size: about.size, sha256: await hashOf(order.path, name) });
  }
  return read;
}

/** @returns what should be known before a large mail is carried to the sending computer */
export function attachmentRemarks(attachments: readonly Attachment[]): string[] {
  const together = attachments.reduce((sum, { size }) => sum + size, 0);
  if (together <= OFTEN_REFUSED) return [];
  const sealed = Math.ceil((together * 1.9) / 1024 / 1024);
  return [
    `Brevet blir omkring ${sealed} MB. Många e-postservrar tar inte emot mer än 20–25 MB: fråga mottagaren, eller sänd ` +
      'bilagorna på ett medium.',
  ];
}

/** What a person reads and a mail program shows: no path, and nothing that turns a line around or hides. */
function nameOf(path: string): string {
  const name = basename(path)
    .replace(/[\p{C}\p{Zl}\p{Zp}"\\/]/gu, '_')
    .slice(-LONGEST_NAME);
  return name === '' ? 'bilaga' : name;
}

async function hashOf(path: string, name: string): Promise<string> {
  const read = await describeStreamed(name, path).catch(() => null);
  if (read) return read.sha256;
  throw new SigillError(
    'usage',
    `Bilagan ${name} går inte att läsa till slut. Kontrollera mediet, och lägg till den igen.`,
  );
}

/**
 * The document with its attachments as a section of its own, each a part with its own marking: so the gate judges them as it
 * judges the facts, and what is cleared is these very files.
 * @throws SigillError `policy` where an open version would carry an attachment above its level
 */
export function withAttachments(
  document: ReportDocument,
  attachments: readonly Attachment[],
): ReportDocument {
  if (attachments.length === 0) return document;
  const { openLevel } = document;
  const over =
    openLevel === null ? undefined : attachments.find(({ marking }) => !isAtMost(marking.level, openLevel));
  if (over && openLevel !== null) {
    throw new SigillError(
      'policy',
      `Bilagan ${over.name} är märkt ${LEVEL_NAME[over.marking.level]}, men versionen lämnar bara ut till och med ` +
        `${LEVEL_NAME[openLevel]}. Ta bort bilagan, eller sänd den fullständiga versionen en annan väg.`,
    );
  }
  const fields = attachments.map(({ name, size, sha256, marking }, index) =>
    answeredField({ id: `attachment-${index + 1}`, label: name }, [
      textPart(`attachment:${index + 1}`, `${size} byte, SHA-256 ${sha256}`, marking),
    ]),
  );
  return {
    ...document,
    marking: joinMarkings([document.marking, ...attachments.map(({ marking }) => marking)]),
    sections: [...document.sections, { id: ATTACHMENTS_SECTION, title: 'Bilagor', fields }],
  };
}
