import { describe, expect, it } from 'vitest';
import { callText, formatDuration, isEmptyCall } from './call-log.ts';

describe('the call in the log', () => {
  it('keeps how long, with whom, what was said, and how much was withheld; never what', () => {
    const questions = [
      { id: 'a', label: 'Vad har hänt?', mayBeSaid: ['Intrång'], withheld: 0 },
      { id: 'b', label: 'Hur upptäcktes det?', mayBeSaid: [], withheld: 2 },
    ];
    const call = {
      numbers: ['010-240 40 40'],
      seconds: 245,
      receiver: 'Eva',
      caseNumber: ' 2026-17 ',
      notes: { a: 'Berättade.', b: ' ' },
    };
    expect(callText(questions, call).split('\n')).toEqual([
      'Samtal med CERT-SE, 010-240 40 40. Längd 4 min 05 s.',
      'Mottagare: Eva.',
      'Ärendenummer: 2026-17.',
      'Vad har hänt? Berättade.',
      'Undanhållet på öppen linje, Hur upptäcktes det? 2 uppgifter.',
    ]);
    expect(formatDuration(59)).toBe('0 min 59 s');
    // A length that nobody has measured is not told.
    expect(callText(questions, { ...call, seconds: null }).split('\n')[0]).toBe(
      'Samtal med CERT-SE, 010-240 40 40.',
    );
  });
});

it('a call that nobody has noted anything of is known as such', () => {
  const empty = { receiver: ' ', caseNumber: '', notes: { vad: ' ' } };
  expect(isEmptyCall(empty)).toBe(true);
  expect(isEmptyCall({ ...empty, notes: { vad: 'x' } })).toBe(false);
  expect(isEmptyCall({ ...empty, receiver: 'Bo' })).toBe(false);
});
