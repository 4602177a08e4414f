import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { openpgp } from '../../keys/openpgp-config.ts';
import { createOwnKey, type OwnKey } from '../../keys/own.ts';
import { CoreWindow } from '../../testing/core-window.ts';
import { casePath, makeTestVault, PASSPHRASES, readCase, USER, type TestVault } from '../../testing/vault.ts';

vi.mock(import('../../vault/key-derivation.ts'), async (original) =>
  (await import('../../testing/remember-keys.ts')).rememberKeys(await original()),
);

const CANARY = 'KANARIE-SVAR';
let vault: TestVault;
let window: CoreWindow;
let kalix: string;
let sender: OwnKey;
let file: string;

const unlock = (room: 'open' | 'protected'): Promise<unknown> =>
  window.answer('vault.unlock', {
    folder: vault.folder,
    room,
    userName: USER,
    passphrase: PASSPHRASES[room],
  });
const fault = async (operation: string, request: unknown): Promise<unknown> => {
  const end = await window.call(operation, request);
  return end.kind === 'error' ? end.error : end;
};
const keep = (change: object = {}): object => ({
  file,
  incident: kalix,
  level: 'sekretess',
  basis: ['18 kap. 8 § OSL'],
  reason: 'CERT-SE:s råd om sårbarheten',
  ...change,
});
const log = async (): Promise<string> =>
  JSON.stringify(
    ((await window.answer('incidents.get', { incident: kalix })) as AnswerOf<'incidents.get'>).log,
  );

beforeAll(async () => {
  vault = await makeTestVault('hemlig');
  window = new CoreWindow();
  await unlock('open');
  const files = [{ name: casePath('kalix-2021'), text: readCase('kalix-2021') }];
  [kalix] = (await window.answer('incidents.import', { files })) as [string];
  const exported = (await window.answer('keys.exportOwn', { out: `${vault.root}/var.asc` })) as {
    path: string;
  };
  const { readFileSync } = await import('node:fs');
  const own = await openpgp.readKey({ armoredKey: readFileSync(exported.path, 'utf8') });
  sender = await createOwnKey({ name: 'CERT', email: 'cert@exempel.se', at: new Date(Date.now() - 60_000) });
  const armored = await openpgp.encrypt({
    message: await openpgp.createMessage({ text: `${CANARY}\n` }),
    encryptionKeys: own,
    signingKeys: await openpgp.readPrivateKey({ armoredKey: sender.armoredPrivate }),
  });
  file = Buffer.from(armored).toString('base64');
});
afterAll(async () => {
  await window.host.lock('slut');
  vault.remove();
});

describe('an encrypted answer', () => {
  it('is shown with who signed it, and stored nowhere', async () => {
    const opened = (await window.answer('answers.open', { file })) as AnswerOf<'answers.open'>;
    expect(opened).toMatchObject({ isVerified: false, text: CANARY, attachments: [] });
    expect(opened.signature).toMatch(/inte finns i valvet/);
    expect(opened.fileHash).toBe(createHash('sha256').update(Buffer.from(file, 'base64')).digest('hex'));
    expect(await log()).not.toContain(CANARY);
  });

  it('is stored when its marking is decided, with the reason in the audit', async () => {
    await window.answer('answers.keep', keep());
    expect(await log()).toContain(CANARY);
    const rows = (await window.answer('audit.entries', { room: 'open' })) as AnswerOf<'audit.entries'>;
    expect(rows.map(({ action }) => action)).toEqual(expect.arrayContaining(['answer.read', 'answer.kept']));
  });

  it('is not stored without reason or provision, or klassat while the protected room is locked', async () => {
    const before = await log();
    for (const [change, kind] of [
      [{ reason: ' ' }, 'usage'],
      [{ basis: [] }, 'usage'],
      [{ level: 'hemlig', basis: ['15 kap. 2 § OSL'] }, 'unlock'],
      [{ file: Buffer.from('inget brev').toString('base64') }, 'usage'],
      [{ incident: '0000-0000-0000' }, 'usage'],
    ] as const) {
      expect(await fault('answers.keep', keep(change)), JSON.stringify(change)).toMatchObject({ kind });
    }
    expect(await log()).toBe(before);
  });

  it('that is klassat lies in the protected room alone', async () => {
    await unlock('protected');
    await window.answer('answers.keep', keep({ level: 'hemlig', basis: ['15 kap. 2 § OSL'] }));
    expect((await log()).split(CANARY)).toHaveLength(3);
    await window.answer('vault.lockRoom', { room: 'protected' });
    expect((await log()).split(CANARY)).toHaveLength(2);
  });
});
