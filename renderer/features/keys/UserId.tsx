import { Fragment } from 'react';
import styles from './Keys.module.css';

/**
 * A name and an address of a key. The address goes to a line of its own where it does not fit beside the name, and is parted
 * after its @ and its dots where the column is shorter still: never in a word.
 */
export function UserId({ text }: { readonly text: string }) {
  return (
    <div>
      {text.split(/(<[^<>\s]+>)/).map((part, index) =>
        part.startsWith('<') ? (
          <span key={index} className={styles.address}>
            {part.split(/(?<=[@.])/).map((piece, place) => (
              <Fragment key={place}>
                {place > 0 && <wbr />}
                {piece}
              </Fragment>
            ))}
          </span>
        ) : (
          part
        ),
      )}
    </div>
  );
}
