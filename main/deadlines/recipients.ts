import type { DutySettings } from '../../shared/domain/duty-settings.ts';
import type { Named } from '../../shared/domain/incident-deadline.ts';
import type { Regime, RegimeStep, RulePack } from '../../shared/domain/rules.ts';
import type { SupervisionAct } from '../../shared/domain/supervision-schema.ts';
import {
  alsoReportsTo,
  conditionalRecipients,
  supervisorOf,
  type Supervisor,
} from '../../shared/domain/supervision.ts';

/** Who supervises the organisation, by one of the two acts, for each of the groups it has said that it belongs to. */
export function supervisorsOf(
  rules: RulePack,
  act: SupervisionAct,
  { sectors, county, securityGroup }: DutySettings,
): Supervisor[] {
  const table = rules.supervision.get(act);
  const groups = act === 'CSL' ? sectors : securityGroup === null ? [] : [securityGroup];
  if (!table) return [];
  return groups.flatMap((group) => supervisorOf(table, group, county) ?? []);
}

/** The act that a regime belongs to: the telling ones to säkerhetsskydd, CSL to its own, others to none. */
export function actOf(regime: Regime): SupervisionAct | null {
  if (regime.sensitive) return 'SSF';
  return regime.id === 'CSL' ? 'CSL' : null;
}

/**
 * The recipients of a step for this organisation: one that only some groups tell falls away where it is known that the
 * organisation is not among them, and a supervisory authority is named where it is known which one it is.
 */
export function recipientsOf(
  rules: RulePack,
  { recipients }: Pick<RegimeStep, 'recipients'>,
  settings: DutySettings,
): Named[] {
  const table = rules.supervision.get('SSF');
  const conditional = table ? conditionalRecipients(table) : new Set<string>();
  const told = table ? alsoReportsTo(table, settings.securityGroup) : [];
  return recipients
    .filter((id) => settings.securityGroup === null || !conditional.has(id) || told.includes(id))
    .map((id) => ({ id, name: recipientName(rules, id, settings) }));
}

/** "Tillsynsmyndighet för säkerhetsskydd: Länsstyrelsen i Skåne län" where it is known, else as the rules name it. */
function recipientName(rules: RulePack, id: string, settings: DutySettings): string {
  const recipient = rules.recipients.get(id);
  if (!recipient) return id;
  const names =
    recipient.supervision === undefined
      ? []
      : supervisorsOf(rules, recipient.supervision, settings).flatMap(
          ({ authority }) => authority?.name ?? [],
        );
  return names.length === 0 ? recipient.name : `${recipient.name}: ${[...new Set(names)].join(', ')}`;
}
