import { describeAmount, describeStart } from '../../shared/domain/deadline-words.ts';
import type { Address, Form, Recipient, Regime, RegimeStep, RuleFile } from '../../shared/domain/rules.ts';
import { CHANNEL_NAME, CONFIDENCE_NAME, ORGANISATION_KIND_NAME } from '../../shared/domain/words.ts';

/** What another rule is called, by its kind and id. */
export type NameOf = (kind: RuleFile['kind'], id: string) => string;

/** As much of a long text, or list, as a person reads before she decides. */
const LONGEST_TEXT = 200;
const MOST_LISTED = 8;

/**
 * What a rule that was not there before brings, in a few sentences: whoever takes it has nothing to compare it with, and its
 * name says neither what it asks for nor where things are sent.
 */
export function introduce(rule: RuleFile, nameOf: NameOf): string[] {
  return [
    ...contentOf(rule, nameOf),
    ...validityOf(rule),
    `Tillförlitlighet: ${CONFIDENCE_NAME[rule.confidence]}.`,
  ];
}

function contentOf(rule: RuleFile, nameOf: NameOf): string[] {
  const regimes = (ids: readonly string[]): string => `För ${listed(ids.map((id) => nameOf('regime', id)))}.`;
  switch (rule.kind) {
    case 'regime':
      return regimeSentences(rule, nameOf);
    case 'form':
      return [formSentence(rule), regimes(rule.regimes), ...waysOf(rule, nameOf)];
    case 'codelist':
      return [
        `${counted(rule.codes.length, 'kod', 'koder')}: ${listed(rule.codes.map(({ name }) => name))}.`,
      ];
    case 'recipient':
      return recipientSentences(rule);
    case 'channel-table':
      return [`Innehållsklasser: ${listed(rule.classes.map(({ name }) => name))}.`];
    case 'holidays':
      return [`${rule.firstYear}–${rule.lastYear}: ${listed(rule.holidays.map(({ name }) => name))}.`];
    case 'lead-times':
      return rule.channels.map(
        ({ channel, workdays }) =>
          `${CHANNEL_NAME[channel]}: ${counted(workdays, 'arbetsdag', 'arbetsdagar')}.`,
      );
    case 'supervision':
      return [`Myndigheter: ${listed(rule.authorities.map(({ name }) => name))}.`];
    case 'assessment':
      return [
        `${counted(rule.questions.length, 'fråga', 'frågor')}. Utfall: ${listed(rule.outcomes.map(({ name }) => name))}.`,
        regimes(rule.regimes),
      ];
    case 'text':
      return [`Texten är: ”${cut(rule.text)}”`];
    case 'stamp':
      return [
        `${counted(rule.first.length, 'rad', 'rader')} på första sidan och ${rule.following.length} på följande.`,
      ];
    case 'transfer-profile':
      return [`Tar ${listed(rule.formats.allowed.map((format) => format.toUpperCase()))}.`];
  }
}

function regimeSentences({ organisationKinds, internalRoutine, steps }: Regime, nameOf: NameOf): string[] {
  const stepName = (id: string): string => steps.find((step) => step.id === id)?.name ?? id;
  const kinds = organisationKinds.map((kind) => lowerFirst(ORGANISATION_KIND_NAME[kind]));
  return [
    `För ${listed(kinds)}.${internalRoutine === true ? ' Intern rutin, inte lag.' : ''}`,
    ...steps.map((step) => `Steg ${step.name}: ${describeStep(step, stepName, nameOf)}.`),
  ];
}

/** "24 timmar från ”Kännedom”; till CERT-SE; på vägen Cyberportalen; med Upplysning" */
export function describeStep(step: RegimeStep, stepName: (id: string) => string, nameOf: NameOf): string {
  const { recipients, channels, forms } = step;
  return [
    timeOf(step, stepName),
    ...(recipients.length > 0 ? [`till ${listed(recipients.map((id) => nameOf('recipient', id)))}`] : []),
    ...(channels.length > 0
      ? [
          `${channels.length === 1 ? 'på vägen' : 'på vägarna'} ${listed(channels.map((one) => CHANNEL_NAME[one]))}`,
        ]
      : []),
    ...(forms.length > 0 ? [`med ${listed(forms.map((id) => nameOf('form', id)))}`] : []),
  ].join('; ');
}

/** "4 timmar från ”Bedömdes som betydande”, dock senast 24 timmar från ”Kännedom”" */
function timeOf(
  { start, limit, noLaterThan, overrides = [], ownTarget }: RegimeStep,
  stepName: (id: string) => string,
): string {
  const from = (event: RegimeStep['start']): string => `från ”${describeStart(event, stepName)}”`;
  if (limit === null) {
    if (start === 'none') return describeStart(start, stepName);
    const aim = ownTarget ? `, eget mål ${describeAmount(ownTarget.hours, 'hour')}` : '';
    return `skyndsamt, räknat ${from(start)}${aim}`;
  }
  return [
    `${describeAmount(limit.amount, limit.unit)} ${from(start)}`,
    ...(noLaterThan
      ? [`dock senast ${describeAmount(noLaterThan.amount, 'hour')} ${from(noLaterThan.start)}`]
      : []),
    ...overrides.map(
      ({ when, limit: other }) =>
        `för ${lowerFirst(ORGANISATION_KIND_NAME[when.organisationKind])} ${describeAmount(other.amount, other.unit)}`,
    ),
  ].join(', ');
}

function formSentence({ sections }: Form): string {
  const fields = sections.flatMap((section) => section.fields);
  const required = fields.filter((field) => field.required).length;
  return `${sections.length} avsnitt med ${fields.length} fält, varav ${required} krävs.`;
}

function waysOf({ recipients, channels }: Form, nameOf: NameOf): string[] {
  return [
    ...(recipients.length > 0 ? [`Till ${listed(recipients.map((id) => nameOf('recipient', id)))}.`] : []),
    ...(channels.length > 0 ? [`Vägar: ${listed(channels.map((one) => CHANNEL_NAME[one]))}.`] : []),
  ];
}

const STATUS = { confirmed: 'bekräftad', unconfirmed: 'obekräftad', historical: 'har gällt förut' } as const;

/** Every one: an address is where things are sent. */
function recipientSentences({ addresses }: Recipient): string[] {
  return addresses.length === 0
    ? ['Ingen adress.']
    : addresses.map((address) => `Adress, ${lowerFirst(address.purpose)}: ${describeAddress(address)}.`);
}

export function describeAddress({ lines, status }: Address): string {
  return `${lines.join(', ')} (${STATUS[status]})`;
}

function validityOf({ validFrom, validTo }: RuleFile): string[] {
  if (validFrom === null && validTo === null) return [];
  return [
    [
      'Gäller',
      ...(validFrom === null ? [] : [`från ${validFrom}`]),
      ...(validTo === null ? [] : [`till och med ${validTo}`]),
    ].join(' ') + '.',
  ];
}

const counted = (count: number, one: string, several: string): string =>
  `${count} ${count === 1 ? one : several}`;
/** Abbreviations keep their capitals. */
const lowerFirst = (text: string): string =>
  /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLocaleLowerCase('sv') + text.slice(1) : text;
const cut = (text: string): string =>
  text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)} …` : text;

function listed(names: readonly string[]): string {
  const more = names.length - MOST_LISTED;
  const shown = more > 1 ? [...names.slice(0, MOST_LISTED), `${more} till`] : names;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} och ${shown.at(-1) ?? ''}`;
}
