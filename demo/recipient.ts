import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateKey } from 'openpgp';

/**
 * Makes the receiver of the demonstration's mail: a key pair whose secret half is left on disk, so that anybody can open
 * what was sent with a program of their own choice. Never a pattern for real keys.
 */
export async function makeRecipient(folder: string): Promise<{ publicKeyFile: string }> {
  const { publicKey, privateKey } = await generateKey({
    type: 'rsa',
    rsaBits: 3072,
    userIDs: [{ name: 'Mottagare i demonstrationen', email: 'rapport@example.se' }],
    format: 'armored',
  });
  const publicKeyFile = join(folder, 'mottagare.asc');
  writeFileSync(publicKeyFile, publicKey);
  writeFileSync(join(folder, 'mottagare-hemlig.asc'), privateKey);
  return { publicKeyFile };
}
