import { Checkbox } from '@midas-ds/components/checkbox';
import { Radio, RadioGroup } from '@midas-ds/components/radio';
import type { CodeList } from '../incident/codes.ts';
import { withCode } from '../incident/codes.ts';
import styles from '../incident/Parts.module.css';

interface CodeChoiceProps {
  readonly list: CodeList;
  readonly isMany: boolean;
  readonly value: readonly string[];
  readonly onChange: (codes: readonly string[]) => void;
}

/** One code of a list, or any number of them. */
export function CodeChoice({ list, isMany, value, onChange }: CodeChoiceProps) {
  if (!isMany) {
    return (
      <RadioGroup label={list.name} value={value[0] ?? null} onChange={(code) => onChange([code])}>
        {list.codes.map(({ code, name }) => (
          <Radio key={code} value={code}>
            {name}
          </Radio>
        ))}
      </RadioGroup>
    );
  }
  return (
    <fieldset className={styles.codes}>
      <legend>{list.name}</legend>
      {list.codes.map(({ code, name }) => (
        <Checkbox
          key={code}
          isSelected={value.includes(code)}
          onChange={(isTicked) => onChange(withCode(value, code, isTicked))}
        >
          {name}
        </Checkbox>
      ))}
    </fieldset>
  );
}
