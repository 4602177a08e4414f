import {
  answeredField,
  textPart,
  type ReportDocument,
  type ReportField,
} from '../../shared/domain/report.ts';
import { makeMarking } from '../../shared/domain/marking.ts';

/** Made-up reports as long as asked for. The same number always gives the same report. */

const SENTENCES = [
  'Driftcentralen fick larm om avvikande trafik mot filservern och kopplade in jourhavande tekniker.',
  'Leverantören bekräftade att säkerhetskopieringen hade avbrutits klockan 03.40.',
  'Beslut fattades om att isolera verksamhetssystemet och informera säkerhetsskyddschefen.',
  'Återställningen av katalogtjänsten påbörjades efter samråd med informationssäkerhetssamordnaren.',
  'Ingen påverkan på samhällsviktiga tjänster har konstaterats, men övervakningen fortsätter.',
];
const MARKING = makeMarking('hemlig', ['15 kap. 2 § OSL', '18 kap. 8 § OSL']);

function fieldOf(number: number): ReportField {
  const text = Array.from({ length: 6 }, (_unused, index) => SENTENCES[(number + index) % SENTENCES.length]);
  const label = `Åtgärd ${number} och dess konsekvenser för verksamheten`;
  return answeredField({ id: `falt-${number}`, label }, [
    textPart(`fact:${number}`, text.join(' '), MARKING),
  ]);
}

/** Fields of some eleven lines each, with the heading of their section. */
const FIELDS_ON_A_PAGE = 3;

/** @param pages about how many it will be */
export function longReport(pages: number): ReportDocument {
  const sections = Array.from({ length: pages }, (_unused, page) => ({
    id: `avsnitt-${page}`,
    title: `Avsnitt ${page + 1}`,
    fields: Array.from({ length: FIELDS_ON_A_PAGE }, (_none, index) =>
      fieldOf(page * FIELDS_ON_A_PAGE + index),
    ),
  }));
  return {
    format: 'sigill-report/1',
    form: {
      ...{ id: 'slutrapport', name: 'Slutrapport it-incident', version: '1', audience: 'document' },
      ...{ confidence: 'official', note: null },
    },
    ...{ version: 'full', openLevel: null, reference: 'K7M2-9QXA-4D1F', organisation: 'Norra driftverket' },
    ...{ createdAt: '2026-11-22T13:05:00Z', author: 'Eva Lind', exercise: false, draft: false },
    marking: MARKING,
    introduction: null,
    sections,
    checkpoint: null,
    missing: [],
  };
}

/**
 * A chronology of that many rows in one field.
 * @param sentencesOf how many more sentences a row has than its own
 */
export function longChronology(rows: number, sentencesOf: (row: number) => number = () => 0): ReportDocument {
  const base = longReport(1);
  const parts = Array.from({ length: rows }, (_unused, index) => ({
    ...{ withheld: false as const, origin: `log:${index + 1}`, codes: [], marking: MARKING },
    label: `22 november 2026 kl. ${String(Math.floor(index / 60) % 24).padStart(2, '0')}.${String(index % 60).padStart(2, '0')}, åtgärd`,
    text: [
      `Rad ${index + 1}. ${SENTENCES[index % SENTENCES.length]}`,
      ...Array.from(
        { length: sentencesOf(index) },
        (_none, more) => SENTENCES[(index + more) % SENTENCES.length],
      ),
    ].join(' '),
  }));
  return {
    ...base,
    sections: [
      {
        id: 'logg',
        title: 'Händelselogg',
        fields: [{ ...fieldOf(0), id: 'kronologi', label: 'Kronologi', parts }],
      },
    ],
  };
}
