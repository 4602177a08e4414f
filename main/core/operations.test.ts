import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FromCore } from '../../shared/contract/messages.ts';
import { addUserToRooms } from '../vault/users.ts';
import { makeTestVault, PASSPHRASES, readCase, USER, type TestVault } from '../testing/vault.ts';
import { CoreWindow } from '../testing/core-window.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

/** What a window does with an incident, its drafts and its users, over messages. */
const BO = 'Bo Åström';
const BO_PASSPHRASES = {
  open: 'fyra tysta renar korsar isen om natten',
  protected: 'gammal fyrvaktare räknar nio svarta måsar',
};
const NOTHING = { level: 'oppen', basis: [], reason: null };

let vault: TestVault;
let window: CoreWindow;
let incident = '';

const unlock = (
  room: 'open' | 'protected',
  userName = USER,
  passphrase = PASSPHRASES[room],
): Promise<unknown> => window.answer('vault.unlock', { folder: vault.folder, room, userName, passphrase });
const refused = async (operation: string, request: unknown): Promise<string> => {
  const end: FromCore = await window.call(operation, request);
  return end.kind === 'error' ? end.error.kind : end.kind;
};

beforeAll(async () => {
  vault = await makeTestVault('hemlig');
  const before = await vault.open(['open', 'protected']);
  await addUserToRooms(before, BO, BO_PASSPHRASES);
  before.close();
  window = new CoreWindow();
  await unlock('open');
  await unlock('protected');
  [incident = ''] = (await window.answer('incidents.import', {
    files: [{ name: 'kalix', text: readCase('kalix-2021') }],
  })) as string[];
});
afterAll(async () => {
  await window.host.lock('slut');
  vault.remove();
});

const get = async (): Promise<{
  title: { text: string };
  times: { id: string; at: string; precision: string }[];
  facts: { id: string; text: string; codes: string[] }[];
}> => (await window.answer('incidents.get', { incident })) as never;

describe('drafts over messages', () => {
  const put = (text: string, level = 'oppen', subject = `fact:${incident}:system`): unknown => ({
    subject,
    incident,
    content: { text },
    level,
  });

  it('are kept in order, the newest last, and found again after a lock', async () => {
    await Promise.all(['a', 'ab', 'abc'].map((text) => window.answer('drafts.put', put(text))));
    await window.host.lock('prov');
    expect(await refused('drafts.get', { subject: `fact:${incident}:system` })).toBe('unlock');
    await unlock('open');
    expect(await window.answer('drafts.get', { subject: `fact:${incident}:system` })).toMatchObject({
      room: 'open',
      content: { text: 'abc' },
    });
    expect(await window.answer('drafts.list', null)).toHaveLength(1);
  });

  it('that come while the rooms are locked are put whole or not at all', async () => {
    const texts = Array.from({ length: 20 }, (_, number) => `nummer ${number}`);
    const puts = texts.map((text) => window.call('drafts.put', put(text)));
    const locked = window.host.lock('prov');
    const late = window.call('drafts.put', put('för sent'));
    await locked;
    const ends = await Promise.all([...puts, late]);
    // What was answered was stored, and the last of it stands there; what was not has left nothing.
    const last = ends.findLastIndex(({ kind }) => kind === 'answer');
    expect(ends.every(({ kind }) => kind === 'answer' || kind === 'error')).toBe(true);
    await unlock('open');
    const found = (await window.answer('drafts.get', { subject: `fact:${incident}:system` })) as {
      content: { text: string };
    };
    const expected = last === -1 ? 'abc' : [...texts, 'för sent'][last];
    expect(found.content.text).toBe(expected);
  });

  it('of a class are refused, with the way out, while the protected room is locked', async () => {
    const end = await window.call('drafts.put', put('x', 'hemlig'));
    expect(end).toMatchObject({ kind: 'error', error: { kind: 'unlock' } });
    expect(JSON.stringify(end)).toMatch(/Lås upp det/);
    await unlock('protected');
  });

  it.each([
    ['an unknown fact', { subject: 'fact:K7M2-9QXA-4D1F:hittepa' }],
    ['no subject', { subject: '' }],
    ['a subject with more behind it', { subject: 'new-incident:x' }],
    ['content that is no object', { content: ['a'] }],
    ['content that is no JSON', { content: { text: 1n } }],
    ['a level that is not there', { level: 'hemligast' }],
    ['an incident that is not there', { incident: 'K7M2-9QXA-4D1F', subject: 'log:K7M2-9QXA-4D1F' }],
    ['more than is asked for', { room: 'open' }],
  ])('refuses %s', async (_name, change) => {
    expect(await refused('drafts.put', { ...(put('x') as object), ...change })).toBe('usage');
  });

  it('go when what they are of is saved: a fact, a title, a time, a row, a new incident', async () => {
    const subjects = ['fact:#:orsak', 'title:#', 'time:#:contained', 'log:#', 'call:#'].map((subject) =>
      subject.replace('#', incident),
    );
    for (const subject of subjects) await window.answer('drafts.put', put('x', 'oppen', subject));
    const draft = { subject: 'new-incident', incident: null, content: {}, level: 'oppen' };
    await window.answer('drafts.put', draft);
    const item = { incident, kind: 'fact', key: 'orsak' };
    await window.answer('incidents.write', { item, text: 'Klar.', codes: [], ...NOTHING });
    await window.answer('incidents.writeTitle', { incident, text: 'Ny rubrik', ...NOTHING });
    const at = '2026-11-22T03:00:00+01:00';
    await window.answer('incidents.writeTime', {
      incident,
      time: 'contained',
      at,
      precision: 'hour',
      ...NOTHING,
    });
    const row = { incident, kind: 'ovrigt', at: null, text: 'x', level: 'oppen', basis: [] };
    await window.answer('incidents.log', { ...row, draft: `log:${incident}` });
    await window.answer('incidents.log', { ...row, draft: `call:${incident}` });
    await window.answer('incidents.import', {
      files: [{ name: 'm', text: readCase('miljodata-2025') }],
      draft: 'new-incident',
    });
    const left = (await window.answer('drafts.list', null)) as { subject: string }[];
    expect(left.map(({ subject }) => subject)).toEqual([`fact:${incident}:system`]);
    await window.answer('drafts.remove', { subject: `fact:${incident}:system` });
    expect(await window.answer('drafts.list', null)).toEqual([]);
  });
});

describe('title and times', () => {
  it('are written anew, with their history', async () => {
    await window.answer('incidents.writeTitle', {
      incident,
      text: '  Utpressning i Kalix ',
      ...NOTHING,
      reason: 'Felskrivet',
    });
    const at = '2026-11-22T04:00:00+01:00';
    await window.answer('incidents.writeTime', {
      incident,
      time: 'contained',
      at,
      precision: 'estimated',
      ...NOTHING,
    });
    const { title, times } = await get();
    expect(title.text).toBe('Utpressning i Kalix');
    expect(times.find(({ id }) => id === 'contained')).toMatchObject({ at, precision: 'estimated' });
    const history = (await window.answer('incidents.history', {
      item: { incident, kind: 'time', key: 'contained' },
    })) as { change: string }[];
    expect(history.map(({ change }) => change)).toEqual(['created', 'revised']);
  });

  it('keep at least the marking they have', async () => {
    const wanted = { level: 'sekretess', basis: ['18 kap. 8 § OSL'], reason: null };
    await window.answer('incidents.writeTitle', { incident, text: 'Märkt', ...wanted });
    expect(
      await window.answer('incidents.writeTitle', { incident, text: 'Märkt igen', ...NOTHING }),
    ).toMatchObject({
      marking: { level: 'sekretess' },
    });
  });

  it.each([
    ['incidents.writeTitle', { text: ' ' }],
    ['incidents.writeTitle', { text: 'x', level: 'sekretess' }],
    ['incidents.writeTime', { time: 'nyss', at: '2026-11-22T04:00:00+01:00', precision: 'exact' }],
    ['incidents.writeTime', { time: 'contained', at: '2026-11-22 04:00', precision: 'exact' }],
    ['incidents.writeTime', { time: 'contained', at: '2026-11-22T04:00:00+01:00', precision: 'ungefär' }],
  ])('%s refuses %j and changes nothing', async (operation, request) => {
    const before = await get();
    expect(await refused(operation, { incident, ...NOTHING, ...request })).toBe('usage');
    expect(await get()).toEqual(before);
  });
});

describe('codes', () => {
  it('are told by list, and only those are taken', async () => {
    const lists = (await window.answer('rules.codeLists', null)) as {
      id: string;
      codes: { code: string }[];
    }[];
    const code = lists.find(({ id }) => id === 'MSB-2016')?.codes[0]?.code;
    const item = { incident, kind: 'fact', key: 'kategorier' };
    await window.answer('incidents.write', { item, text: '', codes: [code], ...NOTHING });
    expect((await get()).facts.find(({ id }) => id === 'kategorier')?.codes).toEqual([code]);
    expect(await refused('incidents.write', { item, text: '', codes: ['hittepa'], ...NOTHING })).toBe(
      'usage',
    );
    const regimes = (await window.answer('rules.regimes', null)) as { id: string }[];
    expect(regimes.map(({ id }) => id)).toContain('GDPR');
  });
});

describe('users', () => {
  it('are reset only by the recovery code', async () => {
    const request = { name: BO, passphrases: { open: 'en alldeles ny fras om tolv gröna båtar' } };
    expect(await refused('users.reset', request)).toBe('policy');
    expect(await refused('users.reset', { ...request, passphrases: {} })).toBe('usage');
  });

  it('are removed from both rooms, or from neither', async () => {
    await window.answer('vault.lockRoom', { room: 'protected' });
    await unlock('protected', BO, BO_PASSPHRASES.protected);
    const both = { name: ` ${BO}`, rooms: ['open', 'protected'] };
    expect(await refused('users.remove', both)).toBe('policy');
    expect(await refused('users.remove', { name: BO, rooms: [] })).toBe('usage');
    await window.answer('vault.lockRoom', { room: 'protected' });
    expect(await refused('users.remove', both)).toBe('unlock');
    const active = async (): Promise<string[]> =>
      ((await window.answer('users.list', null)) as { name: string; removedAt: string | null }[])
        .filter(({ removedAt }) => removedAt === null)
        .map(({ name }) => name);
    expect(await active()).toContain(BO);
    await unlock('protected');
    expect(await window.answer('users.remove', both)).toEqual(['open', 'protected']);
    expect(await active()).not.toContain(BO);
  });
});
