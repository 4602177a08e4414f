import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openpgp } from '../../../keys/openpgp-config.ts';
import { createOwnKey, type OwnKey } from '../../../keys/own.ts';
import { casePath, makeTestVault, type TestVault } from '../../../testing/vault.ts';
import { fileIn, mustSigill, refused, sigill, unlocking } from '../testing/run.ts';

vi.mock(import('../../../vault/key-derivation.ts'), async (original) =>
  (await import('../../../testing/remember-keys.ts')).rememberKeys(await original()),
);

let vault: TestVault;
let open: string[];
let both: string[];
let incident = '';
let sender: OwnKey;
let answer: string;
const CANARY = 'Björktrast svarar';

async function write(text: string): Promise<string> {
  const { armored } = await mustSigill(['key', 'export-own', ...open]);
  return openpgp.encrypt({
    message: await openpgp.createMessage({ binary: Buffer.from(text) }),
    encryptionKeys: await openpgp.readKey({ armoredKey: armored }),
    signingKeys: await openpgp.readPrivateKey({ armoredKey: sender.armoredPrivate }),
  });
}
const reading = (file: string, ...more: string[]): string[] => [
  'mail',
  'read',
  ...open,
  '--file',
  file,
  ...more,
];
const logOf = async (rooms: string[]): Promise<string> =>
  JSON.stringify(await mustSigill(['incident', 'show', ...rooms, incident]));

beforeAll(async () => {
  vault = await makeTestVault();
  open = unlocking(vault, 'open');
  both = unlocking(vault, 'open', 'protected');
  [{ incident }] = await mustSigill(['incident', 'import', ...open, casePath('kalix-2021')]);
  // A minute ago: a key may not be newer than the message that it signs.
  sender = await createOwnKey({ name: 'CERT', email: 'cert@example.se', at: new Date(Date.now() - 60_000) });
  answer = fileIn(vault, 'svar.asc', await write(`${CANARY}\n`));
});
afterAll(() => vault.remove());

describe('an answer', () => {
  it('by a key that is not in the vault, not compared, and compared', async () => {
    const kinds: string[] = [];
    const key = fileIn(vault, 'cert.asc', sender.armoredPublic);
    const importing = ['key', 'import', ...open, '--file', key];
    const read = async (): Promise<void> => {
      const shown = await mustSigill(reading(answer));
      expect(shown).toMatchObject({ text: CANARY, log: null });
      kinds.push(shown.signature.kind);
    };
    await read();
    await mustSigill(importing);
    await read();
    await mustSigill([
      ...importing,
      '--verified-by',
      'Anna',
      '--verified-with',
      'Bo',
      '--verified-how',
      'möte',
    ]);
    await read();
    expect(kinds).toEqual(['unknown-key', 'unverified-key', 'verified']);
    const { out } = await sigill(reading(answer));
    expect(out.replace(/\s+/g, ' ')).toMatch(
      /Underskriften är verifierad: .*\. Underskrivet \d{4}-\d\d-\d\d \d\d:\d\d\./,
    );
    expect(out).toContain('Inget är sparat.');
    expect(await logOf(both)).not.toContain(CANARY);
  });

  it('by a key that was taken out of use is not to be relied on', async () => {
    const { fingerprint } = sender;
    await mustSigill([
      'key',
      'distrust',
      ...open,
      '--fingerprint',
      fingerprint,
      '--reason',
      'kortet är borta',
    ]);
    expect((await mustSigill(reading(answer))).signature).toMatchObject({
      kind: 'distrusted-key',
      fingerprint,
    });
    expect((await sigill(reading(answer))).out.replace(/\s+/g, ' ')).toContain('Lita inte på underskriften');
  });

  it('is kept in the open room after a decision', async () => {
    const text = 'Öppet svar från mottagaren';
    const file = fileIn(vault, 'oppet.asc', await write(text));
    const keep = ['--incident', incident, '--level', 'oppen', '--reason', 'Inget känsligt i svaret'];
    const { log } = await mustSigill(reading(file, ...keep));
    expect(log).toMatch(/^[0-9a-f]{12}$/);
    expect(await logOf(open)).toContain(text);
  });

  it('is kept in the protected room alone where that is the decision, and after the own key was replaced', async () => {
    await mustSigill(['key', 'create-own', ...open]);
    const words = [
      '--incident',
      incident,
      '--level',
      'hemlig',
      '--basis',
      '15 kap. 2 § OSL',
      '--reason',
      'Klassat',
    ];
    expect(await refused(reading(answer, ...words))).toMatchObject({ kind: 'unlock' });
    expect(await logOf(both)).not.toContain(CANARY);
    await mustSigill(['mail', 'read', ...both, '--file', answer, ...words]);
    expect(await logOf(both)).toContain(CANARY);
    expect(await logOf(open)).not.toContain(CANARY);
  });
});

describe('its attachments', () => {
  const mail = [
    'Content-Type: multipart/mixed; boundary=q',
    ...['', '--q', '', 'Loggen är bifogad.', '--q', 'Content-Type: application/octet-stream'],
    'Content-Disposition: attachment; filename="../logg å.bin"',
    ...['Content-Transfer-Encoding: base64', '', Buffer.from([0, 1, 2, 255]).toString('base64'), '--q--', ''],
  ].join('\r\n');
  const out = (name: string): string => join(vault.root, name);

  it('are written to a new folder when their marking is decided, and the audit of its room tells', async () => {
    const file = fileIn(vault, 'bilaga.asc', await write(mail));
    const decided = ['--level', 'oppen', '--reason', 'Inget känsligt i loggen'];
    const { saved, log } = await mustSigill(reading(file, ...decided, '--attachments-out', out('b1')));
    expect(saved).toMatchObject([{ name: 'logg-a.bin', size: 4 }]);
    expect(log).toBeNull();
    expect([...readFileSync(join(out('b1'), 'logg-a.bin'))]).toEqual([0, 1, 2, 255]);
    await mustSigill(['audit', 'export', ...open, '--out', out('kedja.json')]);
    expect(readFileSync(out('kedja.json'), 'utf8')).toContain('answer.attachments-saved');
  });

  it('are not written undecided, above what is unlocked, over what is there, or where there is none', async () => {
    const file = fileIn(vault, 'bilaga-igen.asc', await write(mail));
    const to = (name: string, ...words: string[]): Promise<unknown> =>
      refused(reading(file, ...words, '--attachments-out', out(name)));
    expect(await to('b2')).toMatchObject({ code: 2, kind: 'usage' });
    const secret = ['--level', 'hemlig', '--basis', '15 kap. 2 § OSL', '--reason', 'Klassat'];
    expect(await to('b2', ...secret)).toMatchObject({ kind: 'unlock' });
    expect(await to('b1', '--level', 'oppen', '--reason', 'Igen')).toMatchObject({ kind: 'usage' });
    expect(existsSync(out('b2'))).toBe(false);
    const plain = fileIn(vault, 'utan.asc', await write('Ingen bilaga'));
    const none = [...reading(plain, '--level', 'oppen', '--reason', 'x'), '--attachments-out', out('b3')];
    expect((await refused(none)).message).toMatch(/inga bilagor/);
  });
});

describe('is refused', () => {
  it('with half a decision, for a file that is missing or is something else, and without a reason', async () => {
    const half = await refused(reading(answer, '--incident', incident, '--level', 'oppen'));
    expect(half).toMatchObject({ code: 2, kind: 'usage' });
    expect(half.message).toMatch(/alla tre/);
    const empty = await refused(reading(answer, '--incident', incident, '--level', 'oppen', '--reason', ' '));
    expect(empty.message).toMatch(/Skriv skälet/);
    expect((await refused(reading(join(vault.root, 'saknas')))).message).toMatch(/filen finns inte/);
    const other = await refused(reading(fileIn(vault, 'x.eml', 'Subject: hej\n\nhej')));
    expect(other.message).toMatch(/inte ett OpenPGP-krypterat svar/);
  });

  it('where it was changed on its way, with 5', async () => {
    const { data } = await openpgp.unarmor(await write('hej'));
    const bytes = Buffer.from(data as unknown as Uint8Array);
    bytes[bytes.length - 5] = (bytes.at(-5) ?? 0) ^ 1;
    const error = await refused(reading(fileIn(vault, 'andrat.pgp', bytes)));
    expect(error).toMatchObject({ code: 5, kind: 'damaged' });
  });
});
