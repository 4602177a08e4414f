import { OWN_ARRIVALS, OWN_YEARS } from '../domain/own-key.ts';
import { z } from 'zod';
import { recipientSchema } from '../domain/rules.ts';
import { operation } from './operation.ts';
import { addressCheck, fingerprint, instant, nothing, room, text } from './schemas.ts';

const passphrases = z.strictObject({ open: text.optional(), protected: text.optional() });

/** null: without an end. */
const ownYears = z.literal(OWN_YEARS).nullable();

/** Keys of the organisation and of those it writes to. */
export const keysArea = {
  list: operation({
    request: nothing,
    answer: z.array(
      z.strictObject({
        fingerprint,
        role: z.enum(['recipient', 'own']),
        userIds: z.array(text),
        emails: z.array(text),
        algorithm: text,
        createdAt: text,
        expiresAt: text.nullable(),
        verifiedBy: text.nullable(),
        verifiedSecond: text.nullable(),
        verifiedPhone: text.nullable(),
        verifiedHow: text.nullable(),
        verifiedAt: instant.nullable(),
        distrustedAt: instant.nullable(),
        distrustedBy: text.nullable(),
        distrustReason: text.nullable(),
        retiredAt: instant.nullable(),
      }),
    ),
    room: 'open',
    changes: false,
  }),
  import: operation({
    request: z.strictObject({ key: z.base64() }),
    answer: z.strictObject({
      fingerprint,
      userIds: z.array(text),
      algorithm: text,
      verified: z.boolean(),
      /** Why a key that was in the vault must not be encrypted to any more, by what the file says: null where it may. */
      ended: text.nullable(),
    }),
    room: 'open',
    changes: true,
  }),
  /** A key that is in the vault already: two persons have compared its fingerprint with the recipient. */
  verify: operation({
    request: z.strictObject({
      fingerprint,
      comparison: z.strictObject({
        first: text,
        second: text,
        way: z.enum(['telefon', 'mote']),
        phone: text.nullable(),
        note: text,
      }),
    }),
    answer: nothing,
    room: 'open',
    changes: true,
  }),
  /** A recipient's key out of use, until it is verified anew. */
  distrust: operation({
    request: z.strictObject({ fingerprint, reason: text }),
    answer: nothing,
    room: 'open',
    changes: true,
  }),
  createOwn: operation({
    request: z.strictObject({ email: text.nullable(), years: ownYears }),
    answer: z.strictObject({ fingerprint }),
    room: 'open',
    changes: true,
  }),
  /** An own secret key from another program, with its passphrase where it has one; one that was in use before it is retired. */
  importOwn: operation({
    request: z.strictObject({ key: z.base64(), passphrase: text.nullable() }),
    answer: z.strictObject({ fingerprint, arrival: z.enum(OWN_ARRIVALS), expiresAt: text.nullable() }),
    room: 'open',
    changes: true,
  }),
  /** The same key with another end; those who hold it must be given the new copy. */
  extendOwn: operation({
    request: z.strictObject({ years: ownYears }),
    answer: z.strictObject({ fingerprint, expiresAt: text.nullable() }),
    room: 'open',
    changes: true,
  }),
  /** The sheet for the safe that revokes the own key, to be printed: PDF in base64. */
  revocationSheet: operation({
    request: nothing,
    answer: z.strictObject({ pdf: z.base64() }),
    room: 'open',
    changes: true,
  }),
  /** The own public key to a file that is not there yet. */
  exportOwn: operation({
    request: z.strictObject({ out: text }),
    answer: z.strictObject({ fingerprint, path: text }),
    room: 'open',
    changes: true,
  }),
  /** How each address of the recipients stands: what a person was told, and which key is for it. */
  addresses: operation({
    request: nothing,
    answer: z.array(
      z.strictObject({
        recipient: text,
        address: text,
        status: z.enum(['confirmed', 'unconfirmed', 'historical', 'wrong']),
        check: addressCheck.nullable(),
        fingerprint: fingerprint.nullable(),
      }),
    ),
    room: 'open',
    changes: false,
  }),
  checkAddress: operation({
    request: z.strictObject({
      recipient: text,
      address: text,
      outcome: z.enum(['confirmed', 'wrong']),
      at: instant,
      by: text,
      how: text,
    }),
    answer: nothing,
    room: 'open',
    changes: true,
  }),
  /** Which verified key is for an e-mail address; null: none any more. */
  bind: operation({
    request: z.strictObject({
      recipient: text,
      address: text,
      fingerprint: fingerprint.nullable(),
      reason: text,
    }),
    answer: nothing,
    room: 'open',
    changes: true,
  }),
  recipients: operation({ request: nothing, answer: z.array(recipientSchema), room: 'none', changes: false }),
} as const;

/** Who may enter which room. */
export const usersArea = {
  list: operation({
    request: nothing,
    answer: z.array(
      z.strictObject({
        room,
        id: text,
        name: text,
        kind: z.enum(['person', 'recovery']),
        addedAt: instant,
        removedAt: instant.nullable(),
      }),
    ),
    room: 'any',
    changes: false,
  }),
  add: operation({
    request: z.strictObject({ name: text.min(1), passphrases }),
    answer: z.array(room),
    room: 'any',
    changes: true,
  }),
  /** From all the rooms named, or from none. */
  remove: operation({
    request: z.strictObject({ name: text, rooms: z.array(room).min(1) }),
    answer: z.array(room),
    room: 'any',
    changes: true,
  }),
  /** For one who has forgotten: only where the room was opened with the recovery code. */
  reset: operation({
    request: z.strictObject({ name: text.min(1), passphrases }),
    answer: z.strictObject({ rooms: z.array(room), listedName: text }),
    room: 'any',
    changes: true,
  }),
  changePassphrases: operation({
    request: z.strictObject({ passphrases }),
    answer: z.array(room),
    room: 'any',
    changes: true,
  }),
} as const;

/** Spårbarheten. */
export const auditArea = {
  entries: operation({
    request: z.strictObject({ room }),
    answer: z.array(
      z.strictObject({
        seq: z.number().int(),
        at: instant,
        actor: text,
        action: text,
        object: text.nullable(),
        hash: text,
      }),
    ),
    room: 'any',
    changes: false,
  }),
  verify: operation({
    request: nothing,
    answer: z.array(
      z.strictObject({
        room,
        entries: z.number().int(),
        checkpoints: z.number().int(),
        remarks: z.array(text),
      }),
    ),
    room: 'any',
    changes: false,
  }),
  export: operation({
    request: z.strictObject({ room, out: text }),
    answer: z.strictObject({ path: text, entries: z.number().int() }),
    room: 'any',
    changes: true,
  }),
} as const;
