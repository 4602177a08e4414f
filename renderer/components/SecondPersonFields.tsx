import { Choice } from './Choice.tsx';
import { SecretField } from './SecretField.tsx';

export interface SecondPerson {
  readonly secondUser: string | null;
  readonly secondPassphrase: string;
}

interface SecondPersonFieldsProps extends SecondPerson {
  readonly names: readonly string[];
  readonly userLabel: string;
  readonly passphraseLabel: string;
  readonly onChange: (second: SecondPerson) => void;
}

/** The other person of a decision that takes two, and the passphrase by which she proves who she is. It is never part of a draft. */
export function SecondPersonFields({
  names,
  userLabel,
  passphraseLabel,
  secondUser,
  secondPassphrase,
  onChange,
}: SecondPersonFieldsProps) {
  return (
    <>
      <Choice
        label={userLabel}
        value={secondUser}
        options={names.map((name) => [name, name] as const)}
        onChange={(chosen) => onChange({ secondUser: chosen, secondPassphrase })}
      />
      <SecretField
        label={passphraseLabel}
        value={secondPassphrase}
        onChange={(written) => onChange({ secondUser, secondPassphrase: written })}
      />
    </>
  );
}
