import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireTool } from './tools.ts';

interface ToolResult {
  readonly status: number | null;
  readonly stdout: Buffer;
  /** Text for people and, for gpg, the `[GNUPG:]` lines for programs. */
  readonly stderr: string;
}

export type GnupgKeyType = 'rsa3072' | 'rsa4096' | 'cv25519';

/** A GnuPG of its own: a fresh home with its own agent. Nothing of the user's keyring is seen or touched. */
interface Gnupg {
  run(args: readonly string[], input?: Uint8Array | string): ToolResult;
  /** @throws Error where gpg fails: for setting things up. */
  must(args: readonly string[], input?: Uint8Array | string): Buffer;
  /** Makes a signing key with an encryption subkey. @returns the fingerprint. */
  makeKey(userId: string, type: GnupgKeyType, extra?: readonly string[]): string;
  fingerprint(userId: string): string;
  /** The revocation certificate that gpg made with the key. */
  revocation(fingerprint: string): string;
  /** Ends the agent and removes the home. */
  close(): void;
}

/** @returns null where there is no gpg. */
export function openGnupg(): Gnupg | null {
  const path = requireTool('gpg');
  if (path === null) return null;
  // The agent's socket lies in the home, and its whole path must fit in 108 bytes.
  const folder = process.platform === 'linux' ? '/tmp' : tmpdir();
  const home = mkdtempSync(join(folder, 'sg-'));
  const environment = { ...process.env, GNUPGHOME: home, LC_ALL: 'C.UTF-8' };

  function run(args: readonly string[], input: Uint8Array | string = ''): ToolResult {
    const { status, stdout, stderr } = spawnSync(
      path as string,
      [
        '--batch',
        '--no-tty',
        '--status-fd',
        '2',
        '--trust-model',
        'always',
        '--pinentry-mode',
        'loopback',
        ...args,
      ],
      { env: environment, input, maxBuffer: 64 * 1024 * 1024 },
    );
    return { status, stdout, stderr: stderr.toString('utf8') };
  }
  function must(args: readonly string[], input?: Uint8Array | string): Buffer {
    const result = run(args, input);
    if (result.status !== 0) throw new Error(`gpg ${args.join(' ')}: ${result.stderr}`);
    return result.stdout;
  }
  function fingerprint(userId: string): string {
    const listing = must(['--with-colons', '--list-keys', userId]).toString('utf8');
    const found = /^fpr:+([0-9A-F]{40}):/m.exec(listing)?.[1];
    if (found === undefined) throw new Error(`gpg knows no key of ${userId}.`);
    return found;
  }
  function makeKey(userId: string, type: GnupgKeyType, extra: readonly string[] = []): string {
    const [signing, encryption] = type === 'cv25519' ? ['ed25519', 'cv25519'] : [type, type];
    const passphrase = ['--passphrase', '', ...extra];
    must([...passphrase, '--quick-generate-key', userId, signing, 'sign,cert', 'never']);
    const made = fingerprint(userId);
    must([...passphrase, '--quick-add-key', made, encryption, 'encr', 'never']);
    return made;
  }
  return {
    run,
    must,
    makeKey,
    fingerprint,
    revocation(of) {
      const folderName = join(home, 'openpgp-revocs.d');
      const file = readdirSync(folderName).find((name) => name === `${of}.rev`);
      // gpg writes a colon before the armor, so that nobody imports it by mistake.
      return readFileSync(join(folderName, file ?? ''), 'utf8').replace(/^:(-----BEGIN)/m, '$1');
    },
    close() {
      spawnSync('gpgconf', ['--homedir', home, '--kill', 'all'], { env: environment });
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
