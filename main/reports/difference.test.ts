import { describe, expect, it } from 'vitest';
import { makeMarking, OPEN_MARKING } from '../../shared/domain/marking.ts';
import type { ReportDocument, ReportField, ReportPart } from '../../shared/domain/report.ts';
import { sampleReport } from '../testing/report.ts';
import { compareReports } from './difference.ts';

const told = (text: string, change: Partial<Extract<ReportPart, { withheld: false }>> = {}): ReportPart => ({
  withheld: false,
  origin: 'fact:system',
  label: null,
  text,
  codes: [],
  marking: OPEN_MARKING,
  ...change,
});
const withheld: ReportPart = { withheld: true, origin: 'fact:system', label: null, text: 'Utelämnat.' };

function field(id: string, ...parts: ReportPart[]): ReportField {
  return {
    id,
    label: `Fråga ${id}`,
    help: null,
    required: true,
    blank: false,
    missing: parts.length === 0,
    parts,
  };
}
function report(...fields: ReportField[]): ReportDocument {
  return sampleReport('oppen', { sections: [{ id: 'ett', title: 'Ett', fields }] });
}
/** "fråga: ändring" for each difference. */
const changes = (before: ReportDocument, now: ReportDocument, isHidden = false): string[] =>
  compareReports(before, now, isHidden).sections.flatMap(({ fields }) =>
    fields.map(({ id, change }) => `${id}: ${change}`),
  );

describe('what has changed since a report was sent', () => {
  it('is nothing where only author, time and checkpoint differ', () => {
    const before = report(field('a', told('x')), field('b'));
    const now = {
      ...before,
      createdAt: '2027-01-01T00:00:00Z',
      author: 'Bo Ek',
      checkpoint: '3 rader, hash 00',
    };
    expect(compareReports(before, now, false)).toEqual({ sections: [], hiddenFields: 0 });
  });

  it('is told field by field in the order of the form, with what stood and what stands', () => {
    const before = report(field('a', told('x')), field('b'), field('c', told('z')), field('d', told('lika')));
    const now = report(field('a', told('y')), field('b', told('ny')), field('c'), field('d', told('lika')));
    expect(changes(before, now)).toEqual(['a: changed', 'b: added', 'c: removed']);
    expect(compareReports(before, now, false).sections[0]?.fields[0]).toMatchObject({
      before: [{ text: 'x' }],
      after: [{ text: 'y' }],
    });
  });

  it('sees a marking, a code, a label, the number and the order of answers', () => {
    const one = told('x');
    const secret = told('x', { marking: makeMarking('sekretess', ['18 kap. 8 § OSL']) });
    const basis = told('x', { marking: makeMarking('sekretess', ['21 kap. 7 § OSL']) });
    const variants: [ReportPart[], ReportPart[]][] = [
      [[one], [secret]],
      [[secret], [basis]],
      [[one], [told('x', { codes: ['annat'] })]],
      [[one], [told('x', { label: 'Etikett' })]],
      [[one], [one, one]],
      [
        [one, told('y')],
        [told('y'), one],
      ],
    ];
    for (const [then, after] of variants) {
      expect(changes(report(field('a', ...then)), report(field('a', ...after)))).toEqual(['a: changed']);
    }
  });

  it('tells that something is withheld now that was not, in the open', () => {
    expect(changes(report(field('a', told('x'))), report(field('a', withheld)))).toEqual(['a: changed']);
    expect(changes(report(field('a', withheld)), report(field('a', withheld)))).toEqual([]);
  });

  it('says nothing, not even what was sent, of a field that the locked room may hold', () => {
    const before = report(field('a', told('KANARIE')), field('b', told('x')));
    const now = report(field('a', withheld), field('b', told('y')));
    const found = compareReports(before, now, true);
    expect(JSON.stringify(found)).not.toContain('KANARIE');
    expect(found).toMatchObject({ hiddenFields: 1, sections: [{ fields: [{ id: 'b' }] }] });
  });

  it('keeps fields of the same name in different sections apart, and tells of those the form no longer has', () => {
    const section = (id: string, ...fields: ReportField[]) => ({ id, title: id, fields });
    const before = sampleReport('oppen', {
      sections: [
        section('ett', field('a', told('x'))),
        section('gammal', field('a', told('borta')), field('b')),
      ],
    });
    const now = sampleReport('oppen', {
      sections: [section('ett', field('a', told('x'))), section('ny', field('a', told('borta')))],
    });
    expect(
      compareReports(before, now, false).sections.map(({ title, fields }) => [title, fields[0]?.change]),
    ).toEqual([
      ['ny', 'added'],
      ['gammal', 'removed'],
    ]);
  });
});
