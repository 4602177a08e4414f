import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPayload, makeEntry } from './chain.ts';
import { checkpointText } from './checkpoint.ts';
import { auditFileText, type AuditExport } from './repository.ts';
import { checkpointOf, IDENTITY, instant, keyOf, makeChain, makePerson } from './testing/sample.ts';

interface Verdict {
  readonly code: number;
  readonly faults: readonly string[];
  readonly remarks: readonly string[];
  readonly chain?: AuditExport;
}

const SCRIPT = new URL('./verify-audit.mjs', import.meta.url);
const ANNA = makePerson('user-anna', 'Anna Ek');
const BO = makePerson('user-bo', 'Bo Ås');
const PEOPLE = [ANNA, BO];
const ENTRIES = makeChain(PEOPLE, 4);
const LOCKING = checkpointOf(ENTRIES.slice(0, 2), PEOPLE, 1, 'låsning');
const WHOLE: AuditExport = {
  format: 'sigill-audit/1',
  ...IDENTITY,
  keys: PEOPLE.map(keyOf),
  entries: ENTRIES,
  checkpoints: [LOCKING, checkpointOf(ENTRIES, PEOPLE, 2, 'export')],
};

let verifyFile: (bytes: Uint8Array) => Verdict;
let folder: string;

beforeAll(async () => {
  ({ verifyFile } = await import(SCRIPT.href));
  folder = mkdtempSync(join(tmpdir(), 'sigill-audit-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function verdictOf(chain: unknown): Verdict {
  return verifyFile(Buffer.from(auditFileText(chain as AuditExport)));
}

function run(...args: string[]): { code: number | null; output: string; errors: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(SCRIPT), ...args], {
    encoding: 'utf8',
  });
  return { code: status, output: stdout, errors: stderr };
}

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('verifyFile', () => {
  it('finds a whole chain whole, and an empty one', () => {
    expect(verdictOf(WHOLE)).toMatchObject({ code: 0, faults: [] });
    const empty = { ...WHOLE, entries: [], checkpoints: [checkpointOf([], PEOPLE, 1, 'export')] };
    expect(verdictOf(empty)).toMatchObject({ code: 0, faults: [] });
  });

  it('notices one changed bit in any byte of the file', () => {
    const bytes = Buffer.from(auditFileText(WHOLE));
    const missed: number[] = [];
    for (let place = 0; place < bytes.length; place += 1) {
      const spoiled = Buffer.from(bytes);
      spoiled[place] = (spoiled[place] ?? 0) ^ (1 << (place % 8));
      if (verifyFile(spoiled).code === 0) missed.push(place);
    }
    expect(bytes.length).toBeGreaterThan(2000);
    expect(missed).toEqual([]);
  });

  it('notices one other plausible character at many places of the file', () => {
    const text = auditFileText(WHOLE);
    const characters = '0aA9 "},:{[]\\n';
    const missed: string[] = [];
    for (let place = 0; place < text.length; place += 2) {
      const character = characters.charAt((place * 7) % characters.length);
      if (character === text.charAt(place)) continue;
      const spoiled = text.slice(0, place) + character + text.slice(place + 1);
      if (verifyFile(Buffer.from(spoiled)).code === 0) missed.push(`${place}: ${character}`);
    }
    expect(missed).toEqual([]);
  });

  it('notices a file that ends too soon, wherever it ends', () => {
    const text = auditFileText(WHOLE).trimEnd();
    for (let length = 0; length < text.length; length += 13) {
      expect(verifyFile(Buffer.from(text.slice(0, length))).code).not.toBe(0);
    }
  });

  const [first, second, third, fourth] = ENTRIES;
  const [locking, end] = WHOLE.checkpoints;
  const forger = makePerson(ANNA.id, ANNA.name);

  it.each<[string, unknown, RegExp]>([
    ['entries cut off', { ...WHOLE, entries: ENTRIES.slice(0, 3) }, /slutet saknas/],
    [
      'entries and the last checkpoint cut off',
      { ...WHOLE, entries: ENTRIES.slice(0, 2), checkpoints: [locking] },
      /exportens kontrollpunkt/,
    ],
    ['all checkpoints taken out', { ...WHOLE, checkpoints: [] }, /saknar kontrollpunkt/],
    ['the first checkpoint taken out', { ...WHOLE, checkpoints: [end] }, /kontrollpunkt 1 saknas/],
    ['an entry taken out', { ...WHOLE, entries: [first, third, fourth] }, /rad 2 saknas/],
    [
      'two entries in each other’s place',
      { ...WHOLE, entries: [first, third, second, fourth] },
      /rad 2 saknas/,
    ],
    ['an entry added', { ...WHOLE, entries: [...ENTRIES, fourth] }, /rad 5 saknas/],
    [
      'a name changed',
      { ...WHOLE, keys: [{ ...keyOf(ANNA), name: 'Anna Ask' }, keyOf(BO)] },
      /användarlistan/,
    ],
    ['names changed about', { ...WHOLE, keys: [keyOf(BO), keyOf(ANNA)] }, /användarlistan/],
    ['a user taken out', { ...WHOLE, keys: [keyOf(ANNA)] }, /inte finns i listan/],
    ['a user twice', { ...WHOLE, keys: [keyOf(ANNA), keyOf(ANNA)] }, /samma beteckning/],
    ['another key', { ...WHOLE, keys: [keyOf(forger), keyOf(BO)] }, /fel signatur/],
    ['another room', { ...WHOLE, room: 'protected' }, /fel kontrollsumma/],
    ['a field too many', { ...WHOLE, note: 'x' }, /fält som inte hör dit/],
    ['a field too many in an entry', { ...WHOLE, entries: [{ ...first, note: 1 }] }, /fält som inte hör dit/],
    ['a field missing', { ...WHOLE, entries: [{ ...first, object: undefined }] }, /fältet object/],
    ['an entry that is none', { ...WHOLE, entries: [null] }, /inte ett objekt/],
    ['keys that are none', { ...WHOLE, keys: [null] }, /inte ett objekt/],
    ['a checkpoint that is none', { ...WHOLE, checkpoints: [7] }, /inte ett objekt/],
    ['a list that is none', { ...WHOLE, entries: { length: 0 } }, /fältet entries/],
  ])('notices %s', (_, chain, expected) => {
    const { code, faults } = verdictOf(chain);
    expect(code).toBe(5);
    expect(faults.join('\n')).toMatch(expected);
  });

  it('notices an entry by another hand under the same name', () => {
    if (!third) throw new Error('No entry.');
    const content = {
      at: instant(3),
      actor: ANNA.id,
      action: 'incident.closed',
      object: null,
      payloadHash: hashPayload('', 0),
    };
    const forged = makeEntry(IDENTITY, third, content, forger.signingKey);
    const entries = [...ENTRIES.slice(0, 3), forged];
    const checkpoints = [LOCKING, checkpointOf(entries, PEOPLE, 2, 'export')];
    expect(verdictOf({ ...WHOLE, entries, checkpoints }).faults).toEqual(['rad 4 har fel signatur']);
  });

  it('refuses the same content in another spelling', () => {
    const text = auditFileText(WHOLE);
    const spellings = [
      JSON.stringify(WHOLE),
      JSON.stringify(JSON.parse(text), null, 2),
      text.replace('"seq":1,', '"seq":1.0,'),
      text.replace('"seq":1,', '"seq":2,"seq":1,'),
      text.replace('Anna', '\\u0041nna'),
      `${text}\n`,
    ];
    for (const spelling of spellings) expect(verifyFile(Buffer.from(spelling)).code).toBe(5);
  });

  it.each(['', 'hej', 'null', '[]', '{}', '{"format":"sigill-audit/2"}'])('does not know %j', (text) => {
    expect(verifyFile(Buffer.from(text)).code).toBe(2);
  });

  it('remarks on a clock that was set back', () => {
    const content = { actor: ANNA.id, action: 'x', object: null, payloadHash: hashPayload('', 0) };
    const one = makeEntry(IDENTITY, null, { ...content, at: instant(9) }, ANNA.signingKey);
    const other = makeEntry(IDENTITY, one, { ...content, at: instant(8) }, ANNA.signingKey);
    const entries = [one, other];
    const checkpoints = [checkpointOf(entries, PEOPLE, 1, 'export')];
    expect(verdictOf({ ...WHOLE, entries, checkpoints })).toMatchObject({
      code: 0,
      remarks: ['rad 2 har en tidigare tid än raden före: klockan har ställts om'],
    });
  });
});

describe('verify-audit from a terminal', () => {
  it('tells what a whole chain holds', () => {
    const { code, output, errors } = run(file('hel.json', auditFileText(WHOLE)));
    expect(errors).toBe('');
    expect(code).toBe(0);
    expect(output).toContain('Rader: 4, 2026-11-22T08:00:00.000Z – 2026-11-22T08:03:00.000Z');
    expect(output).toContain('Anna Ek (user-anna): 2 rader');
    expect(output).toContain('Kedjan är hel');
    expect(output).toContain('äldre utskrift');
  });

  it('names each fault on a line of its own', () => {
    const spoiled = auditFileText({ ...WHOLE, entries: ENTRIES.slice(0, 3) });
    const { code, output, errors } = run(file('kapad.json', spoiled));
    expect(code).toBe(5);
    expect(output).toBe('');
    expect(errors.split('\n').filter((line) => line.startsWith('FEL: '))).toHaveLength(1);
    expect(errors).toContain('Kedjan går inte att lita på: 1 fel.');
  });

  it('compares with a printed checkpoint', () => {
    const whole = file('hel.json', auditFileText(WHOLE));
    const printed = file('punkt.txt', checkpointText(LOCKING).replaceAll('\n', '\r\n'));
    const { code, output } = run(whole, '--kontrollpunkt', printed);
    expect(code).toBe(0);
    expect(output).toContain('Utskriven kontrollpunkt 1');
    expect(output).not.toContain('äldre utskrift');

    const longer = makeChain(PEOPLE, 6);
    const ahead = file('längre.txt', checkpointText(checkpointOf(longer, PEOPLE, 3, 'export')));
    const cut = run(whole, '--kontrollpunkt', printed, '--kontrollpunkt', ahead);
    expect(cut.code).toBe(5);
    expect(cut.errors).toContain('utskriven kontrollpunkt 3 räknar 6 rader, men filen har 4');

    const mistyped = file('fel.txt', checkpointText(LOCKING).replace('number 1', 'number 2'));
    expect(run(whole, '--kontrollpunkt', mistyped).code).toBe(5);
    expect(run(whole, '--kontrollpunkt', file('inte.txt', 'hej')).code).toBe(2);
    expect(run(whole, '--kontrollpunkt', join(folder, 'saknas.txt')).code).toBe(2);
  });

  it('explains itself when used wrongly', () => {
    for (const args of [[], ['a', 'b'], ['--annat']]) {
      const { code, errors } = run(...args);
      expect(code).toBe(2);
      expect(errors).toContain('Användning: npm run verify-audit');
    }
    expect(run(join(folder, 'saknas.json'))).toMatchObject({ code: 2 });
    expect(run(file('annat.json', '{}'))).toMatchObject({ code: 2 });
  });
});
