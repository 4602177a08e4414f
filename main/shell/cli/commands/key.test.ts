import { enums, generateKey, type UserID } from 'openpgp';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { casePath, makeTestVault, type TestVault } from '../../../testing/vault.ts';
import { fileIn, mustSigill, refused, sigill, unlocking, type Json } from '../testing/run.ts';
import { readFingerprints } from './dispatch.ts';

vi.mock(import('../../../vault/key-derivation.ts'), async (original) =>
  (await import('../../../testing/remember-keys.ts')).rememberKeys(await original()),
);

interface MadeKey {
  readonly publicFile: string;
  readonly privateFile: string;
  readonly fingerprint: string;
}

let vault: TestVault;
let open: string[];
let incident = '';
let first: MadeKey;
let second: MadeKey;

async function makeKey(
  name: string,
  change: { date?: Date; keyExpirationTime?: number } = {},
): Promise<MadeKey> {
  const userIDs: UserID[] = [{ name, email: `${name.toLowerCase()}@example.se` }];
  const { publicKey, privateKey } = await generateKey({
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs,
    format: 'object',
    config: { preferredHashAlgorithm: enums.hash.sha512 },
    ...change,
  });
  return {
    publicFile: fileIn(vault, `${name}.asc`, publicKey.armor()),
    privateFile: fileIn(vault, `${name}-hemlig.asc`, privateKey.armor()),
    fingerprint: publicKey.getFingerprint().toUpperCase(),
  };
}

const importing = (key: MadeKey, ...more: string[]): string[] => [
  ...['key', 'import', ...open, '--file', key.publicFile, ...more],
];
const VERIFIED = [
  ...['--verified-by', 'Anna Andersson', '--verified-with', 'Bo Ask'],
  ...['--phone', '010-240 40 40', '--verified-how', 'uppläst av vakthavande'],
];
const sending = (out: string, ...more: string[]): string[] => [
  ...[
    'export',
    'epost',
    ...open,
    '--incident',
    incident,
    '--form',
    'kommun-slutrapport',
    '--version',
    'full',
  ],
  ...['--decision', 'Får sändas till verifierad nyckel', '--out', join(vault.root, out), ...more],
];

beforeAll(async () => {
  vault = await makeTestVault();
  open = unlocking(vault, 'open');
  [{ incident }] = await mustSigill(['incident', 'import', ...open, casePath('kalix-2021')]);
  first = await makeKey('Ett');
  second = await makeKey('Tva');
});
afterAll(() => vault.remove());

describe('a key that cannot be used is refused in words, with 2', () => {
  it('and nothing is stored', async () => {
    const old = await makeKey('Gammal', { date: new Date('2020-01-01'), keyExpirationTime: 86_400 });
    const cases: [string[], RegExp][] = [
      [importing(old), /gick ut 2020-01-02/],
      [importing({ ...first, publicFile: first.privateFile }), /innehåller en hemlig nyckel/],
      [
        importing({ ...first, publicFile: fileIn(vault, 'skrap.asc', 'ingen nyckel') }),
        /inte en publik OpenPGP-nyckel/,
      ],
      [importing({ ...first, publicFile: join(vault.root, 'saknas.asc') }), /filen finns inte/],
      [importing(first, '--verified-by', 'Anna'), /vilka två som jämförde/],
      [
        importing(first, '--verified-by', 'Anna', '--verified-with', 'anna', '--verified-how', 'x'),
        /Två olika/,
      ],
    ];
    for (const [words, expected] of cases) {
      const error = await refused(words);
      expect(error).toMatchObject({ code: 2, kind: 'usage' });
      expect([error.message, ...error.faults].join(' ')).toMatch(expected);
    }
    expect(await mustSigill(['key', 'list', ...open])).toHaveLength(1);
  });
});

describe('a key is used first when somebody has verified it', () => {
  it('without any key it is said what to do', async () => {
    const error = await refused(sending('ingen'));
    expect(error).toMatchObject({ code: 2 });
    expect(error.message).toContain('key import');
  });

  it('unverified: shown whole, and refused with 3', async () => {
    const { code, out, err } = await sigill(importing(first));
    expect(code).toBe(0);
    expect(out.replace(/\s/g, '')).toContain(first.fingerprint);
    expect(out).toContain('INTE VERIFIERAD: kan inte användas ännu');
    expect(err).toContain('Jämför hela fingeravtrycket');
    expect(await refused(sending('overifierad', '--to', first.fingerprint))).toMatchObject({
      code: 3,
      kind: 'policy',
    });
    expect((await refused(sending('overifierad'))).message).toContain(
      'Ingen mottagares nyckel är verifierad',
    );
    expect(existsSync(join(vault.root, 'overifierad'))).toBe(false);
  });

  it('verified: by whom, how and when, and a newer copy of the file does not take that away', async () => {
    await mustSigill(importing(first, ...VERIFIED));
    const again: Json = await mustSigill(importing(first));
    expect(again).toMatchObject({
      fingerprint: first.fingerprint,
      verified: true,
      verifiedBy: 'Anna Andersson',
      verifiedSecond: 'Bo Ask',
      verifiedPhone: '010-240 40 40',
      verifiedHow: 'uppläst av vakthavande',
      verifiedAt: expect.any(String),
    });
    expect(again).not.toHaveProperty('armored');
    const { code } = await sigill(sending('en'));
    expect(code).toBe(0);
    expect(readdirSync(join(vault.root, 'en')).sort()).toEqual([
      'avsandarens-nyckel.asc',
      `rapport-${incident}.eml`,
      `rapport-${incident}.pgp`,
    ]);
  });

  it('two verified and none named: 2, with the fingerprints to choose from', async () => {
    await mustSigill(importing(second, ...VERIFIED));
    const error = await refused(sending('tva'));
    expect(error.code).toBe(2);
    expect(error.message).toContain('--to');
    expect(error.faults.map((line) => line.replace(/\s/g, '').slice(0, 40)).sort()).toEqual(
      [first.fingerprint, second.fingerprint].sort(),
    );
    expect(existsSync(join(vault.root, 'tva'))).toBe(false);
  });

  it('several recipients, as a person writes fingerprints; what is not there is refused', async () => {
    const grouped = (first.fingerprint.match(/.{4}/g) ?? []).join(' ').toLowerCase();
    const answer: Json = await mustSigill(sending('flera', '--to', grouped, second.fingerprint));
    expect(answer.answers[0].decision.reason).toBe('Får sändas till verifierad nyckel');
    expect(readFileSync(join(vault.root, 'flera', `rapport-${incident}.eml`), 'utf8')).toMatch(
      /^To: ett@example\.se,\s+tva@example\.se/m,
    );
    const unknown = 'A'.repeat(40);
    expect(await refused(sending('okand', '--to', unknown))).toMatchObject({ code: 2 });
  });

  it('a fingerprint is read in groups without quotation marks, with 0x and with colons', () => {
    const fingerprint = 'EE84D815F940319AFC3C83C432597E922275C1C5';
    const groups = fingerprint.match(/.{4}/g) ?? [];
    expect(readFingerprints(groups)).toEqual([fingerprint]);
    expect(readFingerprints([...groups, ...groups])).toEqual([fingerprint, fingerprint]);
    expect(readFingerprints([`0x${fingerprint.toLowerCase()}`])).toEqual([fingerprint]);
    expect(readFingerprints([fingerprint.replace(/(..)(?=.)/g, '$1:')])).toEqual([fingerprint]);
    // The short forms that other programs take are no fingerprints.
    expect(readFingerprints(['2275C1C5'])).toEqual(['2275C1C5']);
  });
});

describe("the organisation's own key", () => {
  it('is listed with its whole fingerprint, and is not taken in as a recipient’s', async () => {
    const exported: Json = await mustSigill(['key', 'export-own', ...open]);
    expect(exported.armored).toMatch(/^-----BEGIN PGP PUBLIC KEY BLOCK-----/);
    const own = { publicFile: fileIn(vault, 'egen.asc', exported.armored), privateFile: '', fingerprint: '' };
    const error = await refused(importing(own, ...VERIFIED));
    expect(error).toMatchObject({ code: 2 });
    expect(error.message).toContain('är er egen');
    const { out } = await sigill(['key', 'list', ...open], { columns: 80 });
    expect(out).toContain(exported.fingerprint.match(/.{4}/g).join(' '));
    expect(out).toContain('Provmyndigheten <prov@example.se>');
    expect(out).toContain('Egen nyckel, i bruk');
  });

  it('goes to standard output alone, so that it can be sent to a file', async () => {
    const { out, err } = await sigill(['key', 'export-own', ...open]);
    expect(out).toMatch(/^-----BEGIN PGP PUBLIC KEY BLOCK-----\n[^]*-----END PGP PUBLIC KEY BLOCK-----\n$/);
    expect(err).toMatch(/^OBS: Fingeravtryck att läsa upp för mottagaren: ([0-9A-F]{4} ?){10}\n$/);
  });

  it('can be made anew: the former is kept, out of use, and the audit tells of it', async () => {
    expect(await refused(['key', 'create-own', ...open, '--email', 'fel'])).toMatchObject({ code: 2 });
    const { fingerprint }: Json = await mustSigill([
      'key',
      'create-own',
      ...open,
      '--email',
      'ny@example.se',
    ]);
    const keys: Json = await mustSigill(['key', 'list', ...open]);
    const own = keys.filter((key: Json) => key.role === 'own');
    expect(own).toHaveLength(2);
    expect(own.filter((key: Json) => key.retiredAt === null)).toMatchObject([
      { fingerprint, userIds: ['Provmyndigheten <ny@example.se>'] },
    ]);
    expect(JSON.stringify(keys)).not.toContain('PRIVATE');
    const out = join(vault.root, 'kedja.json');
    await mustSigill(['audit', 'export', ...open, '--out', out]);
    const actions = JSON.parse(readFileSync(out, 'utf8')).entries.map((entry: Json) => entry.action);
    expect(actions.filter((action: string) => action === 'key.own-created')).toHaveLength(1);
  });
});

describe('a key that is another than before', () => {
  it('for the same address is taken in, with a warning, and the first one stays as it was', async () => {
    const changed = await makeKey('ETT');
    const { code, err } = await sigill(importing(changed));
    expect(code).toBe(0);
    expect(err.replace(/\s+/g, ' ')).toContain(
      'Nyckeln är bytt: för ett@example.se finns redan en annan nyckel',
    );
    expect(await refused(sending('bytt', '--to', changed.fingerprint))).toMatchObject({ kind: 'policy' });
    const list = await sigill(['key', 'list', ...open]);
    expect(list.err.replace(/\s+/g, ' ')).toContain('Det finns en annan nyckel för ett@example.se');
  });
});

describe('a key that is taken out of use', () => {
  const distrusting = (words: string[], ...more: string[]): string[] => [
    ...['key', 'distrust', ...open, '--fingerprint', ...words, ...more],
  ];

  it('takes the whole fingerprint, of one recipient’s key, and a reason', async () => {
    const why = ['--reason', 'röjd'];
    const own = (await mustSigill(['key', 'list', ...open])).find((key: Json) => key.role === 'own');
    for (const [words, expected] of [
      [distrusting([second.fingerprint]), /--reason/],
      [distrusting([second.fingerprint], '--reason', ' '), /varför/],
      [distrusting([second.fingerprint.slice(-16)], ...why), /Hela fingeravtrycket/],
      [distrusting([second.fingerprint, first.fingerprint], ...why), /en nyckel i taget/],
      [distrusting([own.fingerprint], ...why), /är er egen/],
    ] as const) {
      const error = await refused(words);
      expect(error).toMatchObject({ code: 2, kind: 'usage' });
      expect(error.message).toMatch(expected);
    }
  });

  it('is listed with who, when and why; nothing is made to it, and a newer copy does not bring it back', async () => {
    const grouped = second.fingerprint.match(/.{4}/g) ?? [];
    const chosen = ['--recipient', 'cert-se-rapport', '--address', 'epost', '--reason', 'per telefon'];
    await mustSigill(['recipient', 'bind', ...open, ...chosen, '--fingerprint', second.fingerprint]);
    const listed = async (): Promise<string> => (await sigill(['recipient', 'list', ...open])).out;
    expect(await listed()).not.toContain('tagen ur bruk');
    const { code, out } = await sigill(distrusting(grouped, '--reason', 'Mottagarens kort är borta'));
    expect(code).toBe(0);
    expect(out.replace(/\s+/g, ' ')).toMatch(
      /UR BRUK: kan inte användas\. Tagen ur bruk \d{4}-\d\d-\d\d \d\d:\d\d av Anna Andersson: Mottagarens kort är borta/,
    );
    expect(await mustSigill(importing(second))).toMatchObject({
      verified: false,
      distrustedBy: 'Anna Andersson',
    });
    const error = await refused(sending('ur-bruk', '--to', second.fingerprint));
    expect(error).toMatchObject({ code: 3, kind: 'policy' });
    expect(error.message).toContain('Mottagarens kort är borta');
    expect(existsSync(join(vault.root, 'ur-bruk'))).toBe(false);
    expect((await refused(distrusting(grouped, '--reason', 'igen'))).message).toContain('redan ur bruk');
    expect(await listed()).toMatch(/ {2}Nyckel: .*\n {2}Nyckeln är tagen ur bruk\. Inget brev görs hit/);
    await mustSigill(['recipient', 'bind', ...open, ...chosen]);
  });

  it('is used again when two persons have compared it anew', async () => {
    const again = await mustSigill(importing(second, ...VERIFIED));
    expect(again).toMatchObject({ verified: true, distrustedAt: null, distrustReason: null });
    expect((await sigill(sending('igen', '--to', second.fingerprint))).code).toBe(0);
  });
});

describe('an own key from another program', () => {
  it('is used from then on, with its passphrase gone; the same one again is said, and one out of use is used again', async () => {
    const made = await makeKey('Egen');
    const words = ['key', 'import-own', ...open, '--file', made.privateFile];
    const { fingerprint } = made;
    expect(await mustSigill(words)).toEqual({ fingerprint, arrival: 'new', expiresAt: null });
    const keys: Json[] = await mustSigill(['key', 'list', ...open]);
    const inUse = keys.filter((key) => key.role === 'own' && key.retiredAt === null);
    expect(inUse).toEqual([expect.objectContaining({ fingerprint: made.fingerprint })]);
    expect((await sigill(words)).err).toMatch(/redan i bruk, och filen har inget nytt/);
    expect((await sigill(['key', 'list', ...open])).err.replace(/\s+/g, ' ')).toContain(
      'men er egen nyckel gäller egen@',
    );
    const anew = await sigill(['key', 'create-own', ...open]);
    expect(anew.err).not.toContain('men er egen nyckel');
    const again = await sigill(words);
    expect(again.out).toContain('utan slutdatum');
    expect(again.err.replace(/\s+/g, ' ')).toContain('ur bruk, och är i bruk igen');
    expect(again.err.replace(/\s+/g, ' ')).toContain(
      'Brev från er har avsändaren prov@example.se, men er egen nyckel gäller egen@',
    );
    const other = await sigill(['key', 'create-own', ...open, '--email', 'annan@example.se']);
    expect(other.err.replace(/\s+/g, ' ')).toContain('men er egen nyckel gäller annan@example.se.');
    expect((await refused(['key', 'import-own', ...open, '--file', made.publicFile])).message).toMatch(
      /inte en enda hemlig/,
    );
  });
});
