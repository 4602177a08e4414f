import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { IncidentId } from '../../shared/domain/incident.ts';
import type { Marking } from '../../shared/domain/marking.ts';
import { readAttachments } from '../export/email/attachments.ts';
import { openpgp } from '../keys/openpgp-config.ts';
import { createOwnKey, type OwnKey } from '../keys/own.ts';
import { loadRulePack } from '../rules/load.ts';
import { casePath, makeTestVault, USER, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { verifyAudit } from './audit.ts';
import { changedSinceSent } from './changed-since.ts';
import { dispatch, type Dispatched } from './dispatch.ts';
import { importIncidentFiles } from './import-incidents.ts';
import { importRecipientKey } from './keys.ts';
import { byEmail } from './ways-out.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

const rules = loadRulePack();
const OPEN: Marking = { level: 'oppen', basis: [] };
const SECRET: Marking = { level: 'hemlig', basis: ['15 kap. 2 § OSL'] };
let test: TestVault;
let vault: Vault;
let kalix: IncidentId;
let recipient: OwnKey;
let out = 0;
beforeAll(async () => {
  test = await makeTestVault('hemlig');
  vault = await test.open(['open', 'protected']);
  [kalix] = importIncidentFiles(vault, rules, [casePath('kalix-2021')]) as [IncidentId];
  recipient = await createOwnKey({
    name: 'CERT',
    email: 'cert@exempel.se',
    at: new Date(Date.now() - 60_000),
  });
  await importRecipientKey(vault, Buffer.from(recipient.armoredPublic), {
    ...{ first: USER, second: 'Bo Ask', way: 'mote', phone: null, note: 'legitimation visad' },
  });
});
afterAll(() => {
  expect(verifyAudit(vault).flatMap(({ faults }) => faults)).toEqual([]);
  vault.close();
  test.remove();
});

const file = (name: string, content: Buffer | string): string => {
  const path = join(test.root, name);
  writeFileSync(path, content);
  return path;
};
const newFolder = (): string => join(test.root, `brev-${(out += 1)}`);
const leftBeside = (): string[] => readdirSync(test.root).filter((name) => name.includes('.part'));

async function send(
  folder: string,
  files: readonly (readonly [path: string, marking: Marking])[],
  change: object = {},
): Promise<Dispatched> {
  const attachments = await readAttachments(files.map(([path, marking]) => ({ path, marking })));
  const order = { incidentId: kalix, formId: 'kommun-slutrapport', version: 'full', draft: false } as const;
  const decision = { reason: 'Prövat', decidedBy: null };
  const way = byEmail(vault, rules, [], undefined, { attachments, out: folder });
  return dispatch(vault, rules, { ...order, out: folder, decision, ...change }, way);
}

async function opened(folder: string): Promise<Awaited<ReturnType<typeof PostalMime.parse>>> {
  const [name = ''] = readdirSync(folder).filter((one) => one.endsWith('.pgp'));
  const armoredMessage = readFileSync(join(folder, name), 'latin1');
  const { data } = await openpgp.decrypt({
    message: await openpgp.readMessage({ armoredMessage }),
    decryptionKeys: await openpgp.readPrivateKey({ armoredKey: recipient.armoredPrivate }),
    format: 'binary',
  });
  // The mail carries the very same message.
  const mail = readFileSync(join(folder, name.replace('.pgp', '.eml')), 'latin1');
  expect(mail).toContain(armoredMessage);
  expect(mail.split('\r\n').every((line) => !/[\r\n]/.test(line) && line.length <= 998)).toBe(true);
  return PostalMime.parse(data);
}

describe('files that go along with a report', () => {
  it('come out as they were, stand in the report by name and hash, and leave nothing beside', async () => {
    const log = randomBytes(300_000);
    const sent = await send(newFolder(), [
      [file('brandväggslogg.bin', log), OPEN],
      [file('anteckning.txt', 'Rad 1\nRad 2\n'), { level: 'sekretess', basis: ['18 kap. 8 § OSL'] }],
    ]);
    const mail = await opened(join(test.root, `brev-${out}`));
    const named = new Map(mail.attachments.map(({ filename, content }) => [filename, content]));
    expect([...named.keys()]).toEqual([
      'rapport.pdf',
      'rapport.json',
      'brandväggslogg.bin',
      'anteckning.txt',
    ]);
    expect(Buffer.compare(Buffer.from(named.get('brandväggslogg.bin') as ArrayBuffer), log)).toBe(0);
    expect(Buffer.from(named.get('anteckning.txt') as ArrayBuffer).toString()).toBe('Rad 1\nRad 2\n');
    expect(mail.text?.replace(/\s/g, '')).toMatch(/brandväggslogg\.bin:?300000byte,SHA-256[0-9a-f]{64}/);
    expect(sent.document.sections.at(-1)).toMatchObject({ id: 'attachments', title: 'Bilagor' });
    expect(leftBeside()).toEqual([]);
    // That files went along then is no change of what the report tells.
    expect(changedSinceSent(vault, rules, kalix)).toEqual([]);
  });

  it('are judged by the gate: a klassad file stops the mail, and nothing is made', async () => {
    const folder = newFolder();
    await expect(send(folder, [[file('skiss.png', 'x'), SECRET]])).rejects.toMatchObject({
      kind: 'policy',
      message: expect.stringContaining('bilaga 1') as string,
    });
    expect(existsSync(folder)).toBe(false);
    expect(leftBeside()).toEqual([]);
  });

  it('may not lie above what an open version lets out', async () => {
    const marked: Marking = { level: 'sekretess', basis: ['18 kap. 8 § OSL'] };
    await expect(
      send(newFolder(), [[file('karta.txt', 'x'), marked]], { version: 'open', openLevel: 'oppen' }),
    ).rejects.toMatchObject({ kind: 'policy' });
  });

  it('are refused where they are changed while the mail is made, and nothing is left', async () => {
    const path = file('levande.log', 'före');
    const attachments = await readAttachments([{ path, marking: OPEN }]);
    writeFileSync(path, 'efter');
    const folder = newFolder();
    const order = { incidentId: kalix, formId: 'kommun-slutrapport', version: 'full', draft: false } as const;
    const decision = { reason: 'Prövat', decidedBy: null };
    for (const vanish of [false, true]) {
      if (vanish) rmSync(path);
      const way = byEmail(vault, rules, [], undefined, { attachments, out: folder });
      await expect(dispatch(vault, rules, { ...order, out: folder, decision }, way)).rejects.toThrow(
        /ändrades eller gick inte att läsa/,
      );
    }
    expect(existsSync(folder)).toBe(false);
    expect(leftBeside()).toEqual([]);
  });

  it.each<[string, () => string[], RegExp]>([
    ['gone', () => [join(test.root, 'saknas')], /går inte att läsa/],
    ['a folder', () => [test.root], /går inte att läsa/],
    ['empty', () => [file('tom.txt', '')], /är tom/],
    ['called as the report is', () => [file('Rapport.pdf', 'annat')], /som rapporten själv heter/],
    ['called as another', () => [file('a.txt', '1'), file('A.txt', '2')], /Två bilagor heter/],
  ])('are refused when they are %s', async (_name, paths, expected) => {
    await expect(readAttachments(paths().map((path) => ({ path, marking: OPEN })))).rejects.toThrow(expected);
  });

  it('of 100 MB are never held in memory', () => {
    const path = file('minnesdump.raw', randomBytes(100 * 1024 * 1024));
    const child = spawnSync(
      process.execPath,
      [
        '--expose-gc',
        join(import.meta.dirname, '../export/email/testing/seal-large.ts'),
        path,
        join(test.root, 'stor'),
      ],
      { encoding: 'utf8' },
    );
    expect(child.stderr).toBe('');
    const { before, peak, size } = JSON.parse(child.stdout) as Record<'before' | 'peak' | 'size', number>;
    expect(size).toBeGreaterThan(100 * 1024 * 1024 * 1.8);
    // Bytes: what one block after another takes, and far from the whole file.
    expect(peak - before).toBeLessThan(80 * 1024 * 1024);
    rmSync(path);
  });
});
