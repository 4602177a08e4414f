import { LEVELS, makeMarking, OPEN_MARKING, type Level } from '../../shared/domain/marking.ts';
import type { ReportDocument, ReportField } from '../../shared/domain/report.ts';
import { CHANNELS, type Channel, type ChannelTable } from '../../shared/domain/rules.ts';
import { clear, type ChannelDecision, type Clearance } from '../export/gate.ts';

/** A small report of one field, at the level asked for. Invented. */
export function sampleReport(level: Level, change: Partial<ReportDocument> = {}): ReportDocument {
  const marking =
    level === 'oppen' ? OPEN_MARKING : makeMarking(level, ['15 kap. 2 § OSL', '18 kap. 8 § OSL']);
  const field: ReportField = {
    id: 'handelse',
    label: 'Vad har hänt?',
    help: null,
    required: true,
    blank: false,
    missing: false,
    parts: [
      {
        withheld: false,
        origin: 'fact:handelse',
        label: null,
        text: 'Driftsystem Björktrast stod stilla.',
        codes: [],
        marking,
      },
    ],
  };
  return {
    format: 'sigill-report/1',
    form: {
      id: 'slutrapport',
      name: 'Slutrapport it-incident',
      version: '1',
      audience: 'document',
      confidence: 'official',
      note: null,
    },
    version: 'full',
    openLevel: null,
    reference: 'K7M2-9QXA-4D1F',
    organisation: 'Norra driftverket',
    createdAt: '2026-11-22T13:05:00Z',
    author: 'Eva Lind',
    exercise: false,
    draft: false,
    marking,
    introduction: null,
    sections: [{ id: 'incident', title: 'Incidenten', fields: [field] }],
    checkpoint: null,
    missing: [],
    ...change,
  };
}

/** A real clearance from the real gate, by a table that asks for a decision from begränsat hemlig and up. */
export function sampleClearance(
  document: ReportDocument,
  channel: Channel,
  decision: ChannelDecision | null = {
    reason: 'Signalskydd och personlig leverans är inte möjliga i dag.',
    decidedBy: 'Karin Ek',
    at: '2026-11-22T12:00:00Z',
  },
): Clearance {
  const table: ChannelTable = {
    kind: 'channel-table',
    id: 'prov',
    name: 'Prov',
    validFrom: null,
    validTo: null,
    confidence: 'unconfirmed',
    sources: [{ reference: 'Prov', checked: '2026-11-22' }],
    classes: LEVELS.map((level) => ({
      id: level,
      name: level,
      level,
      basis: null,
      answers: CHANNELS.map((name) => ({
        channel: name,
        answer: level === 'oppen' || level === 'sekretess' ? ('allowed' as const) : ('decision' as const),
        decider: 'sakerhetsskyddschefen' as const,
        conditions: ['Mottagaren är behörig.'],
        reason: 'Får sändas så efter beslut.',
        provision: '3 kap. 5 § säkerhetsskyddsförordningen (2021:955)',
        confidence: 'secondary' as const,
      })),
    })),
  };
  return clear(document, channel, { table, ceiling: 'kvalificerat-hemlig' }, decision);
}
