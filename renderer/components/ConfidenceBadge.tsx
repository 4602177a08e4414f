import type { Confidence } from '../../shared/domain/rules.ts';
import { CONFIDENCE_NAME } from '../../shared/domain/words.ts';
import styles from './ConfidenceBadge.module.css';

/** Where a rule comes from: what is known at second hand, or not confirmed, looks like nothing else. */
export function ConfidenceBadge({ confidence }: { readonly confidence: Confidence }) {
  return (
    <span className={styles.badge} data-confidence={confidence}>
      {CONFIDENCE_NAME[confidence]}
    </span>
  );
}
