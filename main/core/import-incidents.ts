import { readFileSync, statSync } from 'node:fs';
import { SigillError } from '../../shared/domain/error.ts';
import { EARLIEST_YEAR, happenedFault } from '../../shared/domain/happened.ts';
import { incidentDay, type IncidentId } from '../../shared/domain/incident.ts';
import { readIncidentFile, type IncidentDraft } from '../../shared/domain/incident-file.ts';
import { TIME_LABEL } from '../../shared/domain/words.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { importIncidents } from '../incidents/service.ts';
import { rulesInForce, tellingRegimes } from '../packs/for-incident.ts';
import { keepShipped } from '../packs/take.ts';
import { causeOf } from '../store/system-error.ts';
import type { Vault } from '../vault/session.ts';

/** An incident is text; a file beyond this is a mistake, and would be held in memory whole. */
const LARGEST_FILE = 16 * 1024 * 1024;

/** The text of an incident file, and the name by which a fault in it is told. */
export interface IncidentText {
  readonly name: string;
  readonly text: string;
}

/**
 * Reads incident files from disk and stores them, all or none.
 * @returns the ids, in the order of the files
 * @throws SigillError `usage` with one line per fault in any of the files; nothing is stored
 */
export function importIncidentFiles(vault: Vault, rules: RulePack, paths: readonly string[]): IncidentId[] {
  const files: IncidentText[] = [];
  const faults: string[] = [];
  for (const name of paths) {
    const read = readText(name);
    if (read.ok) files.push({ name, text: read.text });
    else faults.push(`${name}: ${read.fault}`);
  }
  return storeTexts(vault, rules, files, faults);
}

/**
 * As {@link importIncidentFiles}, for texts that have been read already.
 * @param isDecided the questions of the decision tree have been answered: a regime that is not there was decided against
 */
export function importIncidentTexts(
  vault: Vault,
  rules: RulePack,
  files: readonly IncidentText[],
  isDecided = false,
): IncidentId[] {
  return storeTexts(vault, rules, files, [], isDecided);
}

/** @param unreadable faults of files that could not be read, told together with those of the others */
function storeTexts(
  vault: Vault,
  rules: RulePack,
  files: readonly IncidentText[],
  unreadable: readonly string[],
  isDecided = false,
): IncidentId[] {
  const { ceiling } = vault.requireRoom('open');
  const inForce = rulesInForce(vault, rules);
  const limits = { ceiling, knownRegimes: new Set(inForce.regimes.keys()), knownCodes: knownCodes(inForce) };
  const drafts: IncidentDraft[] = [];
  const faults: string[] = [...unreadable];
  for (const { name, text } of files) {
    const read = readIncidentFile(text, limits);
    if (read.ok) {
      const day = incidentDay(read.draft.times, vault.now().toISOString());
      const broken = [
        ...endedRegimes(read.draft, rules, day),
        ...timesThatCannotBe(read.draft, vault.now(), isDecided),
      ];
      // Who writes an incident has no file in front of her.
      faults.push(...broken.map((fault) => (isDecided ? fault : `${name}: ${fault}`)));
      drafts.push(isDecided ? read.draft : withCompany(read.draft, rules, day));
    } else faults.push(...read.faults.map((fault) => `${name}: ${fault}`));
  }
  if (faults.length > 0) {
    const words = isDecided
      ? 'Incidenten är inte skapad, och inget du skrev är borta.'
      : 'Inget har lästs in.';
    throw new SigillError('usage', `${words} Rätta felen och försök igen:`, faults);
  }
  const ids = importIncidents(vault, drafts, tellingRegimes(vault, rules));
  keepShipped(vault, rules);
  return ids;
}

/** A regime that is only there to be read cannot be chosen for what happened after it had ended. */
function endedRegimes({ regimes }: IncidentDraft, rules: RulePack, day: string): string[] {
  return regimes.flatMap((id) => {
    const regime = rules.regimes.get(id);
    const isOver = regime?.readOnly === true && regime.validTo !== null && day > regime.validTo;
    return isOver
      ? [`regimes: ${id} upphörde ${regime.validTo} och kan inte väljas för en incident från ${day}`]
      : [];
  });
}

/**
 * What is told to have happened lies behind, and not before there were computers: a limit would else be counted from a time
 * that has not come, or from a mistyped year.
 * @param isWritten by a person in the window: places are named as she sees them
 */
function timesThatCannotBe({ times, log }: IncidentDraft, now: Date, isWritten: boolean): string[] {
  const words = {
    ahead: 'ligger i framtiden; skriv när det skedde',
    'too-early': `är före ${EARLIEST_YEAR}; skriv hela årtalet, som 2026`,
  };
  const tell = (place: string, fault: keyof typeof words | null): string[] =>
    fault ? [`${place}: ${words[fault]}`] : [];
  return [
    ...times.flatMap(({ id, at, precision }) =>
      tell(isWritten ? TIME_LABEL[id] : `times.${id}.at`, happenedFault(at, precision, now)),
    ),
    ...log.flatMap(({ at }, index) => tell(`log[${index}].at`, happenedFault(at, 'exact', now))),
  ];
}

/** With the regimes that come along with those of the file, for those they are for, where they are in force that day. */
function withCompany(draft: IncidentDraft, rules: RulePack, day: string): IncidentDraft {
  const company = draft.regimes
    .flatMap((id) => rules.regimes.get(id)?.accompaniedBy ?? [])
    .filter((id) => {
      const regime = rules.regimes.get(id);
      if (!regime || draft.regimes.includes(id)) return false;
      const { validFrom, validTo, organisationKinds } = regime;
      const isInForce = (validFrom ?? day) <= day && day <= (validTo ?? day);
      return isInForce && organisationKinds.includes(draft.organisationKind);
    });
  return company.length === 0 ? draft : { ...draft, regimes: [...new Set([...draft.regimes, ...company])] };
}

/** @returns the codes of every code list in the rules */
export function knownCodes(rules: RulePack): ReadonlySet<string> {
  return new Set([...rules.codeLists.values()].flatMap(({ codes }) => codes.map(({ code }) => code)));
}

/** Told as faults, so that one file that cannot be read does not hide what is wrong with the next. */
function readText(path: string): { ok: true; text: string } | { ok: false; fault: string } {
  try {
    if (statSync(path).size > LARGEST_FILE) return { ok: false, fault: 'är för stor för en incidentfil' };
    // Another coding than UTF-8 would else come in with its åäö replaced, in silence.
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)) };
  } catch (error) {
    if (error instanceof TypeError) return { ok: false, fault: 'filen: är inte giltig JSON (UTF-8)' };
    return { ok: false, fault: `kan inte läsas (${causeOf(error)?.reason ?? 'okänt fel'})` };
  }
}
