import { afterAll, beforeAll, expect, it } from 'vitest';
import { addSecondPerson, SECOND, secondPerson } from '../../../testing/incidents.ts';
import { laterPack, makePublisher, signed, type Content } from '../../../testing/rule-packs.ts';
import { casePath, makeTestVault, type TestVault } from '../../../testing/vault.ts';
import { fileIn, mustSigill, refused, sigill, unlocking } from '../testing/run.ts';

let vault: TestVault;
let unlock: string[];
let incident: string;
let pack: string;
let publisherFile: string;
const publisher = makePublisher('sigill', 'Sigill-projektet');

beforeAll(async () => {
  vault = await makeTestVault();
  const both = await vault.open(['open', 'protected']);
  await addSecondPerson(both);
  both.close();
  unlock = [...unlocking(vault, 'open'), '--user', 'Anna Andersson'];
  const imported = await mustSigill(['incident', 'import', casePath('miljodata-2025'), ...unlock]);
  incident = imported[0].incident;
  const { pack: bytes, signature } = signed(
    laterPack(2, {
      'regimes/gdpr.json': (gdpr) => ({
        ...gdpr,
        steps: (gdpr['steps'] as Content[]).map((step) =>
          step['limit'] === null ? step : { ...step, limit: { amount: 48, unit: 'hour' } },
        ),
      }),
    }),
    publisher,
  );
  pack = fileIn(vault, 'regler.sigillregler', bytes);
  fileIn(vault, 'regler.sigillregler.sig', signature);
  publisherFile = fileIn(vault, 'sigill.utgivare.json', publisher.file);
});
afterAll(() => vault.remove());

const second = (): string[] => [
  '--second-user',
  SECOND,
  '--second-pass',
  fileIn(vault, 'andra.txt', secondPerson('open').passphrase),
];

it('takes a pack from a publisher that two persons trust, and nothing before that', async () => {
  expect(await refused(['rules', 'import', '--file', pack, '--reason', 'Ny lag', ...unlock])).toMatchObject({
    code: 3,
    kind: 'policy',
  });
  const trust = ['rules', 'trust-key', '--file', publisherFile, '--reason', 'Uppläst', ...unlock];
  expect((await refused(trust)).code).toBe(2);
  const { out, code } = await sigill([...trust, ...second()]);
  expect({ out, code }).toEqual({ code: 0, out: expect.stringMatching(/litar nu på Sigill-projektet/) });
  expect((await sigill(['rules', 'diff', '--file', pack, ...unlock])).out).toContain(
    'fristen ändras från 72 timmar till 48 timmar.',
  );
  const taken = await mustSigill(['rules', 'import', '--file', pack, '--reason', 'Ny lag', ...unlock]);
  expect(taken.manifest.sequence).toBe(2);
  expect((await refused(['rules', 'import', '--file', pack, '--reason', 'igen', ...unlock])).code).toBe(3);
});

it('tells what the new rules would change for an old incident, and lets it take them', async () => {
  const ask = ['rules', 'incident', '--incident', incident, ...unlock];
  const before = await mustSigill(ask);
  expect(before.newer.sentences).toEqual([expect.stringMatching(/fristen flyttas från .* till /)]);
  expect((await refused([...ask, '--take'])).code).toBe(2);
  expect((await mustSigill([...ask, '--take', '--reason', 'Rättelse'])).newer).toBeNull();
});

it('lists the packs, goes back, and revokes a key', async () => {
  const { packs } = await mustSigill(['rules', 'list', ...unlock]);
  expect(packs.map((one: { isInForce: boolean }) => one.isInForce)).toEqual([true, false]);
  const back = ['rules', 'rollback', '--reason', 'Fel i paketet', ...unlock, '--to'];
  expect((await refused([...back, 'deadbeef'])).code).toBe(2);
  expect((await sigill([...back, packs[1].digest])).out).toContain('De reglerna gäller nu.');
  const { keys } = await mustSigill(['rules', 'list', ...unlock]);
  const revoke = ['rules', 'revoke-key', '--fingerprint', keys[0].fingerprint, '--reason', 'Borta'];
  expect((await sigill([...revoke, ...unlock, ...second()])).code).toBe(0);
  expect((await refused([...back, packs[0].digest])).kind).toBe('policy');
  expect((await sigill(['rules', 'list', ...unlock])).out).toContain('ÅTERKALLAD');
});

it('names a file that is not there, and exchanges no files', async () => {
  const ask = ['rules', 'diff', '--file', `${pack}.finns-inte`, ...unlock];
  expect(await refused(ask)).toMatchObject({ code: 2, message: expect.stringContaining('filen finns inte') });
  fileIn(vault, 'andra.sigillregler', Buffer.from('{}'));
  fileIn(vault, 'andra.sigillregler.sig', Buffer.from('{}'));
  const other = fileIn(vault, 'andra.sigillregler', Buffer.from('{}'));
  expect((await refused(['rules', 'diff', '--file', other, ...unlock])).code).toBe(2);
  expect((await sigill(['rules', 'diff', ...unlock])).out).toContain('är inte nyare');
});
