import { TextField } from '@midas-ds/components/textfield';
import type { Ref } from 'react';

interface SecretFieldProps {
  readonly label: string;
  readonly description?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly autoFocus?: boolean;
  readonly isInvalid?: boolean;
  readonly errorMessage?: string;
  readonly ref?: Ref<HTMLInputElement>;
}

/** A passphrase: never remembered or corrected by the browser. */
export function SecretField(props: SecretFieldProps) {
  return (
    <TextField
      {...props}
      type="password"
      size="medium"
      autoComplete="off"
      autoCorrect="off"
      spellCheck="false"
    />
  );
}
