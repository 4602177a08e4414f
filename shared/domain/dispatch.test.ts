import { describe, expect, it } from 'vitest';
import {
  awaitsReceipt,
  DISPATCH_EVENTS,
  DISPATCH_WAYS,
  possibleEvents,
  stateOf,
  whyNot,
  whyNotNumber,
  type DispatchCourse,
  type DispatchEventKind,
} from './dispatch.ts';

const MADE = '2026-11-22T12:00:30.500Z';
const NOW = '2026-11-24T12:00:00.000Z';

function course(change: Partial<DispatchCourse> = {}, ...events: DispatchEventKind[]): DispatchCourse {
  return {
    way: 'kuvert',
    draft: false,
    carriage: 'rek',
    madeAt: MADE,
    events: events.map((event, index) => ({ event, at: `2026-11-2${index + 2}T12:00:40Z` })),
    ...change,
  };
}

describe('the order of what can be told of an expedition', () => {
  it('is made, sent, receipted; withdrawn until it is receipted; and then no more', () => {
    expect(possibleEvents(course())).toEqual(['sent', 'withdrawn']);
    expect(possibleEvents(course({}, 'sent'))).toEqual(['receipted', 'withdrawn']);
    expect(possibleEvents(course({}, 'sent', 'receipted'))).toEqual([]);
    expect(possibleEvents(course({}, 'withdrawn'))).toEqual([]);
    expect(stateOf(course())).toBe('made');
    expect(stateOf(course({}, 'sent', 'receipted'))).toBe('receipted');
  });

  it('lets a receipt come without a sending only for what is handed over by hand', () => {
    expect(possibleEvents(course({ carriage: 'personlig-leverans' }))).toContain('receipted');
    expect(possibleEvents(course({ way: 'utskrift', carriage: null }))).toContain('receipted');
    for (const way of ['epost', 'signalskydd'] as const) {
      expect(possibleEvents(course({ way, carriage: null }))).not.toContain('receipted');
    }
  });

  it('passes through the operator and the other end by signalskydd, forwards only, and is not withdrawn once received', () => {
    const by = (...events: DispatchEventKind[]) => course({ way: 'signalskydd', carriage: null }, ...events);
    expect(possibleEvents(by())).toEqual(['handed-over', 'sent', 'withdrawn']);
    expect(possibleEvents(by('handed-over'))).toEqual(['sent', 'withdrawn']);
    expect(possibleEvents(by('handed-over', 'sent'))).toEqual(['received', 'receipted', 'withdrawn']);
    expect(possibleEvents(by('handed-over', 'sent', 'received'))).toEqual(['receipted']);
    expect(possibleEvents(by('handed-over', 'sent', 'received', 'receipted'))).toEqual([]);
    expect(whyNot(by('sent', 'received'), 'withdrawn', NOW, 'fel', NOW)).toMatch(/har fått handlingen/);
    expect(whyNot(by('sent'), 'handed-over', NOW, null, NOW)).toMatch(/passerat/);
    expect(whyNot(course(), 'handed-over', NOW, null, NOW)).toMatch(/signalskydd/);
    expect(awaitsReceipt(by('handed-over', 'sent', 'received'))).toBe(true);
  });

  it('takes a number of a copy afterwards, and asks why where another one stood there', () => {
    const two = { ...course(), copies: 2 };
    expect(whyNotNumber(two, 2, 'SP 4711', null, null)).toBeNull();
    expect(whyNotNumber(two, 2, 'SP 4712', 'SP 4711', null)).toMatch(/varför/);
    expect(whyNotNumber(two, 2, 'SP 4712', 'SP 4711', 'Fel påse')).toBeNull();
    expect(whyNotNumber(two, 2, null, 'SP 4711', 'Ingen påse')).toBeNull();
    expect(whyNotNumber(two, 2, 'SP 4711', 'SP 4711', 'igen')).toMatch(/redan/);
    expect(whyNotNumber(two, 3, 'SP 1', null, null)).toMatch(/1 till 2/);
    expect(whyNotNumber(two, 1, 'rad\nbrytning', null, null)).toMatch(/högst 60 tecken/);
    expect(whyNotNumber({ ...two, way: 'epost' }, 1, 'SP 1', null, null)).toMatch(/kuvert/);
    expect(whyNotNumber({ ...course({ draft: true }), copies: 1 }, 1, 'SP 1', null, null)).toMatch(/utkast/);
    expect(whyNotNumber({ ...course({}, 'withdrawn'), copies: 1 }, 1, 'SP 1', null, null)).toMatch(
      /makulerad/,
    );
  });

  it('never sends or receipts a draft, whatever its way', () => {
    for (const way of DISPATCH_WAYS) {
      expect(possibleEvents(course({ way, draft: true, carriage: 'personlig-leverans' }))).toEqual([
        'withdrawn',
      ]);
    }
  });

  it('says why in Swedish for everything that is not possible, and only then', () => {
    const courses = [
      course(),
      course({ draft: true }),
      course({}, 'sent'),
      course({}, 'sent', 'receipted'),
      course({}, 'withdrawn'),
    ];
    for (const one of courses) {
      for (const event of DISPATCH_EVENTS) {
        const fault = whyNot(one, event, '2026-11-24T11:00:00Z', 'skäl', NOW);
        expect(fault === null, `${stateOf(one)} ${event}`).toBe(possibleEvents(one).includes(event));
        if (fault !== null) expect(fault).toMatch(/^\p{Lu}.*\.$/u);
      }
    }
  });

  it('takes no time in the future, before it was made, or before what was told last; by the minute', () => {
    const sent = course({}, 'sent');
    expect(whyNot(course(), 'sent', '2026-11-24T12:01:00Z', null, NOW)).toMatch(/framtiden/);
    expect(whyNot(course(), 'sent', '2026-11-22T11:59:59Z', null, NOW)).toMatch(/gjordes/);
    expect(whyNot(course(), 'sent', '2026-11-22T13:00:00+01:00', null, NOW)).toBeNull();
    expect(whyNot(sent, 'receipted', '2026-11-22T11:59:00Z', null, NOW)).toMatch(/förra händelsen/);
    expect(whyNot(sent, 'receipted', '2026-11-22T12:00:00Z', null, NOW)).toBeNull();
  });

  it('asks for a reason only where it is withdrawn', () => {
    for (const note of [null, '', '  ']) {
      expect(whyNot(course(), 'withdrawn', NOW, note, NOW)).toMatch(/varför/);
      expect(whyNot(course(), 'sent', NOW, note, NOW)).toBeNull();
    }
  });

  it('waits for a receipt of what is final and on its way, and of nothing else', () => {
    expect([course(), course({}, 'sent')].map(awaitsReceipt)).toEqual([true, true]);
    const others = [
      course({ draft: true }),
      course({ way: 'utskrift', carriage: null }),
      course({}, 'sent', 'receipted'),
      course({}, 'withdrawn'),
    ];
    expect(others.map(awaitsReceipt)).toEqual(others.map(() => false));
  });
});
