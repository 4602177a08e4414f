import {
  CURRENCIES,
  DURATION_UNITS,
  type AssessmentAnswer,
  type AssessmentQuestion,
  type Currency,
  type DurationUnit,
} from './assessment.ts';
import type { AssessmentResult, Truth } from './assessment-evaluate.ts';
import type { Assessment } from './rules.ts';

/** Assessments in words, and answers as a person writes them. */

/** Why a decision is to be tried again: an answer has been changed since, or another version of the rule holds now. */
export const OUTDATED_BY = ['answers', 'rule'] as const;
export type OutdatedBy = (typeof OUTDATED_BY)[number];
export const OUTDATED_WORDS: Readonly<Record<OutdatedBy, string>> = {
  answers: 'Svaren har ändrats efter beslutet. Pröva igen.',
  rule: 'Beslutet togs efter en annan lydelse av reglerna än den som gäller incidenten nu. Pröva igen.',
};

export const TRUTH_NAME: Readonly<Record<Truth, string>> = {
  met: 'uppfyllt',
  'not-met': 'inte uppfyllt',
  unknown: 'inte avgjort',
};

export const UNIT_NAME: Readonly<Record<DurationUnit, string>> = {
  sekund: 'sekunder',
  minut: 'minuter',
  timme: 'timmar',
  dygn: 'dygn',
};
const UNIT_SIGN: Readonly<Record<string, DurationUnit>> = {
  s: 'sekund',
  sek: 'sekund',
  sekund: 'sekund',
  sekunder: 'sekund',
  min: 'minut',
  minut: 'minut',
  minuter: 'minut',
  h: 'timme',
  tim: 'timme',
  timme: 'timme',
  timmar: 'timme',
  d: 'dygn',
  dygn: 'dygn',
};
const CURRENCY_SIGN: Readonly<Record<string, Currency>> = {
  sek: 'SEK',
  kr: 'SEK',
  kronor: 'SEK',
  eur: 'EUR',
  euro: 'EUR',
};

const swedish = new Intl.NumberFormat('sv-SE', { maximumFractionDigits: 6 });

/** @param names what the codes of a choice are called */
export function describeAnswer(
  question: AssessmentQuestion,
  answer: AssessmentAnswer,
  names: ReadonlyMap<string, string>,
): string {
  switch (answer.type) {
    case 'unknown':
      return 'Vet inte än';
    case 'yes-no':
      return answer.value === 'ja' ? 'Ja' : 'Nej';
    case 'choice':
      return answer.codes.map((code) => names.get(code) ?? code).join(', ');
    case 'number':
      return `${swedish.format(answer.value)} ${question.type === 'number' ? question.unit : ''}`.trim();
    case 'percentage':
      return `${swedish.format(answer.value)} %`;
    case 'duration':
      return `${swedish.format(answer.value)} ${UNIT_NAME[answer.unit]}`;
    case 'money':
      return `${swedish.format(answer.value)} ${answer.currency}`;
  }
}

/** What the codes of a question are called. */
export function codeNames(
  question: AssessmentQuestion,
  codeLists: readonly {
    readonly id: string;
    readonly codes: readonly { readonly code: string; readonly name: string }[];
  }[],
): ReadonlyMap<string, string> {
  if (question.type !== 'choice') return new Map();
  const codes = question.options ?? codeLists.find(({ id }) => id === question.codeList)?.codes ?? [];
  return new Map(codes.map(({ code, name }) => [code, name]));
}

/** "1 500,5" and "1500.5" alike; null for what is no number from zero up. */
export function readNumber(text: string): number | null {
  const plain = text.replaceAll(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  return /^\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : null;
}

/** How an answer to the question is written, for who writes it in a file. */
export function answerPattern(question: AssessmentQuestion): string {
  switch (question.type) {
    case 'yes-no':
      return 'ja, nej eller vet-inte';
    case 'choice':
      return question.several ? 'koder med komma emellan, eller vet-inte' : 'en kod, eller vet-inte';
    case 'number':
      return 'ett tal, eller vet-inte';
    case 'percentage':
      return 'ett tal i procent, eller vet-inte';
    case 'duration':
      return `ett tal och en enhet (${DURATION_UNITS.join(', ')}), eller vet-inte`;
    case 'money':
      return `ett belopp och en valuta (${CURRENCIES.join(', ')}), eller vet-inte`;
  }
}

/** Reads an answer as it is written in a file: "ja", "4 timmar", "12 500 SEK", "energi, transporter". Null for any other. */
export function readAnswer(question: AssessmentQuestion, written: string): AssessmentAnswer | null {
  const text = written.trim().toLowerCase();
  if (text === 'vet-inte' || text === 'vet inte') return { type: 'unknown' };
  if (question.type === 'yes-no')
    return text === 'ja' || text === 'nej' ? { type: 'yes-no', value: text } : null;
  if (question.type === 'choice') {
    const codes = text.split(',').map((code) => code.trim());
    return codes.every((code) => code !== '') ? { type: 'choice', codes } : null;
  }
  const [, digits = '', sign = ''] = /^([\d\s\u00a0\u202f.,]+?)\s*([a-z%]*)$/.exec(text) ?? [];
  const value = readNumber(digits);
  if (value === null) return null;
  if (question.type === 'number') return sign === '' ? { type: 'number', value } : null;
  if (question.type === 'percentage')
    return sign === '' || sign === '%' ? { type: 'percentage', value } : null;
  if (question.type === 'duration') {
    const unit = UNIT_SIGN[sign];
    return unit === undefined ? null : { type: 'duration', value, unit };
  }
  const currency = CURRENCY_SIGN[sign];
  return currency === undefined ? null : { type: 'money', value, currency };
}

/** The proposed answer in one sentence. */
export function describeProposal(assessment: Pick<Assessment, 'outcomes'>, result: AssessmentResult): string {
  const name = assessment.outcomes.find(({ id }) => id === result.proposed)?.name ?? '';
  if (result.state === 'settled') return `Förslag: ${name}.`;
  if (result.state === 'at-least') return `Förslag: minst ${lowerFirst(name)}. Mer kan tillkomma.`;
  return 'Kan inte avgöras än.';
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLocaleLowerCase('sv') + text.slice(1);
}
