import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { SigillError } from '../../shared/domain/error.ts';
import {
  ruleFileSchema,
  type Assessment,
  type ChannelTable,
  type CodeList,
  type Form,
  type HolidayCalendar,
  type LeadTimes,
  type Recipient,
  type Regime,
  type RulePack,
  type SupervisionTable,
} from '../../shared/domain/rules.ts';
import { findRuleFaults, ruleKey, type LoadedRule } from './check.ts';

const SHIPPED_FOLDER = fileURLToPath(new URL('../../assets/rules', import.meta.url));

let shipped: RulePack | null = null;

/**
 * Reads and checks a rule pack: every JSON file under the folder, whatever sub-folder it lies in, since `kind` says
 * what a file is. The pack is accepted whole or not at all, and cannot be changed afterwards.
 * The pack that ships with the program is read once and kept.
 * @throws SigillError `usage` with one line per fault, each naming file and place
 */
export function loadRulePack(folder?: string): RulePack {
  if (folder !== undefined) return readRulePack(folder);
  shipped ??= readRulePack(SHIPPED_FOLDER);
  return shipped;
}

function readRulePack(folder: string): RulePack {
  const { rules, broken, faults } = readRules(folder);
  const allFaults = [...faults, ...findRuleFaults(rules, broken)];
  if (allFaults.length > 0) {
    const count = allFaults.length === 1 ? 'ett fel' : `${allFaults.length} fel`;
    throw new SigillError('usage', `Regelpaketet har ${count} och används inte.`, allFaults);
  }
  return assemble(rules);
}

interface ReadRules {
  readonly rules: readonly LoadedRule[];
  /** What the unreadable files say they are, so that a reference to one of them is not called dead as well. */
  readonly broken: ReadonlySet<string>;
  readonly faults: readonly string[];
}

function readRules(folder: string): ReadRules {
  const rules: LoadedRule[] = [];
  const broken = new Set<string>();
  const faults: string[] = [];
  for (const file of listRuleFiles(folder)) {
    const content = parseJson(join(folder, file));
    if (content === undefined) {
      faults.push(`${file}: är inte läsbar JSON i UTF-8.`);
      continue;
    }
    const result = ruleFileSchema.safeParse(content);
    if (result.success) {
      rules.push({ file, rule: result.data });
      continue;
    }
    for (const issue of result.error.issues) {
      faults.push(`${file}: ${describePlace(issue.path)}${describeIssue(issue, content)}`);
    }
    const { kind, id } = Object(content) as { kind?: unknown; id?: unknown };
    broken.add(ruleKey(String(kind), String(id)));
  }
  return { rules, broken, faults };
}

/** Paths below the folder, with '/', in a fixed order, so that the faults come in the same order everywhere. */
function listRuleFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .sort();
  } catch {
    throw new SigillError(
      'usage',
      `Regelpaketet går inte att läsa: mappen ${folder} saknas eller är spärrad.`,
    );
  }
}

/** @returns undefined where the file cannot be read, is not UTF-8 or is not JSON. */
function parseJson(path: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)));
  } catch {
    return undefined;
  }
}

/** "steps[2].limit.unit: ", or nothing for the file as a whole. */
function describePlace(path: readonly PropertyKey[]): string {
  const place = path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
    .join('');
  return place === '' ? '' : `${place}: `;
}

function valueAt(content: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (Object(value) as Record<PropertyKey, unknown>)[part],
    content,
  );
}

/** zod's own messages are English or stiff; these say what to write instead. */
function describeIssue(issue: z.core.$ZodIssue, content: unknown): string {
  if (issue.code === 'unrecognized_keys') {
    return `okänd nyckel: ${issue.keys.map((key) => `"${key}"`).join(', ')}.`;
  }
  if (valueAt(content, issue.path) === undefined) return 'saknas.';
  switch (issue.code) {
    case 'invalid_type':
      return `har fel typ, ska vara ${issue.expected}.`;
    case 'invalid_value':
      return `ska vara ${issue.values.length > 1 ? 'ett av ' : ''}${issue.values.map((value) => `"${String(value)}"`).join(', ')}.`;
    case 'too_small':
      return issue.origin === 'number' ? 'ska vara större än noll.' : 'får inte vara tom.';
    case 'invalid_format':
      return describeFormat(issue.format);
    default:
      return 'har ett värde som inte är tillåtet.';
  }
}

function describeFormat(format: string): string {
  if (format === 'date') return 'ska vara ett datum (ÅÅÅÅ-MM-DD).';
  if (format === 'url') return 'ska vara en webbadress.';
  return 'har fel form: bokstäver a–z, siffror och enkla bindestreck.';
}

function assemble(rules: readonly LoadedRule[]): RulePack {
  const regimes: Regime[] = [];
  const forms: Form[] = [];
  const codeLists: CodeList[] = [];
  const recipients: Recipient[] = [];
  const tables: ChannelTable[] = [];
  const calendars: HolidayCalendar[] = [];
  const letters: LeadTimes[] = [];
  const supervision: SupervisionTable[] = [];
  const assessments: Assessment[] = [];
  for (const { rule } of rules) {
    if (rule.kind === 'regime') regimes.push(rule);
    else if (rule.kind === 'form') forms.push(rule);
    else if (rule.kind === 'codelist') codeLists.push(rule);
    else if (rule.kind === 'recipient') recipients.push(rule);
    else if (rule.kind === 'channel-table') tables.push(rule);
    else if (rule.kind === 'holidays') calendars.push(rule);
    else if (rule.kind === 'lead-times') letters.push(rule);
    else if (rule.kind === 'assessment') assessments.push(rule);
    else supervision.push(rule);
  }
  const [channelTable] = tables;
  const [holidays] = calendars;
  const [leadTimes] = letters;
  if (!channelTable || !holidays || !leadTimes)
    throw new TypeError('A checked pack has a channel table, holidays and lead times.');
  return Object.freeze({
    regimes: byId(regimes),
    forms: byId(forms),
    codeLists: byId(codeLists),
    recipients: byId(recipients),
    channelTable: deepFreeze(channelTable),
    holidays: deepFreeze(holidays),
    leadTimes: deepFreeze(leadTimes),
    supervision: new FrozenMap(supervision.map((table) => [table.act, deepFreeze(table)] as const)),
    assessments: byId(assessments),
  });
}

function byId<T extends { readonly id: string }>(rules: readonly T[]): ReadonlyMap<string, T> {
  return new FrozenMap(rules.map((rule) => [rule.id, deepFreeze(rule)] as const));
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

/** Object.freeze does not stop a Map from changing, and one changed row in the channel table would be a leak. */
class FrozenMap<K, V> extends Map<K, V> {
  constructor(entries: readonly (readonly [K, V])[]) {
    super();
    for (const [key, value] of entries) super.set(key, value);
  }
  override set(): never {
    throw new TypeError('A rule pack cannot be changed.');
  }
  override delete(): never {
    throw new TypeError('A rule pack cannot be changed.');
  }
  override clear(): never {
    throw new TypeError('A rule pack cannot be changed.');
  }
}
