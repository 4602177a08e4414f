import { describe, expect, it } from 'vitest';
import type { DispatchEventKind, DispatchWay } from './dispatch.ts';
import { lastOfEach, sentAt, type RecipientName } from './receivers.ts';

const names: Readonly<Record<string, string>> = { sapo: 'Säkerhetspolisen', KEYB: 'Säkerhetspolisen' };
const nameOf: RecipientName = (one) => names[one] ?? null;

function made(
  id: string,
  way: DispatchWay,
  details: object,
  events: readonly DispatchEventKind[] = ['sent'],
) {
  return { id, way, details, events: events.map((event) => ({ event, at: `2026-11-27T0${id}:00:00Z` })) };
}
/** Given the oldest first, as it happened. */
const held = (...sent: ReturnType<typeof made>[]): [string, (string | null)[]][] =>
  lastOfEach(sent.toReversed(), nameOf).map(({ expedition, receivers }) => [
    expedition.id,
    receivers.map(({ name }) => name),
  ]);

describe('the last that each receiver has had', () => {
  it('is each one’s own, whatever way it went', () => {
    const mott = made('1', 'signalskydd', { recipient: 'Mott' });
    const police = made('2', 'kuvert', { recipient: 'sapo' });
    expect(held(mott, police, made('3', 'kuvert', { recipient: 'sapo' }))).toEqual([
      ['3', ['Säkerhetspolisen']],
      ['1', ['Mott']],
    ]);
    expect(held(mott, police, made('3', 'signalskydd', { recipient: ' MOTT' }))).toEqual([
      ['3', [' MOTT']],
      ['2', ['Säkerhetspolisen']],
    ]);
  });

  it('is replaced by what has gone, not by what is made or lies with the own operator', () => {
    const first = made('1', 'signalskydd', { recipient: 'Mott' });
    for (const events of [[], ['handed-over']] as const) {
      expect(held(first, made('2', 'signalskydd', { recipient: 'Mott' }, events))).toEqual([['1', ['Mott']]]);
    }
    expect(held(made('1', 'epost', { recipientNames: ['a@example.org'] }, []))).toEqual([
      ['1', ['a@example.org']],
    ]);
  });

  it('takes one receiver by id, by the name of that id and by the key that is chosen for it as one', () => {
    const byId = made('1', 'kuvert', { recipient: 'sapo' });
    expect(held(byId, made('2', 'signalskydd', { recipient: 'säkerhetspolisen' }))).toHaveLength(1);
    const letter = { recipients: ['KEYB'], recipientNames: ['b@example.org'] };
    expect(held(byId, made('2', 'epost', letter))).toEqual([['2', ['b@example.org']]]);
  });

  it('tells each of those that one mail went to by itself', () => {
    const both = {
      recipients: ['KEYA', 'KEYB'],
      recipientNames: ['a@example.org', 'b@example.org'],
    };
    const one = { recipients: ['KEYA'], recipientNames: ['a@example.org'] };
    expect(held(made('1', 'epost', both), made('2', 'epost', one))).toEqual([
      ['2', ['a@example.org']],
      ['1', ['b@example.org']],
    ]);
  });

  it('is corrected by a way that says nothing of to whom, where that is the correction of just that one', () => {
    const letter = made('1', 'epost', { recipientNames: ['a@example.org'] });
    const sheet = (corrects?: string, events?: readonly DispatchEventKind[]) =>
      made('2', 'portal', { channel: 'portal', ...(corrects === undefined ? {} : { corrects }) }, events);
    expect(held(letter, sheet('1')).map(([id]) => id)).toEqual(['2']);
    expect(held(letter, sheet()).map(([id]) => id)).toEqual(['2', '1']);
    expect(held(letter, sheet('1', [])).map(([id]) => id)).toEqual(['1', '2']);
    // A correction that went to somebody else is none to those who had it.
    const other = made('2', 'epost', { recipientNames: ['c@example.org'], corrects: '1' });
    expect(held(letter, other).map(([id]) => id)).toEqual(['2', '1']);
  });
});

it('tells when something was sent: by the first step that proves it', () => {
  expect(sentAt(made('1', 'signalskydd', {}, ['handed-over']))).toBeNull();
  expect(sentAt(made('1', 'kuvert', {}, ['receipted']))).toBe('2026-11-27T01:00:00Z');
});
