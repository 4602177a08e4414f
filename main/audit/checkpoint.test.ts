import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SigillError } from '../../shared/domain/error.ts';
import {
  checkpointText,
  hashKeys,
  makeCheckpoint,
  readCheckpointText,
  verifyCheckpoint,
  verifyCheckpoints,
  type Checkpoint,
} from './checkpoint.ts';
import { checkpointOf, IDENTITY, keyOf, makeChain, makePerson } from './testing/sample.ts';

const ANNA = makePerson('user-anna', 'Anna Ek');
const BO = makePerson('user-bo', 'Bo Ås');
const PEOPLE = [ANNA, BO];
const KEYS = PEOPLE.map(keyOf);
const CHAIN = makeChain(PEOPLE, 5);
const HEADS = CHAIN.map((entry) => entry.hash);

function faultsOf(checkpoint: Checkpoint, heads: readonly string[] = HEADS): string[] {
  return verifyCheckpoint(IDENTITY, checkpoint, heads, KEYS).map((fault) => fault.text);
}

describe('checkpoint', () => {
  const checkpoint = checkpointOf(CHAIN.slice(0, 3), PEOPLE, 1, 'låsning');

  it('holds for the chain it was made of, also when the chain has grown', () => {
    expect(faultsOf(checkpoint)).toEqual([]);
    expect(faultsOf(checkpoint, HEADS.slice(0, 3))).toEqual([]);
    expect(faultsOf(checkpointOf([], PEOPLE, 1, 'nytt valv'), [])).toEqual([]);
  });

  it('shows that the end of a chain was cut off', () => {
    expect(faultsOf(checkpoint, HEADS.slice(0, 2))).toEqual([
      'kontrollpunkt 1 räknar 3 rader, men kedjan har bara 2',
    ]);
  });

  it('shows that the chain was written anew', () => {
    const other = makeChain(PEOPLE.toReversed(), 5).map((entry) => entry.hash);
    expect(faultsOf(checkpoint, other)).toEqual(['kontrollpunkt 1 stämmer inte med kedjan vid rad 3']);
  });

  it.each<Partial<Checkpoint>>([
    { vaultId: 'annat' },
    { room: 'protected' },
    { number: 2 },
    { size: 2 },
    { head: '0'.repeat(64) },
    { keysHash: '0'.repeat(64) },
    { at: '2026-11-22T08:04:00.000Z' },
    { actor: 'user-bo' },
    { actor: 'ingen' },
    { reason: 'export' },
    { signature: 'AAAA' },
  ])('does not hold with %j', (change) => {
    expect(faultsOf({ ...checkpoint, ...change }).length).toBeGreaterThan(0);
  });

  it('does not hold with its hashes in another spelling', () => {
    expect(faultsOf({ ...checkpoint, keysHash: checkpoint.keysHash.toUpperCase() })).toHaveLength(1);
    expect(faultsOf({ ...checkpoint, head: checkpoint.head.toUpperCase() })).toHaveLength(1);
  });

  it('binds the names of the users', () => {
    expect(hashKeys(KEYS)).not.toBe(hashKeys([{ ...keyOf(ANNA), name: 'Anna Ask' }, keyOf(BO)]));
    expect(hashKeys(KEYS)).not.toBe(hashKeys(KEYS.toReversed()));
  });

  it('is one line for each part', () => {
    expect(() => checkpointOf([], PEOPLE, 1, 'a\nsize 9')).toThrow(TypeError);
    expect(() => makeCheckpoint({ ...checkpoint, vaultId: 'a b' }, ANNA.signingKey)).toThrow(TypeError);
    expect(() => makeCheckpoint({ ...checkpoint, actor: 'a\u2028b' }, ANNA.signingKey)).toThrow(TypeError);
  });

  it('is missed when it is taken out, and cannot count backwards', () => {
    const three = [1, 2, 3].map((number) => checkpointOf(CHAIN.slice(0, number), PEOPLE, number, 'låsning'));
    const [first, second, third] = three;
    if (!first || !second || !third) throw new Error('No checkpoints.');
    const textsOf = (list: Checkpoint[]): string[] =>
      verifyCheckpoints(IDENTITY, list, HEADS, KEYS).map((fault) => fault.text);
    expect(textsOf(three)).toEqual([]);
    expect(textsOf([first, third])).toEqual(['kontrollpunkt 2 saknas']);
    expect(textsOf([second, third])).toHaveLength(2);
    const shrunk = checkpointOf(CHAIN.slice(0, 1), PEOPLE, 3, 'låsning');
    expect(textsOf([first, second, shrunk])).toEqual(['kontrollpunkt 3 räknar färre rader än den före']);
  });
});

describe('checkpointText', () => {
  const checkpoint = checkpointOf(CHAIN, PEOPLE, 12, 'säkerhetskopia');
  const text = checkpointText(checkpoint);

  it('is the C2SP form: origin, size, hash, extensions, blank line, signature', () => {
    const head = Buffer.from(checkpoint.head, 'hex').toString('base64');
    const keys = Buffer.from(checkpoint.keysHash, 'hex').toString('base64');
    expect(text).toBe(
      `sigill-checkpoint/1 ${IDENTITY.vaultId} open\n5\n${head}\nnumber 12\nkeys ${keys}\n` +
        `at 2026-11-22T08:05:00.000Z\nactor user-anna\nreason säkerhetskopia\n\n— user-anna ${checkpoint.signature}\n`,
    );
  });

  it('comes back as it was', () => {
    expect(readCheckpointText(text)).toEqual(checkpoint);
    expect(readCheckpointText(` ${text.trimEnd().replaceAll('\n', '\r\n')}`)).toEqual(checkpoint);
    expect(faultsOf(readCheckpointText(text))).toEqual([]);
  });

  it('is either refused or does not hold when one character is changed', () => {
    fc.assert(
      fc.property(
        fc.nat(text.length - 2),
        fc.constantFrom('0', 'A', 'z', ' ', '\n', '='),
        (place, character) => {
          fc.pre(text.charAt(place) !== character);
          const spoiled = text.slice(0, place) + character + text.slice(place + 1);
          let faults: string[];
          try {
            faults = faultsOf(readCheckpointText(spoiled));
          } catch (error) {
            expect(error).toBeInstanceOf(SigillError);
            return;
          }
          expect(faults.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each(['', 'hej', 'sigill-checkpoint/1 a open\n1\n', text.slice(0, text.indexOf('—')), `${text}mer`])(
    'refuses %j',
    (spoiled) => {
      expect(() => readCheckpointText(spoiled)).toThrow(SigillError);
    },
  );
});
