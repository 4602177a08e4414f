import { z } from 'zod';
import { transferProfileFields } from './transfer-profile.ts';
import { assessmentShape } from './assessment.ts';
import type { Immutable } from './immutable.ts';
import { FACT_IDS, ORGANISATION_KINDS, TIME_IDS } from './incident.ts';
import { LEVELS } from './marking.ts';
import { stampShape } from './stamp-layout.ts';
import { supervisionFields, SUPERVISION_ACTS } from './supervision-schema.ts';

/**
 * The shape of every rule file in `assets/rules/`. Rules are data: dated, sourced, and with a confidence that is
 * shown to the person, because much of what a security officer must follow cannot be read in one certain place.
 */
const date = z.iso.date();
const id = z.string().regex(/^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$/);
const text = z.string().min(1);

/** `statute`: checked against the law's text; `official`: an authority's page; `secondary`: others' words; `unconfirmed`: not verified. */
export const CONFIDENCES = ['statute', 'official', 'secondary', 'unconfirmed'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

const source = z.strictObject({ reference: text, url: z.url().optional(), checked: date });

const ruleBase = {
  id,
  name: text,
  validFrom: date.nullable(),
  validTo: date.nullable(),
  confidence: z.enum(CONFIDENCES),
  sources: z.array(source).min(1),
  /** What the person must know before she trusts this rule, in Swedish. */
  note: text.optional(),
};

/** The ways information can leave; the columns of the channel table. */
export const CHANNELS = [
  'telefon',
  'epost-okrypterad',
  'epost',
  'kurir',
  'cyberportalen',
  /** An authority's own e-service on another computer: IMY, Finansinspektionen, PTS. */
  'portal',
  'signalskydd',
  'rek',
  'varde',
  'personlig-leverans',
  'utskrift',
  'arbetsstation',
] as const;
export type Channel = (typeof CHANNELS)[number];

/**
 * What a limit does when it falls on a day of rest. `SFS1930:173`: söndagsregeln, lag (1930:173) 2 §, for week and month
 * limits. `DORA-noon`: noon of the next working day. `DORA-noon-not-excluded`: the same, but not for those that the rule
 * excludes; where it is not known who they are, the limit stays where it was, since that is earlier.
 */
export const WORKDAY_RULES = ['none', 'SFS1930:173', 'DORA-noon', 'DORA-noon-not-excluded'] as const;
export type WorkdayRule = (typeof WORKDAY_RULES)[number];

/** Ten years in each unit. No duty to report is longer; far beyond it there is no date to count to. */
export const LONGEST_LIMIT = { hour: 87_600, week: 520, month: 120 } as const;

const hours = z.number().int().positive().max(LONGEST_LIMIT.hour);

const limit = z
  .strictObject({ amount: hours, unit: z.enum(['hour', 'week', 'month']) })
  .superRefine(({ amount, unit }, context) => {
    const maximum = LONGEST_LIMIT[unit];
    // Beyond the most hours the number itself is told of already.
    if (amount > maximum && amount <= LONGEST_LIMIT.hour)
      context.addIssue({ code: 'too_big', origin: 'number', maximum, path: ['amount'], input: amount });
  });

const deadlineStep = z.strictObject({
  id,
  name: text,
  /** The event the time runs from: a time of the incident, or the sending of an earlier step. */
  start: z.union([z.enum(TIME_IDS), z.string().regex(/^submitted:[a-z-]+$/), z.literal('none')]),
  /** Other starts that a source can be read as; the organisation chooses. The one above counts until it has. */
  startOptions: z.array(z.enum(TIME_IDS)).min(1).optional(),
  /** The time runs anew from that step, later in the regime, each time it is done. */
  restartedBy: id.optional(),
  /** null: "skyndsamt", "så snart som möjligt". */
  limit: limit.nullable(),
  /** Another limit for one kind of organisation: the first one that fits counts. */
  overrides: z
    .array(
      z.strictObject({
        when: z.strictObject({ organisationKind: z.enum(ORGANISATION_KINDS) }),
        limit,
        wording: text,
      }),
    )
    .min(1)
    .optional(),
  /** An own aim where the law has no limit, in hours. Sigill's proposal, never law; the organisation can set another. */
  ownTarget: z.strictObject({ hours, note: text }).optional(),
  /** The law asks for the reason of a report that comes late; `before`: the authority is to have it before the limit. */
  asksReasonWhenLate: z.strictObject({ provision: text, before: z.boolean() }).optional(),
  /** The same duty by another set of rules: where both are on an incident, the shorter limit is to be kept to. */
  sameDutyAs: z.strictObject({ regime: id, step: id }).optional(),
  /**
   * The limit is the earlier of `limit` and this one. Where the start comes only after this limit has passed, it falls
   * away: `limit` alone counts (DORA's first report).
   */
  noLaterThan: z.strictObject({ start: z.enum(TIME_IDS), amount: hours, unit: z.literal('hour') }).optional(),
  /** What a change in is told of by this step, whether or not its form has a field for it (a supplement). */
  tells: z.array(z.enum(FACT_IDS)).min(1).optional(),
  workdayRule: z.enum(WORKDAY_RULES),
  /** Sent in place of that step: when one of the two is done, the other is not asked for. */
  insteadOf: id.optional(),
  /** It tells that what was reported is not to be reported: it applies where a decision says so after a report. */
  reclassifies: z.literal(true).optional(),
  /** Asked for only when that step is done. */
  after: id.optional(),
  wording: text,
  forms: z.array(id),
  recipients: z.array(id),
  channels: z.array(z.enum(CHANNELS)),
  confidence: z.enum(CONFIDENCES),
  note: text.optional(),
});

export const regimeSchema = z.strictObject({
  ...ruleBase,
  kind: z.literal('regime'),
  organisationKinds: z.array(z.enum(ORGANISATION_KINDS)),
  /** A regime that is itself telling is kept in the protected room where the incident has a part there. */
  sensitive: z.boolean(),
  /** A routine that somebody has set up, and no law. */
  internalRoutine: z.boolean().optional(),
  /** Ended, and kept so that old cases can be read: not for a new incident, and nothing is recorded of its steps. */
  readOnly: z.boolean().optional(),
  /** A regime that comes along for those it names, where it is in force on the day of the incident. */
  accompaniedBy: z.array(id).min(1).optional(),
  steps: z.array(deadlineStep),
});
export type Regime = z.infer<typeof regimeSchema>;
export type RegimeStep = Regime['steps'][number];

const fieldSource = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('fact'), fact: z.enum(FACT_IDS) }),
  z.strictObject({ from: z.literal('time'), time: z.enum(TIME_IDS) }),
  z.strictObject({ from: z.literal('title') }),
  z.strictObject({ from: z.literal('log') }),
  z.strictObject({
    from: z.literal('organisation'),
    value: z.enum(['name', 'number', 'contact', 'phone', 'hours', 'address', 'email']),
  }),
  z.strictObject({ from: z.literal('incident'), value: z.enum(['reference', 'state', 'regimes', 'diary']) }),
  /**
   * An answer of the form's own, written and marked like a fact. Where it has none: that of the same field in the first of
   * `forms` that has one, so that what the report before has said is not asked for again.
   */
  z.strictObject({ from: z.literal('answer'), forms: z.array(id).min(1).optional() }),
  /** What the receiver of an earlier report called it, of the first of these forms that has one; an own answer goes before. */
  z.strictObject({ from: z.literal('returned-id'), forms: z.array(id).min(1) }),
  /** Nothing in the incident answers this: a blank to fill in by hand or during the call. */
  z.strictObject({ from: z.literal('blank') }),
]);
export type FieldSource = z.infer<typeof fieldSource>;

/**
 * What a field takes. `code` is one code of the field's list and `codes` any number of them; `yes-no` is one of JA-NEJ.
 * A field without a kind takes text of any length.
 */
export const FIELD_KINDS = [
  'text',
  'long-text',
  'yes-no',
  'code',
  'codes',
  'number',
  'date-time',
  'contact',
] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

const formField = z.strictObject({
  id,
  kind: z.enum(FIELD_KINDS).optional(),
  /** The longest text that the receiver's field is known to take, in characters. */
  maxLength: z.number().int().positive().optional(),
  /** Where this field is known worse or better than the form as a whole; a doubtful one has a note. */
  confidence: z.enum(CONFIDENCES).optional(),
  note: text.optional(),
  label: text,
  help: text.optional(),
  required: z.boolean(),
  /** The field is answered by these in order; required means that at least the first one with an answer exists. */
  sources: z.array(fieldSource).min(1),
  codeList: id.optional(),
});

export const formSchema = z.strictObject({
  ...ruleBase,
  kind: z.literal('form'),
  version: text,
  regimes: z.array(id).min(1),
  /** `open-line` leaves out all that may not be said on an open telephone line, whatever version is asked for. */
  audience: z.enum(['document', 'open-line']),
  /** What the official form calls itself, and whether the labels are the official ones. */
  channels: z.array(z.enum(CHANNELS)),
  recipients: z.array(id),
  introduction: text.optional(),
  /** Said instead of what an open line may not carry. */
  withheldText: text.optional(),
  sections: z
    .array(z.strictObject({ id, title: text, help: text.optional(), fields: z.array(formField).min(1) }))
    .min(1),
});
export type Form = z.infer<typeof formSchema>;
export type FormField = z.infer<typeof formField>;

export const codeListSchema = z.strictObject({
  ...ruleBase,
  kind: z.literal('codelist'),
  codes: z.array(z.strictObject({ code: text, name: text, note: text.optional() })).min(1),
});
export type CodeList = z.infer<typeof codeListSchema>;

/** The status of an address, before anything is sent to it. */
const ADDRESS_STATUSES = ['confirmed', 'unconfirmed', 'historical'] as const;
const address = z.strictObject({
  id,
  type: z.enum(['post', 'rek', 'varde', 'personlig-leverans', 'phone', 'email', 'portal', 'signalskydd']),
  /** What it is for, in Swedish. */
  purpose: text,
  /** Postal: the lines of the label in order. Otherwise one line: the number, the address or the page. */
  lines: z.array(text).min(1),
  status: z.enum(ADDRESS_STATUSES),
  confidence: z.enum(CONFIDENCES),
  validFrom: date.nullable(),
  validTo: date.nullable(),
  source: source,
  note: text.optional(),
});
export type Address = z.infer<typeof address>;

export const recipientSchema = z.strictObject({
  ...ruleBase,
  kind: z.literal('recipient'),
  /** Which authority it is stands in that table of supervision, by the organisation's own answers. */
  supervision: z.enum(SUPERVISION_ACTS).optional(),
  addresses: z.array(address),
});
export type Recipient = z.infer<typeof recipientSchema>;

/** `decision`: only with a recorded decision; `refused` with `absolute` can never be overridden (✖✖). */
const channelAnswer = z.strictObject({
  channel: z.enum(CHANNELS),
  answer: z.enum(['allowed', 'decision', 'refused']),
  absolute: z.boolean().optional(),
  /** Who decides, where a decision is needed. */
  decider: z.enum(['anvandaren', 'sakerhetsskyddschefen']).optional(),
  /** What the decision must find to be true. */
  conditions: z.array(text).optional(),
  reason: text,
  provision: text.optional(),
  confidence: z.enum(CONFIDENCES),
});
export type ChannelAnswer = z.infer<typeof channelAnswer>;

const contentClass = z.strictObject({
  id,
  name: text,
  level: z.enum(LEVELS),
  /** A part belongs to this class when a provision of its basis matches; null: the class of its level for all else. */
  basis: z.array(text).nullable(),
  answers: z.array(channelAnswer),
});
export type ContentClass = z.infer<typeof contentClass>;

export const channelTableSchema = z.strictObject({
  ...ruleBase,
  kind: z.literal('channel-table'),
  classes: z.array(contentClass).min(1),
});
export type ChannelTable = z.infer<typeof channelTableSchema>;

const year = z.number().int().min(1990).max(2200);

export const holidayCalendarSchema = z.strictObject({
  ...ruleBase,
  kind: z.literal('holidays'),
  /** The years that the list covers, whole. */
  firstYear: year,
  lastYear: year,
  holidays: z
    .array(
      z.strictObject({
        name: text,
        /** Allmän helgdag by lag (1989:253), or a day that lag (1930:173) 2 § puts on a level with one. */
        ground: z.enum(['SFS1989:253', 'SFS1930:173']),
        /** Where a holiday came or went within the years of the list. */
        firstYear: year.optional(),
        lastYear: year.optional(),
        dates: z.array(date).min(1),
      }),
    )
    .min(1),
});
export type HolidayCalendar = z.infer<typeof holidayCalendarSchema>;

/** How long a letter takes: what comes by post counts as given when it arrives, not when it is posted. */
const leadTimesSchema = z.strictObject({
  ...ruleBase,
  kind: z.literal('lead-times'),
  channels: z
    .array(
      z.strictObject({
        channel: z.enum(CHANNELS),
        /** A letter that takes longer than a year of working days is lost. */
        workdays: z.number().int().positive().max(250),
        confidence: z.enum(CONFIDENCES),
        note: text,
      }),
    )
    .min(1),
});
export type LeadTimes = z.infer<typeof leadTimesSchema>;

const supervisionSchema = z.strictObject({ ...ruleBase, ...supervisionFields });
export type SupervisionTable = z.infer<typeof supervisionSchema>;
/** Questions, criteria and outcomes: is this incident one that the regime asks to have reported? */
export const assessmentSchema = z.strictObject({
  ...ruleBase,
  ...assessmentShape(z.enum(CONFIDENCES), date),
});
export type Assessment = Immutable<z.infer<typeof assessmentSchema>>;
export const textSchema = z.strictObject({
  ...ruleBase,
  kind: z.literal('text'),
  /** What stands in the report, the mail or the window. A name in braces is filled in: `{referens}`. */
  text,
});
export type StandardText = z.infer<typeof textSchema>;

export const stampSchema = z.strictObject({ ...ruleBase, ...stampShape });
export type StampRule = z.infer<typeof stampSchema>;
export const transferProfileSchema = z.strictObject({
  ...ruleBase,
  ...transferProfileFields(z.enum(CONFIDENCES)),
});
/** What a signalskydd system takes. */
export type TransferProfile = Immutable<z.infer<typeof transferProfileSchema>>;

export const ruleFileSchema = z.discriminatedUnion('kind', [
  regimeSchema,
  formSchema,
  codeListSchema,
  recipientSchema,
  channelTableSchema,
  holidayCalendarSchema,
  leadTimesSchema,
  supervisionSchema,
  assessmentSchema,
  textSchema,
  stampSchema,
  transferProfileSchema,
]);
export type RuleFile = z.infer<typeof ruleFileSchema>;

/** A whole, checked set of rules, each id in one version: every reference in it points at something in it. */
export interface RulePack {
  readonly regimes: ReadonlyMap<string, Regime>;
  readonly forms: ReadonlyMap<string, Form>;
  readonly codeLists: ReadonlyMap<string, CodeList>;
  readonly recipients: ReadonlyMap<string, Recipient>;
  readonly channelTable: ChannelTable;
  readonly holidays: HolidayCalendar;
  readonly leadTimes: LeadTimes;
  /** By act: which authority supervises whom. */
  readonly supervision: ReadonlyMap<SupervisionTable['act'], SupervisionTable>;
  readonly assessments: ReadonlyMap<string, Assessment>;
  readonly texts: ReadonlyMap<string, StandardText>;
  /** How stamps look; null in an issue from before that was asked for: then as the program brings it. */
  readonly stamp: StampRule | null;
  readonly transferProfiles: ReadonlyMap<string, TransferProfile>;
}
