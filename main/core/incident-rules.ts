import { describeMoment } from '../../shared/domain/deadline-words.ts';
import { SigillError } from '../../shared/domain/error.ts';
import type { Deadline } from '../../shared/domain/incident-deadline.ts';
import { incidentDay } from '../../shared/domain/incident.ts';
import type { Incident, IncidentId } from '../../shared/domain/incident.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { incidentDeadlines } from '../deadlines/service.ts';
import { getIncident } from '../incidents/service.ts';
import { incidentLibrary, libraryInForce } from '../packs/for-incident.ts';
import { addIncidentRules, listIncidentRules, setInForce } from '../packs/repository.ts';
import { requireLibrary } from '../packs/take.ts';
import { compareRules } from '../rules/difference.ts';
import type { LoadedRule } from '../rules/check.ts';
import type { RuleLibrary } from '../rules/library.ts';
import { listUsers } from '../vault/repository.ts';
import type { Vault } from '../vault/session.ts';

/** By which rules an incident is judged, and what those in force would change for it. */
export interface IncidentRulesAnswer {
  /** As "Sigills regler 2026.11". */
  readonly judgedBy: readonly string[];
  /** Why the rules that the vault has kept for it cannot be read, in words; else null. Those in force can be taken. */
  readonly unreadable: string | null;
  /** The day that chooses between versions of a rule. */
  readonly day: string;
  /** null: it is judged by the rules in force. */
  readonly newer: { readonly packs: readonly string[]; readonly sentences: readonly string[] } | null;
  /** Decisions to take other rules for it, the first one first. */
  readonly decisions: readonly { readonly at: string; readonly by: string; readonly reason: string }[];
}

/** @throws SigillError `usage` where no unlocked room knows the incident; `unlock` without the open room */
export function incidentRules(vault: Vault, rules: RulePack, id: IncidentId): IncidentRulesAnswer {
  const shipped = requireLibrary(rules);
  const { store } = vault.requireRoom('open');
  const incident = getIncident(vault, id);
  const judged = libraryOrReason(vault, shipped, incident);
  const inForce = libraryInForce(vault, shipped);
  const names = new Map(listUsers(store).map((user) => [user.id, user.name]));
  return {
    judgedBy: 'reason' in judged ? [] : namesOf(judged.library),
    unreadable: 'reason' in judged ? judged.reason : null,
    day: incidentDay(incident.times, incident.createdAt),
    newer: newerThan(vault, incident, 'reason' in judged ? null : judged.library, inForce),
    decisions: listIncidentRules(store, id).flatMap(({ reason, at, by }) =>
      reason === null ? [] : [{ at, by: names.get(by) ?? by, reason }],
    ),
  };
}

/** What cannot be read cannot be compared with either: then the packs in force alone are named. */
function newerThan(
  vault: Vault,
  incident: Incident,
  mine: RuleLibrary | null,
  inForce: RuleLibrary,
): IncidentRulesAnswer['newer'] {
  if (mine === inForce) return null;
  return {
    packs: namesOf(inForce),
    sentences: mine === null ? [] : sentencesOf(vault, incident, mine, inForce),
  };
}

function libraryOrReason(
  vault: Vault,
  shipped: RuleLibrary,
  incident: Incident,
): { readonly library: RuleLibrary } | { readonly reason: string } {
  try {
    return { library: incidentLibrary(vault, shipped, incident) };
  } catch (error) {
    if (error instanceof SigillError) return { reason: error.message };
    throw error;
  }
}

/**
 * Judges an incident by the rules in force from now on, by decision.
 * @throws SigillError `usage` where it is already, or no reason is given
 */
export function takeRulesInForce(vault: Vault, rules: RulePack, id: IncidentId, reason: string): void {
  const shipped = requireLibrary(rules);
  const open = vault.requireRoom('open');
  const incident = getIncident(vault, id);
  const ruleSet = setInForce(open.store);
  const mine = listIncidentRules(open.store, id).at(-1)?.ruleSet ?? ruleSet;
  if (ruleSet === null || mine === ruleSet)
    throw new SigillError('usage', 'Incidenten bedöms redan efter de regler som gäller. Inget har ändrats.');
  if (reason.trim() === '') throw new SigillError('usage', 'Ange skälet till beslutet.', [], '--reason');
  const from = mine;
  // Read first: a set that cannot be read is not given to an incident.
  libraryInForce(vault, shipped).forDay(incidentDay(incident.times, incident.createdAt));
  vault.transaction(open, () => {
    const at = vault.now().toISOString();
    addIncidentRules(open.store, id, { ruleSet, reason: reason.trim(), at, by: open.actor.userId });
    vault.audit(open, 'incident.rules-taken', id, { incident: id, from, to: ruleSet, reason: reason.trim() });
  });
}

function namesOf({ manifest, own }: RuleLibrary): string[] {
  return [manifest, ...(own ? [own] : [])].map(({ name, version }) => `${name} ${version}`);
}

/** Deadlines, forms and recipients of this incident, by the one and by the other. */
function sentencesOf(vault: Vault, incident: Incident, from: RuleLibrary, to: RuleLibrary): string[] {
  const day = incidentDay(incident.times, incident.createdAt);
  // A copy is in no library: these very rules, whatever set the incident has.
  const [was, is] = [from, to].map((library) => ({ ...library.forDay(day) })) as [RulePack, RulePack];
  const [old, fresh] = [was, is].map(
    (pack) => new Map(incidentDeadlines(vault, pack, incident.id).deadlines.map((one) => [keyOf(one), one])),
  ) as [Map<string, Deadline>, Map<string, Deadline>];
  const steps = [...new Set([...old.keys(), ...fresh.keys()])].flatMap((key) =>
    compareStep(old.get(key), fresh.get(key)),
  );
  const named = [...old.values(), ...fresh.values()];
  const ids = new Set(named.flatMap((one) => [...one.forms, ...one.recipients].map(({ id }) => id)));
  const concerned = (pack: RulePack): LoadedRule[] =>
    [...pack.forms.values(), ...pack.recipients.values()]
      .filter(({ id }) => ids.has(id))
      .map((rule) => ({ file: rule.id, rule }));
  const details = compareRules(concerned(was), concerned(is)).flatMap(({ change, name, sentences }) =>
    change === 'changed' ? sentences : [`${name}: ${change === 'new' ? 'är nytt' : 'tas bort'}.`],
  );
  return [...steps, ...details];
}

function keyOf({ regime, step }: Deadline): string {
  return `${regime.id} ${step.id}`;
}

function compareStep(was: Deadline | undefined, is: Deadline | undefined): string[] {
  const step = is ?? was;
  if (!step) return [];
  const place = `${step.regime.name}, ${step.step.name}`;
  if (!was) return [`${place}: är nytt${due(is)}.`];
  if (!is) return [`${place}: begärs inte längre.`];
  const lists = (['forms', 'recipients'] as const).flatMap((list) => {
    const [before, after] = [was[list], is[list]].map((some) => some.map(({ name }) => name).join(', '));
    const what = list === 'forms' ? 'formulären' : 'mottagarna';
    return before === after
      ? []
      : [`${place}: ${what} ändras från ${before || 'inga'} till ${after || 'inga'}.`];
  });
  const sameDue = was.due?.at === is.due?.at;
  const sameLimit = JSON.stringify(was.limit) === JSON.stringify(is.limit);
  return [
    ...(sameDue ? [] : [`${place}: fristen flyttas från ${moment(was)} till ${moment(is)}.`]),
    ...(sameDue && !sameLimit ? [`${place}: fristens längd ändras.`] : []),
    ...(was.wording === is.wording ? [] : [`${place}: regeln lyder nu ”${is.wording}”`]),
    ...lists,
  ];
}

function due(step: Deadline | undefined): string {
  return step?.due ? `, senast ${describeMoment(step.due)}` : '';
}

function moment({ due }: Deadline): string {
  return due ? describeMoment(due) : 'ingen tid';
}
