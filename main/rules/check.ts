import {
  type Address,
  type Assessment,
  type CodeList,
  type Confidence,
  type Form,
  type Recipient,
  type Regime,
  type RuleFile,
  type StandardText,
  type SupervisionTable,
  type TransferProfile,
} from '../../shared/domain/rules.ts';
import { findAssessmentFaults } from './check-assessments.ts';
import { blanksOf, TEXT_BLANKS } from '../../shared/domain/standard-text.ts';
import { findTableFaults } from './check-channels.ts';
import { findFieldFaults } from './check-fields.ts';
import { findHolidayFaults } from './check-holidays.ts';
import { findWordFaults } from './check-words.ts';
import { listOf, YES_NO_CODES, YES_NO_LIST } from '../../shared/domain/form-answer.ts';
import { findStepFaults } from './check-steps.ts';
import { findStampFaults } from './check-stamp.ts';
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
/** Looks up the versions of a rule; reports where there is none. */
type Find = (kind: RuleFile['kind'], id: string, place: string, report: Report) => readonly RuleFile[];

const SECTOR_LIST = 'NIS2-SEKTORER';

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
  text: 'texten',
  stamp: 'stämpeln',
  'transfer-profile': 'profilen för signalskydd',
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
  const byKey = new Map<string, LoadedRule[]>();
  for (const loaded of rules) {
    const key = ruleKey(loaded.rule.kind, loaded.rule.id);
    const earlier = byKey.get(key) ?? [];
    // Versions of one rule, each for its time: which one holds must never be a matter of choice.
    const clash = earlier.find(({ rule }) => validTogether(rule, loaded.rule));
    if (clash)
      faults.push(
        `${loaded.file}: id "${loaded.rule.id}" finns redan i ${clash.file}${sameTime(clash.rule)}.`,
      );
    byKey.set(key, [...earlier, loaded]);
  }
  const find: Find = (kind, id, place, report) => {
    const found = byKey.get(ruleKey(kind, id)) ?? [];
    if (found.length === 0 && !broken.has(ruleKey(kind, id))) {
      report(place, `${KIND_NAME[kind]} "${id}" finns inte i regelpaketet.`);
    }
    return found.map(({ rule }) => rule);
  };
  for (const { file, rule } of rules) {
    const report: Report = (place, fault) =>
      faults.push(`${file}: ${place === '' ? '' : `${place}: `}${fault}`);
    checkDates(rule, '', report);
    checkNote(rule, '', report);
    findWordFaults(rule).forEach(({ place, fault }) => report(place, fault));
    if (rule.kind === 'regime') checkRegime(rule, find, report);
    else if (rule.kind === 'form') checkForm(rule, find, report);
    else if (rule.kind === 'codelist') checkCodeList(rule, report);
    else if (rule.kind === 'recipient') checkRecipient(rule, report);
    else if (rule.kind === 'assessment') checkAssessment(rule, find, report);
    else if (rule.kind === 'channel-table')
      findTableFaults(rule).forEach(({ place, fault }) => report(place, fault));
    else if (rule.kind === 'transfer-profile') checkProfile(rule, report);
    else if (rule.kind === 'text') checkBlanks(rule, report);
    else if (rule.kind === 'holidays')
      findHolidayFaults(rule).forEach(({ place, fault }) => report(place, fault));
    else if (rule.kind === 'stamp') findStampFaults(rule).forEach(({ place, fault }) => report(place, fault));
    else if (rule.kind === 'supervision') {
      findSupervisionFaults(rule).forEach(({ place, fault }) => report(place, fault));
      for (const group of rule.groups) checkGroup(group, find, report);
    }
  }
  return [
    ...faults,
    ...checkCounts(rules, broken),
    ...missingSupervision(rules, broken),
    ...checkTexts(byKey, broken),
  ];
}

function checkGroup(
  { id, alsoReportTo = [], sector }: SupervisionTable['groups'][number],
  find: Find,
  report: Report,
): void {
  const place = `gruppen ${id}`;
  for (const recipient of alsoReportTo) find('recipient', recipient, place, report);
  if (sector === undefined) return;
  const lists = find('codelist', SECTOR_LIST, place, report);
  const isCode = lists.some(
    (list) => list.kind === 'codelist' && list.codes.some(({ code }) => code === sector),
  );
  if (lists.length > 0 && !isCode) report(place, `sektorn "${sector}" finns inte i ${SECTOR_LIST}.`);
}

function sameTime({ validFrom, validTo }: Validity): string {
  return validFrom === null && validTo === null ? '' : ', och giltigheterna överlappar';
}

/** A text that is asked for must be there. */
function checkTexts(byKey: ReadonlyMap<string, unknown>, broken: ReadonlySet<string>): string[] {
  return Object.keys(TEXT_BLANKS)
    .filter((id) => !byKey.has(ruleKey('text', id)) && !broken.has(ruleKey('text', id)))
    .map((id) => `Texten "${id}" saknas.`);
}

/** What stands in braces is filled in by the program: it must know how. */
function checkBlanks({ id, text }: StandardText, report: Report): void {
  const known = (TEXT_BLANKS as Readonly<Record<string, readonly string[]>>)[id];
  if (!known) report('id', `"${id}" är ingen text som Sigill använder.`);
  for (const blank of blanksOf(text)) {
    if (known && !known.includes(blank)) report('text', `{${blank}} kan inte fyllas i.`);
  }
}

/** What a profile asks of its text must be there to ask it, and each part says why it is not certain. */
function checkProfile(profile: TransferProfile, report: Report): void {
  const { formats, files, fileName, text, window, checklist } = profile;
  checkNote(formats, 'formats', report);
  checkNote(files, 'files', report);
  checkNote(fileName, 'fileName', report);
  if (text) checkNote(text, 'text', report);
  if (window) checkNote(window, 'window', report);
  if (formats.allowed.includes('text') !== (text !== null))
    report('text', '"text" ska finnas när formatet text är tillåtet, och bara då.');
  checkUnique(formats.allowed, 'formats', 'formatet', report);
  const froms = text?.transliteration.map(({ from }) => from) ?? [];
  checkUnique(froms, 'text', 'tecknet', report);
  if (froms.some((from) => [...from].length > 1)) report('text', 'översättningen gäller ett tecken i taget.');
  for (const step of checklist)
    for (const blank of blanksOf(step))
      if (!PROFILE_BLANKS.includes(blank)) report('checklist', `{${blank}} kan inte fyllas i.`);
}

const PROFILE_BLANKS: readonly string[] = ['mottagare', 'grad', 'fil'];

function checkCounts(rules: readonly LoadedRule[], broken: ReadonlySet<string>): string[] {
  // An issue from before stamps were rules has none.
  const stamps = rules.filter(({ rule }) => rule.kind === 'stamp').map(({ file }) => file);
  const tooMany = stamps.length > 1 ? [`${stamps.join(', ')}: det får bara finnas en stämpel.`] : [];
  const others = ONLY_ONE.flatMap(({ kind, missing, several }) => {
    const found = rules.filter(({ rule }) => rule.kind === kind);
    if (found.length > 1)
      return [`${found.map(({ file }) => file).join(', ')}: det får bara finnas ${several}.`];
    const declared = [...broken].some((key) => key.startsWith(`${kind} `));
    return found.length === 0 && !declared ? [missing] : [];
  });
  return [...tooMany, ...others];
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
    const { sameDutyAs } = step;
    for (const same of sameDutyAs ? find('regime', sameDutyAs.regime, place, report) : [])
      if (same.kind === 'regime' && !same.steps.some(({ id }) => id === sameDutyAs?.step))
        report(place, `sameDutyAs: ${same.id} har inget steg "${sameDutyAs?.step}".`);
    for (const id of step.recipients) {
      checkMeeting(regime, find('recipient', id, place, report), place, report);
    }
    for (const id of step.forms) {
      const forms = find('form', id, place, report);
      checkMeeting(regime, forms, place, report);
      if (forms.some((form) => form.kind === 'form' && !form.regimes.includes(regime.id))) {
        report(place, `formuläret "${id}" är inte gjort för ${regime.id}.`);
      }
    }
  }
}

function checkMeeting(rule: Validity, others: readonly RuleFile[], place: string, report: Report): void {
  const [other] = others;
  // An inverted validity is a fault of its own, reported where it stands.
  if (!other || isInverted(rule) || others.some(isInverted)) return;
  if (!others.some((version) => validTogether(rule, version)))
    report(place, `${KIND_NAME[other.kind]} "${other.id}" gäller aldrig samtidigt.`);
}

function checkForm(form: Form, find: Find, report: Report): void {
  const fields = form.sections.flatMap((section) => section.fields);
  const idsOf = (list: readonly { id: string }[]): string[] => list.map((item) => item.id);
  checkUnique(idsOf(form.sections), '', 'avsnittet', report);
  checkUnique(idsOf(fields), '', 'fältet', report);
  for (const id of form.regimes) {
    const regimes = find('regime', id, 'regimes', report);
    const uses = (regime: RuleFile): boolean =>
      regime.kind === 'regime' && regime.steps.some((step) => step.forms.includes(form.id));
    if (regimes.length > 0 && !regimes.some(uses)) {
      report('regimes', `inget steg i ${id} använder formuläret.`);
    }
  }
  for (const id of form.recipients) find('recipient', id, 'recipients', report);
  for (const field of fields) {
    const place = `fältet ${field.id}`;
    const list = listOf(field);
    if (list !== null) find('codelist', list, place, report);
    for (const source of field.sources)
      for (const other of 'forms' in source ? (source.forms ?? []) : []) find('form', other, place, report);
    if ((field.kind === 'code' || field.kind === 'codes') && list === null)
      report(place, `är av slaget ${field.kind} och har ingen kodlista.`);
    checkNote({ confidence: field.confidence ?? 'statute', note: field.note }, place, report);
  }
  // A form that is not there is told of above.
  const formsOf = (id: string): Form[] =>
    find('form', id, '', () => undefined).flatMap((other) => (other.kind === 'form' ? [other] : []));
  findFieldFaults(form, formsOf).forEach(({ place, fault }) => report(place, fault));
}

function checkAssessment(assessment: Assessment, find: Find, report: Report): void {
  const left = assessment.outcomes.flatMap(({ leavesOut = [] }) => leavesOut);
  for (const id of assessment.regimes) {
    const versions = find('regime', id, 'regimes', report);
    checkMeeting(assessment, versions, 'regimes', report);
    for (const regime of versions) {
      const steps = regime.kind === 'regime' ? regime.steps.map((step) => step.id) : left;
      for (const step of left)
        if (!steps.includes(step)) report('outcomes', `steget "${step}" finns inte i ${id}.`);
    }
  }
  const codesOf = (id: string, place: string): string[] | null => {
    const lists = find('codelist', id, place, report);
    const codes = lists.flatMap((list) =>
      list.kind === 'codelist' ? list.codes.map(({ code }) => code) : [],
    );
    return lists.length === 0 ? null : codes;
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
  // The program itself asks for these: without one of them a yes or a no can no longer be told.
  for (const code of list.id === YES_NO_LIST ? YES_NO_CODES : [])
    if (!list.codes.some((entry) => entry.code === code))
      report('codes', `koden "${code}" saknas, och Sigill behöver den.`);
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
