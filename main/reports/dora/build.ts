import { LATE_REASON } from '../../../shared/domain/form-answer.ts';
import { doraKindOf, type DoraKind, type ReportDocument } from '../../../shared/domain/report.ts';
import type { CodeList, Form } from '../../../shared/domain/rules.ts';
import {
  ALL_FIELDS,
  CRITERIA,
  CRITERION_FIELDS,
  ENTITY_FIELDS,
  PLAIN_FIELDS,
  type DoraField,
} from './fields.ts';
import { AnswerReader, isLei, type Value } from './read.ts';
import { shapeAt } from './structure.ts';

interface Tree {
  [name: string]: Value | Tree | Tree[];
}

/** What the structure requires of a kind of report, by the ids of our fields, beside what it requires of every one. */
const REQUIRED_OF_ALL = ['kontakt-epost', 'foretagstyp', 'organisation', 'kriterier', 'beskrivning'];
const REQUIRED_LATER = ['incidentreferens', 'typ', 'kritiska-tjanster', 'infrastruktur-berord'];
const REQUIRED_LAST = ['grundorsak', 'losning', 'lost', 'losning-mot-plan', 'atervunnet'];
const REQUIRED: Readonly<Record<DoraKind, readonly string[]>> = {
  initial_notification: REQUIRED_OF_ALL,
  intermediate_report: [...REQUIRED_OF_ALL, ...REQUIRED_LATER],
  final_report: [...REQUIRED_OF_ALL, ...REQUIRED_LATER, ...REQUIRED_LAST],
  'major_incident_reclassified_as_non-major': REQUIRED_OF_ALL,
};
/** Where a criterion is chosen, what goes with it in the later reports. */
const REQUIRED_WITH_CRITERION: readonly (readonly [string, string, readonly DoraKind[]])[] = [
  ['geographical_spread', 'medlemsstater', ['intermediate_report', 'final_report']],
  ['data_losses', 'dataforlust', ['intermediate_report', 'final_report']],
  ['economic_impact', 'kostnader', ['final_report']],
];
/** What the structure's descriptions ask for where a code is chosen, in words only: field, code, the field asked for. */
const ASKED_WITH_CODE: readonly (readonly [string, string, string])[] = [
  ['typ', 'other', 'typ-annan'],
  ['typ', 'cybersecurity-related', 'hot'],
  ['typ', 'cybersecurity-related', 'angreppsindikatorer'],
  ['hot', 'other', 'hot-annat'],
  ['andra-myndigheter', 'other', 'andra-myndigheter-annan'],
];

function fieldOf(id: string): DoraField {
  const field = ALL_FIELDS.find((candidate) => candidate.id === id);
  if (!field) throw new TypeError(`No field ${id}.`);
  return field;
}

function put(tree: Tree, [name = '', ...rest]: readonly string[], value: Value): void {
  if (rest.length === 0) tree[name] = value;
  else put((tree[name] ??= {}) as Tree, rest, value);
}

/** Only what has a value: the structure knows no null. */
function present(entries: Readonly<Record<string, Value | undefined>>): Tree {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}

/** One on each line, `name; LEI`; what is withheld or has no LEI that is one is told by its line. */
function aggregated(reader: AnswerReader, type: Value | undefined): Tree[] {
  const lines = (reader.text('omfattade') ?? '').split('\n').filter((line) => line.trim() !== '');
  const pattern = new RegExp(shapeAt(ENTITY_FIELDS.affectedLei.place).pattern ?? '', 'u');
  return lines.map((line, index) => {
    const [name = '', lei = '', ...more] = line.split(';').map((word) => word.trim());
    if (name === '' || !pattern.test(lei) || more.length > 0)
      reader.fault(
        { id: 'omfattade', number: '1.4–1.6' },
        `rad ${index + 1} är inte skriven som namn; LEI-kod`,
      );
    else if (!isLei(lei))
      reader.fault(
        { id: 'omfattade', number: '1.4–1.6' },
        `rad ${index + 1} har en LEI-kod med fel kontrollsiffror`,
      );
    return present({ entityType: 'AFFECTED_ENTITY', name, LEI: lei, affectedEntityType: type });
  });
}

function putEntities(tree: Tree, reader: AnswerReader): void {
  const value = (field: DoraField) => reader.value(field);
  const { submittingName, submittingLei, submittingCode, affectedType, affectedName, affectedLei } =
    ENTITY_FIELDS;
  const [name, lei, type] = [value(affectedName), value(affectedLei), value(affectedType)];
  const other = value(submittingName);
  const [otherLei, otherCode] = [value(submittingLei), value(submittingCode)];
  if (other === undefined && lei === undefined && otherCode === undefined) reader.missing(affectedLei);
  if (other === undefined && otherLei !== undefined)
    reader.fault(submittingLei, `är besvarat, men inte företagets namn i fält ${submittingName.number}`);
  if (other !== undefined && otherLei === undefined && otherCode === undefined) reader.missing(submittingLei);
  tree['submittingEntity'] = present({
    entityType: 'SUBMITTING_ENTITY',
    name: other ?? name,
    LEI: other === undefined ? lei : otherLei,
    code: otherCode,
  });
  const affected = present({ entityType: 'AFFECTED_ENTITY', name, LEI: lei, affectedEntityType: type });
  tree['affectedEntity'] = [affected, ...aggregated(reader, type)];
  const parent = { name: value(ENTITY_FIELDS.parentName), LEI: value(ENTITY_FIELDS.parentLei) };
  if (parent.name !== undefined || parent.LEI !== undefined)
    tree['ultimateParentUndertaking'] = present({
      entityType: 'ULTIMATE_PARENT_UNDERTAKING_ENTITY',
      ...parent,
    });
}

/** One object for each criterion, with what belongs to it. What is answered of one that is not chosen has no place. */
function criterionTrees(reader: AnswerReader, criteria: readonly string[]): Tree[] {
  for (const [criterion, fields] of Object.entries(CRITERION_FIELDS)) {
    // A cost is a fact of the incident, and may be known without being why it is major.
    if (criteria.includes(criterion) || criterion === 'economic_impact') continue;
    for (const field of fields)
      if (reader.value(field) !== undefined)
        reader.fault(field, `är besvarat, men kriteriet det hör till är inte valt i fält ${CRITERIA.number}`);
  }
  return criteria.map((criterion) =>
    present({
      classificationCriterion: criterion,
      ...Object.fromEntries(
        (CRITERION_FIELDS[criterion] ?? []).map((field) => [field.place.at(-1) ?? '', reader.value(field)]),
      ),
    }),
  );
}

/** What the structure has no place for: why the incident is major no longer or the report late, and an exercise. */
function putWords(tree: Tree, reader: AnswerReader, { exercise }: ReportDocument): void {
  const incident = tree['incident'] as Tree;
  const told = (label: string, id: string): string[] => {
    const text = reader.text(id);
    return text === undefined ? [] : [`${label}: ${text}`];
  };
  const other = incident['otherInformation'];
  const lines = [
    ...(typeof other === 'string' ? [other] : []),
    ...told('Omklassad till inte allvarlig', 'omklassad-tid'),
    ...told('Skäl för omklassningen', 'skal'),
    ...told('Rapporten lämnas efter fristens utgång. Skäl', LATE_REASON),
  ];
  if (lines.length > 0) incident['otherInformation'] = lines.join('\n\n');
  if (exercise && typeof incident['incidentDescription'] === 'string')
    incident['incidentDescription'] = `ÖVNING. ${incident['incidentDescription']}`;
  for (const id of ['ovrigt', 'beskrivning']) {
    const field = fieldOf(id);
    const text = incident[field.place.at(-1) ?? ''];
    const { maxLength = Infinity } = shapeAt(field.place);
    if (typeof text === 'string' && [...text].length > maxLength)
      reader.fault(field, `är längre än ${maxLength} tecken`);
  }
}

function hasCode(value: Value | undefined, code: string): boolean {
  return Array.isArray(value) && value.includes(code);
}

function requireAll(kind: DoraKind, reader: AnswerReader, criteria: readonly string[]): void {
  const need = (id: string): void => {
    const field = fieldOf(id);
    const isAnswered = id === CRITERIA.id ? criteria.length > 0 : reader.value(field) !== undefined;
    if (!isAnswered) reader.missing(field);
  };
  REQUIRED[kind].forEach(need);
  for (const [criterion, id, kinds] of REQUIRED_WITH_CRITERION)
    if (criteria.includes(criterion) && kinds.includes(kind)) need(id);
  for (const [id, code, asked] of ASKED_WITH_CODE) if (hasCode(reader.value(fieldOf(id)), code)) need(asked);
  const second = ['kontakt-2', 'kontakt-2-telefon'].some((id) => reader.value(fieldOf(id)) !== undefined);
  if (second) need('kontakt-2-epost');
}

/** The beginnings of the detailed causes (4.2) that belong to each cause (4.1). */
const DETAILS_OF: Readonly<Record<string, string>> = { system_failure_malfunction: 'system_failure' };

/** Answers that each fit the structure and cannot both be so. */
function findContradictions(kind: DoraKind, reader: AnswerReader): void {
  const chosen = (id: string): readonly string[] => {
    const value = reader.value(fieldOf(id));
    return Array.isArray(value) ? (value as readonly string[]) : typeof value === 'string' ? [value] : [];
  };
  const authorities = chosen('andra-myndigheter');
  if (authorities.includes('none') && authorities.length > 1)
    reader.fault(fieldOf('andra-myndigheter'), 'ingen går inte att välja tillsammans med en annan');
  const causes = chosen('grundorsak').map((cause) => DETAILS_OF[cause] ?? cause);
  const strays = chosen('grundorsak-detaljerad').filter(
    (detail) => !causes.some((cause) => detail.startsWith(`${cause}_`)),
  );
  if (strays.length > 0)
    reader.fault(
      fieldOf('grundorsak-detaljerad'),
      'hör till en annan grundorsak än den som är vald i fält 4.1',
    );
  const [found, classified] = [
    reader.value(fieldOf('upptackt-tid')),
    reader.value(fieldOf('klassificering-tid')),
  ];
  if (
    typeof found === 'string' &&
    typeof classified === 'string' &&
    Date.parse(classified) < Date.parse(found)
  )
    reader.fault(fieldOf('klassificering-tid'), 'är före upptäckten i fält 2.2');
  if (kind !== 'final_report') return;
  // The structure has no place for yes and no: what is told of the earlier ones says it.
  const recurring = reader.told('aterkommande');
  for (const id of ['aterkommande-beskrivning', 'aterkommande-tid']) {
    const isAnswered = reader.value(fieldOf(id)) !== undefined;
    if (recurring.includes('ja') && !isAnswered) reader.missing(fieldOf(id));
    if (recurring.includes('nej') && isAnswered)
      reader.fault(
        fieldOf(id),
        'är besvarat, men incidenten är inte återkommande enligt svaret på den frågan',
      );
  }
}

/** The two parts of the impact that later reports must have: empty, they would say nothing and pass for an answer. */
function requireImpact(tree: Tree, reader: AnswerReader): void {
  const impact = (tree['impactAssessment'] ?? {}) as Tree;
  if (!('affectedAssets' in impact)) reader.missing(fieldOf('siffror'));
  if (!('serviceImpact' in impact)) reader.missing(fieldOf('tillfalliga-atgarder'));
}

/**
 * A DORA report as EBA's structure IR-1.2.1 has it (docs/schemas/dora), or what keeps it from being so. Nothing is made up:
 * what has no answer is left out where the structure lets it, and told otherwise. An exercise says so first in its
 * description; why it is reclassified, or late, stands in field 2.10, for the structure has no place of its own for these.
 * The structure has no place for a marking.
 * @param form the one the document is by, and `codeLists` those of the same rules: codes stand in a document by their names
 * @returns the report, valid by the structure where `faults` is empty; each fault is a line in Swedish with EBA's number
 * @throws TypeError where the form is not one of DORA's
 */
export function buildDoraReport(
  document: ReportDocument,
  form: Form,
  codeLists: ReadonlyMap<string, CodeList>,
): { readonly report: Readonly<Record<string, unknown>>; readonly faults: readonly string[] } {
  const kind = doraKindOf(document.form.id);
  if (kind === null) throw new TypeError('Only a form of DORA has a place in its structure.');
  const reader = new AnswerReader(document, form, codeLists);
  const tree: Tree = { incidentSubmission: kind };
  const said = reader.value({ id: 'rapportslag', number: '1.1', place: ['incidentSubmission'] });
  if (said !== undefined && said !== kind)
    reader.fault({ id: 'rapportslag', number: '1.1' }, 'är ett annat slag av rapport än formuläret');
  putEntities(tree, reader);
  for (const field of PLAIN_FIELDS) {
    const value = reader.value(field);
    if (value !== undefined) put(tree, field.place, value);
  }
  const criteria = reader.choices(CRITERIA);
  tree['incident'] = {
    ...(tree['incident'] as Tree | undefined),
    classificationTypes: criterionTrees(reader, criteria),
  };
  putWords(tree, reader, document);
  requireAll(kind, reader, criteria);
  findContradictions(kind, reader);
  if (kind === 'intermediate_report' || kind === 'final_report') requireImpact(tree, reader);
  for (const { field, label } of document.missing) {
    const known = ALL_FIELDS.find(({ id }) => id === field);
    if (known) reader.missing(known);
    else reader.faultOutside(field, label);
  }
  return { report: tree, faults: reader.faults };
}
