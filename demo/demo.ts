import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportAudit } from '../main/core/audit.ts';
import { createWholeVault } from '../main/core/create-vault.ts';
import { dispatch, type WayOut } from '../main/core/dispatch.ts';
import { importIncidentFiles } from '../main/core/import-incidents.ts';
import { importRecipientKey } from '../main/core/keys.ts';
import type { ReportOrder } from '../main/core/make-report.ts';
import { openSession, type RoomSecret } from '../main/core/open-session.ts';
import { byEmail, byEnvelope, bySignalskydd } from '../main/core/ways-out.ts';
import { writeReportFile } from '../main/core/write-report.ts';
import { loadRulePack } from '../main/rules/load.ts';
import type { Vault } from '../main/vault/session.ts';
import { SigillError } from '../shared/domain/error.ts';
import type { IncidentId } from '../shared/domain/incident.ts';
import { LEVEL_NAME } from '../shared/domain/marking.ts';
import type { Organisation, ReportVersion } from '../shared/domain/report.ts';
import { ROOM_NAME, ROOMS, type Room } from '../shared/domain/room.ts';
import type { RulePack } from '../shared/domain/rules.ts';
import { makeRecipient } from './recipient.ts';

/**
 * The main job on the real cases, without a window: the same core that the terminal and the app use, in one session.
 * What comes out is left in `demo/out/` to be looked at with other programs.
 */
const HERE = fileURLToPath(new URL('.', import.meta.url));
export const OUT = join(HERE, 'out');
const CASES = join(HERE, 'cases');

const PASSPHRASES = {
  open: 'korrekt häst batteri häftklammer moln',
  protected: 'sju gråa elefanter dansar varsamt bakom kvarnen',
} as const;

const USER = 'Anna Andersson';
const ORGANISATION: Organisation = {
  name: 'Exempelmyndigheten',
  kind: 'statlig-myndighet',
  number: '202100-0000',
  contact: 'Tjänsteman i beredskap',
  phone: '010-000 00 00',
  hours: 'dygnet runt',
  address: ['Exempelmyndigheten', 'Box 1', '111 11 Exempelstad'],
  email: 'registrator@example.se',
};
const WAYS = ['epost', 'signalskydd', 'kuvert'] as const;
const FILE_WORD: Readonly<Record<ReportVersion, string>> = { full: 'fullstandig', open: 'oppen' };

interface CaseOrder {
  /** File name in `cases/`, and folder name in `out/`. */
  readonly name: string;
  readonly form: string;
  /** Given where a way asks for a decision; in the demonstration always the same person. */
  readonly decision: string;
}

const ORDERS: readonly CaseOrder[] = [
  {
    name: 'kalix-2021',
    form: 'kommun-slutrapport',
    decision: 'Mottagaren har bekräftat nyckeln och tar emot uppgifter under sekretess',
  },
  {
    name: 'servicecenter-2024',
    form: 'msb-slutrapport',
    decision: 'Mottagaren har bekräftat nyckeln och tar emot uppgifter under sekretess',
  },
  {
    name: 'miljodata-2025',
    form: 'kommun-slutrapport',
    decision: 'Mottagaren har bekräftat nyckeln och tar emot uppgifter under sekretess',
  },
  {
    name: 'ovning-sakerhetskanslig',
    form: 'sakerhetspolisen-anmalan',
    decision: 'Säkerhetsskyddschefen: signalskyddsgrad SG R och godkänd skrivare bekräftade',
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

/** @returns 0 when every step ended as it should */
export async function runDemo(print: (text: string) => void): Promise<number> {
  const started = Date.now();
  rmSync(OUT, { recursive: true, force: true });
  const keys = join(OUT, 'nycklar');
  mkdirSync(keys, { recursive: true, mode: 0o700 });
  writeFileSync(join(keys, 'lösenfras-öppna-rummet.txt'), `${PASSPHRASES.open}\n`);
  writeFileSync(join(keys, 'lösenfras-skyddade-rummet.txt'), `${PASSPHRASES.protected}\n`);
  print('Sigill, demonstration: hela arbetet på fyra fall, utan fönster.\n\n');

  const folder = join(OUT, 'demo.sigill');
  await createWholeVault({
    folder,
    recoveryFolder: join(OUT, 'aterstallningsnycklar'),
    organisation: ORGANISATION,
    ceiling: 'begransat-hemlig',
    userName: USER,
    passphrases: PASSPHRASES,
    now: new Date(),
  });
  print('Valvet är skapat: två krypterade rum, en användare, två återställningsnycklar på papper.\n');
  const rules = loadRulePack();
  const passphrase = (room: Room): RoomSecret => ({
    kind: 'passphrase',
    passphrase: Buffer.from(PASSPHRASES[room]),
  });
  const secrets = { open: passphrase('open'), protected: passphrase('protected') };
  const vault = await openSession({ folder, userName: USER, secrets }, rules);
  try {
    return await work(vault, rules, keys, print);
  } finally {
    vault.close();
    print(`Det tog ${Math.round((Date.now() - started) / 1000)} sekunder.\n`);
  }
}

async function work(
  vault: Vault,
  rules: RulePack,
  keys: string,
  print: (text: string) => void,
): Promise<number> {
  const recipient = await makeRecipient(keys);
  await importRecipientKey(vault, readFileSync(recipient.publicKeyFile), {
    first: USER,
    second: 'Bo Ask',
    way: 'telefon',
    phone: '010-240 40 40',
    note: 'fingeravtrycket uppläst (demonstration)',
  });
  print('Mottagarens OpenPGP-nyckel är inläst och verifierad.\n');
  const files = ORDERS.map(({ name }) => join(CASES, `${name}.json`));
  const imported = importIncidentFiles(vault, rules, files);
  print(`${imported.length} incidenter är inlästa, alla på en gång.\n\n`);

  const rows: Row[] = [];
  for (const [index, order] of ORDERS.entries()) {
    const incident = imported[index];
    if (incident) rows.push(...(await handleCase(vault, rules, order, incident)));
  }
  print(table(rows));
  print(`\nSpårbarheten: ${exportChains(vault).join('; ')}.\n`);
  print(
    '\nAllt ligger i demo/out/. Mottagarens hemliga nyckel ligger i demo/out/nycklar/, så att e-posten kan öppnas\n',
  );
  print('med GnuPG eller Sequoia. Samma arbete med kommandon: docs/handbok/01-komma-igang.md.\n');
  return rows.some((row) => row.result.startsWith('FEL')) ? 1 : 0;
}

async function handleCase(
  vault: Vault,
  rules: RulePack,
  order: CaseOrder,
  incidentId: IncidentId,
): Promise<Row[]> {
  const rows: Row[] = [];
  const folder = join(OUT, order.name);
  mkdirSync(folder, { mode: 0o700 });
  const classified = order.form === 'sakerhetspolisen-anmalan';
  const report = async (
    formId: string,
    what: string,
    version: ReportVersion,
    file: string,
  ): Promise<void> => {
    const format = file.endsWith('.pdf') ? 'pdf' : 'txt';
    const asked: ReportOrder = { incidentId, formId, version, draft: false };
    const { document } = await writeReportFile(vault, rules, asked, format, join(folder, file));
    rows.push({
      ...describe(order, what, version),
      marking: LEVEL_NAME[document.marking.level],
      gate: '–',
      result: format,
    });
  };

  if (!classified) await report('telefonnotifiering', 'telefonunderlag', 'open', 'telefonnotifiering.txt');
  for (const version of ['open', 'full'] as const) {
    await report(order.form, 'rapport', version, `rapport-${FILE_WORD[version]}.pdf`);
    for (const way of WAYS) {
      rows.push(
        await sendBy(
          vault,
          rules,
          order,
          { incidentId, formId: order.form, version, draft: false },
          way,
          folder,
        ),
      );
    }
  }
  return rows;
}

async function sendBy(
  vault: Vault,
  rules: RulePack,
  order: CaseOrder,
  asked: ReportOrder,
  way: (typeof WAYS)[number],
  folder: string,
): Promise<Row> {
  const out = join(folder, `${way}-${FILE_WORD[asked.version]}`);
  const row = describe(order, way, asked.version);
  const ways: Record<typeof way, () => WayOut> = {
    epost: () => byEmail(vault, rules, []),
    signalskydd: () => bySignalskydd(vault, rules, { medium: 'M-014', grade: null, recipientName: null }),
    kuvert: () =>
      byEnvelope(vault, rules, order.form, {
        carriage: null,
        layout: 'C4',
        copies: 1,
        recipientId: null,
        attention: null,
        securityBag: null,
        consignment: null,
        // Nobody rings anybody in a demonstration; what is made is never sent.
        addressReason: 'Demonstration: försändelsen lämnas inte in.',
      }),
  };
  try {
    const decision = { reason: order.decision, decidedBy: USER };
    const sent = await dispatch(vault, rules, { ...asked, out, decision }, ways[way]());
    const decided = sent.clearances.some((clearance) => clearance.decision !== null);
    return {
      ...row,
      marking: LEVEL_NAME[sent.document.marking.level],
      gate: decided ? 'efter beslut' : 'tillåtet',
      result: `${sent.files.length} ${sent.files.length === 1 ? 'fil' : 'filer'}`,
    };
  } catch (error) {
    // Klassat by e-mail is the one thing here that must be refused, and leave nothing behind.
    const refused =
      error instanceof SigillError && error.kind === 'policy' && way === 'epost' && asked.version === 'full';
    if (!refused || existsSync(out)) throw error;
    return { ...row, marking: LEVEL_NAME['begransat-hemlig'], gate: 'avvisat', result: 'inget skrivet' };
  }
}

function describe(
  order: CaseOrder,
  what: string,
  version: ReportVersion,
): Pick<Row, 'incident' | 'what' | 'version'> {
  return { incident: order.name, what, version: version === 'full' ? 'fullständig' : 'öppen' };
}

/** Exports the chain of each room, and has the stand-alone verifier read it. */
function exportChains(vault: Vault): string[] {
  const verifier = fileURLToPath(new URL('../main/audit/verify-audit.mjs', import.meta.url));
  return ROOMS.map((room) => {
    const file = join(OUT, `sparbarhet-${room}.json`);
    const { entries } = exportAudit(vault, room, file);
    execFileSync(process.execPath, [verifier, file], { stdio: 'pipe' });
    return `${ROOM_NAME[room]} ${entries} rader, verifierade utanför Sigill`;
  });
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
