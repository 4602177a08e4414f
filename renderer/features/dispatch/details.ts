import { z } from 'zod';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { CARRIAGES, ENVELOPE_LAYOUTS } from '../../../shared/domain/packing.ts';
import { TRANSFER_FORMATS } from '../../../shared/domain/transfer-profile.ts';
import type { CallOptions } from '../../app/core-client.ts';
import { core } from '../../app/bridge.ts';
import type { SecondPerson } from '../../components/SecondPersonFields.tsx';
import { markingSchema } from '../incident/ItemEditor.tsx';
import type { Order } from '../report/order.ts';
import type { WayId } from './ways.ts';

/** What was made, and where. */
export interface Made {
  readonly way: WayId;
  readonly out: string;
  /** As it was asked for: what is left to do depends on it. */
  readonly details: Details;
  readonly answer: AnswerOf<'reports.byEmail'>;
}

/** A file that goes along with a mail, and its marking. */
const attachmentSchema = z.strictObject({ path: z.string(), marking: markingSchema });
export type AttachmentDetails = Readonly<z.output<typeof attachmentSchema>>;

const detailsSchema = z.strictObject({
  to: z.array(z.string()).readonly(),
  attachments: z.array(attachmentSchema).readonly(),
  medium: z.string(),
  grade: z.string(),
  recipientName: z.string(),
  profile: z.string(),
  /** null: the one that the profile prefers. */
  format: z.enum(TRANSFER_FORMATS).nullable(),
  /** Empty: the neutral one. */
  fileName: z.string(),
  carriage: z.enum(CARRIAGES).nullable(),
  /** Another than the form's; null for the form's own. */
  recipient: z.string().nullable(),
  layout: z.enum(ENVELOPE_LAYOUTS),
  /** By name; null: one that needs no offset. */
  printer: z.string().nullable(),
  copies: z.number().int(),
  attention: z.string(),
  securityBag: z.string(),
  consignment: z.string(),
  /** Why a label is printed to an address that nobody has confirmed. */
  addressReason: z.string(),
});
export const decisionSchema = z.strictObject({ reason: z.string(), decidedBy: z.string() });

/** What each way out asks for, beside the order. */
export type Details = Readonly<z.output<typeof detailsSchema>>;

/** All that is written to make a way out ready, as it is kept until it is made. */
export const waySchema = z.strictObject({
  details: detailsSchema,
  decision: decisionSchema,
  /** What report it is made for: whoever goes on with it is not to send another one. */
  report: z
    .strictObject({ supplement: z.boolean(), isMasked: z.boolean() })
    .default({ supplement: false, isMasked: false }),
});
export type WayDraft = Readonly<z.output<typeof waySchema>>;
export const NO_WAY: WayDraft = {
  details: {
    to: [],
    attachments: [],
    medium: '',
    grade: '',
    recipientName: '',
    profile: 'ovrigt',
    format: null,
    fileName: '',
    carriage: null,
    recipient: null,
    layout: 'C4',
    printer: null,
    copies: 1,
    attention: '',
    securityBag: '',
    consignment: '',
    addressReason: '',
  },
  decision: { reason: '', decidedBy: '' },
  report: { supplement: false, isMasked: false },
};

export const NO_SECOND: SecondPerson = { secondUser: null, secondPassphrase: '' };
export type Decision = WayDraft['decision'] & SecondPerson;

/** The second person as the core asks for her; null until she has said who she is. */
export function secondOf({ secondUser, secondPassphrase }: SecondPerson) {
  return secondUser !== null && secondPassphrase !== ''
    ? { userName: secondUser, passphrase: secondPassphrase }
    : null;
}

/** A decision that can be sent to the core: its reason, and the other person where it takes two. */
export function isDecided(decision: Decision, because: readonly { readonly takesTwo: boolean }[]): boolean {
  return (
    decision.reason.trim() !== '' &&
    (!because.some(({ takesTwo }) => takesTwo) || secondOf(decision) !== null)
  );
}

/** As the core asks for it. */
export function decisionOf({ reason, decidedBy, ...second }: Decision) {
  return { reason: reason.trim(), decidedBy: decidedBy.trim() || null, second: secondOf(second) };
}

const orNull = (text: string): string | null => text.trim() || null;

/** Asks the core to make the files of a way out. It asks the gate again, and reads back what it wrote. */
export function makeWayOut(
  way: WayId,
  order: Order,
  out: string,
  details: Details,
  decision: Decision | null,
  options: CallOptions,
): Promise<AnswerOf<'reports.byEmail'>> {
  const decided = decision && decisionOf(decision);
  const base = { ...order, out, decision: decided };
  switch (way) {
    case 'email':
      return core.call(
        'reports.byEmail',
        {
          ...base,
          to: [...details.to],
          attachments: details.attachments.map(({ path, marking: { level, basis } }) => ({
            path,
            level,
            basis: [...basis],
          })),
        },
        options,
      );
    case 'signalskydd':
      return core.call(
        'reports.bySignalskydd',
        {
          ...base,
          medium: orNull(details.medium),
          grade: orNull(details.grade),
          recipientName: orNull(details.recipientName),
          profile: details.profile,
          format: details.format,
          fileName: orNull(details.fileName),
        },
        options,
      );
    case 'envelope':
      return core.call(
        'reports.byEnvelope',
        {
          ...base,
          carriage: details.carriage,
          layout: details.layout,
          printer: details.printer,
          copies: details.copies,
          recipient: details.recipient,
          attention: orNull(details.attention),
          securityBag: orNull(details.securityBag),
          consignment: orNull(details.consignment),
          addressReason: orNull(details.addressReason),
        },
        options,
      );
  }
}
