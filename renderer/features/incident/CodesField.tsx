import { Checkbox } from '@midas-ds/components/checkbox';
import { useState } from 'react';
import type { FactId } from '../../../shared/domain/incident.ts';
import { useQuery } from '../../app/use-core.ts';
import { sv } from '../../text/sv.ts';
import { codeListsOf, otherCodes, withCode } from './codes.ts';
import styles from './Parts.module.css';

interface CodesFieldProps {
  readonly incident: string;
  readonly fact: FactId;
  readonly value: readonly string[];
  readonly onChange: (codes: readonly string[]) => void;
}

/** The codes that the forms take for a fact, to tick. What stands there and is in no list is shown, and may be taken away. */
export function CodesField({ incident, fact, value, onChange }: CodesFieldProps) {
  const { data: forms } = useQuery('reports.forms', { incident });
  const { data: all } = useQuery('rules.codeLists', null);
  const [atFirst] = useState(value);
  if (!forms || !all) return null;
  const lists = codeListsOf(fact, forms, all);
  const others = otherCodes([...atFirst, ...value], lists);
  const groups = [
    ...lists.map(({ id, name, codes }) => ({
      id,
      name,
      options: codes.map((one) => ({ code: one.code, name: one.name })),
    })),
    ...(others.length > 0
      ? [{ id: '', name: sv.incident.otherCodes, options: others.map((code) => ({ code, name: code })) }]
      : []),
  ];
  return groups.map(({ id, name, options }) => (
    <fieldset key={id} className={styles.codes}>
      <legend>{name}</legend>
      {options.map((option) => (
        <Checkbox
          key={option.code}
          isSelected={value.includes(option.code)}
          onChange={(isTicked) => onChange(withCode(value, option.code, isTicked))}
        >
          {option.name}
        </Checkbox>
      ))}
    </fieldset>
  ));
}
