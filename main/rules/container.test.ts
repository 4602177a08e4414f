import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SigillError } from '../../shared/domain/error.ts';
import { laterPack, makePublisher, signed } from '../testing/rule-packs.ts';
import { LARGEST_PACK, packRules, unpackRules } from './container.ts';
import { keyFingerprint, readPublisherKey, verifyPack } from './signature.ts';

const publisher = makePublisher('sigill');
const pinned = [{ ...publisher.key, fingerprint: keyFingerprint(publisher.key.publicKey), isRevoked: false }];
const { text, digest } = packRules(laterPack(2));
const bytes = Buffer.from(text, 'utf8');
const whole = signed(laterPack(2), publisher);

function kindOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof SigillError) return error.kind;
    throw error;
  }
  return 'accepted';
}

describe('the one file of a pack', () => {
  it('is the same bytes for the same pack, in whatever order its files are read', () => {
    const reversed = new Map([...laterPack(2)].reverse());
    expect(packRules(reversed).text).toBe(text);
    expect(unpackRules(bytes)).toMatchObject({ text, digest });
    expect([...unpackRules(bytes).files.keys()].sort()).toEqual([...laterPack(2).keys()].sort());
  });

  it('does not carry what is for an editor alone', () => {
    const named = new Map(laterPack(2));
    named.set('regimes/csl.json', {
      $schema: 'regime.schema.json',
      ...(named.get('regimes/csl.json') as object),
    });
    expect(packRules(named).digest).toBe(digest);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'PK\u0003\u0004'],
    ['another format', '{"files":{},"format":"sigill-regler/2"}'],
    ['more beside', `${text.slice(0, -1)},"mer":1}`],
    ['a space somewhere', text.replace(',', ', ')],
    ['a name twice', text.replace('{"channels/', '{"channels/kanaltabell.json":{},"channels/')],
    ['a byte order mark', `\uFEFF${text}`],
    ['a list for files', '{"files":[],"format":"sigill-regler/1"}'],
    ['something after it', `${text}\n`],
  ])('is refused with %s', (_what, content) => {
    expect(kindOf(() => unpackRules(Buffer.from(content, 'utf8')))).toBe('usage');
  });

  it('is refused cut off anywhere', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), (length) => {
        expect(kindOf(() => unpackRules(bytes.subarray(0, length)))).toBe('usage');
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    '../etc.json',
    '/rot.json',
    'a/b/c.json',
    'regimes\\csl.json',
    'Regimes/csl.json',
    'paket',
    '.json',
    'a/.json',
    'å.json',
    'a.json\u0000',
  ])('is refused with the name %j in it', (name) => {
    expect(() => packRules(new Map([[name, {}]]))).toThrow(/kan inte bli/);
    const made = JSON.stringify({ files: { [name]: {} }, format: 'sigill-regler/1' });
    expect(kindOf(() => unpackRules(Buffer.from(made, 'utf8')))).toBe('usage');
  });

  it('is bounded in size, in number of files, and in depth', () => {
    const started = performance.now();
    expect(kindOf(() => unpackRules(Buffer.alloc(LARGEST_PACK + 1, 0x20)))).toBe('usage');
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`a/a${index}.json`, {}]));
    const { text: manyText } = packRules(new Map(Object.entries(many)));
    expect(() => unpackRules(Buffer.from(manyText, 'utf8'))).toThrow(/fler än 1000 filer/);
    const deep = `{"files":{"a.json":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}},"format":"sigill-regler/1"}`;
    expect(kindOf(() => unpackRules(Buffer.from(deep, 'utf8')))).toBe('usage');
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('the signature', () => {
  it('is that of the publisher', () => {
    expect(verifyPack(whole.pack, whole.signature, pinned).publisher).toBe('sigill');
    expect(readPublisherKey(publisher.file)).toEqual(publisher.key);
  });

  it('is wrong for a pack with one changed bit, wherever it is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: bytes.length - 1 }),
        fc.integer({ min: 0, max: 7 }),
        (at, bit) => {
          const changed = Buffer.from(bytes);
          changed[at] = (changed[at] ?? 0) ^ (1 << bit);
          expect(kindOf(() => verifyPack(changed, whole.signature, pinned))).toBe('damaged');
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is never accepted with a changed byte in the signature file, unless it says the same', () => {
    const said = JSON.stringify(JSON.parse(Buffer.from(whole.signature).toString('utf8')));
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: whole.signature.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, mask) => {
          const changed = Buffer.from(whole.signature);
          changed[at] = (changed[at] ?? 0) ^ mask;
          const kind = kindOf(() => verifyPack(whole.pack, changed, pinned));
          // White space between the fields may be any: they are read, not signed.
          if (kind === 'accepted') expect(JSON.stringify(JSON.parse(changed.toString('utf8')))).toBe(said);
          else expect(['usage', 'policy', 'damaged']).toContain(kind);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('of another pack, by an unknown key or a revoked one is refused', () => {
    const other = signed(laterPack(3), publisher);
    expect(kindOf(() => verifyPack(whole.pack, other.signature, pinned))).toBe('damaged');
    const stranger = signed(laterPack(2), makePublisher('sigill'));
    expect(kindOf(() => verifyPack(stranger.pack, stranger.signature, pinned))).toBe('policy');
    const revoked = pinned.map((key) => ({ ...key, isRevoked: true }));
    expect(() => verifyPack(whole.pack, whole.signature, revoked)).toThrow(/återkallad/);
    expect(kindOf(() => verifyPack(whole.pack, Buffer.alloc(100_000, 0x20), pinned))).toBe('usage');
  });

  it('is by an Ed25519 key and no other', () => {
    const wrong = { ...publisher.key, publicKey: Buffer.alloc(44).toString('base64') };
    expect(kindOf(() => readPublisherKey(Buffer.from(JSON.stringify(wrong), 'utf8')))).toBe('usage');
    expect(kindOf(() => readPublisherKey(Buffer.from('{}', 'utf8')))).toBe('usage');
  });
});
