import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { at, draftWith, importOne } from '../../../testing/incidents.ts';
import { makeTestVault, type TestVault } from '../../../testing/vault.ts';
import { mustSigill, refused, sigill, unlocking } from '../testing/run.ts';

vi.mock(import('../../../vault/key-derivation.ts'), async (original) =>
  (await import('../../../testing/remember-keys.ts')).rememberKeys(await original()),
);

/** Invented, with a right check digit. */
const NUMBER = '19121212-1212';
let vault: TestVault;
let open: string[];
let incident: string;

beforeAll(async () => {
  vault = await makeTestVault();
  const opened = await vault.open(['open', 'protected']);
  try {
    const aware = {
      id: 'aware',
      at: new Date(Date.now() - 3_600_000).toISOString(),
      precision: 'exact',
    } as const;
    incident = importOne(
      opened,
      draftWith(
        {
          handelse: [`Kontot för ${NUMBER} togs över`, 'oppen'],
          konsekvenser: ['Handläggningen står still', 'oppen'],
        },
        { regimes: ['STAT-2026'], times: [{ ...aware, marking: at('oppen') }] },
      ),
    );
  } finally {
    opened.close();
  }
  open = unlocking(vault, 'open', 'protected');
});
afterAll(() => vault.remove());

const asking = (...more: string[]): string[] => [
  ...more,
  ...open,
  ...['--incident', incident, '--form', 'stat-varning', '--version', 'open'],
];
const FOUND = /I ”Kort beskrivning av händelsen” står personnummer\. Det går att maskera i rapporten\./;
const MASKED = /I ”Kort beskrivning av händelsen” är personnummer maskerat\./;

it('report tells of personal data and masks them where it is asked to', async () => {
  const to = (name: string): string[] => ['--format', 'txt', '--out', join(vault.root, name)];
  const asked = await refused([...asking('report'), ...to('hel.txt')]);
  expect(asked.message).toContain('inget har skrivits');
  expect(existsSync(join(vault.root, 'hel.txt'))).toBe(false);
  const plain = await sigill([...asking('report'), ...to('hel.txt'), '--unmasked']);
  expect(plain.err).toMatch(FOUND);
  expect(plain.err).not.toContain(NUMBER);
  expect(readFileSync(join(vault.root, 'hel.txt'), 'utf8')).toContain(NUMBER);
  const masked = await sigill([...asking('report'), ...to('maskerad.txt'), '--mask']);
  expect(masked.err).toMatch(MASKED);
  const text = readFileSync(join(vault.root, 'maskerad.txt'), 'utf8');
  expect(text).toContain('Kontot för [personnummer] togs över');
  expect(text).not.toContain('1212-1212');
});

it('export and portal make ask first, and write nothing before it is chosen', async () => {
  const decided = ['--decision', 'Rutinen anger det', '--decided-by', 'Bo', '--address-reason', 'Övning'];
  for (const [name, words] of [
    [
      'brev-ovalt',
      [...asking('export', 'kuvert'), '--recipient', 'cert-se', '--carriage', 'rek', ...decided],
    ],
    ['blad-ovalt', [...asking('portal', 'make'), '--channel', 'cyberportalen']],
  ] as const) {
    const out = join(vault.root, name);
    const asked = await refused([...words, '--out', out]);
    expect(asked.message).toContain('inget har skrivits');
    expect(asked.faults.join()).toMatch(FOUND);
    expect(existsSync(out)).toBe(false);
    await mustSigill([...words, '--out', out, '--unmasked']);
    expect(existsSync(out)).toBe(true);
  }
});

it('gate tells of them too', async () => {
  const asked = await sigill([...asking('gate'), '--channel', 'cyberportalen']);
  expect(asked.err).toMatch(FOUND);
});

it('export and portal make mask all that they write', async () => {
  const envelope = join(vault.root, 'brev');
  const decided = ['--decision', 'Rutinen anger det', '--decided-by', 'Bo', '--address-reason', 'Övning'];
  const recipient = ['--recipient', 'cert-se', '--carriage', 'rek'];
  await mustSigill([...asking('export', 'kuvert'), ...recipient, ...decided, '--out', envelope, '--mask']);
  const sheet = join(vault.root, 'blad');
  await mustSigill([...asking('portal', 'make'), '--channel', 'cyberportalen', '--out', sheet, '--mask']);
  const texts = [envelope, sheet].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /\.(txt|json)$/.test(name))
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  );
  expect(texts.length).toBeGreaterThan(1);
  expect(texts.join('\n')).toContain('Kontot för [personnummer] togs över');
  expect(texts.join('\n')).not.toContain('1212-1212');
});
