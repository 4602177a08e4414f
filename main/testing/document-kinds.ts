import { readFileSync } from 'node:fs';
import type { Incident } from '../../shared/domain/incident.ts';
import { makeMarking } from '../../shared/domain/marking.ts';
import type { Organisation, ReportDocument } from '../../shared/domain/report.ts';
import type { TransferProfile } from '../../shared/domain/rules.ts';
import { printerTest } from '../export/envelope/test-sheet.ts';
import { drawEnvelopes } from '../export/envelope/draw-envelopes.ts';
import { clearedBy } from '../export/gate.ts';
import { transferSheet } from '../export/signalskydd/transfer-sheet.ts';
import { buildReport } from '../reports/build.ts';
import { renderReportPdf } from '../reports/pdf.ts';
import { CALL_FORM, readCase, request } from '../reports/sample.ts';
import { asSupplement } from '../reports/supplement.ts';
import { loadRulePack } from '../rules/load.ts';
import { revocationSheet } from '../keys/revocation-sheet.ts';
import { recoverySheet } from '../vault/recovery-sheet.ts';
import { sampleClearance, sampleReport } from './report.ts';

/** Every kind of document on paper, drawn from the public exercise, the same each time. */

export interface DocumentKind {
  /** Name of its pictures in docs/pictures/handlingar. */
  readonly id: string;
  readonly draw: () => Promise<Uint8Array>;
  /** Class words that stand on its pages; empty where nothing is marked. */
  readonly marked: string;
}

const AT = '2026-11-22T13:05:00Z';
export const CODE = 'ABCD23EFGH45';
const CHECKPOINT = '27 rader, hash 3f9a0c51d2e8b764';
const exercise = readCase('ovning-sakerhetskanslig');

const SENDER: Organisation = {
  name: 'Norra driftverket',
  kind: 'statlig-myndighet',
  number: null,
  contact: null,
  phone: null,
  hours: null,
  address: ['Norra driftverket', 'Box 17', '871 02 Härnösand'],
  email: null,
};

function reported(change: Parameters<typeof request>[1] = {}): ReportDocument {
  return { ...buildReport(request(exercise, change)), checkpoint: CHECKPOINT, createdAt: AT };
}

/** A final report, in no exercise, of the highest class: with all that a stamp can hold. */
function highest(): ReportDocument {
  const marking = makeMarking('kvalificerat-hemlig', ['15 kap. 2 § OSL', '18 kap. 8 § OSL']);
  const plain = (text: string): string => text.replace(/^ÖVNING[.:]? ?/i, '');
  const facts = exercise.facts.map((fact) => ({ ...fact, text: plain(fact.text), marking }));
  const added = [
    { id: 'upptackt-hur', text: 'Loggövervakningen larmade.', codes: [], marking },
    { id: 'kategorier', text: '', codes: ['angrepp'], marking },
  ] as Incident['facts'];
  const title = exercise.title && { ...exercise.title, text: plain(exercise.title.text) };
  const log = exercise.log.map((entry) => ({ ...entry, text: plain(entry.text) }));
  const incident = { ...exercise, title, facts: [...facts, ...added], log, exercise: false };
  return { ...buildReport(request(incident)), checkpoint: CHECKPOINT, createdAt: AT };
}

const STAMP = { copy: { number: 2, of: 3 }, designation: '2026-17/001:2/3', code: CODE };

function envelopes(layout: 'C4' | 'A4-etikett'): Promise<Uint8Array> {
  const document = sampleReport('hemlig', { checkpoint: CHECKPOINT });
  return drawEnvelopes({
    document,
    cleared: [sampleClearance(document, 'utskrift'), sampleClearance(document, 'varde')].map(clearedBy),
    copies: 1,
    numbered: [{ designation: '2026-17/002:1/1', code: CODE }],
    sender: SENDER,
    recipient: {
      name: 'Säkerhetspolisen',
      lines: ['Säkerhetspolisen', 'Box 12312', '102 28 Stockholm'],
      status: 'confirmed',
      note: null,
      attention: 'Vakthavande befäl',
    },
    carriage: 'varde',
    layout,
    at: new Date(AT),
    createdBy: 'Eva Lind',
  });
}

function requireProfile(id: string): TransferProfile {
  const profile = loadRulePack().transferProfiles.get(id);
  if (!profile) throw new Error(`No profile ${id}.`);
  return profile;
}

function transfer(): Promise<Uint8Array> {
  const document = sampleReport('hemlig', { checkpoint: CHECKPOINT });
  const bytes = new TextEncoder().encode('Driftsystem Björktrast stod stilla.\n');
  return transferSheet({
    document,
    clearance: clearedBy(sampleClearance(document, 'signalskydd')),
    transfer: {
      medium: 'M-014',
      grade: 'SG S',
      recipientName: 'Signalskydd, mottagaren',
      designation: '2026-17/003:1/1',
      code: CODE,
      createdBy: 'Eva Lind',
      at: new Date(AT),
    },
    profile: requireProfile('mgs-fil'),
    text: { characterSet: 'UTF-8', transliterated: [] },
    files: [{ name: 'rapport.txt', bytes }],
  });
}

/** The report as a supplement to one that said less. */
function supplement(): ReportDocument {
  const before = reported({ draft: true });
  const later = exercise.facts.map((fact) =>
    fact.id === 'omfattning' ? { ...fact, text: 'ÖVNING. Två noder av fyra.' } : fact,
  );
  const now = buildReport(request({ ...exercise, facts: later }, { draft: true }));
  return {
    ...asSupplement(
      { ...now, createdAt: AT },
      { document: before, reference: null, at: AT },
      false,
      loadRulePack().texts,
    ),
    checkpoint: CHECKPOINT,
  };
}

/** Of sample-key.asc, a key that was made for these pictures and is used for nothing. */
const SAMPLE_FINGERPRINT = 'A9584066E0BFDAA2F93DC166D83C2D20EC838E59';

export const DOCUMENT_KINDS: readonly DocumentKind[] = [
  { id: 'rapport', marked: 'KVALIFICERAT HEMLIG', draw: () => renderReportPdf(highest(), STAMP) },
  {
    id: 'rapport-kryfax',
    marked: 'KVALIFICERAT HEMLIG',
    draw: () => renderReportPdf(highest(), STAMP, { isBlack: true }),
  },
  {
    id: 'utkast-ovning',
    marked: 'BEGRÄNSAT HEMLIG',
    draw: () => renderReportPdf(reported({ draft: true })),
  },
  { id: 'rapport-oppen', marked: '', draw: () => renderReportPdf(reported({ version: 'open' })) },
  { id: 'telefonunderlag', marked: '', draw: () => renderReportPdf(reported({ form: CALL_FORM })) },
  { id: 'komplettering', marked: 'BEGRÄNSAT HEMLIG', draw: () => renderReportPdf(supplement()) },
  { id: 'kuvert', marked: 'HEMLIG', draw: () => envelopes('C4') },
  { id: 'etiketter', marked: 'HEMLIG', draw: () => envelopes('A4-etikett') },
  { id: 'overforingsblad', marked: 'HEMLIG', draw: transfer },
  {
    id: 'aterstallningskod',
    marked: '',
    draw: () =>
      recoverySheet({
        vaultName: 'norra-driftverket.sigill',
        organisation: 'Norra driftverket',
        room: 'protected',
        code: 'K7M2-9QXA-4D1F-T8WE-5B3N-6HJC-2RVP',
        created: new Date(AT),
        ceiling: 'hemlig',
      }),
  },
  {
    id: 'aterkallelsecertifikat',
    marked: '',
    draw: () =>
      revocationSheet({
        organisation: 'Norra driftverket',
        fingerprint: SAMPLE_FINGERPRINT,
        userIds: ['Norra driftverket <prov@example.se>'],
        createdAt: '2026-11-01T08:00:00.000Z',
        armoredPrivate: readFileSync(new URL('./sample-key.asc', import.meta.url), 'utf8'),
        at: new Date(AT),
      }),
  },
  {
    id: 'skrivarprov',
    marked: '',
    draw: () =>
      printerTest({
        printer: { name: 'Kuvertskrivaren', right: 1.5, down: -2 },
        format: { name: 'C5', width: 229, height: 162 },
        at: new Date(AT),
      }),
  },
];
