import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAnswer } from '../../answers/open-answer.ts';
import { inspectPublicKey } from '../../keys/inspect.ts';
import { openpgp } from '../../keys/openpgp-config.ts';
import { createOwnKey, type OwnKey } from '../../keys/own.ts';
import { fileNamed, SAMPLE_PDF, SAMPLE_TEXT, sampleEmail } from '../../testing/email.ts';
import { openGnupg } from '../../testing/gnupg.ts';
import { openPrograms, type ForeignKey } from '../../testing/openpgp-programs.ts';
import { requireTool } from '../../testing/tools.ts';
import type { ExportFile, StreamedFile } from '../files.ts';
import { makeEmailExport } from './epost.ts';

/**
 * Every OpenPGP program that can be had, with keys made by each: what we send is read by all, and what all send is read
 * by us. `npm run interop` runs this and epost.interop.test.ts.
 */
const programs = openPrograms();
const slow = 180_000;
const ANSWER = 'Tack. Räksmörgås är mottaget.\n';

let own: OwnKey;
let usable: ForeignKey[];
let weak: ForeignKey[];
let files: (ExportFile | StreamedFile)[];

beforeAll(async () => {
  own = await createOwnKey({ name: 'Säkerhetsskydd', email: 'sakskydd@exempel.se', at: new Date() });
  const keys = programs.flatMap((program) => program.keyKinds.map((kind) => program.makeKey(kind)));
  weak = keys.filter(({ label }) => label.endsWith('rsa2048'));
  usable = keys.filter((key) => !weak.includes(key));
  const recipients = await Promise.all(
    usable.map(async (key) => {
      // A key may be made in the second after the clock was read.
      const { fingerprint } = await inspectPublicKey(key.public, new Date(Date.now() + 2000));
      return { fingerprint, armored: key.public };
    }),
  );
  files = await makeEmailExport(sampleEmail(own, recipients, new Date(Date.now() + 2000)));
  const wait = 2500;
  await new Promise((resolve) => setTimeout(resolve, wait));
}, slow);

afterAll(() => {
  for (const program of programs) program.close();
});

async function payload(): Promise<string> {
  const mail = await PostalMime.parse(fileNamed(files, /\.eml$/));
  const part = mail.attachments.find(({ mimeType }) => mimeType === 'application/octet-stream');
  return Buffer.from(part?.content as ArrayBuffer).toString('latin1');
}

async function expectReport(decrypted: Buffer): Promise<void> {
  const mail = await PostalMime.parse(decrypted);
  expect(mail.text?.replaceAll('\r\n', '\n').trimEnd()).toBe(SAMPLE_TEXT.trimEnd());
  const pdf = mail.attachments.find(({ filename }) => filename === 'rapport.pdf');
  expect(Buffer.compare(Buffer.from(pdf?.content as ArrayBuffer), SAMPLE_PDF)).toBe(0);
}

it('others have made keys of every kind that may be written to', () => {
  const kinds = new Set(
    usable.map(({ label }) => label.split(' ')[1]?.replace('3k', '3072').replace('4k', '4096')),
  );
  expect([...kinds].sort()).toEqual(['cv25519', 'rsa3072', 'rsa4096']);
});

describe.each(programs.map((program) => [program.name, program] as const))('%s', (_name, program) => {
  it(
    'opens our mail with the keys of every program, and finds our signature good',
    { timeout: slow },
    async () => {
      const message = await payload();
      for (const key of usable) {
        const { content, isVerified, log } = program.decrypt(message, key.secret, own.armoredPublic);
        expect(isVerified, `${key.label}: ${log}`).toBe(true);
        await expectReport(content);
      }
    },
  );

  it('finds no good signature in a mail that has been changed', { timeout: slow }, async () => {
    const { data } = await openpgp.unarmor(await payload());
    const bytes = Buffer.from(data as unknown as Uint8Array);
    bytes[bytes.length - 1000] = (bytes[bytes.length - 1000] ?? 0) ^ 1;
    const changed = openpgp.armor(openpgp.enums.armor.message, bytes);
    const key = usable.find(({ label }) => label.startsWith(program.name)) ?? usable[0];
    if (!key) throw new Error('No key was made.');
    expect(program.decrypt(changed, key.secret, own.armoredPublic).isVerified).toBe(false);
  });

  it('writes answers that we read and verify, with each of its keys', { timeout: slow }, async () => {
    const signers = usable.filter(({ label }) => label.startsWith(program.name));
    for (const key of signers.length > 0 ? signers : usable.slice(0, 1)) {
      const answer = program.signAndEncrypt(ANSWER, key.secret, own.armoredPublic);
      const at = new Date(Date.now() + 2000);
      const { fingerprint } = await inspectPublicKey(key.public, at);
      const opened = await openAnswer({
        file: Buffer.from(answer),
        ownKeys: [own.armoredPrivate],
        knownKeys: [
          { fingerprint, armored: key.public, isVerified: true, isOwn: false, owner: key.label, emails: [] },
        ],
        at,
      });
      expect(opened, key.label).toMatchObject({
        text: ANSWER.trimEnd(),
        signature: { kind: 'verified', fingerprint },
      });
    }
  });
});

it('a key of 2048 bits, as gosop makes, is refused', async () => {
  for (const key of weak) {
    await expect(inspectPublicKey(key.public, new Date())).rejects.toThrow(/för svag \(RSA 2048\)/);
  }
});

const gnupg = openGnupg();
describe.skipIf(gnupg === null)('keys that GnuPG has made and nobody may be written to', () => {
  if (gnupg === null) return;
  afterAll(() => gnupg.close());
  const exported = (userId: string): string => gnupg.must(['--armor', '--export', userId]).toString();

  it('are refused: expired, revoked, without encryption', async () => {
    const passphrase = ['--passphrase', ''];
    gnupg.must([
      ...[...passphrase, '--faked-system-time', '20200101T000000!'],
      ...['--quick-generate-key', 'gammal@exempel.se', 'rsa3072', 'default', '1d'],
    ]);
    await expect(inspectPublicKey(exported('gammal@exempel.se'), new Date())).rejects.toThrow(
      /gick ut 2020-01-02/,
    );

    const revoked = gnupg.makeKey('aterkallad@exempel.se', 'cv25519');
    gnupg.must(['--import'], gnupg.revocation(revoked));
    await expect(
      inspectPublicKey(exported('aterkallad@exempel.se'), new Date(Date.now() + 2000)),
    ).rejects.toThrow(/återkallad/);

    gnupg.must([...passphrase, '--quick-generate-key', 'signerar@exempel.se', 'ed25519', 'sign', 'never']);
    await expect(
      inspectPublicKey(exported('signerar@exempel.se'), new Date(Date.now() + 2000)),
    ).rejects.toThrow(/krypter/);
  });
});

const pgpdump = requireTool('pgpdump');
it.skipIf(pgpdump === null)(
  'pgpdump sees version 3 session keys and version 1 encrypted data, nothing newer',
  () => {
    const { stdout } = spawnSync(pgpdump ?? '', [], { input: fileNamed(files, /\.pgp$/), encoding: 'utf8' });
    const packets = stdout.match(/^Old:.*|^New:.*/gm) ?? [];
    expect(packets).toHaveLength(usable.length + 2);
    expect(packets.at(-1)).toMatch(/\(tag 18\)/);
    expect(stdout.match(/New version\(3\)/g)).toHaveLength(usable.length + 1);
  },
);

const PYTHON = `
import email, email.policy, json, sys
m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
parts = list(m.iter_parts())
print(json.dumps({
  "defects": [repr(d) for p in m.walk() for d in p.defects], "type": m.get_content_type(),
  "protocol": m.get_param("protocol"), "headers": sorted(k.lower() for k in m.keys()), "subject": m["Subject"],
  "parts": [p.get_content_type() for p in parts], "version": parts[0].get_payload().strip(),
  "armor": parts[1].get_payload().strip()[:27]}))
`;
const python = requireTool('python3');
it.skipIf(python === null)(
  "Python's parser finds PGP/MIME without a fault, and headers that tell nothing",
  () => {
    const { stdout, stderr } = spawnSync(python ?? '', ['-c', PYTHON], {
      input: fileNamed(files, /\.eml$/),
      encoding: 'utf8',
    });
    expect(JSON.parse(stdout || `"${stderr}"`)).toEqual({
      defects: [],
      type: 'multipart/encrypted',
      protocol: 'application/pgp-encrypted',
      headers: ['content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to'],
      subject: 'Rapport, ref K7M2-9QXA-4D1F',
      parts: ['application/pgp-encrypted', 'application/octet-stream'],
      version: 'Version: 1',
      armor: '-----BEGIN PGP MESSAGE-----',
    });
  },
);

/** A mail program needs a keyring with the recipient's secret key, the sender's key, and a Maildir with our mail in it. */
function mailbox(): { folder: string; home: string; close: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'sg-'));
  const home = join(folder, 'g');
  for (const name of ['g', 'Maildir', 'Maildir/new', 'Maildir/cur', 'Maildir/tmp']) {
    mkdirSync(join(folder, name), { mode: 0o700 });
  }
  writeFileSync(join(folder, 'Maildir/new/1.mail'), fileNamed(files, /\.eml$/));
  writeFileSync(join(home, 'gpg.conf'), 'trust-model always\n');
  const key = usable.find(({ label }) => label === 'gpg cv25519');
  for (const text of [key?.secret ?? '', own.armoredPublic]) {
    spawnSync('gpg', ['--homedir', home, '--batch', '--import'], { input: text });
  }
  const close = (): void => {
    spawnSync('gpgconf', ['--homedir', home, '--kill', 'all']);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  return { folder, home, close };
}

const notmuch = requireTool('notmuch');
it.skipIf(notmuch === null || gnupg === null)(
  'notmuch decrypts the mail, finds the signature good and lists the attachments',
  { timeout: slow },
  () => {
    const { folder, home, close } = mailbox();
    try {
      const config = join(folder, 'nm.cfg');
      writeFileSync(config, `[database]\npath=${folder}/Maildir\n[user]\nprimary_email=x@y.se\n`);
      const env = { ...process.env, NOTMUCH_CONFIG: config, GNUPGHOME: home };
      spawnSync(notmuch ?? '', ['new'], { env });
      const { stdout } = spawnSync(notmuch ?? '', ['show', '--decrypt=true', '--format=json', '*'], {
        env,
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      });
      expect(stdout).toContain('"encstatus": [{"status": "good"}]');
      expect(stdout).toMatch(/"sigstatus": \[\{"status": "good", "fingerprint": "[0-9A-F]{40}"/);
      expect(stdout).toContain('"filename": "rapport.pdf"');
      expect(stdout).toContain('Björktrast');
    } finally {
      close();
    }
  },
);

const mutt = requireTool('mutt');
const script = requireTool('script');
it.skipIf(mutt === null || script === null || gnupg === null)(
  'mutt, a mail program for people, shows the report and says that the signature is good',
  { timeout: slow },
  () => {
    const { folder, home, close } = mailbox();
    try {
      const muttrc = join(folder, 'muttrc');
      writeFileSync(muttrc, `set folder=${folder}/Maildir\nset crypt_use_gpgme=yes\n`);
      const pager = `set pager="cp %s ${folder}/out.txt; true"`;
      const command = `mutt -F ${muttrc} -f ${folder}/Maildir -e '${pager}' -e 'push <display-message><exit>'`;
      // It reads its keyboard until `timeout` ends it, and ends at once where there is none: `sleep` holds the pipe.
      const shell = 'sleep 6 | timeout -k 1 5 "$0" -qec "$1" /dev/null';
      spawnSync('sh', ['-c', shell, script ?? '', command], {
        env: { ...process.env, GNUPGHOME: home, TERM: 'xterm', LC_ALL: 'C.UTF-8', HOME: folder },
        stdio: 'ignore',
      });
      expect(existsSync(join(folder, 'out.txt'))).toBe(true);
      const shown = readFileSync(join(folder, 'out.txt'), 'utf8');
      expect(shown).toContain('Björktrast');
      expect(shown).toMatch(/Good signature from/);
      expect(shown).toContain('rapport.pdf');
    } finally {
      close();
    }
  },
);
