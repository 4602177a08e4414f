import { describe, expect, it } from 'vitest';
import { daysOutstanding, describeDetails, shownMarking, stateName, type Expedition } from './expeditions.ts';

const MADE: Expedition = {
  id: 'd',
  incident: 'K7M2-9QXA-4D1F',
  form: 'f',
  version: 'full',
  way: 'kuvert',
  draft: false,
  level: 'hemlig',
  madeAt: '2026-11-01T12:00:00Z',
  madeBy: 'Anna',
  documentHash: 'h',
  details: { marking: { level: 'oppen', basis: [] }, openLevel: null },
  hasDocument: true,
  state: 'made',
  awaitsReceipt: true,
  possible: ['sent', 'withdrawn'],
  events: [],
  numbers: [],
};
const sent = (at: string): Expedition => ({
  ...MADE,
  state: 'sent',
  events: [{ event: 'sent', at, note: null, recordedAt: at, recordedBy: 'Anna' }],
});

describe('an expedition in words', () => {
  it('waits since it was made, or since it was sent, in whole days; never a negative number', () => {
    const now = new Date('2026-11-04T11:59:00Z');
    expect(daysOutstanding(MADE, now)).toBe(2);
    expect(daysOutstanding(sent('2026-11-04T09:00:00Z'), now)).toBe(0);
    expect(daysOutstanding(sent('2026-12-01T09:00:00Z'), now)).toBe(0);
    expect(daysOutstanding({ ...MADE, awaitsReceipt: false }, now)).toBeNull();
  });

  it('tells to whom and by what, and nothing that is not known', () => {
    expect(describeDetails({ way: 'utskrift', details: MADE.details })).toBe('Utskrift');
    const envelope = { carriage: 'personlig-leverans', recipient: 'cert-se', copies: 2, securityBag: null };
    expect(describeDetails({ way: 'kuvert', details: { ...MADE.details, ...envelope } })).toBe(
      'Kuvert i kuvert, personlig leverans · Till cert-se · 2 exemplar',
    );
    const mail = { ...MADE.details, recipients: ['ABCD1234'] };
    expect(describeDetails({ way: 'epost', details: mail })).toBe('E-post · Till ABCD 1234');
    expect(describeDetails({ way: 'epost', details: { ...mail, recipients: ['A', 'B'] } })).toContain(
      '2 nycklar',
    );
  });

  it('is marked as it was made, or as high as it has been raised since', () => {
    expect(shownMarking(MADE)).toEqual({ level: 'hemlig', basis: [] });
    const marking = { level: 'hemlig', basis: ['15 kap. 2 § OSL'] } as const;
    expect(shownMarking({ ...MADE, details: { ...MADE.details, marking } })).toBe(marking);
  });

  it('names a recipient of the rules', () => {
    const details = { ...MADE.details, recipient: 'cert-se' };
    expect(describeDetails({ way: 'kuvert', details }, new Map([['cert-se', 'CERT-SE']]))).toContain(
      'Till CERT-SE',
    );
  });

  it('does not call a print something that waits to be sent', () => {
    expect(stateName(MADE)).toBe('Gjord, inte avsänd');
    expect(stateName({ ...MADE, way: 'utskrift' })).toBe('Utskriven');
    expect(stateName({ ...MADE, way: 'utskrift', state: 'withdrawn' })).toBe('Makulerad');
  });
});
