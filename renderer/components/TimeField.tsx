import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { fromLocalInput, readLocalInput, toLocalInput } from '../app/local-time.ts';
import { sv } from '../text/sv.ts';
import styles from './TimeField.module.css';

interface TimeFieldProps {
  readonly label: string;
  /** As it was written; read with `fromLocalInput`. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Left out for a time that lies ahead. */
  readonly hasNow?: boolean;
  readonly autoFocus?: boolean;
}

/** What is written is no time: it must not be taken for empty. */
export function isTimeWrong(value: string): boolean {
  return value.trim() !== '' && fromLocalInput(value) === null;
}

/**
 * Date and time in Sweden, written. The browser's own field follows the language of the computer, and 11/12 is no date
 * to hand to an authority.
 */
export function TimeField({ label, value, onChange, hasNow = true, autoFocus = false }: TimeFieldProps) {
  const read = readLocalInput(value);
  const isWrong = isTimeWrong(value);
  return (
    <div className={styles.field}>
      <TextField
        label={label}
        description={'at' in read && read.isUnclear ? sv.common.timeUnclear : sv.common.timeHelp}
        size="medium"
        autoComplete="off"
        autoFocus={autoFocus}
        value={value}
        onChange={onChange}
        isInvalid={isWrong}
        errorMessage={isWrong && 'fault' in read ? sv.common.timeFault[read.fault] : undefined}
      />
      {hasNow && (
        <Button
          variant="secondary"
          size="medium"
          aria-label={sv.common.nowFor(label)}
          onPress={() => onChange(toLocalInput(new Date()))}
        >
          {sv.common.now}
        </Button>
      )}
    </div>
  );
}
