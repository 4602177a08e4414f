import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { openpgp } from '../../keys/openpgp-config.ts';
import { createOwnKey, type OwnKey } from '../../keys/own.ts';
import { WorkerPool } from '../../workers/pool.ts';
import { CoreWindow } from '../../testing/core-window.ts';
import { casePath, makeTestVault, PASSPHRASES, readCase, USER, type TestVault } from '../../testing/vault.ts';

let vault: TestVault;
let window: CoreWindow;
let kalix: string;
let exercise: string;
let recipient: OwnKey;

const unlock = (room: 'open' | 'protected'): Promise<unknown> =>
  window.answer('vault.unlock', {
    folder: vault.folder,
    room,
    userName: USER,
    passphrase: PASSPHRASES[room],
  });

beforeAll(async () => {
  vault = await makeTestVault();
  window = new CoreWindow();
  await unlock('open');
  await unlock('protected');
  const files = ['kalix-2021', 'ovning-sakerhetskanslig'].map((name) => ({
    name: casePath(name),
    text: readCase(name),
  }));
  [kalix, exercise] = (await window.answer('incidents.import', { files })) as [string, string];
  recipient = await createOwnKey({
    name: 'CERT',
    email: 'cert@exempel.se',
    at: new Date(Date.now() - 60_000),
  });
});
afterAll(async () => {
  await window.host.lock('slut');
  vault.remove();
});

const DECISION = { reason: 'Prövat.', decidedBy: 'K. Ek' };
const order = (incident: string, form: string, change: object = {}) => ({
  incident,
  form,
  version: 'full',
  openLevel: null,
  draft: false,
  ...change,
});
const dispatches = (incident: string | null) =>
  window.answer('reports.dispatches', { incident }) as Promise<AnswerOf<'reports.dispatches'>>;
const difference = (request: object) =>
  window.answer('reports.difference', request) as Promise<AnswerOf<'reports.difference'>>;
const fault = async (operation: string, request: unknown): Promise<unknown> => {
  const end = await window.call(operation, request);
  return end.kind === 'error' ? end.error : end;
};

describe('a key that is in the vault', () => {
  const verify = ({ fingerprint, ...change }: { fingerprint?: string | undefined } & object = {}) => ({
    fingerprint: recipient.fingerprint,
    comparison: {
      first: 'Eva Lind',
      second: 'Bo Ask',
      way: 'telefon',
      phone: '010-240 40 40',
      note: 'vakthavande',
      ...(change as object),
    },
    ...(fingerprint === undefined ? {} : { fingerprint }),
  });

  it('is verified by two named persons over a number, and can then be written to', async () => {
    const key = Buffer.from(recipient.armoredPublic).toString('base64');
    await window.answer('keys.import', { key });
    const send = { ...order(kalix, 'kommun-slutrapport'), out: join(vault.root, 'ej'), decision: DECISION };
    const to = [recipient.fingerprint];
    expect(await fault('reports.byEmail', { ...send, to, attachments: [] })).toMatchObject({
      kind: 'policy',
    });
    await window.answer('keys.verify', verify());
    const [known] = ((await window.answer('keys.list', null)) as AnswerOf<'keys.list'>).filter(
      ({ fingerprint }) => fingerprint === recipient.fingerprint,
    );
    expect(known).toMatchObject({
      verifiedBy: 'Eva Lind',
      verifiedSecond: 'Bo Ask',
      verifiedPhone: '010-240 40 40',
      verifiedHow: 'vakthavande',
    });
    const rows = (await window.answer('audit.entries', { room: 'open' })) as AnswerOf<'audit.entries'>;
    expect(rows.at(-1)).toMatchObject({ action: 'key.verified', object: recipient.fingerprint });
  });

  it('is taken out of use by the one who is logged in, and a row of the audit says so', async () => {
    const { fingerprint } = recipient;
    expect(await fault('keys.distrust', { fingerprint, reason: ' ' })).toMatchObject({ kind: 'usage' });
    await window.answer('keys.distrust', { fingerprint, reason: 'kortet är borta' });
    const keys = (await window.answer('keys.list', null)) as AnswerOf<'keys.list'>;
    expect(keys.find((key) => key.fingerprint === fingerprint)).toMatchObject({
      verifiedAt: null,
      distrustedBy: 'Anna Andersson',
      distrustReason: 'kortet är borta',
    });
    const rows = (await window.answer('audit.entries', { room: 'open' })) as AnswerOf<'audit.entries'>;
    expect(rows.at(-1)).toMatchObject({
      actor: 'Anna Andersson',
      action: 'key.distrusted',
      object: fingerprint,
    });
    await window.answer('keys.verify', verify());
  });

  it('is our own from another program, with its passphrase; what is wrong with it is said', async () => {
    const { armoredPrivate, fingerprint } = await createOwnKey({
      name: 'Vi',
      email: null,
      at: new Date(Date.now() - 60_000),
    });
    const privateKey = await openpgp.readPrivateKey({ armoredKey: armoredPrivate });
    const locked = await openpgp.encryptKey({ privateKey, passphrase: 'räksmörgås' });
    const key = Buffer.from(locked.armor()).toString('base64');
    expect(await fault('keys.importOwn', { key, passphrase: null })).toMatchObject({ kind: 'usage' });
    expect(await fault('keys.importOwn', { key, passphrase: 'fel' })).toMatchObject({ kind: 'unlock' });
    const order = { key, passphrase: 'räksmörgås' };
    expect(await window.answer('keys.importOwn', order)).toMatchObject({ fingerprint, arrival: 'new' });
  });

  it('is not verified by nobody, in no way, or where it is our own or unknown', async () => {
    const keys = (await window.answer('keys.list', null)) as AnswerOf<'keys.list'>;
    const own = keys.find(({ role }) => role === 'own')?.fingerprint;
    for (const change of [
      { first: ' ' },
      { second: 'eva lind' },
      { phone: null },
      { note: '' },
      { fingerprint: own },
      { fingerprint: '0'.repeat(40) },
    ]) {
      expect(await fault('keys.verify', verify(change)), JSON.stringify(change)).toMatchObject({
        kind: 'usage',
      });
    }
    expect(await window.answer('keys.list', null)).toEqual(keys);
  });
});

describe('a print', () => {
  it('passes the gate, is audited and remembered, and comes as a PDF that no disk has seen', async () => {
    const before = readdirSync(vault.root);
    const printed = (await window.answer('reports.print', {
      ...order(kalix, 'kommun-slutrapport'),
      decision: DECISION,
    })) as AnswerOf<'reports.print'>;
    expect(Buffer.from(printed.pdf, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
    expect(readdirSync(vault.root)).toEqual(before);
    const rows = (await window.answer('audit.entries', { room: 'open' })) as AnswerOf<'audit.entries'>;
    expect(rows.at(-1)).toMatchObject({ action: 'export.made', object: kalix });
    expect((await dispatches(kalix)).find(({ id }) => id === printed.dispatch)).toMatchObject({
      way: 'utskrift',
      state: 'made',
      awaitsReceipt: false,
    });
    const cancelled = { dispatch: printed.dispatch, event: 'withdrawn', at: new Date().toISOString() };
    await window.answer('reports.recordEvent', { ...cancelled, note: 'Utskriften avbröts' });
    expect(await fault('reports.recordEvent', { ...cancelled, note: 'igen' })).toMatchObject({
      kind: 'usage',
    });
  });

  it('that the gate refuses, or that lacks the decision it needs, is refused and audited, and not remembered', async () => {
    const count = (await dispatches(exercise)).length;
    const request = { ...order(exercise, 'sakerhetspolisen-anmalan'), decision: null };
    expect(await fault('reports.print', request)).toMatchObject({ kind: 'policy' });
    const rows = (await window.answer('audit.entries', { room: 'protected' })) as AnswerOf<'audit.entries'>;
    expect(rows.at(-1)).toMatchObject({ action: 'gate.refused', object: exercise });
    expect(await dispatches(exercise)).toHaveLength(count);
  });

  it('without its mandatory answers is not final', async () => {
    const request = { ...order(exercise, 'msb-slutrapport'), decision: DECISION };
    expect(await fault('reports.print', request)).toMatchObject({ kind: 'usage' });
    expect(await window.answer('reports.print', { ...request, draft: true })).toMatchObject({
      dispatch: /./,
    });
  });
});

describe('work that is cancelled', () => {
  const ways = {
    'reports.byEmail': () => ({
      ...order(kalix, 'kommun-slutrapport'),
      to: [recipient.fingerprint],
      attachments: [],
    }),
    'reports.bySignalskydd': () => ({
      ...order(exercise, 'sakerhetspolisen-anmalan'),
      medium: null,
      grade: 'SG R',
      recipientName: null,
    }),
    'reports.byEnvelope': () => ({
      ...order(kalix, 'kommun-slutrapport'),
      carriage: null,
      layout: 'C4',
      copies: 20,
      recipient: null,
      attention: null,
      securityBag: null,
      consignment: null,
      addressReason: 'Prov av avbrott',
    }),
  };
  it.each(Object.entries(ways))(
    '%s leaves no file, no folder and no expedition',
    async (operation, request) => {
      const before = [readdirSync(vault.root), await dispatches(kalix), await dispatches(exercise)];
      const stop = new AbortController();
      const out = join(vault.root, 'avbruten');
      const end = window.call(operation, { ...request(), out, decision: DECISION }, stop.signal);
      setTimeout(() => stop.abort(), 20);
      expect(await end).toMatchObject({ kind: 'error', error: { kind: 'cancelled' } });
      expect([readdirSync(vault.root), await dispatches(kalix), await dispatches(exercise)]).toEqual(before);
    },
  );

  it.each(Object.entries(ways))(
    '%s is not made in a place that has gone since it was chosen: it would lie on the disk of the computer',
    async (operation, request) => {
      const before = [readdirSync(vault.root), await dispatches(null)];
      const out = join(vault.root, 'van', 'P05B');
      expect(await fault(operation, { ...request(), out, decision: DECISION })).toMatchObject({
        kind: 'usage',
        message: expect.stringMatching(/finns inte längre\. Sätt i mediet/) as string,
      });
      expect([readdirSync(vault.root), await dispatches(null)]).toEqual(before);
    },
  );

  it('reports.preview is stopped, and the next one is made', async () => {
    const stop = new AbortController();
    const request = order(kalix, 'kommun-slutrapport');
    const end = window.call('reports.preview', request, stop.signal);
    stop.abort();
    expect(await end).toMatchObject({ kind: 'error', error: { kind: 'cancelled' } });
    expect(await window.call('reports.preview', request)).toMatchObject({ kind: 'answer' });
  });
});

describe('the difference against the last sent', () => {
  it('is none before anything was sent, and then tells field by field what has changed since', async () => {
    const request = order(kalix, 'kommun-slutrapport', { version: 'open', openLevel: 'sekretess' });
    expect(await difference(request)).toMatchObject({ state: 'never-sent', last: null, sections: [] });
    const sent = (await window.answer('reports.byEmail', {
      ...request,
      to: [],
      attachments: [],
      out: join(vault.root, 'sant'),
      decision: DECISION,
    })) as AnswerOf<'reports.byEmail'>;
    expect(await difference(request)).toMatchObject({
      state: 'compared',
      last: { id: sent.dispatch },
      sections: [],
    });
    expect((await dispatches(null)).map(({ id }) => id)).toContain(sent.dispatch);
    await window.answer('incidents.write', {
      item: { incident: kalix, kind: 'fact', key: 'system' },
      text: 'Ett annat svar.',
      codes: [],
      level: 'oppen',
      basis: [],
      reason: null,
    });
    const { sections } = await difference(request);
    expect(JSON.stringify(sections)).toContain('Ett annat svar.');
    expect(sections.flatMap(({ fields }) => fields).every(({ change }) => change === 'changed')).toBe(true);
    // Another version has not been sent.
    expect(await difference({ ...request, openLevel: 'oppen' })).toMatchObject({ state: 'never-sent' });
  });

  it('shows nothing of what was sent while the room that it lies in is locked', async () => {
    const request = order(kalix, 'kommun-slutrapport', { version: 'open', openLevel: 'sekretess' });
    await window.answer('incidents.raise', {
      item: { incident: kalix, kind: 'fact', key: 'system' },
      level: 'hemlig',
      basis: ['15 kap. 2 § OSL'],
      reason: null,
    });
    await window.answer('vault.lockRoom', { room: 'protected' });
    const hidden = await difference(request);
    expect(hidden).toMatchObject({ state: 'hidden', sections: [], last: { hasDocument: false } });
    await unlock('protected');
    const seen = await difference(request);
    expect(seen.state).toBe('compared');
    expect(seen.sections.length).toBeGreaterThan(0);
  });
});

it('the core answers other calls at once while a report of two hundred pages is made', async () => {
  const log = Array.from({ length: 620 }, (_, index) => ({
    at: new Date(Date.UTC(2026, 9, 1) + index * 60_000).toISOString(),
    kind: 'ovrigt',
    text: `${index}. ${'Driften stod still i väntan på beslut från ledningen. '.repeat(15)}`,
    marking: 'oppen',
  }));
  const file = { ...(JSON.parse(readCase('kalix-2021')) as object), log };
  const [incident] = (await window.answer('incidents.import', {
    files: [{ name: 'stor', text: JSON.stringify(file) }],
  })) as string[];
  const forms = (await window.answer('reports.forms', { incident: null })) as AnswerOf<'reports.forms'>;
  const withLog = forms.find(({ sections }) =>
    sections.some(({ fields }) => fields.some(({ sources }) => sources.some(({ from }) => from === 'log'))),
  );
  const request = order(incident ?? '', withLog?.id ?? '', { draft: true });
  let isDone = false;
  const preview = window.answer('reports.preview', request).finally(() => (isDone = true));
  const waits: number[] = [];
  while (!isDone) {
    const start = performance.now();
    await window.answer('vault.organisation', null);
    waits.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const { pdf } = (await preview) as AnswerOf<'reports.preview'>;
  const pages =
    Buffer.from(pdf, 'base64')
      .toString('latin1')
      .match(/\/Type \/Page\b/g)?.length ?? 0;
  expect(pages).toBeGreaterThan(200);
  expect(waits.length).toBeGreaterThan(10);
  waits.sort((one, other) => one - other);
  expect(waits[Math.floor(waits.length / 2)]).toBeLessThan(50);
  // Others use the machine too; made in the core itself, the first call would wait for seconds.
  expect(waits.at(-1)).toBeLessThan(500);
});

it('locking one room, or both, ends every thread: what they held of it is gone with them', async () => {
  const end = vi.spyOn(WorkerPool.prototype, 'end');
  const stopped = window.call('reports.preview', order(kalix, 'kommun-slutrapport', { draft: true }));
  await window.answer('vault.lockRoom', { room: 'protected' });
  expect(end).toHaveBeenCalledTimes(1);
  expect(await stopped).toMatchObject({ kind: 'error', error: { kind: 'cancelled' } });
  await window.host.lock('prov');
  expect(end).toHaveBeenCalledTimes(2);
});
