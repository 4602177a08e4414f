import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { SigillError } from '../../shared/domain/error.ts';
import type { IncidentId } from '../../shared/domain/incident.ts';
import { LONGEST_TEXT, LONGEST_TITLE } from '../../shared/domain/written-text.ts';
import { at, draftWith, importOne, SENSITIVE } from '../testing/incidents.ts';
import { makeTestVault, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { makeLogKey } from './log-key.ts';
import { writeItem } from './marking.ts';
import type { ItemReference } from './repository.ts';
import { getIncident } from './service.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

let test: TestVault;
let vault: Vault;
let id: IncidentId;
beforeAll(async () => {
  test = await makeTestVault();
  vault = await test.open(['open']);
  id = importOne(vault, draftWith({ handelse: ['står kvar', 'oppen'] }));
});
afterAll(() => {
  vault.close();
  test.remove();
});

const reference = (kind: ItemReference['kind'], key: string): ItemReference => ({
  incidentId: id,
  kind,
  key,
});
const long = 'x'.repeat(LONGEST_TEXT + 1);

it.each([
  ['fact', 'handelse', { text: 'Filen \u202egpj.exe', codes: [] }, 'U+202E'],
  ['fact', 'handelse', { text: 'a\u0000b', codes: [] }, 'U+0000'],
  ['fact', 'handelse', { text: long, codes: [] }, 'för lång'],
  ['answer', 'stat-incidentanmalan/sent-orsak', { text: 'a\u0007', codes: [] }, 'U+0007'],
  ['title', '', { text: 'x'.repeat(LONGEST_TITLE + 1) }, 'för lång'],
  ['title', '', { text: 'två\nrader' }, 'U+000A'],
  ['log', makeLogKey(), { at: '2026-11-20T12:00:00Z', kind: 'atgard', text: long, by: null }, 'för lång'],
  [
    'log',
    makeLogKey(),
    { at: '2026-11-20T12:00:00Z', kind: 'atgard', text: 'x', by: 'An\u202ena' },
    'U+202E',
  ],
] as const)(
  'a %s (%s) that cannot be shown as it is written is refused, and what stood there stays',
  (kind, key, content, words) => {
    const before = getIncident(vault, id);
    const write = (): void => writeItem(vault, reference(kind, key), content, at('oppen'), null, SENSITIVE);
    expect(write).toThrow(SigillError);
    expect(write).toThrow(new RegExp(`${words.replace('+', String.raw`\+`)}.*Inget har sparats`));
    expect(getIncident(vault, id)).toEqual(before);
  },
);
