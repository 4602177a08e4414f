import { Checkbox } from '@midas-ds/components/checkbox';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import {
  isAtMost,
  isProtectedLevel,
  LEVEL_NAME,
  LEVELS,
  levelRank,
  type Level,
} from '../../shared/domain/marking.ts';
import { COMMON_PROVISIONS, usualProvisions } from '../../shared/domain/words.ts';
import { splitList } from '../app/format.ts';
import { isUnlocked, useApp } from '../app/store.ts';
import { useRaiseKey } from '../app/use-raise-key.ts';
import { sv } from '../text/sv.ts';
import { Choice } from './Choice.tsx';
import styles from './MarkingField.module.css';

export interface WantedMarking {
  readonly level: Level;
  readonly basis: readonly string[];
}

/** What may be chosen now: up to the vault's ceiling, and klassat only while the protected room is open. */
export function useLevels(from: Level = 'oppen'): readonly Level[] {
  const status = useApp((state) => state.status);
  const ceiling = status?.ceiling ?? 'oppen';
  const canProtect = isUnlocked(status, 'protected');
  return LEVELS.filter(
    (level) =>
      levelRank(level) >= levelRank(from) &&
      isAtMost(level, ceiling) &&
      (canProtect || !isProtectedLevel(level)),
  );
}

/** From `sekretess` and up a marking has a provision. */
export function isComplete({ level, basis }: WantedMarking): boolean {
  return level === 'oppen' || basis.length > 0;
}

interface MarkingFieldProps {
  readonly label?: string;
  readonly value: WantedMarking;
  readonly levels: readonly Level[];
  readonly onChange: (value: WantedMarking) => void;
}

/** Level, and the provisions behind it: the usual ones to tick, others to write. */
export function MarkingField({ label = sv.common.level, value, levels, onChange }: MarkingFieldProps) {
  const usual: readonly string[] = COMMON_PROVISIONS;
  const [other, setOther] = useState(() => value.basis.filter((one) => !usual.includes(one)).join('; '));
  const ticked = value.basis.filter((one) => usual.includes(one));
  const put = (level: Level, basis: readonly string[], written: string): void =>
    onChange({ level, basis: level === 'oppen' ? [] : [...basis, ...splitList(written)] });
  const raise = (): void => {
    const next = levels[levels.indexOf(value.level) + 1];
    if (next === undefined) return;
    put(next, ticked.length > 0 || other.trim() !== '' ? ticked : usualProvisions(next), other);
  };
  const field = useRaiseKey<HTMLDivElement>('form', raise);
  return (
    <div ref={field} className={styles.field}>
      <Choice
        label={label}
        description={levels.length > 1 ? sv.common.raiseKey : undefined}
        value={value.level}
        options={levels.map((level) => [level, LEVEL_NAME[level]] as const)}
        onChange={(level) => put(level, ticked, other)}
      />
      {value.level !== 'oppen' && (
        <fieldset className={styles.basis}>
          <legend>{sv.common.basis}</legend>
          {usual.map((provision) => (
            <Checkbox
              key={provision}
              isSelected={ticked.includes(provision)}
              onChange={(isSelected) =>
                put(
                  value.level,
                  isSelected ? [...ticked, provision] : ticked.filter((one) => one !== provision),
                  other,
                )
              }
            >
              {provision}
            </Checkbox>
          ))}
          <div className={styles.other}>
            <TextField
              label={sv.common.otherBasis}
              description={sv.common.basisHelp}
              size="medium"
              value={other}
              onChange={(written) => {
                setOther(written);
                put(value.level, ticked, written);
              }}
            />
          </div>
        </fieldset>
      )}
    </div>
  );
}
