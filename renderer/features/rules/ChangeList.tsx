import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { sv } from '../../text/sv.ts';
import styles from './ChangeList.module.css';

/** What is different, rule by rule: read before a pack is taken. */
export function ChangeList({ changes }: { readonly changes: AnswerOf<'rules.inspectRollback'> }) {
  if (changes.length === 0) return <p>{sv.rules.unchanged}</p>;
  const title = sv.rules.changed(changes.length);
  return (
    <>
      <h3>{title}</h3>
      {/* Focusable: a long list is scrolled by keyboard too. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={title}>
        <ul className={styles.changes}>
          {changes.map(({ change, kind, id, name, sentences }) => (
            <li key={`${kind} ${id} ${change}`}>
              <strong>
                {sv.rules.change[change]}: {name}
              </strong>
              {sentences.length > 0 && (
                <ul className={styles.sentences}>
                  {sentences.map((sentence) => (
                    <li key={sentence}>{sentence}</li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}
