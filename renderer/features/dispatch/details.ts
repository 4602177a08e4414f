import type { AnswerOf } from '../../../shared/contract/contract.ts';
import type { CallOptions } from '../../app/core-client.ts';
import { core } from '../../app/bridge.ts';
import type { WantedMarking } from '../../components/MarkingField.tsx';
import type { Order } from '../report/order.ts';
import type { Carriage, WayId } from './ways.ts';

/** What was made, and where. */
export interface Made {
  readonly way: WayId;
  readonly out: string;
  readonly answer: AnswerOf<'reports.byEmail'>;
}

/** A file that goes along with a mail, and its marking. */
export interface AttachmentDetails {
  readonly path: string;
  readonly marking: WantedMarking;
}

/** What each way out asks for, beside the order. */
export interface Details {
  readonly to: readonly string[];
  readonly attachments: readonly AttachmentDetails[];
  readonly medium: string;
  readonly grade: string;
  readonly recipientName: string;
  readonly carriage: Carriage | null;
  /** Another than the form's; null for the form's own. */
  readonly recipient: string | null;
  readonly layout: 'C4' | 'C5' | 'A4-etikett';
  readonly copies: number;
  readonly attention: string;
  readonly securityBag: string;
  readonly consignment: string;
  /** Why a label is printed to an address that nobody has confirmed. */
  readonly addressReason: string;
}

export const EMPTY_DETAILS: Details = {
  to: [],
  attachments: [],
  medium: '',
  grade: '',
  recipientName: '',
  carriage: null,
  recipient: null,
  layout: 'C4',
  copies: 1,
  attention: '',
  securityBag: '',
  consignment: '',
  addressReason: '',
};

export interface Decision {
  readonly reason: string;
  readonly decidedBy: string;
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
  const decided = decision && { reason: decision.reason.trim(), decidedBy: orNull(decision.decidedBy) };
  const base = { ...order, out, decision: decided };
  switch (way) {
    case 'email':
      return core.call(
        'reports.byEmail',
        {
          ...base,
          to: details.to,
          attachments: details.attachments.map(({ path, marking }) => ({ path, ...marking })),
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
