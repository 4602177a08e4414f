import { SigillError } from '../../../shared/domain/error.ts';
import type { Organisation } from '../../../shared/domain/report.ts';
import type { Carriage, EnvelopeLayout } from '../../../shared/domain/packing.ts';
import type { Address } from '../../../shared/domain/rules.ts';
import { MILLIMETRE } from '../../documents/styles.ts';

export interface EnvelopeRecipient {
  readonly name: string;
  /** The whole postal label in order, as it shall stand on the outer envelope. */
  readonly lines: readonly string[];
  readonly status: Address['status'];
  readonly note: string | null;
  /** That a person has confirmed the address: when, who and how, in words. */
  readonly checked?: string | null;
  /** Why it is printed although nobody has. */
  readonly overrideReason?: string | null;
  /** The person or function who may open the inner envelope; never on the outer one. */
  readonly attention?: string;
}

/** Width and height in points, landscape. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
}

export interface EnvelopePlan {
  readonly outer: { readonly name: string; readonly sheet: Sheet };
  readonly inner: { readonly name: string; readonly sheet: Sheet };
  /**
   * Labels are cut out of an A4 page (`cut`), or stand on a sheet with two of them, where the outer one's is the upper
   * (`two`); envelopes are printed on (null).
   */
  readonly labels: 'cut' | 'two' | null;
  /** Sheets of 80 g paper, folded, that the inner envelope takes and still closes flat. */
  readonly sheets: number;
}

function sheet(width: number, height: number): Sheet {
  return { width: width * MILLIMETRE, height: height * MILLIMETRE };
}

const LABEL = sheet(160, 104);
/** Half of an A4 sheet of labels, as such sheets are sold. */
const HALF_SHEET = sheet(199.6, 143.5);

/**
 * Kuvert i kuvert: the inner envelope is smaller than the outer (ISO 269), with room for the bag around it, and the report is folded
 * to fit it. DL is an inner one: there is none of its own shape that is larger and takes the bag.
 */
const PLANS: Readonly<Record<EnvelopeLayout, EnvelopePlan>> = {
  C4: {
    outer: { name: 'C4 (324 × 229 mm)', sheet: sheet(324, 229) },
    inner: { name: 'C5 (229 × 162 mm)', sheet: sheet(229, 162) },
    labels: null,
    sheets: 25,
  },
  C5: {
    outer: { name: 'C5 (229 × 162 mm)', sheet: sheet(229, 162) },
    inner: { name: 'C6 (162 × 114 mm)', sheet: sheet(162, 114) },
    labels: null,
    sheets: 5,
  },
  DL: {
    outer: { name: 'C5 (229 × 162 mm)', sheet: sheet(229, 162) },
    inner: { name: 'DL (220 × 110 mm)', sheet: sheet(220, 110) },
    labels: null,
    sheets: 5,
  },
  'A4-etikett': {
    outer: { name: 'valfritt kuvert, etikett', sheet: LABEL },
    inner: { name: 'kuvert som ryms i det yttre, etikett', sheet: LABEL },
    labels: 'cut',
    sheets: Number.POSITIVE_INFINITY,
  },
  'A4-2-etiketter': {
    outer: { name: 'valfritt kuvert, den övre etiketten', sheet: HALF_SHEET },
    inner: { name: 'kuvert som ryms i det yttre, den nedre etiketten', sheet: HALF_SHEET },
    labels: 'two',
    sheets: Number.POSITIVE_INFINITY,
  },
};

/** @throws SigillError `usage` where the copy is too thick for the envelopes of that layout. */
export function planEnvelopes(layout: EnvelopeLayout, sheets: number): EnvelopePlan {
  const plan = PLANS[layout];
  if (sheets > plan.sheets) {
    throw new SigillError(
      'usage',
      `Varje exemplar blir ${sheets} blad, men ett inre kuvert ${plan.inner.name} rymmer högst ${plan.sheets}. ` +
        `Välj ${layout === 'C4' ? 'A4-etikett och ett större kuvert' : 'C4 eller A4-etikett'}.`,
    );
  }
  return plan;
}

/**
 * Words that tell what is inside. A whole word must match: "Säkerhetsskyddsenheten" is part of an address,
 * "Hemlig" is not.
 */
const TELLING =
  /(?<!\p{L})(hemlig|hemligt|konfidentiell|konfidentiellt|sekretess|sekretessbelagd|säkerhetsskyddsklassificerad|säkerhetsskyddsklass|incidentrapport|it-incident)(?!\p{L})/iu;

/** The only words an outer envelope carries. */
export interface OuterWords {
  readonly sender: readonly string[];
  readonly recipient: readonly string[];
  /** The name of the postal service, which the post office must see; null where it is carried by hand. */
  readonly service: 'REK' | 'VÄRDE' | null;
}

/**
 * Chooses what stands on the outer envelope: two addresses and the service.
 * Without a postal address of the sender the name stands alone, and the packing list says that it must be written on.
 * @throws SigillError `usage` where the recipient's address is missing, `policy` where an address tells what the envelope holds.
 */
export function outerWords(
  sender: Organisation,
  recipient: EnvelopeRecipient,
  carriage: Carriage,
  reference: string,
): OuterWords {
  const clean = (lines: readonly string[]): string[] => lines.map((line) => line.trim()).filter(Boolean);
  const to = clean(recipient.lines);
  const home = clean(sender.address);
  if (to.length === 0) throw new SigillError('usage', 'Mottagarens postadress saknas.');
  const from = home[0] === sender.name.trim() ? home : [sender.name.trim(), ...home];
  for (const line of [...from, ...to]) {
    if (TELLING.test(line) || line.includes(reference)) {
      throw new SigillError(
        'policy',
        'En adressrad berättar vad försändelsen innehåller. På det yttre kuvertet får bara adresserna stå.',
      );
    }
  }
  const service = { rek: 'REK', varde: 'VÄRDE', 'personlig-leverans': null } as const;
  return { sender: from, recipient: to, service: service[carriage] };
}
