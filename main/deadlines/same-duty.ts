import { describeMoment } from '../../shared/domain/deadline-words.ts';
import type { Deadline } from '../../shared/domain/incident-deadline.ts';
import type { RulePack } from '../../shared/domain/rules.ts';

/**
 * The same duty by two sets of rules on one incident (domain §11 no 2): both are shown, and the one with the longer limit
 * aims at the shorter one, so that whoever keeps to what she reads keeps to both.
 */
export function keepShorter(deadlines: readonly Deadline[], rules: RulePack): Deadline[] {
  const changed = new Map<Deadline, Deadline>();
  for (const one of deadlines) {
    const step = rules.regimes.get(one.regime.id)?.steps.find(({ id }) => id === one.step.id);
    const same = step?.sameDutyAs;
    const other =
      same && deadlines.find(({ regime, step: { id } }) => regime.id === same.regime && id === same.step);
    if (!other || isSettled(one) || isSettled(other)) continue;
    const [shorter, longer] = inOrder(one, other);
    if (!shorter || !longer || shorter.due === null) continue;
    changed.set(longer, {
      ...longer,
      target: earlierOf(longer.target, shorter.due),
      explanation: [
        ...longer.explanation,
        `Samma skyldighet enligt ${shorter.regime.name} har kortare frist: ${describeMoment(shorter.due)}. Håll den.`,
      ],
    });
  }
  return deadlines.map((deadline) => changed.get(deadline) ?? deadline);
}

function isSettled({ state }: Deadline): boolean {
  return state === 'done' || state === 'not-applicable';
}

/** The one that is due first, and the other; nothing where they are due together, or one has no time yet. */
function inOrder(one: Deadline, other: Deadline): readonly Deadline[] {
  if (one.due === null || other.due === null || one.due.at === other.due.at) return [];
  return Date.parse(one.due.at) < Date.parse(other.due.at) ? [one, other] : [other, one];
}

function earlierOf(target: Deadline['target'], due: NonNullable<Deadline['due']>): Deadline['target'] {
  return target !== null && Date.parse(target.at) <= Date.parse(due.at) ? target : due;
}
