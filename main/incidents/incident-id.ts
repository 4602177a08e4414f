import { randomInt } from 'node:crypto';
import type { IncidentId } from '../../shared/domain/incident.ts';

/** Crockford's Base32: no I, L, O or U, so that it can be read aloud and copied by hand. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A new random id of 60 bits, `K7M2-9QXA-4D1F`. It tells nothing, and serves as reference in open headers. */
export function makeIncidentId(): IncidentId {
  const characters = Array.from({ length: 12 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return (characters.match(/.{4}/g) ?? []).join('-') as IncidentId;
}

/** Reads an id as a person types it: any case, with or without dashes. @returns null where it cannot be one */
export function readIncidentId(text: string): IncidentId | null {
  const plain = text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  if (plain.length !== 12 || [...plain].some((character) => !ALPHABET.includes(character))) return null;
  return (plain.match(/.{4}/g) ?? []).join('-') as IncidentId;
}
