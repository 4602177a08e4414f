import { expect, it } from 'vitest';
import { makeMarking, OPEN_MARKING, type Marking } from '../../shared/domain/marking.ts';
import type { ReportDocument } from '../../shared/domain/report.ts';
import { loadRulePack } from '../rules/load.ts';
import { sampleReport } from '../testing/report.ts';
import { asSupplement, changedFieldOf } from './supplement.ts';

const { texts } = loadRulePack();

function report(text: string, marking: Marking): ReportDocument {
  const part = { withheld: false as const, origin: 'fact:system', label: null, text, codes: [], marking };
  const field = { id: 'system', label: 'System', help: null, required: true, blank: false, missing: false };
  return sampleReport('oppen', {
    openLevel: null,
    sections: [{ id: 'ett', title: 'Ett', fields: [{ ...field, parts: [part] }] }],
  });
}

function changedParts(before: ReportDocument, now: ReportDocument) {
  const earlier = { document: before, reference: null, at: '2026-11-22T13:05:00Z' };
  return asSupplement(now, earlier, false, texts)
    .sections[0]?.fields.filter(({ id }) => changedFieldOf(id) !== null)
    .flatMap(({ parts }) => parts.map(({ label, text }) => `${label}: ${text}`));
}

const sekretess = makeMarking('sekretess', ['18 kap. 8 § OSL']);

it('a supplement tells what stood and what stands, and a text that is only marked otherwise once', () => {
  expect(changedParts(report('A', OPEN_MARKING), report('B', OPEN_MARKING))).toEqual([
    'Tidigare: A',
    'Nu: B',
  ]);
  expect(
    changedParts(report('A', sekretess), report('A', makeMarking('hemlig', ['15 kap. 2 § OSL']))),
  ).toEqual(['Samma text som tidigare, nu med annan märkning. Då: sekretess (18 kap. 8 § OSL): A']);
});
