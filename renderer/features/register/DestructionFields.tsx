import { TextField } from '@midas-ds/components/textfield';
import { DESTRUCTION_WAYS, type DestructionWay } from '../../../shared/domain/register.ts';
import { Choice } from '../../components/Choice.tsx';
import { sv } from '../../text/sv.ts';

interface Destruction {
  readonly how: DestructionWay | null;
  readonly witness: string;
}

interface DestructionFieldsProps extends Destruction {
  /** What cannot be said of this. */
  readonly except?: DestructionWay;
  readonly onChange: (part: Partial<Destruction>) => void;
}

/** How something is destroyed, and before whom. */
export function DestructionFields({ how, witness, except, onChange }: DestructionFieldsProps) {
  const text = sv.register;
  const ways = (Object.entries(DESTRUCTION_WAYS) as [DestructionWay, string][]).filter(
    ([way]) => way !== except,
  );
  return (
    <>
      <Choice label={text.how} value={how} options={ways} onChange={(chosen) => onChange({ how: chosen })} />
      <TextField
        label={text.witness}
        description={text.witnessHelp}
        size="medium"
        autoComplete="off"
        maxLength={500}
        value={witness}
        onChange={(written) => onChange({ witness: written })}
      />
    </>
  );
}
