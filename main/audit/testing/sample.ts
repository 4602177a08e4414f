import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  FIRST_PREVIOUS_HASH,
  hashPayload,
  makeEntry,
  type AuditEntry,
  type AuditKey,
  type ChainIdentity,
} from '../chain.ts';
import { hashKeys, makeCheckpoint, type Checkpoint } from '../checkpoint.ts';

export const IDENTITY: ChainIdentity = { vaultId: '7c1f5b0e-0b9f-4c53-9d6c-0d9f3c1f2a44', room: 'open' };

export interface Person extends AuditKey {
  readonly signingKey: KeyObject;
}

export function makePerson(id: string, name: string): Person {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    id,
    name,
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    signingKey: privateKey,
  };
}

export function keyOf({ id, name, publicKey }: Person): AuditKey {
  return { id, name, publicKey };
}

export function instant(minute: number): Date {
  return new Date(Date.UTC(2026, 10, 22, 8, minute));
}

/** A chain in which the people act in turn, a minute apart. */
export function makeChain(people: readonly Person[], length: number): AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (let index = 0; index < length; index += 1) {
    const person = people[index % people.length];
    if (!person) throw new Error('No people.');
    const content = {
      at: instant(index),
      actor: person.id,
      action: 'incident.revised',
      object: index % 2 === 0 ? `incident-${index}` : null,
      payloadHash: hashPayload('c2FsdA==', { index }),
    };
    entries.push(makeEntry(IDENTITY, entries.at(-1) ?? null, content, person.signingKey));
  }
  return entries;
}

export function checkpointOf(
  entries: readonly AuditEntry[],
  people: readonly Person[],
  number: number,
  reason: string,
): Checkpoint {
  const [person] = people;
  if (!person) throw new Error('No people.');
  return makeCheckpoint(
    {
      ...IDENTITY,
      number,
      size: entries.length,
      head: entries.at(-1)?.hash ?? FIRST_PREVIOUS_HASH,
      keysHash: hashKeys(people.map(keyOf)),
      at: instant(entries.length).toISOString(),
      actor: person.id,
      reason,
    },
    person.signingKey,
  );
}
