import { z } from 'zod';
import { ORGANISATION_KINDS, TIME_IDS } from '../domain/incident.ts';
import { operation } from './operation.ts';
import {
  dutySettings,
  instant,
  level,
  named,
  nothing,
  organisation,
  room,
  supervisor,
  text,
} from './schemas.ts';

const unlockedRoom = z.strictObject({ room, user: text, since: instant });

/** Making a vault, opening it, locking it. Passphrases go in and never come out. */
export const vaultArea = {
  status: operation({
    request: z.strictObject({ folder: text }),
    answer: z.strictObject({
      /** There is a vault. */
      exists: z.boolean(),
      /** There is a folder, whatever it holds: one on a medium that has been taken out is not there. */
      isFolder: z.boolean(),
      vaultId: text.nullable(),
      /** Who has a passphrase for which room. */
      users: z.array(z.strictObject({ room, name: text })),
      unlocked: z.array(unlockedRoom),
      ceiling: level.nullable(),
    }),
    room: 'none',
    changes: false,
  }),
  judgePassphrase: operation({
    request: z.strictObject({ passphrase: text, room, personal: z.array(text) }),
    answer: z.strictObject({ accepted: z.boolean(), guessesLog10: z.number(), advice: z.array(text) }),
    room: 'none',
    changes: false,
  }),
  create: operation({
    request: z.strictObject({
      folder: text,
      recoveryFolder: text,
      organisationName: text.min(1),
      organisationKind: z.enum(ORGANISATION_KINDS),
      /** Stands in the organisation's own OpenPGP key; a key without one cannot be looked up by those who answer. */
      email: text.nullable(),
      ceiling: level,
      userName: text.min(1),
      passphrases: z.strictObject({ open: text, protected: text }),
    }),
    answer: z.strictObject({
      vaultId: text,
      recoveryFiles: z.array(text),
      /** To be printed at once; PDF in base64. */
      recoverySheets: z.array(z.strictObject({ room, pdf: z.base64() })),
      ownKey: text,
    }),
    room: 'none',
    changes: true,
  }),
  unlock: operation({
    request: z.strictObject({ folder: text, room, userName: text, passphrase: text }),
    answer: unlockedRoom,
    room: 'none',
    changes: true,
  }),
  unlockWithRecovery: operation({
    request: z.strictObject({ folder: text, room, code: text }),
    answer: unlockedRoom,
    room: 'none',
    changes: true,
  }),
  /** The open rooms whose recovery code nobody has typed from its paper yet. */
  unprovenRecovery: operation({ request: nothing, answer: z.array(room), room: 'any', changes: false }),
  /** Tries a recovery code on an open room, which stays open as whom it was. */
  proveRecovery: operation({
    request: z.strictObject({ room, code: text }),
    answer: nothing,
    room: 'any',
    changes: true,
  }),
  lock: operation({ request: nothing, answer: nothing, room: 'none', changes: true }),
  lockRoom: operation({ request: z.strictObject({ room }), answer: nothing, room: 'any', changes: true }),
  organisation: operation({ request: nothing, answer: organisation, room: 'any', changes: false }),
  changeOrganisation: operation({
    request: organisation.omit({ name: true, kind: true }).partial(),
    answer: organisation,
    room: 'both',
    changes: true,
  }),
  /** What the organisation has answered about itself that the rules ask for, and what can be answered. */
  duties: operation({
    request: nothing,
    answer: z.strictObject({
      settings: dutySettings,
      choices: z.strictObject({
        sectors: z.array(named),
        securityGroups: z.array(named.extend({ note: text.nullable() })),
        /** Steps where the law has no limit: `proposed` is the aim of the rules. */
        targets: z.array(z.strictObject({ key: text, name: text, proposed: z.number().int().nullable() })),
        /** Steps whose start the sources do not agree on; the first option is the one that the rules propose. */
        starts: z.array(
          z.strictObject({
            key: text,
            name: text,
            options: z.array(z.strictObject({ id: z.enum(TIME_IDS).nullable(), label: text })),
          }),
        ),
      }),
      supervisors: z.array(supervisor),
    }),
    room: 'any',
    changes: false,
  }),
  changeDuties: operation({
    request: dutySettings.partial(),
    answer: nothing,
    room: 'both',
    changes: true,
  }),
} as const;
