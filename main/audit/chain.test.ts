import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, hashPayload, makeEntry, verifyChain, type AuditEntry } from './chain.ts';
import { IDENTITY, instant, keyOf, makeChain, makePerson } from './testing/sample.ts';

const ANNA = makePerson('user-anna', 'Anna Ek');
const BO = makePerson('user-bo', 'Bo Ås');
const KEYS = [keyOf(ANNA), keyOf(BO)];

function textsOf(entries: readonly AuditEntry[], keys = KEYS): string[] {
  return verifyChain(IDENTITY, entries, keys).faults.map((fault) => fault.text);
}

function changed(entries: readonly AuditEntry[], index: number, change: Partial<AuditEntry>): AuditEntry[] {
  return entries.map((entry, place) => (place === index ? { ...entry, ...change } : entry));
}

describe('makeEntry', () => {
  it('hashes and signs what the description says, told without the code', () => {
    const [, second] = makeChain([ANNA, BO], 2);
    if (!second) throw new Error('No entry.');
    const text =
      `{"action":"incident.revised","actor":"user-bo","at":"2026-11-22T08:01:00.000Z","object":null,` +
      `"payloadHash":"${second.payloadHash}","previousHash":"${second.previousHash}","room":"open","seq":2,` +
      `"vaultId":"${IDENTITY.vaultId}"}`;
    expect(second.hash).toBe(createHash('sha256').update(text).digest('hex'));
    const key = createPublicKey({ key: Buffer.from(BO.publicKey, 'base64'), format: 'der', type: 'spki' });
    const signed = Buffer.from(`sigill-audit/1\n${second.hash}`);
    expect(verify(null, signed, key, Buffer.from(second.signature, 'base64'))).toBe(true);
  });

  it('starts from 64 zeros', () => {
    expect(makeChain([ANNA], 1)[0]).toMatchObject({ seq: 1, previousHash: '0'.repeat(64) });
  });

  it.each([
    { action: '' },
    { action: 'två ord' },
    { actor: '' },
    { actor: 'a\nb' },
    { object: '' },
    { object: 'a\u0000' },
    { payloadHash: 'ABC' },
  ])('refuses %j', (change) => {
    const content = { at: instant(0), actor: 'a', action: 'x', object: null, payloadHash: '0'.repeat(64) };
    expect(() => makeEntry(IDENTITY, null, { ...content, ...change }, ANNA.signingKey)).toThrow(TypeError);
  });
});

describe('hashPayload', () => {
  it('differs with the salt, and not with the order of the fields', () => {
    expect(hashPayload('a', { x: 1, y: 2 })).toBe(hashPayload('a', { y: 2, x: 1 }));
    expect(hashPayload('a', { x: 1 })).not.toBe(hashPayload('b', { x: 1 }));
  });

  it('refuses what is not JSON', () => {
    expect(() => canonicalJson(undefined)).toThrow(TypeError);
    expect(() => canonicalJson({ count: 1n })).toThrow(TypeError);
  });
});

describe('verifyChain', () => {
  const chain = makeChain([ANNA, BO], 6);

  it('finds nothing in a whole chain, or in none', () => {
    expect(verifyChain(IDENTITY, chain, KEYS)).toEqual({ faults: [], remarks: [] });
    expect(verifyChain(IDENTITY, [], KEYS)).toEqual({ faults: [], remarks: [] });
  });

  it('notices any change of any field, at the entry it is in', () => {
    const field = fc.constantFrom<keyof AuditEntry>(
      ...([
        'seq',
        'at',
        'actor',
        'action',
        'object',
        'payloadHash',
        'previousHash',
        'hash',
        'signature',
      ] as const),
    );
    fc.assert(
      fc.property(fc.nat(chain.length - 1), field, fc.nat(), (index, name, step) => {
        const was = chain[index]?.[name];
        let becomes: string | number;
        if (typeof was === 'string') {
          const place = step % was.length;
          const character = String.fromCharCode(was.charCodeAt(place) ^ 1);
          becomes = was.slice(0, place) + character + was.slice(place + 1);
        } else {
          becomes = typeof was === 'number' ? was + 1 + step : `object-${step}`;
        }
        const { faults } = verifyChain(IDENTITY, changed(chain, index, { [name]: becomes }), KEYS);
        expect(faults.length).toBeGreaterThan(0);
        expect(faults.length).toBeLessThanOrEqual(5);
        expect(faults[0]?.seq === null || Number(faults[0]?.seq) >= index + 1).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('names a gap, a swap and a repeat', () => {
    expect(textsOf([...chain.slice(0, 2), ...chain.slice(3)])).toEqual([
      'rad 3 saknas: nästa rad har nummer 4',
      'rad 4 hänger inte ihop med raden före',
    ]);
    const [first, second, ...rest] = chain;
    if (!first || !second) throw new Error('No entries.');
    expect(textsOf([second, first, ...rest]).length).toBeGreaterThan(2);
    expect(textsOf([first, first, second, ...rest]).length).toBeGreaterThan(1);
    expect(textsOf(chain.slice(1))[0]).toBe('rad 1 saknas: nästa rad har nummer 2');
  });

  it('notices an entry that was rewritten with its hash but without the key', () => {
    const forger = makePerson(ANNA.id, ANNA.name);
    const [first, second, third] = chain;
    if (!first || !second || !third) throw new Error('No entries.');
    const content = { ...third, at: new Date(third.at), action: 'incident.closed' };
    const forged = makeEntry(IDENTITY, second, content, forger.signingKey);
    expect(textsOf([first, second, forged])).toEqual(['rad 3 har fel signatur']);
  });

  it('notices a user nobody knows, and a key that is not Ed25519', () => {
    expect(textsOf(chain.slice(0, 2), [keyOf(ANNA)])).toEqual(['rad 2 är signerad av en okänd användare']);
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const spki = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    const unfit = [keyOf(ANNA), { ...keyOf(BO), publicKey: spki }];
    expect(textsOf(chain.slice(0, 2), unfit)).toEqual(['rad 2 är signerad av en okänd användare']);
    expect(textsOf(chain.slice(0, 2), [keyOf(ANNA), { ...keyOf(BO), publicKey: 'x' }])).toHaveLength(1);
  });

  it('notices a signature in another spelling of base64', () => {
    const signature = chain[0]?.signature.replace(/=+$/, '') ?? '';
    expect(textsOf(changed(chain, 0, { signature }))).toEqual(['rad 1 har fel signatur']);
  });

  it('notices a chain from another room or vault', () => {
    expect(verifyChain({ ...IDENTITY, room: 'protected' }, chain, KEYS).faults).toHaveLength(6);
    expect(verifyChain({ ...IDENTITY, vaultId: 'annat' }, chain, KEYS).faults).toHaveLength(6);
  });

  it('notices a time that is not one', () => {
    expect(textsOf(changed(chain, 5, { at: '2026-11-22 08:05' }))).toContain(
      'rad 6 har en tid som inte går att läsa',
    );
  });

  it('remarks on a clock that was set back, and calls it no fault', () => {
    const content = { actor: ANNA.id, action: 'x', object: null, payloadHash: '0'.repeat(64) };
    const first = makeEntry(IDENTITY, null, { ...content, at: instant(9) }, ANNA.signingKey);
    const second = makeEntry(IDENTITY, first, { ...content, at: instant(8) }, ANNA.signingKey);
    const { faults, remarks } = verifyChain(IDENTITY, [first, second], KEYS);
    expect(faults).toEqual([]);
    expect(remarks).toMatchObject([{ seq: 2 }]);
  });
});
