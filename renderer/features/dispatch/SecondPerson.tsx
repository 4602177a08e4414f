import { ROOM_NAME, type Room } from '../../../shared/domain/room.ts';
import { Muted, Stack } from '../../components/Layout.tsx';
import { useApp } from '../../app/store.ts';
import { SecondPersonFields, type SecondPerson as Second } from '../../components/SecondPersonFields.tsx';
import { sv } from '../../text/sv.ts';

interface SecondPersonProps {
  readonly second: Second;
  readonly onChange: (second: Second) => void;
  /** Why there are two, where it is not plain. */
  readonly lead?: string;
  /** Of which room her passphrase is; left out: that of the document. */
  readonly room?: Room;
}

/** The other person of a decision that takes two: one of those who have a passphrase, and have not unlocked. */
export function SecondPerson({ second, onChange, lead, room }: SecondPersonProps) {
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
          passphraseLabel={
            room === undefined ? sv.paper.secondPassphrase : sv.paper.secondPassphraseFor(ROOM_NAME[room])
          }
          secondUser={second.secondUser}
          secondPassphrase={second.secondPassphrase}
          onChange={onChange}
        />
      )}
    </Stack>
  );
}
