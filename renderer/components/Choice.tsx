import { ListBoxItem } from '@midas-ds/components/list-box';
import { Select } from '@midas-ds/components/select';
import { sv } from '../text/sv.ts';

interface ChoiceProps<T extends string> {
  readonly label?: string;
  /** Where what stands beside it is its label to those who see. */
  readonly 'aria-label'?: string;
  readonly description?: string;
  readonly value: T | null;
  readonly options: readonly (readonly [T, string])[];
  readonly onChange: (value: T) => void;
  readonly isDisabled?: boolean;
}

/** One of a few, from a list that opens. */
export function Choice<T extends string>({ value, options, onChange, ...field }: ChoiceProps<T>) {
  return (
    <Select
      {...field}
      placeholder={sv.common.choose}
      size="medium"
      value={value}
      onChange={(key) => key !== null && onChange(key as T)}
    >
      {options.map(([id, name]) => (
        <ListBoxItem key={id} id={id} textValue={name}>
          {name}
        </ListBoxItem>
      ))}
    </Select>
  );
}
