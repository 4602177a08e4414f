import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { CoreWindow } from '../testing/core-window.ts';
import { makeTestVault, PASSPHRASES, readCase, USER, type TestVault } from '../testing/vault.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

let vault: TestVault;
let window: CoreWindow;
let incident = '';
beforeAll(async () => {
  vault = await makeTestVault('hemlig');
  window = new CoreWindow();
  for (const room of ['open', 'protected'] as const) {
    const passphrase = PASSPHRASES[room];
    await window.answer('vault.unlock', { folder: vault.folder, room, userName: USER, passphrase });
  }
  const files = [{ name: 'övning', text: readCase('ovning-sakerhetskanslig') }];
  [incident = ''] = (await window.answer('incidents.import', { files })) as string[];
  await window.answer('vault.lockRoom', { room: 'protected' });
});
afterAll(async () => {
  await window.host.lock('slut');
  vault.remove();
});

it('what is written to send a form that tells of säkerhetsskydd is never kept in the open room', async () => {
  const put = (form: string): Promise<unknown> =>
    window.call('drafts.put', {
      subject: `way:${incident}:${form}/full/email`,
      incident,
      content: { reason: 'x' },
      level: 'oppen',
    });
  expect(await put('sakerhetspolisen-anmalan')).toMatchObject({ error: { kind: 'unlock' } });
  expect(await put('telefonnotifiering')).toMatchObject({ answer: { room: 'open' } });
});
