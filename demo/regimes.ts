import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { createWholeVault } from '../main/core/create-vault.ts';
import { importIncidentFiles } from '../main/core/import-incidents.ts';
import { openSession, type RoomSecret } from '../main/core/open-session.ts';
import { incidentDeadlines } from '../main/deadlines/service.ts';
import { getIncident } from '../main/incidents/service.ts';
import { libraryOf } from '../main/rules/library.ts';
import { loadRulePack } from '../main/rules/load.ts';
import { describeMoment } from '../shared/domain/deadline-words.ts';
import type { Deadline } from '../shared/domain/incident-deadline.ts';
import type { Incident } from '../shared/domain/incident.ts';
import type { Room } from '../shared/domain/room.ts';
import type { Regime, RulePack } from '../shared/domain/rules.ts';

/**
 * `npm run regimes`: writes in docs/regimes.md every regime of the shipped rules, and for each case which tracks, deadlines and
 * forms Sigill gives. What stands outside the marks is written by hand.
 */

const HERE = fileURLToPath(new URL('.', import.meta.url));
export const PAGE = join(HERE, '../docs/regimes.md');
const CASES = ['kalix-2021', 'servicecenter-2024', 'miljodata-2025', 'ovning-sakerhetskanslig'];
const PASSPHRASES = {
  open: 'korrekt häst batteri häftklammer moln',
  protected: 'sju gråa elefanter dansar varsamt bakom kvarnen',
} as const;
const USER = 'Anna Andersson';
const UNIT = { hour: ['hour', 'hours'], week: ['week', 'weeks'], month: ['month', 'months'] } as const;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells: string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly string[]): string[] => [
  row(...head),
  row(...head.map(() => '---')),
  ...rows,
];

/** @returns the page with both tables renewed @throws Error where its marks are not there */
export async function renewedPage(page: string): Promise<string> {
  const rules = loadRulePack();
  const withRegimes = between(page, 'regimes', describeRegimes(everyVersion(rules)));
  const whole = between(withRegimes, 'cases', await describeCases(rules));
  return format(whole, { ...(await resolveConfig(PAGE)), filepath: PAGE });
}

function between(page: string, name: string, lines: readonly string[]): string {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The marks of ${name} are not in docs/regimes.md.`);
  return `${page.slice(0, from)}${begin}\n\n${lines.join('\n')}\n\n${page.slice(to)}`;
}

const validityOf = ({ validFrom, validTo }: Regime): string =>
  validFrom === null && validTo === null ? 'always' : `${validFrom ?? ''} – ${validTo ?? ''}`.trim();

/** Every regime in every version, the earlier one first: which of them holds is told by the day of the incident. */
function everyVersion(rules: RulePack): Regime[] {
  const all = libraryOf(rules)?.rules.flatMap(({ rule }) => (rule.kind === 'regime' ? [rule] : [])) ?? [];
  return all.sort((one, other) =>
    `${one.id} ${one.validFrom ?? ''}` < `${other.id} ${other.validFrom ?? ''}` ? -1 : 1,
  );
}

function describeRegimes(regimes: readonly Regime[]): string[] {
  const rows = regimes.map((regime) =>
    row(
      regime.id,
      regime.name,
      validityOf(regime),
      regime.steps.map(({ name }) => name).join('; '),
      regime.confidence,
    ),
  );
  return table(['Id', 'Name', 'In force', 'Steps', 'Confidence'], rows);
}

async function describeCases(rules: RulePack): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sigill-regimes-'));
  try {
    await createWholeVault({
      folder: join(folder, 'v.sigill'),
      recoveryFolder: join(folder, 'koder'),
      organisation: {
        name: 'Exempelmyndigheten',
        kind: 'statlig-myndighet',
        number: null,
        contact: null,
        phone: null,
        hours: null,
        address: [],
        email: null,
      },
      ceiling: 'begransat-hemlig',
      userName: USER,
      passphrases: PASSPHRASES,
      now: new Date(),
    });
    const passphrase = (room: Room): RoomSecret => ({
      kind: 'passphrase',
      passphrase: Buffer.from(PASSPHRASES[room]),
    });
    const secrets = { open: passphrase('open'), protected: passphrase('protected') };
    const vault = await openSession({ folder: join(folder, 'v.sigill'), userName: USER, secrets }, rules);
    try {
      const paths = CASES.map((name) => join(HERE, 'cases', `${name}.json`));
      const ids = importIncidentFiles(vault, rules, paths);
      return ids.flatMap((id, index) => {
        const { deadlines } = incidentDeadlines(vault, rules, id);
        return describeCase(CASES[index] ?? '', getIncident(vault, id), deadlines, rules);
      });
    } finally {
      vault.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function describeCase(
  name: string,
  incident: Incident,
  deadlines: readonly Deadline[],
  rules: RulePack,
): string[] {
  const regimes = incident.regimes.flatMap((id) => rules.regimes.get(id) ?? []);
  // In the order of the rules, not of the clock: what is late depends on the day that the page is made.
  const ordered = regimes.flatMap((regime) =>
    regime.steps.flatMap(
      (step) => deadlines.find((one) => one.regime.id === regime.id && one.step.id === step.id) ?? [],
    ),
  );
  return [
    `### ${name}`,
    '',
    `${incident.title?.text ?? ''}${incident.exercise ? ' (exercise, invented)' : ''}. ${incident.organisationKind}.`,
    '',
    ...table(
      ['Track', 'Step', 'Deadline', 'Counted from', 'Forms', 'Confidence'],
      ordered.map((deadline) =>
        row(
          deadline.regime.id,
          deadline.step.name,
          whenOf(deadline),
          `${deadline.start.label}${deadline.start.at === null && deadline.start.event !== 'none' ? ', not yet' : ''}`,
          deadline.forms.map(({ id }) => id).join(', ') || '–',
          deadline.confidence,
        ),
      ),
    ),
    '',
    'Sources:',
    '',
    ...regimes.map(
      ({ id, sources }) =>
        `- ${id}: ${sources.map(({ reference, checked }) => `${reference} (checked ${checked})`).join('; ')}`,
    ),
    '',
  ];
}

function whenOf({ due, limit, ownTarget }: Deadline): string {
  if (due) return describeMoment(due);
  if (limit) return `${limit.amount} ${UNIT[limit.unit][limit.amount === 1 ? 0 : 1]} from then`;
  return ownTarget ? `none in law; own aim ${ownTarget.hours} hours` : 'none in law';
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(PAGE, await renewedPage(readFileSync(PAGE, 'utf8')));
