import { describe, expect, it } from 'vitest';
import { makeMarking } from '../../../shared/domain/marking.ts';
import { editorOf, stateOf } from './fields.ts';

const PART = {
  withheld: false,
  origin: 'fact:system',
  label: null,
  text: 'x',
  codes: [],
  marking: makeMarking('oppen'),
} as const;

describe('a field of a form', () => {
  it('is answered by the first fact or time that it names', () => {
    expect(editorOf({ sources: [{ from: 'title' }, { from: 'time', time: 'detected' }] })).toEqual({
      kind: 'time',
      id: 'detected',
    });
    expect(
      editorOf({
        sources: [
          { from: 'fact', fact: 'system' },
          { from: 'time', time: 'detected' },
        ],
      }),
    ).toEqual({ kind: 'fact', id: 'system' });
    expect(editorOf({ sources: [{ from: 'organisation', value: 'name' }] })).toBeNull();
    expect(editorOf({ sources: [{ from: 'blank' }] })).toBeNull();
  });

  it('is answered, missing, left empty, or written by hand', () => {
    expect(stateOf({ parts: [PART], missing: false, blank: false })).toBe('answered');
    expect(stateOf({ parts: [], missing: true, blank: false })).toBe('missing');
    expect(stateOf({ parts: [], missing: false, blank: false })).toBe('empty');
    expect(stateOf({ parts: [], missing: false, blank: true })).toBe('byHand');
  });
});
