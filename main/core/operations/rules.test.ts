import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { addSecondPerson, secondPerson, SECOND } from '../../testing/incidents.ts';
import { CoreWindow } from '../../testing/core-window.ts';
import { laterPack, makePublisher, signed, type Content } from '../../testing/rule-packs.ts';
import { makeTestVault, PASSPHRASES, readCase, USER, type TestVault } from '../../testing/vault.ts';

vi.mock(import('../../vault/key-derivation.ts'), async (original) =>
  (await import('../../testing/remember-keys.ts')).rememberKeys(await original()),
);

/** What a window asks of the rules and of the assessments, over messages: both ways are held against the contract. */
const publisher = makePublisher('sigill', 'Sigill-projektet');
const asBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const later = signed(
  laterPack(2, {
    'forms/csl-upplysning.json': (form: Content) => ({ ...form, name: 'Upplysning, ny utgåva' }),
  }),
  publisher,
);
const files = { pack: asBase64(later.pack), signature: asBase64(later.signature) };
let vault: TestVault;
let window: CoreWindow;
let incident: string;

const refusal = async (operation: string, request: unknown): Promise<string> => {
  const end = await window.call(operation, request);
  return end.kind === 'error' ? `${end.error.kind}: ${end.error.message}` : end.kind;
};
const installed = async (): Promise<AnswerOf<'rules.installed'>> =>
  (await window.answer('rules.installed', null)) as AnswerOf<'rules.installed'>;

beforeAll(async () => {
  vault = await makeTestVault('hemlig');
  const before = await vault.open(['open', 'protected']);
  await addSecondPerson(before);
  before.close();
  window = new CoreWindow();
  for (const room of ['open', 'protected'] as const)
    await window.answer('vault.unlock', {
      folder: vault.folder,
      room,
      userName: USER,
      passphrase: PASSPHRASES[room],
    });
  [incident = ''] = (await window.answer('incidents.import', {
    files: [{ name: 'miljodata', text: readCase('miljodata-2025') }],
  })) as string[];
});
afterAll(async () => {
  await window.host.lock('slut');
  vault.remove();
});

describe('rules over messages', () => {
  it('are refused from a publisher whom nobody trusts, in words, and nothing is changed', async () => {
    const before = await installed();
    expect(before.keys).toEqual([]);
    expect(await refusal('rules.inspect', files)).toMatch(/^policy: .*valvet inte litar på/);
    expect(await refusal('rules.take', { ...files, digest: '0'.repeat(64), reason: 'x' })).toMatch(/^policy/);
    expect(await installed()).toEqual(before);
  });

  it('are taken after a decision by two persons, and gone back from', async () => {
    const key = asBase64(publisher.file);
    expect(await window.answer('rules.readKey', { file: key })).toMatchObject({ publisher: 'sigill' });
    const second = {
      secondUser: SECOND,
      secondPassphrase: secondPerson('open').passphrase.toString('utf8'),
    };
    await window.answer('rules.trustKey', { file: key, reason: 'Läst upp', ...second });
    const plan = (await window.answer('rules.inspect', files)) as AnswerOf<'rules.inspect'>;
    expect(plan.changes.map(({ id }) => id)).toEqual(['csl-upplysning']);
    await window.answer('rules.take', { ...files, digest: plan.digest, reason: 'Ny utgåva' });
    expect((await installed()).packs.find(({ isInForce }) => isInForce)?.manifest.sequence).toBe(2);
    const first = (await installed()).packs.find(({ isInForce }) => !isInForce);
    expect(await window.answer('rules.inspectRollback', { target: first?.digest })).toHaveLength(1);

    const nameOf = async (id: string | null): Promise<string | undefined> => {
      const forms = (await window.answer('reports.forms', { incident: id })) as AnswerOf<'reports.forms'>;
      return forms.find((form) => form.id === 'csl-upplysning')?.name;
    };
    // The incident keeps the rules that it was judged by: its forms are theirs.
    expect(await nameOf(null)).toBe('Upplysning, ny utgåva');
    expect(await nameOf(incident)).not.toBe('Upplysning, ny utgåva');
    const kept = (await window.answer('rules.ofIncident', { incident })) as AnswerOf<'rules.ofIncident'>;
    expect(kept).toMatchObject({ unreadable: null, newer: { packs: ['Sigills regler 2027.2'] } });
    await window.answer('rules.takeForIncident', { incident, reason: 'Nyare' });
    expect(await nameOf(incident)).toBe('Upplysning, ny utgåva');

    await window.answer('rules.rollback', { target: first?.digest, reason: 'Fel' });
    expect((await installed()).packs.find(({ isInForce }) => isInForce)?.manifest.sequence).toBe(1);
    const [trusted] = (await installed()).keys;
    await window.answer('rules.revokeKey', { fingerprint: trusted?.fingerprint, reason: 'Röjd', ...second });
    expect(await refusal('rules.inspect', files)).toMatch(/återkallad/);
  });
});

describe('assessments over messages', () => {
  const ofIncident = async (): Promise<AnswerOf<'assessments.ofIncident'>> =>
    (await window.answer('assessments.ofIncident', { incident })) as AnswerOf<'assessments.ofIncident'>;
  const marking = { level: 'oppen', basis: [] };

  it('are answered, decided, and outdated by a later answer', async () => {
    const [view] = await ofIncident();
    const question = view?.assessment.questions.find(({ type }) => type === 'yes-no');
    const which = { incident, assessment: view?.assessment.id };
    const answer = (value: string): Promise<unknown> =>
      window.answer('assessments.answer', {
        ...which,
        answers: [{ question: question?.id, answer: { type: 'yes-no', value } }],
        ...marking,
      });
    expect(await refusal('assessments.answer', { ...which, answers: [], ...marking })).toMatch(/^usage/);
    await answer('ja');
    const outcome = view?.assessment.outcomes[0]?.id;
    const deciding = { ...which, outcome, reason: 'Prov', setTime: false, ...marking };
    expect(await refusal('assessments.decide', { ...deciding, reason: ' ' })).toMatch(
      /^usage: Skriv ett skäl/,
    );
    await window.answer('assessments.decide', deciding);
    expect((await ofIncident())[0]?.decisions).toMatchObject([{ decided: outcome, outdatedBy: null }]);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await answer('nej');
    expect((await ofIncident())[0]?.decisions).toMatchObject([{ outdatedBy: 'answers' }]);
  });
});
