import { SigillError } from '../../shared/domain/error.ts';
import { inspectPublicKey, type InspectedKey } from './inspect.ts';
import { openpgp } from './openpgp-config.ts';

/** More than this is not a key. Bytes. */
const LARGEST_OWN_KEY = 5 * 1024 * 1024;

interface OwnKeyFile {
  /** The secret key as another program exported it, armored or binary. */
  readonly file: Uint8Array;
  /** null where the key has none. */
  readonly passphrase: string | null;
  readonly at: Date;
}

/** A secret key that has passed, without its passphrase: it is kept in the encrypted database and nowhere else. */
interface ReadOwnKey {
  readonly inspected: InspectedKey;
  readonly armoredPrivate: string;
}

/**
 * Reads the organisation's own secret key from another program's export. Its public half must be one that we would write
 * to, and its secret half must sign and open a trial message.
 * @throws SigillError `usage` for what is not one usable secret key, or lacks a passphrase that it needs; `unlock` for the
 *   wrong passphrase
 */
export async function readOwnKeyFile({ file, passphrase, at }: OwnKeyFile): Promise<ReadOwnKey> {
  const locked = await readOneSecretKey(file);
  const inspected = await inspectPublicKey(locked.toPublic().armor(), at);
  const secret = await unlockKey(locked, passphrase);
  if (!(await opensItsOwn(secret, at))) {
    throw new SigillError(
      'usage',
      'Nyckeln går inte att både underteckna och öppna med. Exportera hela den hemliga nyckeln, med huvudnyckel och ' +
        'undernycklar.',
    );
  }
  return { inspected, armoredPrivate: secret.armor() };
}

async function readOneSecretKey(file: Uint8Array): Promise<openpgp.PrivateKey> {
  // RFC 9580 4.2: the first bit of a packet is always set; armor is ASCII.
  const reading =
    file.length > LARGEST_OWN_KEY
      ? Promise.resolve([])
      : ((file[0] ?? 0) & 0x80) === 0
        ? openpgp.readPrivateKeys({ armoredKeys: Buffer.from(file).toString('latin1') })
        : openpgp.readPrivateKeys({ binaryKeys: file });
  const keys = await reading.catch(() => []);
  const [key] = keys;
  if (key === undefined || keys.length > 1) {
    throw new SigillError(
      'usage',
      'Filen är inte en enda hemlig OpenPGP-nyckel. Exportera just er egen nyckel ur det program som gjorde den.',
      [],
      'till exempel gpg --armor --export-secret-keys FINGERAVTRYCK',
    );
  }
  return key;
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
