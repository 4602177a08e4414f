import { describe, expect, it } from 'vitest';
import { readIncidentFile } from './incident-file.ts';
import { makeMarking } from './marking.ts';

const BASIS = ['15 kap. 2 § OSL'];

/** A file with a classified title and a secret fact. */
const FILE = {
  format: 'sigill-incident/1',
  organisationKind: 'kommun',
  regimes: [],
  title: { text: 'x', marking: 'hemlig', basis: BASIS },
  times: {},
  facts: [{ id: 'system', text: 'x', marking: 'sekretess', basis: ['18 kap. 8 § OSL'] }],
  log: [],
};

const read = (change: object) =>
  readIncidentFile(JSON.stringify({ ...FILE, ...change }), {
    ceiling: 'hemlig',
    knownRegimes: new Set(),
    knownCodes: new Set(),
  });

describe('a time has no basis of its own', () => {
  const at = { at: '2026-10-24T22:40:00+02:00', precision: 'exact' };
  const timesOf = (change: object): unknown => {
    const file = read(change);
    return file.ok ? file.draft.times.map(({ marking }) => marking) : file.faults;
  };

  it('stands on the provisions of the title where that is marked as high', () => {
    expect(timesOf({ times: { occurred: { ...at, marking: 'begransat-hemlig' } } })).toEqual([
      makeMarking('begransat-hemlig', BASIS),
    ]);
  });

  it('stands on those of every fact and log entry that is, where the title is not', () => {
    const marked = (id: string, marking: string, basis: string) => ({
      id,
      text: 'x',
      marking,
      basis: [basis],
    });
    expect(
      timesOf({
        title: { text: 'x', marking: 'oppen' },
        times: { occurred: { ...at, marking: 'konfidentiell' } },
        facts: [
          marked('system', 'begransat-hemlig', '1 kap. 1 § A'),
          marked('orsak', 'konfidentiell', '2 kap. 1 § A'),
          marked('parter', 'sekretess', '3 kap. 1 § A'),
        ],
        log: [{ at: at.at, kind: 'ovrigt', text: 'x', marking: 'hemlig', basis: ['4 kap. 1 § A'] }],
      }),
    ).toEqual([makeMarking('konfidentiell', ['2 kap. 1 § A', '4 kap. 1 § A'])]);
  });

  it('never brings the provisions of a säkerhetsskyddsklass into the open room', () => {
    const times = { occurred: { ...at, marking: 'sekretess' } };
    expect(timesOf({ times })).toEqual([makeMarking('sekretess', ['18 kap. 8 § OSL'])]);
    expect(timesOf({ times, facts: [] })).toEqual([
      'times.occurred.marking: ingen rubrik, uppgift eller loggrad har en sådan märkning, som tiden kan få sin bestämmelse av',
    ]);
  });
});
