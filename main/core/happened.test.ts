import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SigillError } from '../../shared/domain/error.ts';
import type { IncidentId } from '../../shared/domain/incident.ts';
import { writeItem } from '../incidents/marking.ts';
import { makeLogKey } from '../incidents/log-key.ts';
import { getIncident, listAllIncidents } from '../incidents/service.ts';
import { loadRulePack } from '../rules/load.ts';
import { at, draftWith, importOne, SENSITIVE } from '../testing/incidents.ts';
import { makeTestVault, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { importIncidentTexts } from './import-incidents.ts';
import { TIME_LABEL } from '../../shared/domain/words.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

const NOW = '2026-11-24T12:00:00Z';
const FUTURE = '2099-01-01T00:00:00Z';
let test: TestVault;
let vault: Vault;
let id: IncidentId;
beforeAll(async () => {
  test = await makeTestVault();
  vault = await test.open(['open'], () => new Date(NOW));
  id = importOne(vault, draftWith({ handelse: ['x', 'oppen'] }));
});
afterAll(() => {
  vault.close();
  test.remove();
});

function errorOf(work: () => unknown): SigillError {
  try {
    work();
  } catch (error) {
    if (error instanceof SigillError) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

describe('what is told to have happened', () => {
  it('is refused with words as a time of the incident that lies ahead, and nothing is stored', () => {
    const reference = { incidentId: id, kind: 'time', key: 'aware' } as const;
    const write = (when: string): void =>
      writeItem(vault, reference, { at: when, precision: 'exact' }, at('oppen'), null, SENSITIVE);
    expect(errorOf(() => write(FUTURE))).toMatchObject({
      kind: 'usage',
      message: expect.stringMatching(/framtiden.*Inget har sparats/) as string,
    });
    expect(getIncident(vault, id).times).toEqual([]);
    write(NOW);
    expect(getIncident(vault, id).times).toHaveLength(1);
  });

  it('is refused with words as a year before there were computers', () => {
    const reference = { incidentId: id, kind: 'time', key: 'occurred' } as const;
    const content = { at: '0226-11-24T12:00:00+01:00', precision: 'exact' };
    expect(errorOf(() => writeItem(vault, reference, content, at('oppen'), null, SENSITIVE)).message).toMatch(
      /före 1970.*Inget har sparats/,
    );
    expect(getIncident(vault, id).times.map(({ id: time }) => time)).not.toContain('occurred');
  });

  it('is refused as a row of the log', () => {
    const reference = { incidentId: id, kind: 'log', key: makeLogKey() } as const;
    const content = { at: FUTURE, kind: 'atgard', text: 'x', by: null };
    expect(
      errorOf(() => writeItem(vault, reference, content, at('oppen'), null, SENSITIVE)).message,
    ).toContain('framtiden');
    expect(getIncident(vault, id).log).toEqual([]);
  });

  it('is refused in an incident file by its place, with all the rest of the file', () => {
    const before = listAllIncidents(vault).length;
    const file = {
      format: 'sigill-incident/1',
      organisationKind: 'kommun',
      regimes: [],
      title: { text: 'Prov', marking: 'oppen' },
      times: { detected: { at: FUTURE, precision: 'day' } },
      facts: [],
      log: [
        { at: FUTURE, kind: 'ovrigt', text: 'x', marking: 'oppen' },
        { at: '0226-11-24T12:00:00Z', kind: 'ovrigt', text: 'x', marking: 'oppen' },
      ],
    };
    const files = [{ name: 'a.json', text: JSON.stringify(file) }];
    expect(errorOf(() => importIncidentTexts(vault, loadRulePack(), files)).faults).toEqual([
      'a.json: times.detected.at: ligger i framtiden; skriv när det skedde',
      'a.json: log[0].at: ligger i framtiden; skriv när det skedde',
      'a.json: log[1].at: är före 1970; skriv hela årtalet, som 2026',
    ]);
    // Written in the window there is no file: the place has the name that stands on the screen.
    const written = errorOf(() => importIncidentTexts(vault, loadRulePack(), files, true));
    expect(written.message).toMatch(/^Incidenten är inte skapad, och inget du skrev är borta/);
    expect(written.faults[0]).toBe(`${TIME_LABEL.detected}: ligger i framtiden; skriv när det skedde`);
    expect(listAllIncidents(vault)).toHaveLength(before);
  });
});
