import { openpgp } from './openpgp-config.ts';

interface Signature {
  write(): Uint8Array;
}

/** @returns both, each once */
function union<S extends Signature>(one: readonly S[], other: readonly S[]): S[] {
  const known = new Set(one.map((signature) => Buffer.from(signature.write()).toString('hex')));
  return [...one, ...other.filter((signature) => !known.has(Buffer.from(signature.write()).toString('hex')))];
}

/**
 * All that two copies of one key say of it (RFC 9580 10.1). Which of them is newer need not be known: of what the owner has signed the latest
 * counts, and a revocation counts whichever copy has it. An older copy undoes nothing. No signature is judged here: whoever
 * reads the key looks at those that hold and passes the others by, so that a false one among them does no harm. Two copies of a
 * secret key give the secret key.
 * @throws TypeError where they are not of one key
 */
export async function mergeCopies<K extends openpgp.Key>(known: K, other: K): Promise<K> {
  if (known.getFingerprint() !== other.getFingerprint()) throw new TypeError('Two keys cannot be merged.');
  const merged = await openpgp.readKey({ binaryKey: known.write() });
  merged.revocationSignatures = union(merged.revocationSignatures, other.revocationSignatures);
  mergeDirect(merged, other);
  mergeUsers(merged, other);
  for (const from of other.subkeys) {
    const to = merged.subkeys.find((subkey) => subkey.getFingerprint() === from.getFingerprint());
    if (!to) {
      merged.subkeys.push(from);
      continue;
    }
    to.bindingSignatures = union(to.bindingSignatures, from.bindingSignatures);
    to.revocationSignatures = union(to.revocationSignatures, from.revocationSignatures);
  }
  // Written and read, so that what was taken over belongs to the one key.
  return (await openpgp.readKey({ binaryKey: merged.write() })) as openpgp.Key as K;
}

/** Signatures over the key itself (RFC 9580 5.2.1.9), in which some programs keep its end. The library's types do not name them. */
function mergeDirect(merged: openpgp.Key, other: openpgp.Key): void {
  type WithDirect = { directSignatures: Signature[] };
  const [to, from] = [merged, other] as openpgp.Key[] as (openpgp.Key & WithDirect)[];
  if (to && from) to.directSignatures = union(to.directSignatures, from.directSignatures);
}

function mergeUsers(merged: openpgp.Key, other: openpgp.Key): void {
  for (const from of other.users) {
    const name = from.userID?.userID;
    if (name === undefined) continue;
    const to = merged.users.find(({ userID }) => userID?.userID === name);
    if (!to) {
      merged.users.push(from);
      continue;
    }
    to.selfCertifications = union(to.selfCertifications, from.selfCertifications);
    to.revocationSignatures = union(to.revocationSignatures, from.revocationSignatures);
  }
}
