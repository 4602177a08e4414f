import { describe, expect, it } from 'vitest';
import { contentBefore } from './undo.ts';

type Step = Parameters<typeof contentBefore>[0][number];
const step = (change: Step['change'], content: unknown): Step => ({
  room: 'open',
  revision: 1,
  change,
  content,
  marking: { level: 'oppen', basis: [] },
  reason: null,
  changedAt: '2026-11-22T03:00:00Z',
  changedBy: 'Anna',
});
const first = step('created', { text: 'ett', codes: ['a'] });
const second = step('revised', { text: 'två', codes: [] });

describe('what a fact said before its last change', () => {
  it('is the lydelse before, also where the marking was raised between', () => {
    expect(contentBefore([first, second])).toEqual({ text: 'ett', codes: ['a'] });
    const raised = step('raised', { text: 'ett', codes: ['a'] });
    expect(contentBefore([first, raised, second])).toEqual({ text: 'ett', codes: ['a'] });
  });

  it('is nothing where it was just written, or something else happened last', () => {
    expect(contentBefore([])).toBeNull();
    expect(contentBefore([first])).toBeNull();
    expect(contentBefore([first, second, step('lowered', { text: 'två', codes: [] })])).toBeNull();
    expect(contentBefore([step('created', { at: 'x' }), second])).toBeNull();
  });
});
