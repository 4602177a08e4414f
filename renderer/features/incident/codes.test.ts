import { describe, expect, it } from 'vitest';
import { codeListsOf, otherCodes, withCode, type CodeList } from './codes.ts';

type Form = Parameters<typeof codeListsOf>[1][number];
type Field = Form['sections'][number]['fields'][number];

const list = (id: string, ...codes: string[]): CodeList => ({
  kind: 'codelist',
  id,
  name: id,
  validFrom: null,
  validTo: null,
  confidence: 'official',
  sources: [{ reference: 'prov', checked: '2026-11-22' }],
  codes: codes.map((code) => ({ code, name: code })),
});
const field = (codeList: string | undefined, ...sources: Field['sources']): Field => ({
  id: 'falt',
  label: 'Fält',
  required: false,
  sources,
  ...(codeList === undefined ? {} : { codeList }),
});
const form = (...fields: Field[]): Form =>
  ({ sections: [{ id: 'avsnitt', title: 'Avsnitt', fields }] }) as unknown as Form;

const lists = [list('ORSAK', 'angrepp', 'misstag'), list('JA-NEJ', 'ja', 'nej')];
const forms = [
  form(
    field('ORSAK', { from: 'title' }, { from: 'fact', fact: 'orsak' }),
    field('JA-NEJ', { from: 'title' }),
  ),
  form(
    field('ORSAK', { from: 'fact', fact: 'orsak' }),
    field('JA-NEJ', { from: 'fact', fact: 'orsak' }),
    field('BORTA', { from: 'fact', fact: 'orsak' }),
    field(undefined, { from: 'fact', fact: 'lardomar' }),
  ),
];

describe('the codes of a fact', () => {
  it('are those of the lists that a form answers by it, each list once', () => {
    expect(codeListsOf('orsak', forms, lists).map(({ id }) => id)).toEqual(['ORSAK', 'JA-NEJ']);
    expect(codeListsOf('orsak', forms.slice(0, 1), lists).map(({ id }) => id)).toEqual(['ORSAK']);
    expect(codeListsOf('lardomar', forms, lists)).toEqual([]);
  });

  it('that stand in no list are not lost', () => {
    expect(otherCodes(['angrepp', 'gammal', 'gammal'], lists)).toEqual(['gammal']);
    expect(withCode(['gammal', 'angrepp'], 'misstag', true)).toEqual(['gammal', 'angrepp', 'misstag']);
    expect(withCode(['gammal', 'angrepp'], 'angrepp', false)).toEqual(['gammal']);
    expect(withCode(['gammal'], 'gammal', true)).toEqual(['gammal']);
  });
});
