import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGnupg, type GnupgKeyType } from './gnupg.ts';
import { requireTool } from './tools.ts';

/** A key that another program has made, in armor. */
export interface ForeignKey {
  readonly label: string;
  readonly secret: string;
  readonly public: string;
}

export interface Decrypted {
  readonly content: Buffer;
  /** The program says itself that the signature is good. */
  readonly isVerified: boolean;
  readonly log: string;
}

/** An OpenPGP program by other hands. Keys and messages are armored text; each call has a folder or keyring of its own. */
export interface OpenpgpProgram {
  readonly name: string;
  /** The kinds of key that it can be told to make; their labels. */
  readonly keyKinds: readonly string[];
  makeKey(kind: string): ForeignKey;
  decrypt(message: string, secret: string, signer: string): Decrypted;
  signAndEncrypt(content: string, secret: string, recipient: string): string;
  close(): void;
}

interface Run {
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

function runner(path: string, prefix: string) {
  // rnp and gpg keep a socket or a keyring in the folder, and the path of a socket must be short.
  const folder = mkdtempSync(join(process.platform === 'linux' ? '/tmp' : tmpdir(), prefix));
  let made = 0;
  const file = (content: string): string => {
    const name = join(folder, `f${(made += 1)}`);
    writeFileSync(name, content);
    return name;
  };
  const run = (args: readonly string[], input: string | Buffer = '', program = path): Run => {
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: folder,
      input,
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
      maxBuffer: 64 * 1024 * 1024,
    });
    return { status, stdout, stderr: stderr.toString('utf8') };
  };
  const must = (args: readonly string[], input: string | Buffer = '', program = path): Buffer => {
    const result = run(args, input, program);
    if (result.status !== 0)
      throw new Error(`${program} ${args.join(' ')}: ${result.status} ${result.stderr}`);
    return result.stdout;
  };
  const close = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  return { folder, file, run, must, close };
}

/** sqop, gosop and pgpainless-cli all speak the Stateless OpenPGP interface. */
function openSop(name: string, kind: string): OpenpgpProgram | null {
  const path = requireTool(name);
  if (path === null) return null;
  const { folder, file, run, must, close } = runner(path, 'sg-');
  return {
    name,
    keyKinds: [kind],
    makeKey(label) {
      const secret = must(['generate-key', `${name} <${name}@exempel.se>`]).toString();
      return { label: `${name} ${label}`, secret, public: must(['extract-cert'], secret).toString() };
    },
    decrypt(message, secret, signer) {
      const verifications = join(folder, 'verifications');
      rmSync(verifications, { force: true });
      const result = run(
        ['decrypt', `--verify-with=${file(signer)}`, `--verify-out=${verifications}`, file(secret)],
        message,
      );
      const isVerified = result.status === 0 && readFileSync(verifications, 'utf8').trim() !== '';
      return { content: result.stdout, isVerified, log: result.stderr };
    },
    signAndEncrypt: (content, secret, recipient) =>
      must(['encrypt', `--sign-with=${file(secret)}`, file(recipient)], content).toString(),
    close,
  };
}

function openSequoia(): OpenpgpProgram | null {
  const path = requireTool('sq');
  if (path === null) return null;
  const { folder, file, run, must, close } = runner(path, 'sg-');
  return {
    name: 'sq',
    keyKinds: ['rsa3k', 'rsa4k', 'cv25519'],
    makeKey(kind) {
      const out = join(folder, `${kind}.key`);
      const userId = `sq ${kind} <sq-${kind}@exempel.se>`;
      must(['key', 'generate', '--userid', userId, '--cipher-suite', kind, '--export', out]);
      return {
        label: `sq ${kind}`,
        secret: readFileSync(out, 'utf8'),
        public: must(['key', 'extract-cert', out]).toString(),
      };
    },
    decrypt(message, secret, signer) {
      const result = run(
        ['decrypt', '--recipient-key', file(secret), '--signer-cert', file(signer)],
        message,
      );
      const isVerified = result.status === 0 && result.stderr.includes('1 good signature');
      return { content: result.stdout, isVerified, log: result.stderr };
    },
    signAndEncrypt: (content, secret, recipient) =>
      must(
        ['encrypt', '--signer-key', file(secret), '--recipient-cert', file(recipient)],
        content,
      ).toString(),
    close,
  };
}

function openRnp(): OpenpgpProgram | null {
  const path = requireTool('rnp');
  const keys = requireTool('rnpkeys');
  if (path === null || keys === null) return null;
  const { folder, file, run, must, close } = runner(path, 'sg-');
  let homes = 0;
  const home = (...imported: readonly string[]): readonly string[] => {
    const name = join(folder, `h${(homes += 1)}`);
    mkdirSync(name, { mode: 0o700 });
    for (const key of imported) must(['--homedir', name, '--import-keys', file(key)], '', keys);
    return ['--homedir', name];
  };
  return {
    name: 'rnp',
    keyKinds: ['rsa3072', 'rsa4096', 'cv25519'],
    makeKey(kind) {
      const at = home();
      const userId = `rnp ${kind} <rnp-${kind}@exempel.se>`;
      const how = kind === 'cv25519' ? ['--expert'] : ['--numbits', kind.slice(3)];
      must([...at, '--generate-key', ...how, '--userid', userId, '--password', ''], '22\n', keys);
      return {
        label: `rnp ${kind}`,
        secret: must([...at, '--export-key', '--secret', userId], '', keys).toString(),
        public: must([...at, '--export-key', userId], '', keys).toString(),
      };
    },
    decrypt(message, secret, signer) {
      const at = home(secret, signer);
      const result = run([...at, '--password', '', '--decrypt', file(message), '--output', '-']);
      const isVerified = result.status === 0 && /Good signature/i.test(result.stderr);
      return { content: result.stdout, isVerified, log: result.stderr };
    },
    signAndEncrypt(content, secret, recipient) {
      const at = home(secret, recipient);
      const id = (text: string): string =>
        /^(?:pub|sec) +.*?([0-9a-f]{16})/im.exec(
          must(['--homedir', String(home(text)[1]), '--list-keys'], '', keys)
            .toString()
            .replaceAll('/', ' '),
        )?.[1] ?? '';
      const sender = ['--sign', '-u', id(secret), '--encrypt', '-r', id(recipient)];
      return must([...at, '--password', '', ...sender, '--armor', file(content), '--output', '-']).toString();
    },
    close,
  };
}

function openGnupgProgram(): OpenpgpProgram | null {
  const first = openGnupg();
  if (first === null) return null;
  return {
    name: 'gpg',
    // RSA 4096 by GnuPG takes longest of all to make; epost.interop.test.ts has one.
    keyKinds: ['rsa3072', 'cv25519'],
    makeKey(kind) {
      const userId = `gpg-${kind}@exempel.se`;
      first.makeKey(userId, kind as GnupgKeyType);
      const secret = first.must(['--passphrase', '', '--armor', '--export-secret-keys', userId]).toString();
      return {
        label: `gpg ${kind}`,
        secret,
        public: first.must(['--armor', '--export', userId]).toString(),
      };
    },
    decrypt(message, secret, signer) {
      const gnupg = openGnupg();
      if (gnupg === null) throw new Error('gpg is gone.');
      try {
        gnupg.must(['--passphrase', '', '--import'], secret);
        gnupg.must(['--import'], signer);
        const { status, stdout, stderr } = gnupg.run(['--decrypt'], message);
        const isVerified =
          status === 0 && /\[GNUPG:\] GOODSIG/.test(stderr) && stderr.includes('DECRYPTION_OKAY');
        return { content: stdout, isVerified, log: stderr };
      } finally {
        gnupg.close();
      }
    },
    signAndEncrypt(content, secret, recipient) {
      const gnupg = openGnupg();
      if (gnupg === null) throw new Error('gpg is gone.');
      try {
        const imported = (text: string): string =>
          /IMPORT_OK \d+ ([0-9A-F]{40})/.exec(
            gnupg.run(['--passphrase', '', '--import'], text).stderr,
          )?.[1] ?? '';
        const from = imported(secret);
        const to = imported(recipient);
        return gnupg
          .must(['--passphrase', '', '--armor', '-u', from, '-r', to, '--sign', '--encrypt'], content)
          .toString();
      } finally {
        gnupg.close();
      }
    },
    close: () => first.close(),
  };
}

/**
 * Every OpenPGP program that our mail is held against. One that is missing is said loudly, and is a fault in CI.
 * GnuPG here is the machine's: 2.2 on Debian 12.
 */
export function openPrograms(): OpenpgpProgram[] {
  return [
    openGnupgProgram(),
    openSequoia(),
    openSop('sqop', 'cv25519'),
    openRnp(),
    // RSA 2048: too weak for us to write to. It still reads and writes with other keys.
    openSop('gosop', 'rsa2048'),
    openSop('pgpainless-cli', 'cv25519'),
  ].filter((program) => program !== null);
}
