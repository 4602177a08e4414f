import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { CoreWindow } from '../../testing/core-window.ts';
import { at, draftWith, importOne } from '../../testing/incidents.ts';
import { makeTestVault, PASSPHRASES, USER, type TestVault } from '../../testing/vault.ts';

vi.mock(import('../../vault/key-derivation.ts'), async (original) =>
  (await import('../../testing/remember-keys.ts')).rememberKeys(await original()),
);

/** Invented, with a right check digit. */
const NUMBER = '19121212-1212';
let vault: TestVault;
let window: CoreWindow;
let order: object;

beforeAll(async () => {
  vault = await makeTestVault();
  const opened = await vault.open(['open', 'protected']);
  const aware = new Date(Date.now() - 3_600_000).toISOString();
  const incident = importOne(
    opened,
    draftWith(
      {
        handelse: [`Kontot för ${NUMBER} togs över`, 'oppen'],
        konsekvenser: ['Handläggningen står still', 'oppen'],
      },
      {
        regimes: ['STAT-2026'],
        times: [{ id: 'aware', at: aware, precision: 'exact', marking: at('oppen') }],
      },
    ),
  );
  opened.close();
  order = { incident, form: 'stat-varning', version: 'open', openLevel: 'oppen', draft: false };
  window = new CoreWindow();
  await window.answer('vault.unlock', {
    folder: vault.folder,
    room: 'open',
    userName: USER,
    passphrase: PASSPHRASES.open,
  });
});
afterAll(async () => {
  await window.host.lock('slut');
  vault.remove();
});

it('the window is told the fields and kinds, and gets the masked document for the asking', async () => {
  const fields = [{ label: 'Kort beskrivning av händelsen', kinds: ['personnummer'] }];
  const plain = await window.answer('reports.build', { ...order, draft: true });
  expect(plain).toMatchObject({ personalData: { fields, isMasked: false, isAlwaysMasked: false } });
  const masked = await window.answer('reports.build', { ...order, draft: true, mask: true });
  expect(masked).toMatchObject({ personalData: { fields, isMasked: true, isAlwaysMasked: false } });
  expect(JSON.stringify(plain)).toContain(NUMBER);
  expect(JSON.stringify(masked)).not.toContain(NUMBER);
});

it('a masked copying sheet is masked, and the facts do not differ from it', async () => {
  const asked = { ...order, mask: true, channel: 'cyberportalen', out: null, reserve: null, decision: null };
  const { dispatch } = (await window.answer('reports.byPortal', asked)) as { dispatch: string };
  const sheet = JSON.stringify(await window.answer('reports.portalSheet', { dispatch }));
  expect(sheet).toContain('Kontot för [personnummer] togs över');
  expect(sheet).not.toContain(NUMBER);
  await window.answer('reports.portalDone', {
    dispatch,
    at: new Date().toISOString(),
    reference: 'CP-1',
    receipt: null,
    step: null,
  });
  for (const mask of [true, false]) {
    const difference = await window.answer('reports.difference', { ...order, mask });
    expect(difference).toMatchObject({
      state: 'compared',
      sections: [],
      last: { details: { masked: true } },
    });
  }
});

it('who is to be reached is an answer where the form asks for it, and a number of identity is not', async () => {
  const { incident } = order as { incident: string };
  const form = { incident, form: 'imy-anmalan' };
  const asked = { ...order, ...form, draft: true };
  const write = (text: string): Promise<unknown> =>
    window.answer('incidents.writeAnswer', {
      ...form,
      field: 'dataskyddsombud',
      ...{ text, codes: [], level: 'oppen', basis: [], reason: null },
    });
  const told = async (): Promise<string[]> => {
    const built = (await window.answer('reports.build', asked)) as {
      personalData: { fields: { label: string; kinds: string[] }[] };
    };
    return built.personalData.fields.flatMap(({ label, kinds }) =>
      label === 'Dataskyddsombud' ? kinds : [],
    );
  };
  await write('Eva Ek, eva.ek@example.se, 070-174 06 05');
  expect(await told()).toEqual([]);
  const masked = JSON.stringify(await window.answer('reports.build', { ...asked, mask: true }));
  expect(masked).toContain('eva.ek@example.se, 070-174 06 05');
  await write(`Eva Ek, eva.ek@example.se, ${NUMBER}`);
  expect(await told()).toEqual(['personnummer']);
});
