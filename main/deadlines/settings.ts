import {
  canHaveTarget,
  NO_DUTY_SETTINGS,
  stepKey,
  type DutySettings,
} from '../../shared/domain/duty-settings.ts';
import { SigillError } from '../../shared/domain/error.ts';
import type { RegimeStep, RulePack } from '../../shared/domain/rules.ts';
import { COUNTIES } from '../../shared/domain/supervision-schema.ts';
import { readSetting, writeSetting } from '../vault/repository.ts';
import { rulesInForce } from '../packs/for-incident.ts';
import type { Vault } from '../vault/session.ts';

/** What the organisation has answered about itself that the rules ask for, as it is kept in the rooms. */

const SETTING = 'duties';
/** Thirty days: a longer aim is none. */
const LONGEST_TARGET_HOURS = 720;

function read(vault: Vault, room: 'open' | 'protected'): Partial<DutySettings> {
  const unlocked = vault.room(room);
  const text = unlocked ? readSetting(unlocked.store, SETTING) : null;
  return text === null ? {} : (JSON.parse(text) as Partial<DutySettings>);
}

/** What the rooms that are unlocked know. Who supervises the säkerhetsskydd stands in the protected one alone. */
export function readDutySettings(vault: Vault): DutySettings {
  return { ...NO_DUTY_SETTINGS, ...read(vault, 'protected'), ...read(vault, 'open') };
}

/**
 * The sectors of the organisation by code list NIS2-SEKTORER, as the assessments ask for them: those of its groups in the table
 * for cybersäkerhetslagen, and those that it has still to choose a group of.
 */
export function sectorsOf({ supervision }: RulePack, settings: DutySettings): string[] {
  const groups = supervision.get('CSL')?.groups ?? [];
  const chosen = settings.sectors.flatMap((wanted) => groups.find(({ id }) => id === wanted)?.sector ?? []);
  return [...new Set([...chosen, ...(settings.sectorsToChoose ?? [])])];
}

/**
 * Changes some of the answers, in both rooms, so that either can count alone; but that somebody supervises the
 * säkerhetsskydd may itself tell, so it is written in the protected room only.
 * @throws SigillError `usage` with one line per fault, where an answer is none that the rules know; `unlock` where one of
 *   the rooms is locked. Nothing is changed.
 */
export function changeDutySettings(
  vault: Vault,
  rules: RulePack,
  change: Partial<DutySettings>,
): DutySettings {
  vault.requireRoom('open');
  vault.requireRoom('protected');
  const { sectorsToChoose, ...now } = readDutySettings(vault);
  const settings: DutySettings = {
    ...now,
    // Whoever writes the sectors has chosen.
    ...(sectorsToChoose === undefined || change.sectors !== undefined ? {} : { sectorsToChoose }),
    ...change,
  };
  const faults = faultsOf(settings, rulesInForce(vault, rules));
  if (faults.length > 0) throw new SigillError('usage', 'Uppgifterna går inte att använda:', faults);
  const { securityGroup: _secret, ...open } = settings;
  for (const unlocked of vault.unlockedRooms()) {
    const kept = unlocked.room === 'open' ? open : settings;
    const fields = Object.keys(change).filter((field) => field in kept);
    vault.transaction(unlocked, () => {
      writeSetting(unlocked.store, SETTING, JSON.stringify(kept));
      vault.audit(unlocked, 'duties.changed', null, { fields });
    });
  }
  return settings;
}

function faultsOf(settings: DutySettings, rules: RulePack): string[] {
  const groupsOf = (act: 'CSL' | 'SSF'): string[] =>
    rules.supervision.get(act)?.groups.map(({ id }) => id) ?? [];
  const steps = new Map<string, RegimeStep>();
  for (const regime of rules.regimes.values())
    for (const step of regime.steps) steps.set(stepKey(regime.id, step.id), step);
  const { sectors, county, securityGroup, targets, starts } = settings;
  return [
    ...sectors
      .filter((id) => !groupsOf('CSL').includes(id))
      .map((id) => `sektor: ${id} finns inte i tabellen för cybersäkerhetslagen`),
    ...(county === null || COUNTIES.includes(county) ? [] : [`län: ${String(county)} är inget län`]),
    ...(securityGroup === null || groupsOf('SSF').includes(securityGroup)
      ? []
      : [`tillsyn över säkerhetsskydd: ${securityGroup} finns inte i tabellen`]),
    ...Object.entries(targets).flatMap(([key, hours]) => {
      const step = steps.get(key);
      if (!step || !canHaveTarget(step)) return [`eget mål: ${key} är inget steg utan frist`];
      const isWhole = Number.isInteger(hours) && hours >= 1 && hours <= LONGEST_TARGET_HOURS;
      return isWhole ? [] : [`eget mål: ${key} ska vara 1 till ${LONGEST_TARGET_HOURS} hela timmar`];
    }),
    ...Object.entries(starts)
      .filter(([key, start]) => steps.get(key)?.startOptions?.includes(start) !== true)
      .map(([key]) => `start: ${key} har inte det valet`),
  ];
}
