import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { IncidentId } from '../../shared/domain/incident.ts';
import type { Level } from '../../shared/domain/marking.ts';
import { verifyAudit } from '../core/audit.ts';
import { lowerMarking, raiseMarking } from '../incidents/marking.ts';
import {
  addSecondPerson,
  at,
  draftWith,
  factOf,
  importOne,
  secondPerson,
  SENSITIVE,
} from '../testing/incidents.ts';
import { code, RegisterBench } from '../testing/register.ts';
import { startInventory } from './inventory/service.ts';
import { listRegister } from './service.ts';
import type { EntryView } from './view.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

let bench: RegisterBench;
beforeAll(async () => {
  bench = await RegisterBench.start();
  await addSecondPerson(bench.vault);
});
afterAll(() => {
  expect(verifyAudit(bench.vault).flatMap(({ faults }) => faults)).toEqual([]);
  bench.end();
});

type Fact = Parameters<typeof factOf>[1];

/** A document of that class that tells these facts, and no other. */
function telling(level: Level, incident: IncidentId, ...facts: readonly string[]): EntryView {
  const parts = facts.map((fact) => ({
    ...{ withheld: false, origin: `fact:${fact}`, label: null, text: 'x', codes: [] },
    marking: at(level),
  }));
  return bench.document(level, 1, incident, { sections: [{ fields: [{ parts }] }] });
}

const now = (entry: EntryView, room = entry.room): EntryView => {
  const found = listRegister(bench.vault, bench.rules, room).find(
    ({ dispatch }) => dispatch === entry.dispatch,
  );
  if (!found) throw new TypeError('The document is gone.');
  return found;
};

const raise = (incident: IncidentId, fact: Fact, level: Level): unknown =>
  raiseMarking(bench.vault, factOf(incident, fact), at(level), null, SENSITIVE);

const lower = (incident: IncidentId, fact: Fact, level: Level, room: 'open' | 'protected') =>
  lowerMarking(bench.vault, factOf(incident, fact), at(level), 'Läget är känt', secondPerson(room));

describe('a document in the register whose words are raised', () => {
  it('is as high as what it tells, within the protected room too, and says what its papers say', () => {
    const incident = importOne(
      bench.vault,
      draftWith({ orsak: ['a', 'begransat-hemlig'], kostnad: ['b', 'begransat-hemlig'] }),
    );
    const entry = telling('begransat-hemlig', incident, 'orsak');
    const other = telling('begransat-hemlig', incident, 'kostnad');
    raise(incident, 'orsak', 'hemlig');
    expect(now(entry)).toMatchObject({
      level: 'hemlig',
      marking: { level: 'hemlig' },
      raised: { from: 'begransat-hemlig' },
    });
    expect(now(other)).toMatchObject({ level: 'begransat-hemlig', raised: null });
    expect(bench.actions('protected').filter((action) => action === 'register.reclassed')).toHaveLength(1);
  });

  it('is counted in an inventory as what it is now', () => {
    const incident = importOne(bench.vault, draftWith({ orsak: ['a', 'begransat-hemlig'] }));
    const entry = telling('begransat-hemlig', incident, 'orsak');
    raise(incident, 'orsak', 'hemlig');
    const { copies } = startInventory(bench.vault, bench.rules, 'protected', true);
    expect(copies.map((copy) => copy.code)).toContain(code(entry));
  });

  it('is raised in the open room too, where nothing leaves it', () => {
    const incident = importOne(bench.vault, draftWith({ system: ['a', 'oppen'] }));
    const entry = telling('oppen', incident, 'system');
    raise(incident, 'system', 'sekretess');
    expect(now(entry)).toMatchObject({ level: 'sekretess', raised: { from: 'oppen' }, withheld: false });
  });

  it('is raised a second time when it lies in the protected room, and by an open value that it tells there', () => {
    const incident = importOne(
      bench.vault,
      draftWith({ system: ['a', 'oppen'], konsekvenser: ['b', 'oppen'], orsak: ['c', 'oppen'] }),
    );
    const entry = telling('oppen', incident, 'system', 'konsekvenser');
    raise(incident, 'system', 'sekretess');
    raise(incident, 'system', 'begransat-hemlig');
    expect(now(entry, 'open')).toMatchObject({ withheld: true });
    expect(now(entry, 'protected')).toMatchObject({
      level: 'begransat-hemlig',
      // What its papers say.
      raised: { from: 'oppen' },
    });
    raise(incident, 'konsekvenser', 'hemlig');
    expect(now(entry, 'protected')).toMatchObject({ level: 'hemlig', raised: { from: 'oppen' } });
    expect(
      bench.vault
        .requireRoom('open')
        .store.database.prepare('SELECT count(*) FROM register_raise WHERE serial = ?')
        .pluck()
        .get(entry.serial),
    ).toBe(0);
  });

  it('follows a decision that lowers the value, but never below what it was, or what another value asks for', async () => {
    const incident = importOne(
      bench.vault,
      draftWith({ orsak: ['a', 'begransat-hemlig'], kostnad: ['b', 'begransat-hemlig'] }),
    );
    const entry = telling('begransat-hemlig', incident, 'orsak', 'kostnad');
    raise(incident, 'orsak', 'hemlig');
    raise(incident, 'kostnad', 'konfidentiell');
    expect(now(entry).level).toBe('hemlig');
    await lower(incident, 'orsak', 'begransat-hemlig', 'protected');
    expect(now(entry)).toMatchObject({ level: 'konfidentiell', raised: { from: 'begransat-hemlig' } });
    // Out of the room altogether: the document stays what it was registered as.
    await lower(incident, 'kostnad', 'oppen', 'protected');
    expect(now(entry)).toMatchObject({ level: 'begransat-hemlig', raised: null });
  });
});

it('asks for a witness as soon as what a copy tells is classified higher than the copy says', () => {
  const incident = importOne(bench.vault, draftWith({ system: ['a', 'oppen'] }));
  const entry = telling('oppen', incident, 'system');
  raise(incident, 'system', 'hemlig');
  expect(() => {
    bench.move(code(entry), 'destroy', { how: 'dokumentforstorare' });
  }).toThrow(/bevittnar/);
});
