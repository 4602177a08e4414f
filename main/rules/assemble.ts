import type {
  Assessment,
  ChannelTable,
  CodeList,
  Form,
  HolidayCalendar,
  LeadTimes,
  Recipient,
  Regime,
  RulePack,
  StampRule,
  StandardText,
  SupervisionTable,
  TransferProfile,
} from '../../shared/domain/rules.ts';
import type { LoadedRule } from './check.ts';

/** The rules of one day: every id in one version. */
export function assemble(rules: readonly LoadedRule[]): RulePack {
  const regimes: Regime[] = [];
  const forms: Form[] = [];
  const codeLists: CodeList[] = [];
  const recipients: Recipient[] = [];
  const tables: ChannelTable[] = [];
  const calendars: HolidayCalendar[] = [];
  const texts: StandardText[] = [];
  const letters: LeadTimes[] = [];
  const supervision: SupervisionTable[] = [];
  const assessments: Assessment[] = [];
  const stamps: StampRule[] = [];
  const transferProfiles: TransferProfile[] = [];
  for (const { rule } of rules) {
    if (rule.kind === 'regime') regimes.push(rule);
    else if (rule.kind === 'form') forms.push(rule);
    else if (rule.kind === 'codelist') codeLists.push(rule);
    else if (rule.kind === 'recipient') recipients.push(rule);
    else if (rule.kind === 'channel-table') tables.push(rule);
    else if (rule.kind === 'text') texts.push(rule);
    else if (rule.kind === 'holidays') calendars.push(rule);
    else if (rule.kind === 'lead-times') letters.push(rule);
    else if (rule.kind === 'transfer-profile') transferProfiles.push(rule);
    else if (rule.kind === 'assessment') assessments.push(rule);
    else if (rule.kind === 'stamp') stamps.push(rule);
    else supervision.push(rule);
  }
  const [channelTable] = tables;
  const [holidays] = calendars;
  const [leadTimes] = letters;
  const [stamp] = stamps;
  if (!channelTable || !holidays || !leadTimes)
    throw new TypeError('A checked pack has a channel table, holidays and lead times.');
  return Object.freeze({
    regimes: byId(regimes),
    forms: byId(forms),
    codeLists: byId(codeLists),
    recipients: byId(recipients),
    channelTable: deepFreeze(channelTable),
    holidays: deepFreeze(holidays),
    texts: byId(texts),
    leadTimes: deepFreeze(leadTimes),
    supervision: new FrozenMap(supervision.map((table) => [table.act, deepFreeze(table)] as const)),
    assessments: byId(assessments),
    stamp: stamp === undefined ? null : deepFreeze(stamp),
    transferProfiles: byId(transferProfiles),
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
