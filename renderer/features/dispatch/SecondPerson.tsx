import { Muted, Stack } from '../../components/Layout.tsx';
import { useApp } from '../../app/store.ts';
import { SecondPersonFields, type SecondPerson as Second } from '../../components/SecondPersonFields.tsx';
import { sv } from '../../text/sv.ts';

interface SecondPersonProps {
  readonly second: Second;
  readonly onChange: (second: Second) => void;
  /** Why there are two, where it is not plain. */
  readonly lead?: string;
}

/** The other person of a decision that takes two: one of those who have a passphrase, and have not unlocked. */
export function SecondPerson({ second, onChange, lead }: SecondPersonProps) {
  const status = useApp((state) => state.status);
  const own = new Set((status?.unlocked ?? []).map(({ user }) => user));
  const names = [...new Set((status?.users ?? []).map(({ name }) => name))].filter((name) => !own.has(name));
  return (
    <Stack gap="small">
      <h3>{sv.paper.secondTitle}</h3>
      {lead !== undefined && <Muted>{lead}</Muted>}
      {names.length === 0 ? (
        <p>{sv.paper.secondNobody}</p>
      ) : (
        <SecondPersonFields
          names={names}
          userLabel={sv.paper.secondUser}
          passphraseLabel={sv.paper.secondPassphrase}
          secondUser={second.secondUser}
          secondPassphrase={second.secondPassphrase}
          onChange={onChange}
        />
      )}
    </Stack>
  );
}
