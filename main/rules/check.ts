import {
  type Address,
  type Assessment,
  type CodeList,
  type Confidence,
  type Form,
  type Recipient,
  type Regime,
  type RuleFile,
} from '../../shared/domain/rules.ts';
import { findAssessmentFaults } from './check-assessments.ts';
import { findTableFaults } from './check-channels.ts';
import { findHolidayFaults } from './check-holidays.ts';
import { listOf } from '../../shared/domain/form-answer.ts';
import { findStepFaults } from './check-steps.ts';
import { findSupervisionFaults, missingSupervision } from './check-supervision.ts';

/** A rule and the file it was read from, relative to the pack's folder. */
export interface LoadedRule {
  readonly file: string;
  readonly rule: RuleFile;
}

type Report = (place: string, fault: string) => void;
interface Validity {
  readonly validFrom: string | null;
  readonly validTo: string | null;
}
/** Looks up a rule; reports where there is none. */
type Find = (kind: RuleFile['kind'], id: string, place: string, report: Report) => RuleFile | null;

const KIND_NAME: Readonly<Record<RuleFile['kind'], string>> = {
  regime: 'regelverket',
  form: 'formuläret',
  codelist: 'kodlistan',
  recipient: 'mottagaren',
  'channel-table': 'kanaltabellen',
  holidays: 'helgdagarna',
  'lead-times': 'tiderna för brev',
  supervision: 'tillsynstabellen',
  assessment: 'bedömningen',
};

/** Kinds of which there must be one: two would have to be chosen between by date, and a wrong clock would choose. */
const ONLY_ONE = [
  { kind: 'channel-table', missing: 'Kanaltabellen saknas.', several: 'en kanaltabell' },
  { kind: 'holidays', missing: 'Helgdagarna saknas.', several: 'en lista över helgdagar' },
  { kind: 'lead-times', missing: 'Tiderna för brev saknas.', several: 'en lista med tider för brev' },
] as const;

/** What a rule is found by: ids are unique within their kind. */
export function ruleKey(kind: string, id: string): string {
  return `${kind} ${id}`;
}

/**
 * What no schema of one file can see: ids that clash, references that point at nothing, dates that contradict each
 * other, a channel table with a hole in it.
 * @param broken keys of rules that were declared but could not be read; references to them are not called dead
 * @returns one Swedish line per fault, beginning with the file
 */
export function findRuleFaults(rules: readonly LoadedRule[], broken: ReadonlySet<string>): string[] {
  const faults: string[] = [];
  const first = new Map<string, LoadedRule>();
  for (const loaded of rules) {
    const key = ruleKey(loaded.rule.kind, loaded.rule.id);
    const earlier = first.get(key);
    if (earlier) faults.push(`${loaded.file}: id "${loaded.rule.id}" finns redan i ${earlier.file}.`);
    else first.set(key, loaded);
  }
  const find: Find = (kind, id, place, report) => {
    const found = first.get(ruleKey(kind, id));
    if (!found && !broken.has(ruleKey(kind, id))) {
      report(place, `${KIND_NAME[kind]} "${id}" finns inte i regelpaketet.`);
    }
    return found?.rule ?? null;
  };
  for (const { file, rule } of rules) {
    const report: Report = (place, fault) =>
      faults.push(`${file}: ${place === '' ? '' : `${place}: `}${fault}`);
    checkDates(rule, '', report);
    checkNote(rule, '', report);
    if (rule.kind === 'regime') checkRegime(rule, find, report);
    else if (rule.kind === 'form') checkForm(rule, find, report);
    else if (rule.kind === 'codelist') checkCodeList(rule, report);
    else if (rule.kind === 'recipient') checkRecipient(rule, report);
    else if (rule.kind === 'assessment') checkAssessment(rule, find, report);
    else if (rule.kind === 'channel-table')
      findTableFaults(rule).forEach(({ place, fault }) => report(place, fault));
    else if (rule.kind === 'holidays')
      findHolidayFaults(rule).forEach(({ place, fault }) => report(place, fault));
    else if (rule.kind === 'supervision') {
      findSupervisionFaults(rule).forEach(({ place, fault }) => report(place, fault));
      for (const group of rule.groups)
        for (const id of group.alsoReportTo ?? []) find('recipient', id, `gruppen ${group.id}`, report);
    }
  }
  return [...faults, ...checkCounts(rules, broken), ...missingSupervision(rules, broken)];
}

function checkCounts(rules: readonly LoadedRule[], broken: ReadonlySet<string>): string[] {
  return ONLY_ONE.flatMap(({ kind, missing, several }) => {
    const found = rules.filter(({ rule }) => rule.kind === kind);
    if (found.length > 1)
      return [`${found.map(({ file }) => file).join(', ')}: det får bara finnas ${several}.`];
    const declared = [...broken].some((key) => key.startsWith(`${kind} `));
    return found.length === 0 && !declared ? [missing] : [];
  });
}

function checkDates(rule: Validity, place: string, report: Report): void {
  if (isInverted(rule)) report(place, `giltigheten är omvänd: från ${rule.validFrom} till ${rule.validTo}.`);
}

function isInverted({ validFrom, validTo }: Validity): boolean {
  return validFrom !== null && validTo !== null && validFrom > validTo;
}

/** Is there a day on which both are in force? */
function validTogether(one: Validity, other: Validity): boolean {
  const startsInTime = (early: Validity, late: Validity): boolean =>
    early.validTo === null || late.validFrom === null || late.validFrom <= early.validTo;
  return startsInTime(one, other) && startsInTime(other, one);
}

/** What is not certain must say why: the person has to judge it. */
function checkNote(
  rule: { confidence: Confidence; note?: string | undefined },
  place: string,
  report: Report,
): void {
  const certain = rule.confidence === 'statute' || rule.confidence === 'official';
  if (!certain && rule.note === undefined)
    report(place, `"note" saknas, och tillförlitligheten är ${rule.confidence}.`);
}

function checkUnique(ids: readonly string[], place: string, what: string, report: Report): void {
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) report(place, `${what} "${id}" finns två gånger.`);
    seen.add(id);
  }
}

function checkRegime(regime: Regime, find: Find, report: Report): void {
  checkUnique(
    regime.steps.map((step) => step.id),
    '',
    'steget',
    report,
  );
  findStepFaults(regime).forEach(({ place, fault }) => report(place, fault));
  for (const id of regime.accompaniedBy ?? []) find('regime', id, 'accompaniedBy', report);
  for (const step of regime.steps) {
    const place = `steget ${step.id}`;
    checkNote(step, place, report);
    const same = step.sameDutyAs && find('regime', step.sameDutyAs.regime, place, report);
    if (same?.kind === 'regime' && !same.steps.some(({ id }) => id === step.sameDutyAs?.step))
      report(place, `sameDutyAs: ${same.id} har inget steg "${step.sameDutyAs?.step}".`);
    for (const id of step.recipients) {
      checkMeeting(regime, find('recipient', id, place, report), place, report);
    }
    for (const id of step.forms) {
      const form = find('form', id, place, report);
      checkMeeting(regime, form, place, report);
      if (form?.kind === 'form' && !form.regimes.includes(regime.id)) {
        report(place, `formuläret "${id}" är inte gjort för ${regime.id}.`);
      }
    }
  }
}

function checkMeeting(rule: Validity, other: RuleFile | null, place: string, report: Report): void {
  // An inverted validity is a fault of its own, reported where it stands.
  if (!other || isInverted(rule) || isInverted(other)) return;
  if (!validTogether(rule, other))
    report(place, `${KIND_NAME[other.kind]} "${other.id}" gäller aldrig samtidigt.`);
}

function checkForm(form: Form, find: Find, report: Report): void {
  const fields = form.sections.flatMap((section) => section.fields);
  const idsOf = (list: readonly { id: string }[]): string[] => list.map((item) => item.id);
  checkUnique(idsOf(form.sections), '', 'avsnittet', report);
  checkUnique(idsOf(fields), '', 'fältet', report);
  for (const id of form.regimes) {
    const regime = find('regime', id, 'regimes', report);
    if (regime?.kind === 'regime' && !regime.steps.some((step) => step.forms.includes(form.id))) {
      report('regimes', `inget steg i ${id} använder formuläret.`);
    }
  }
  for (const id of form.recipients) find('recipient', id, 'recipients', report);
  for (const field of fields) {
    const place = `fältet ${field.id}`;
    const list = listOf(field);
    if (list !== null) find('codelist', list, place, report);
    if ((field.kind === 'code' || field.kind === 'codes') && list === null)
      report(place, `är av slaget ${field.kind} och har ingen kodlista.`);
    checkNote({ confidence: field.confidence ?? 'statute', note: field.note }, place, report);
  }
}

function checkAssessment(assessment: Assessment, find: Find, report: Report): void {
  const left = assessment.outcomes.flatMap(({ leavesOut = [] }) => leavesOut);
  for (const id of assessment.regimes) {
    const regime = find('regime', id, 'regimes', report);
    checkMeeting(assessment, regime, 'regimes', report);
    const steps = regime?.kind === 'regime' ? regime.steps.map((step) => step.id) : left;
    for (const step of left)
      if (!steps.includes(step)) report('outcomes', `steget "${step}" finns inte i ${id}.`);
  }
  const codesOf = (id: string, place: string): string[] | null => {
    const list = find('codelist', id, place, report);
    return list?.kind === 'codelist' ? list.codes.map(({ code }) => code) : null;
  };
  findAssessmentFaults(assessment, codesOf).forEach(({ place, fault }) => report(place, fault));
  for (const criterion of assessment.criteria) checkNote(criterion, `kriteriet ${criterion.id}`, report);
}

function checkCodeList(list: CodeList, report: Report): void {
  checkUnique(
    list.codes.map((entry) => entry.code),
    '',
    'koden',
    report,
  );
}

function checkRecipient(recipient: Recipient, report: Report): void {
  checkUnique(
    recipient.addresses.map((address) => address.id),
    '',
    'adressen',
    report,
  );
  recipient.addresses.forEach((address, index) => {
    const place = `adressen ${address.id}`;
    checkDates(address, place, report);
    checkNote(address, place, report);
    const twin = recipient.addresses.slice(0, index).find((other) => isSameAddress(address, other));
    if (twin && validTogether(address, twin)) {
      report(place, `samma adress som ${twin.id}, och giltigheterna överlappar.`);
    }
  });
}

function isSameAddress(one: Address, other: Address): boolean {
  return one.type === other.type && one.lines.join('\n') === other.lines.join('\n');
}
