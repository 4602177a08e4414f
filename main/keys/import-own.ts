import { SigillError } from '../../shared/domain/error.ts';
import { armoredKeys, asText, formatFingerprint, inspectPublicKey, type InspectedKey } from './inspect.ts';
import { mergeCopies } from './merge-copies.ts';
import { openpgp } from './openpgp-config.ts';

/** More than this is not a key. Bytes. */
const LARGEST_OWN_KEY = 5 * 1024 * 1024;

interface OwnKeyFile {
  /** The secret key as another program exported it, armored or binary. */
  readonly file: Uint8Array;
  /** null where the key has none. */
  readonly passphrase: string | null;
  /** Our own secret keys that are in the vault, armored, without a passphrase. */
  readonly known: readonly string[];
  readonly at: Date;
}

/** A secret key that has passed, without its passphrase: it is kept in the encrypted database and nowhere else. */
interface ReadOwnKey {
  readonly inspected: InspectedKey;
  readonly armoredPrivate: string;
  /** The file says something of the key that the copy in the vault does not. */
  readonly hasNews: boolean;
}

/**
 * Reads the organisation's own secret key from another program's export. Its public half must be one that we would write
 * to, and its secret half must sign and open a trial message. Where it is in the vault already the two copies are taken together.
 * @throws SigillError `usage` for what is not one usable secret key, or lacks a passphrase that it needs; `unlock` for the
 *   wrong passphrase
 */
export async function readOwnKeyFile({ file, passphrase, known, at }: OwnKeyFile): Promise<ReadOwnKey> {
  const locked = await readOneSecretKey(file);
  const copies = await Promise.all(known.map((armoredKey) => openpgp.readPrivateKey({ armoredKey })));
  const copy = copies.find((one) => one.getFingerprint() === locked.getFingerprint());
  const pub = copy ? await mergeCopies(copy.toPublic(), locked.toPublic()) : locked.toPublic();
  const inspected = await inspectPublicKey(pub.armor(), at, 'own-file');
  const unlocked = await unlockKey(locked, passphrase);
  const secret = copy ? await mergeCopies(copy, unlocked) : unlocked;
  if (!(await opensItsOwn(secret, at))) {
    throw new SigillError(
      'usage',
      'Nyckeln går inte att både underteckna och öppna med. Exportera hela den hemliga nyckeln, med huvudnyckel och ' +
        'undernycklar.',
    );
  }
  const hasNews = !copy || Buffer.compare(copy.write(), secret.write()) !== 0;
  return { inspected, armoredPrivate: secret.armor(), hasNews };
}

/** Other programs put the public half beside the secret one in their backups: it is passed by. */
async function readOneSecretKey(file: Uint8Array): Promise<openpgp.PrivateKey> {
  const keys = file.length > LARGEST_OWN_KEY ? [] : await readSecretKeys(file).catch(() => []);
  const [key, ...others] = keys;
  if (key === undefined || others.length > 0) {
    throw new SigillError(
      'usage',
      'Filen är inte en enda hemlig OpenPGP-nyckel. Exportera just er egen nyckel ur det program som gjorde den.',
      others.length > 0 ? keys.map((one) => formatFingerprint(one.getFingerprint())) : [],
      'till exempel gpg --armor --export-secret-keys FINGERAVTRYCK',
    );
  }
  return key;
}

async function readSecretKeys(file: Uint8Array): Promise<openpgp.PrivateKey[]> {
  const text = asText(file);
  if (text === null) return openpgp.readPrivateKeys({ binaryKeys: file });
  const secret = armoredKeys(text).filter((block) => block.startsWith('-----BEGIN PGP PRIVATE'));
  const keys = await Promise.all(secret.map((block) => openpgp.readPrivateKeys({ armoredKeys: block })));
  return keys.flat();
}

async function unlockKey(key: openpgp.PrivateKey, passphrase: string | null): Promise<openpgp.PrivateKey> {
  if (key.isDecrypted()) return key;
  if (passphrase === null) {
    throw new SigillError('usage', 'Nyckeln har en lösenfras. Ange den.', [], '--key-pass FIL');
  }
  return openpgp.decryptKey({ privateKey: key, passphrase }).catch(() => {
    throw new SigillError('unlock', 'Lösenfrasen öppnar inte nyckeln, eller så är nyckeln inte hel.');
  });
}

/** The two halves belong together, and both the signing and the decrypting part are there. */
async function opensItsOwn(secret: openpgp.PrivateKey, at: Date): Promise<boolean> {
  const trial = Buffer.from('prov');
  try {
    const sealed = await openpgp.encrypt({
      message: await openpgp.createMessage({ binary: trial, date: at }),
      encryptionKeys: secret.toPublic(),
      signingKeys: secret,
      date: at,
      format: 'binary',
    });
    const opened = await openpgp.decrypt({
      message: await openpgp.readMessage({ binaryMessage: sealed }),
      decryptionKeys: secret,
      verificationKeys: secret.toPublic(),
      expectSigned: true,
      date: at,
      format: 'binary',
    });
    return Buffer.compare(opened.data, trial) === 0;
  } catch {
    return false;
  }
}
