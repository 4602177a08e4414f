import { z } from 'zod';
import { operation } from './operation.ts';
import { incidentId, level, text, writtenFile } from './schemas.ts';

/** The file as it came: a mail, or the encrypted message alone. */
const file = z.base64();

/** What recipients answer, encrypted to us. Nothing of it is stored before somebody has decided how it is marked. */
export const answersArea = {
  open: operation({
    request: z.strictObject({ file }),
    answer: z.strictObject({
      /** SHA-256 of the file, in hex: what is decided of it belongs to it alone. */
      fileHash: text,
      /** Whether the signature is by a key that two persons have compared, and in a sentence how it stands. */
      isVerified: z.boolean(),
      signature: text,
      from: text.nullable(),
      subject: text.nullable(),
      text,
      /** Sizes in bytes. */
      /** What else is to be known before it is believed. */
      remarks: z.array(text),
      attachments: z.array(z.strictObject({ name: text, size: z.number().int(), sha256: text })),
    }),
    room: 'open',
    changes: true,
  }),
  /** Opens it once more, and writes its attachments into a new folder. */
  saveAttachments: operation({
    request: z.strictObject({ file, level, basis: z.array(text), reason: text, out: text }),
    answer: z.strictObject({ files: z.array(writtenFile) }),
    room: 'open',
    changes: true,
  }),
  /** Opens it once more, and stores it as a row in the incident's log, in the room of the marking. */
  keep: operation({
    request: z.strictObject({ file, incident: incidentId, level, basis: z.array(text), reason: text }),
    answer: z.strictObject({ log: text }),
    room: 'open',
    changes: true,
  }),
};
