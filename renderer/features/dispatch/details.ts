import type { AnswerOf } from '../../../shared/contract/contract.ts';
import type { EnvelopeLayout } from '../../../shared/domain/packing.ts';
import type { TransferFormat } from '../../../shared/domain/transfer-profile.ts';
import type { CallOptions } from '../../app/core-client.ts';
import { core } from '../../app/bridge.ts';
import type { Order } from '../report/order.ts';
import type { Carriage, WayId } from './ways.ts';

/** What was made, and where. */
export interface Made {
  readonly way: WayId;
  readonly out: string;
  /** As it was asked for: what is left to do depends on it. */
  readonly details: Details;
  readonly answer: AnswerOf<'reports.byEmail'>;
}

/** What each way out asks for, beside the order. */
export interface Details {
  readonly to: readonly string[];
  readonly medium: string;
  readonly grade: string;
  readonly recipientName: string;
  readonly profile: string;
  /** null: the one that the profile prefers. */
  readonly format: TransferFormat | null;
  /** Empty: the neutral one. */
  readonly fileName: string;
  readonly carriage: Carriage | null;
  /** Another than the form's; null for the form's own. */
  readonly recipient: string | null;
  readonly layout: EnvelopeLayout;
  /** By name; null: one that needs no offset. */
  readonly printer: string | null;
  readonly copies: number;
  readonly attention: string;
  readonly securityBag: string;
  readonly consignment: string;
  /** Why a label is printed to an address that nobody has confirmed. */
  readonly addressReason: string;
}

export const EMPTY_DETAILS: Details = {
  to: [],
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
};

export interface Decision {
  readonly reason: string;
  readonly decidedBy: string;
  /** Where it takes two. */
  readonly secondUser: string | null;
  readonly secondPassphrase: string;
}

export const NO_DECISION: Decision = { reason: '', decidedBy: '', secondUser: null, secondPassphrase: '' };

/** As the core asks for it. */
export function decisionOf({ reason, decidedBy, secondUser, secondPassphrase }: Decision) {
  const second =
    secondUser !== null && secondPassphrase !== ''
      ? { userName: secondUser, passphrase: secondPassphrase }
      : null;
  return { reason: reason.trim(), decidedBy: decidedBy.trim() || null, second };
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
      return core.call('reports.byEmail', { ...base, to: details.to }, options);
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
