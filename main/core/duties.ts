import type { AnswerOf } from '../../shared/contract/contract.ts';
import { describeStart } from '../../shared/domain/deadline-words.ts';
import { canHaveTarget, stepKey } from '../../shared/domain/duty-settings.ts';
import type { Regime, RegimeStep, RulePack } from '../../shared/domain/rules.ts';
import { supervisorsOf } from '../deadlines/recipients.ts';
import { readDutySettings } from '../deadlines/settings.ts';
import { rulesInForce } from '../packs/for-incident.ts';
import type { Vault } from '../vault/session.ts';

interface NamedStep {
  readonly key: string;
  readonly name: string;
  readonly regime: Regime;
  readonly step: RegimeStep;
}

/** As a person reads them. */
function sectorNames({ codeLists }: RulePack, codes: readonly string[]): string[] {
  const known = codeLists.get('NIS2-SEKTORER')?.codes ?? [];
  return codes.map((wanted) => known.find(({ code }) => code === wanted)?.name ?? wanted);
}

/** What the organisation has answered about itself, what it can answer, and who supervises it by those answers. */
export function describeDuties(vault: Vault, shipped: RulePack): AnswerOf<'vault.duties'> {
  const rules = rulesInForce(vault, shipped);
  const settings = readDutySettings(vault);
  const groups = (act: 'CSL' | 'SSF') => rules.supervision.get(act)?.groups ?? [];
  const steps: NamedStep[] = [...rules.regimes.values()].flatMap((regime) =>
    regime.readOnly === true
      ? []
      : regime.steps.map((step) => ({
          key: stepKey(regime.id, step.id),
          name: `${regime.id}: ${step.name}`,
          regime,
          step,
        })),
  );
  return {
    settings: {
      ...settings,
      sectors: [...settings.sectors],
      ...(settings.sectorsToChoose === undefined
        ? {}
        : { sectorsToChoose: sectorNames(rules, settings.sectorsToChoose) }),
    },
    choices: {
      sectors: groups('CSL').map(({ id, name }) => ({ id, name })),
      // That there is such a list tells nothing; which of them it is stands in the protected room.
      securityGroups: groups('SSF').map(({ id, name, note = null }) => ({ id, name, note })),
      targets: steps
        .filter(({ step }) => canHaveTarget(step))
        .map(({ key, name, step }) => ({ key, name, proposed: step.ownTarget?.hours ?? null })),
      starts: steps.flatMap(({ key, name, regime, step }) => {
        if (step.startOptions === undefined) return [];
        const nameOf = (id: string): string => regime.steps.find((other) => other.id === id)?.name ?? id;
        const proposed = { id: null, label: describeStart(step.start, nameOf) };
        const others = step.startOptions.map((id) => ({ id, label: describeStart(id, nameOf) }));
        return [{ key, name, options: [proposed, ...others] }];
      }),
    },
    supervisors: (['CSL', 'SSF'] as const).flatMap((act) => supervisorsOf(rules, act, settings)),
  };
}
