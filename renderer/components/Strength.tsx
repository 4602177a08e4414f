import type { AnswerOf } from '../../shared/contract/contract.ts';
import { sv } from '../text/sv.ts';
import styles from './Strength.module.css';

/** The judge's words on a passphrase, and how many guesses it would take: no coloured bar that promises more. */
export function Strength({ verdict }: { readonly verdict: AnswerOf<'vault.judgePassphrase'> | null }) {
  return (
    <div role="status" className={styles.strength} data-accepted={verdict?.accepted}>
      {verdict && (
        <>
          <p>
            <strong>{verdict.accepted ? sv.create.strengthOk : sv.create.strengthNot}</strong>{' '}
            {sv.create.strength(Math.floor(verdict.guessesLog10))}
          </p>
          {verdict.advice.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </>
      )}
    </div>
  );
}
