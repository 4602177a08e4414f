import type { Level, Marking } from './marking.ts';

/** `full`: everything the form asks for. `open`: what lies above `openLevel` is replaced by a fixed sentence. */
export type ReportVersion = 'full' | 'open';

/**
 * What a report can be written as on the workstation. `kryfax`: a PDF of black lines and letters only, for a fax.
 * `dora-json`: the structure that the European Banking Authority publishes, for the forms of DORA alone.
 */
export const REPORT_FORMATS = ['pdf', 'kryfax', 'txt', 'json', 'dora-json'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** The kind of report in EBA's structure (field 1.1) that a form of ours is. */
const DORA_KINDS = {
  'dora-initial': 'initial_notification',
  'dora-intermediate': 'intermediate_report',
  'dora-final': 'final_report',
  'dora-omklassning': 'major_incident_reclassified_as_non-major',
} as const;
export type DoraKind = (typeof DORA_KINDS)[keyof typeof DORA_KINDS];

/** @returns the kind of DORA report that a form is; null where it is none */
export function doraKindOf(formId: string): DoraKind | null {
  return new Map<string, DoraKind>(Object.entries(DORA_KINDS)).get(formId) ?? null;
}

/** What a report by this form can be written as. */
export function formatsOf(formId: string): readonly ReportFormat[] {
  return REPORT_FORMATS.filter((format) => format !== 'dora-json' || doraKindOf(formId) !== null);
}

/** The end of the file's name. */
export function extensionOf(format: ReportFormat): string {
  if (format === 'kryfax') return 'pdf';
  return format === 'dora-json' ? 'json' : format;
}

/** One answer in a field. A withheld part carries no marking and no text: an open version tells no class. */
export type ReportPart =
  | {
      readonly withheld: false;
      /** Where it comes from: `fact:system`, `time:detected`, `title`, `log:3`, `organisation:name`, `incident:reference`. */
      readonly origin: string;
      readonly label: string | null;
      readonly text: string;
      readonly codes: readonly string[];
      readonly marking: Marking;
    }
  | {
      readonly withheld: true;
      readonly origin: string;
      readonly label: string | null;
      readonly text: string;
    };

export interface ReportField {
  readonly id: string;
  readonly label: string;
  readonly help: string | null;
  readonly required: boolean;
  /** A blank to be filled in by hand. */
  readonly blank: boolean;
  readonly missing: boolean;
  readonly parts: readonly ReportPart[];
}

/** A part in words alone, without a label or a code of its own. */
export function textPart(origin: string, text: string, marking: Marking): ReportPart {
  return { withheld: false, origin, label: null, text, codes: [], marking };
}

/** A field that Sigill answers itself: nobody is asked for it, so that it is neither required nor missing. */
export function answeredField(
  { id, label }: Pick<ReportField, 'id' | 'label'>,
  parts: readonly ReportPart[],
): ReportField {
  return { id, label, help: null, required: false, blank: false, missing: false, parts };
}

/** All that is answered in a field, one under the other. */
export function fieldText({ parts }: ReportField): string {
  return parts
    .flatMap((part) => [part.label ?? '', part.text, ...(part.withheld ? [] : part.codes)])
    .join('\n');
}

export interface ReportSection {
  readonly id: string;
  readonly title: string;
  /** For the person who fills the form in or reads it out; not there where the form has none. */
  readonly help?: string;
  readonly fields: readonly ReportField[];
}

/**
 * A report ready to be rendered: the view model that PDF, text and JSON are made from. Plain JSON, so that its
 * SHA-256 over canonical JSON (RFC 8785) is the identity of the document to which a Clearance is bound.
 */
export interface ReportDocument {
  readonly format: 'sigill-report/1';
  readonly form: {
    readonly id: string;
    readonly name: string;
    readonly version: string;
    readonly audience: 'document' | 'open-line';
    readonly confidence: string;
    readonly note: string | null;
  };
  readonly version: ReportVersion;
  /** The highest level that an open version lets through; null in a full version. */
  readonly openLevel: Level | null;
  /** Neutral: the incident's random id. */
  readonly reference: string;
  readonly organisation: string;
  /** ISO 8601 UTC instant. */
  readonly createdAt: string;
  readonly author: string;
  readonly exercise: boolean;
  /** A draft may lack mandatory facts; it is marked UTKAST on every page. */
  readonly draft: boolean;
  /** The join of every part that is included. */
  readonly marking: Marking;
  readonly introduction: string | null;
  readonly sections: readonly ReportSection[];
  /** How far the audit had come when the document was made: "27 rader, hash 3f9a…"; null before it is sealed. */
  readonly checkpoint: string | null;
  /** The mandatory fields without an answer. */
  readonly missing: readonly { readonly field: string; readonly label: string }[];
}

/** Facts about the organisation that forms and envelopes use; kept in the open room. */
export interface Organisation {
  readonly name: string;
  readonly kind: string;
  readonly number: string | null;
  readonly contact: string | null;
  readonly phone: string | null;
  /** Bemanningstider. */
  readonly hours: string | null;
  /** Postal lines for the sender's label. */
  readonly address: readonly string[];
  readonly email: string | null;
}

/** The same with its number in the register where the incident's reference stood; a draft has none, and keeps the reference. */
export function withDesignation(document: ReportDocument, designation: string | undefined): ReportDocument {
  return designation === undefined ? document : { ...document, reference: designation };
}
