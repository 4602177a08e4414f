import { z } from 'zod';
import {
  DISPATCH_EVENTS,
  DISPATCH_NUMBER_KINDS,
  DISPATCH_STATES,
  DISPATCH_WAYS,
} from '../domain/dispatch.ts';
import { ENVELOPE_LAYOUTS } from '../domain/packing.ts';
import { PERSONAL_DATA_KINDS } from '../domain/personal-data.ts';
import type { ReportDocument } from '../domain/report.ts';
import { REPORT_FORMATS } from '../domain/report.ts';
import { CONFIDENCES, formSchema } from '../domain/rules.ts';
import { TRANSFER_FORMATS } from '../domain/transfer-profile.ts';
import { operation } from './operation.ts';
import {
  addressCheck,
  decision,
  askedGateAnswer,
  gateAnswer,
  incidentId,
  instant,
  level,
  marking,
  text,
  writtenFile,
} from './schemas.ts';

const order = {
  incident: incidentId,
  form: text,
  version: z.enum(['full', 'open']),
  openLevel: level.nullable(),
  draft: z.boolean(),
  /** Komplettering: a first section tells what has changed since the last one sent, or since that expedition, by its id. */
  supplement: z.union([z.boolean(), text]).optional(),
  /** A fixed word stands in the place of what names or reaches a person. */
  mask: z.boolean().optional(),
};
const dispatchOrder = { ...order, out: text, decision };
/** The core makes it and hashes it; the window only shows it. */
const reportDocument = z.custom<ReportDocument>(
  (value) =>
    typeof value === 'object' && value !== null && (value as ReportDocument).format === 'sigill-report/1',
);
const dispatched = z.strictObject({
  /** Of the expedition, for `recordEvent`. */
  dispatch: text,
  marking,
  answers: z.array(gateAnswer),
  files: z.array(writtenFile),
  remarks: z.array(text),
});

/** What was made to be sent and what became of it; never the document. */
export const expedition = z.strictObject({
  id: text,
  incident: incidentId,
  form: text,
  version: text,
  way: z.enum(DISPATCH_WAYS),
  draft: z.boolean(),
  /** The level that it is kept at, which rises with what it holds. */
  level,
  madeAt: instant,
  madeBy: text,
  documentHash: text,
  /** To whom and by what. `marking` is the document's own when it was made. */
  details: z.strictObject({
    marking,
    openLevel: level.nullable(),
    /** Personal data was masked by choice. */
    masked: z.boolean().optional(),
    recipients: z.array(text).optional(),
    recipientNames: z.array(text).optional(),
    recipient: text.nullish(),
    carriage: text.optional(),
    /** Of a label: which address, how it stood, and why it was printed where nobody had confirmed it. */
    address: z
      .strictObject({
        id: text.nullable(),
        status: text,
        check: addressCheck.nullable(),
        reason: text.nullable(),
      })
      .nullish(),
    copies: z.number().int().optional(),
    securityBag: text.nullish(),
    consignment: text.nullish(),
    medium: text.nullish(),
    grade: text.nullish(),
    /** The profile that what goes by signalskydd was made to. */
    profile: text.optional(),
    layout: z.enum(ENVELOPE_LAYOUTS).optional(),
    /** The column of the channel table that a portal was asked for by. */
    channel: text.nullish(),
    /** Handed in by the reserve procedure. */
    reserve: z.boolean().optional(),
    /** The expedition that it corrects, by its id. */
    corrects: text.optional(),
  }),
  hasDocument: z.boolean(),
  state: z.enum(DISPATCH_STATES),
  /** Made to be sent, and nothing is known yet that ends it. */
  awaitsReceipt: z.boolean(),
  /** What can be told of it now. */
  possible: z.array(z.enum(DISPATCH_EVENTS)),
  events: z.array(
    z.strictObject({
      event: z.enum(DISPATCH_EVENTS),
      at: instant,
      note: text.nullable(),
      recordedAt: instant,
      recordedBy: text,
    }),
  ),
  /** Every number told of its copies afterwards, in order. */
  numbers: z.array(
    z.strictObject({
      copy: z.number().int(),
      kind: z.enum(DISPATCH_NUMBER_KINDS),
      number: text.nullable(),
      reason: text.nullable(),
      recordedAt: instant,
      recordedBy: text,
    }),
  ),
});

const shownPart = z.strictObject({ label: text.nullable(), text, marking: marking.nullable() });
/** What a report says now that it did not say when it was last sent. */
const difference = z.strictObject({
  /** Null where nothing has been sent by this form in this version. */
  last: expedition.nullable(),
  /** `compared`, or why not: nothing sent, or the document lies in a room that is locked. */
  state: z.enum(['compared', 'never-sent', 'hidden']),
  /** Fields whose answer may lie in the locked room: nothing is said of them. */
  hiddenFields: z.number().int(),
  sections: z.array(
    z.strictObject({
      title: text,
      fields: z.array(
        z.strictObject({
          id: text,
          label: text,
          change: z.enum(['changed', 'added', 'removed']),
          before: z.array(shownPart),
          after: z.array(shownPart),
        }),
      ),
    }),
  ),
});

/** One field of a copying sheet, in the portal's own order. */
const copyRow = z.strictObject({
  section: text,
  field: text,
  label: text,
  help: text.nullable(),
  required: z.boolean(),
  /** What is copied, exactly; empty where nothing is to be written. */
  text,
  /** How many characters too many for the portal's field; 0 where it fits or nothing is known. */
  over: z.number().int().min(0),
  /** Something is not let through here: it is to go another way. */
  isWithheld: z.boolean(),
  confidence: z.enum(CONFIDENCES).nullable(),
  note: text.nullable(),
});

/** Forms over the facts, the gate, the three ways out and the printer, and what became of what was sent. */
export const reportsArea = {
  /** Those of the rules that an incident is judged by; without one, of the rules in force. */
  forms: operation({
    request: z.strictObject({ incident: incidentId.nullable() }),
    answer: z.array(formSchema),
    room: 'none',
    changes: false,
  }),
  build: operation({
    request: z.strictObject(order),
    answer: z.strictObject({
      document: reportDocument,
      remarks: z.array(text),
      /** Which fields hold personal data of which kinds, masked in the document or not; never what they are. */
      personalData: z.strictObject({
        fields: z.array(z.strictObject({ label: text, kinds: z.array(z.enum(PERSONAL_DATA_KINDS)) })),
        isMasked: z.boolean(),
        /** For an open line: there is no choice. */
        isAlwaysMasked: z.boolean(),
      }),
    }),
    room: 'any',
    changes: false,
  }),
  /** The pages as they would be printed: a PDF in base64, held in memory only. */
  preview: operation({
    request: z.strictObject(order),
    answer: z.strictObject({ pdf: z.base64() }),
    room: 'any',
    changes: false,
  }),
  /** The gate's answer for every channel. */
  gate: operation({
    request: z.strictObject(order),
    answer: z.array(askedGateAnswer),
    room: 'any',
    changes: false,
  }),
  /** For reading on the workstation, which is a channel of the gate up to its ceiling. A draft where something is missing. */
  writeFile: operation({
    request: z.strictObject({ ...order, format: z.enum(REPORT_FORMATS), out: text }),
    answer: z.strictObject({ marking, draft: z.boolean(), path: text, size: z.number().int(), sha256: text }),
    room: 'any',
    changes: true,
  }),
  byEmail: operation({
    request: z.strictObject({
      ...dispatchOrder,
      to: z.array(text),
      /** Files that go along, each with the marking that somebody has judged it to have. */
      attachments: z.array(z.strictObject({ path: text, level, basis: z.array(text) })).max(50),
    }),
    answer: dispatched,
    room: 'open',
    changes: true,
  }),
  bySignalskydd: operation({
    request: z.strictObject({
      ...dispatchOrder,
      medium: text.nullable(),
      grade: text.nullable(),
      recipientName: text.nullable(),
      /** Which profile of the rules; null: the one for a system that none describes. */
      profile: text.nullish(),
      /** Which format, where the profile takes one file; null: the one it prefers. */
      format: z.enum(TRANSFER_FORMATS).nullish(),
      /** Without its ending. */
      fileName: text.max(60).nullish(),
    }),
    answer: dispatched,
    room: 'any',
    changes: true,
  }),
  byEnvelope: operation({
    request: z.strictObject({
      ...dispatchOrder,
      carriage: z.enum(['rek', 'varde', 'personlig-leverans']).nullable(),
      layout: z.enum(ENVELOPE_LAYOUTS),
      /** By its name among the printers; null: its print is not moved. */
      printer: text.nullish(),
      copies: z.number().int().min(1).max(50),
      recipient: text.nullable(),
      attention: text.nullable(),
      securityBag: text.nullable(),
      consignment: text.nullable(),
      /** Why a label is printed to an address that nobody has confirmed. */
      addressReason: text.max(500).nullable(),
    }),
    answer: dispatched,
    room: 'any',
    changes: true,
  }),
  /** The address that a label would be made for: the gate chooses the carriage where none is given. */
  labelAddress: operation({
    request: z.strictObject({
      ...order,
      carriage: z.enum(['rek', 'varde', 'personlig-leverans']).nullable(),
      decided: z.boolean(),
    }),
    answer: z.strictObject({
      recipient: z.strictObject({ id: text, name: text }),
      address: text.nullable(),
      lines: z.array(text),
      status: z.enum(['confirmed', 'unconfirmed', 'historical']),
      note: text.nullable(),
      check: addressCheck.nullable(),
    }),
    room: 'open',
    changes: false,
  }),
  /** Where letters to these keys would go, and what is to be known of it before they are made. */
  mailDestinations: operation({
    request: z.strictObject({ form: text, to: z.array(text) }),
    answer: z.array(
      z.strictObject({
        fingerprint: text,
        /** null where no letter can be made to it. */
        address: text.nullable(),
        remarks: z.array(text).readonly(),
        isRefused: z.boolean(),
      }),
    ),
    room: 'open',
    changes: false,
  }),
  /**
   * Copying mode: the report as it is now is kept as an expedition and is what is copied from then on. With a folder, as
   * a sheet on paper and as text to be carried to the computer that has the portal.
   */
  byPortal: operation({
    request: z.strictObject({
      ...order,
      channel: z.enum(['cyberportalen', 'portal']),
      out: text.nullable(),
      decision,
      /** Handed in by the reserve procedure: why, and the time limit that runs on; null where the portal works. */
      reserve: z.strictObject({ reason: text.min(1).max(500), limit: text.max(200) }).nullable(),
    }),
    answer: dispatched,
    room: 'open',
    changes: true,
  }),
  /** What is to be copied into a portal, from the document as it was kept. */
  portalSheet: operation({
    request: z.strictObject({ dispatch: text }),
    answer: z.strictObject({
      expedition,
      channel: text,
      /** Where the portal is, by the rules. */
      places: z.array(z.strictObject({ name: text, line: text, note: text.nullable() })),
      rows: z.array(copyRow),
    }),
    room: 'open',
    changes: false,
  }),
  /** The report is handed in: what the portal gave back, and the step of the regime that is done by it. */
  portalDone: operation({
    request: z.strictObject({
      dispatch: text,
      at: instant,
      reference: text.trim().min(1).max(200),
      receipt: text.max(200).nullable(),
      step: z.strictObject({ regime: text, step: text }).nullable(),
    }),
    answer: expedition,
    room: 'open',
    changes: true,
  }),
  /** For the printer: through the gate as every way out, and a PDF in base64 that is held in memory only. */
  print: operation({
    request: z.strictObject({ ...order, decision }),
    answer: z.strictObject({ dispatch: text, pdf: z.base64(), remarks: z.array(text) }),
    room: 'any',
    changes: true,
  }),
  /** The expeditions of an incident; without one, those of every incident that await a receipt. The newest first. */
  dispatches: operation({
    request: z.strictObject({ incident: incidentId.nullable() }),
    answer: z.array(expedition),
    room: 'open',
    changes: false,
  }),
  recordEvent: operation({
    request: z.strictObject({
      dispatch: text,
      event: z.enum(DISPATCH_EVENTS),
      at: instant,
      note: text.max(500).nullable(),
    }),
    answer: expedition,
    room: 'open',
    changes: true,
  }),
  /** What has been sent and says something else now; without an incident, of every one that is not closed. */
  changedSinceSent: operation({
    request: z.strictObject({ incident: incidentId.nullable() }),
    answer: z.array(z.strictObject({ expedition, receivers: z.array(text), fields: z.array(text) })),
    room: 'open',
    changes: false,
  }),
  /** The present build of a report against what was last sent by the same form in the same version. */
  difference: operation({
    request: z.strictObject(order),
    answer: difference,
    room: 'open',
    changes: false,
  }),
} as const;
