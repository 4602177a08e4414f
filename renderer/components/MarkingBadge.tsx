import { describeMarking, isProtectedLevel, LEVEL_NAME, type Marking } from '../../shared/domain/marking.ts';
import styles from './MarkingBadge.module.css';

interface MarkingBadgeProps {
  readonly marking: { readonly level: Marking['level']; readonly basis: readonly string[] };
  /** Level and provisions, or the level alone. */
  readonly isFull?: boolean;
}

/** A marking in words. The colour only repeats what the words say, and a klassad one also has the double frame. */
export function MarkingBadge({ marking, isFull = false }: MarkingBadgeProps) {
  const kind = isProtectedLevel(marking.level) ? 'protected' : marking.level;
  const name = LEVEL_NAME[marking.level];
  return (
    <span className={styles.badge} data-kind={kind} title={isFull ? undefined : describeMarking(marking)}>
      {kind === 'protected' ? name.toUpperCase() : name}
      {isFull && marking.basis.length > 0 && ` · ${marking.basis.join(', ')}`}
    </span>
  );
}
