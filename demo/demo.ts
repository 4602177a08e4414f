import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCli } from '../main/shell/cli/sigill.ts';
import { makeRecipient } from './recipient.ts';

/**
 * The main job on the real cases, without a window: every step is a command of the terminal, the same that a person
 * types. What comes out is left in `demo/out/` to be looked at with other programs.
 */
const HERE = fileURLToPath(new URL('.', import.meta.url));
export const OUT = join(HERE, 'out');
const CASES = join(HERE, 'cases');

const PASSPHRASES = {
  open: 'korrekt häst batteri häftklammer moln',
  protected: 'sju gråa elefanter dansar varsamt bakom kvarnen',
} as const;

interface CaseOrder {
  /** File name in `cases/`, and folder name in `out/`. */
  readonly name: string;
  readonly form: string;
  /** Given where a way asks for a decision; in the demonstration always the same person. */
  readonly decision: string;
  readonly versions: readonly ('full' | 'open')[];
}

const ORDERS: readonly CaseOrder[] = [
  {
    name: 'kalix-2021',
    form: 'kommun-slutrapport',
    decision: 'Mottagaren har bekräftat nyckeln och tar emot uppgifter under sekretess',
    versions: ['open', 'full'],
  },
  {
    name: 'servicecenter-2024',
    form: 'msb-slutrapport',
    decision: 'Mottagaren har bekräftat nyckeln och tar emot uppgifter under sekretess',
    versions: ['open', 'full'],
  },
  {
    name: 'miljodata-2025',
    form: 'kommun-slutrapport',
    decision: 'Mottagaren har bekräftat nyckeln och tar emot uppgifter under sekretess',
    versions: ['open', 'full'],
  },
  {
    name: 'ovning-sakerhetskanslig',
    form: 'sakerhetspolisen-anmalan',
    decision: 'Säkerhetsskyddschefen: signalskyddsgrad SG R och godkänd skrivare bekräftade',
    versions: ['full'],
  },
];

interface Row {
  readonly incident: string;
  readonly what: string;
  readonly version: string;
  readonly marking: string;
  readonly gate: string;
  readonly result: string;
}

interface CommandAnswer {
  readonly code: number;
  readonly json: Record<string, never>;
}

/** Runs one command as typed, and takes its machine-readable answer. */
async function sigill(words: readonly string[]): Promise<CommandAnswer> {
  let out = '';
  const code = await runCli([...words, '--json'], {
    out: (text) => (out += text),
    err: () => undefined,
    readStandardInput: async () => Buffer.alloc(0),
  });
  return { code, json: (out === '' ? {} : JSON.parse(out)) as Record<string, never> };
}

async function mustSucceed(words: readonly string[]): Promise<Record<string, never>> {
  const { code, json } = await sigill(words);
  if (code !== 0)
    throw new Error(`sigill ${words.slice(0, 2).join(' ')} slutade med ${code}: ${JSON.stringify(json)}`);
  return json;
}

/** @returns 0 when every step ended as it should */
export async function runDemo(print: (text: string) => void): Promise<number> {
  const started = Date.now();
  rmSync(OUT, { recursive: true, force: true });
  const keys = join(OUT, 'nycklar');
  mkdirSync(keys, { recursive: true, mode: 0o700 });
  const openPass = join(keys, 'lösenfras-öppna-rummet.txt');
  const protectedPass = join(keys, 'lösenfras-skyddade-rummet.txt');
  writeFileSync(openPass, `${PASSPHRASES.open}\n`);
  writeFileSync(protectedPass, `${PASSPHRASES.protected}\n`);
  const recipient = await makeRecipient(keys);

  print('Sigill, demonstration: hela arbetet på fyra fall, utan fönster.\n\n');
  const vault = join(OUT, 'demo.sigill');
  const unlock = ['--vault', vault, '--user', 'Anna Andersson', '--open-pass', openPass];
  const both = [...unlock, '--protected-pass', protectedPass];
  await mustSucceed([
    ...[
      'vault',
      'create',
      '--vault',
      vault,
      '--org-kind',
      'statlig-myndighet',
      '--org-name',
      'Exempelmyndigheten',
    ],
    ...['--user', 'Anna Andersson', '--ceiling', 'begransat-hemlig', '--open-pass', openPass],
    ...['--protected-pass', protectedPass, '--recovery-out', join(OUT, 'aterstallningsnycklar')],
    ...[
      '--address',
      'Exempelmyndigheten',
      'Box 1',
      '111 11 Exempelstad',
      '--email',
      'registrator@example.se',
    ],
  ]);
  print('Valvet är skapat: två krypterade rum, en användare, två återställningsnycklar på papper.\n');
  await mustSucceed([
    ...['key', 'import', ...unlock, '--file', recipient.publicKeyFile, '--verified-by', 'Anna Andersson'],
    ...['--verified-how', 'fingeravtrycket uppläst per telefon (demonstration)'],
  ]);
  print('Mottagarens OpenPGP-nyckel är inläst och verifierad.\n');

  const files = ORDERS.map(({ name }) => join(CASES, `${name}.json`));
  const imported = (await mustSucceed(['incident', 'import', ...both, ...files])) as unknown as {
    incident: string;
  }[];
  print(`${imported.length} incidenter är inlästa, alla på en gång.\n\n`);

  const rows: Row[] = [];
  let failures = 0;
  for (const [index, order] of ORDERS.entries()) {
    const incident = imported[index]?.incident ?? '';
    for (const row of await handleCase(order, incident, both)) {
      rows.push(row);
      if (row.result.startsWith('FEL')) failures += 1;
    }
  }
  print(table(rows));

  const chains = await exportChains(both);
  print(`\nSpårbarheten: ${chains.join('; ')}.\n`);
  print(
    `\nAllt ligger i ${relative(process.cwd(), OUT) || '.'}${'/'}. Mottagarens hemliga nyckel ligger i nycklar/, så att\n`,
  );
  print('e-posten kan öppnas med GnuPG eller Sequoia. Det tog ');
  print(`${Math.round((Date.now() - started) / 1000)} sekunder.\n`);
  return failures === 0 ? 0 : 1;
}

async function handleCase(order: CaseOrder, incident: string, unlock: readonly string[]): Promise<Row[]> {
  const rows: Row[] = [];
  const folder = join(OUT, order.name);
  mkdirSync(folder, { mode: 0o700 });
  const common = (version: string): string[] => [
    ...unlock,
    '--incident',
    incident,
    '--form',
    order.form,
    '--version',
    version,
  ];

  if (order.form !== 'sakerhetspolisen-anmalan') {
    const out = join(folder, 'telefonnotifiering.txt');
    const json = await mustSucceed([
      ...['report', ...unlock, '--incident', incident, '--form', 'telefonnotifiering'],
      ...['--version', 'full', '--format', 'txt', '--out', out],
    ]);
    rows.push({ ...describe(order, 'telefonunderlag', 'öppen', json), gate: '–', result: 'fil' });
  }
  for (const version of order.versions) {
    const out = join(folder, `rapport-${version === 'full' ? 'fullstandig' : 'oppen'}.pdf`);
    const json = await mustSucceed(['report', ...common(version), '--format', 'pdf', '--out', out]);
    rows.push({ ...describe(order, 'rapport', inWords(version), json), gate: '–', result: 'pdf' });
    for (const way of ['epost', 'signalskydd', 'kuvert']) {
      rows.push(await sendBy(way, version, order, folder, common(version)));
    }
  }
  if (order.form === 'sakerhetspolisen-anmalan') {
    const out = join(folder, 'rapport-oppen.pdf');
    const json = await mustSucceed(['report', ...common('open'), '--format', 'pdf', '--out', out]);
    rows.push({ ...describe(order, 'rapport', 'öppen', json), gate: '–', result: 'pdf' });
  }
  return rows;
}

async function sendBy(
  way: string,
  version: 'full' | 'open',
  order: CaseOrder,
  folder: string,
  common: readonly string[],
): Promise<Row> {
  const out = join(folder, `${way}-${version === 'full' ? 'fullstandig' : 'oppen'}`);
  const classified = order.form === 'sakerhetspolisen-anmalan';
  const { code, json } = await sigill(['export', way, ...common, '--out', out, '--decision', order.decision]);
  const row = describe(order, way, inWords(version), json);
  if (code === 0) {
    const answers = json['answers'] as unknown as { answer: string }[];
    const decided = answers.some(({ answer }) => answer === 'decision');
    return {
      ...row,
      gate: decided ? 'efter beslut' : 'tillåtet',
      result: `${readdirSync(out).length} filer`,
    };
  }
  // Klassat by e-mail is the one thing here that must be refused, and leave nothing behind.
  const expected = code === 3 && classified && way === 'epost';
  return { ...row, marking: '–', gate: 'avvisat', result: expected ? 'inget skrivet' : `FEL: kod ${code}` };
}

function inWords(version: 'full' | 'open'): string {
  return version === 'full' ? 'fullständig' : 'öppen';
}

function describe(
  order: CaseOrder,
  what: string,
  version: string,
  json: Record<string, never>,
): Omit<Row, 'gate' | 'result'> {
  const marking = json['marking'] as unknown as { level: string } | undefined;
  return { incident: order.name, what, version, marking: marking?.level ?? '–' };
}

/** Exports the chain of each room, and has the stand-alone verifier read it. */
async function exportChains(unlock: readonly string[]): Promise<string[]> {
  const verifier = fileURLToPath(new URL('../main/audit/verify-audit.mjs', import.meta.url));
  const results: string[] = [];
  for (const room of ['open', 'protected']) {
    const file = join(OUT, `sparbarhet-${room}.json`);
    const json = await mustSucceed(['audit', 'export', ...unlock, '--room', room, '--out', file]);
    execFileSync(process.execPath, [verifier, file], { stdio: 'pipe' });
    results.push(
      `${room === 'open' ? 'öppna' : 'skyddade'} rummet ${String(json['entries'])} rader, verifierad utanför Sigill`,
    );
  }
  return results;
}

function table(rows: readonly Row[]): string {
  const header: Row = {
    incident: 'FALL',
    what: 'VAD',
    version: 'VERSION',
    marking: 'MÄRKNING',
    gate: 'GRINDEN',
    result: 'RESULTAT',
  };
  const columns = ['incident', 'what', 'version', 'marking', 'gate', 'result'] as const;
  const all = [header, ...rows];
  const widths = columns.map((column) => Math.max(...all.map((row) => row[column].length)));
  return all
    .map((row, index) => {
      const repeated = index > 1 && all[index - 1]?.incident === row.incident;
      const cells = columns.map((column, place) =>
        (column === 'incident' && repeated ? '' : row[column]).padEnd(widths[place] ?? 0),
      );
      return `${cells.join('  ').trimEnd()}\n`;
    })
    .join('');
}
