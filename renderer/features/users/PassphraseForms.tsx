import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { findUserNameFault } from '../../../shared/domain/names.ts';
import { ROOM_NAME, type Room } from '../../../shared/domain/room.ts';
import { core } from '../../app/bridge.ts';
import { refreshStatus } from '../../app/session.ts';
import { useApp } from '../../app/store.ts';
import { useWork } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { NewPassphrase } from '../../components/NewPassphrase.tsx';
import { EMPTY_PASSPHRASES, givenPassphrases, isEveryOneReady } from '../../components/passphrases.ts';

function useOpenRooms(): Room[] {
  const unlocked = useApp((state) => state.status?.unlocked);
  return (unlocked ?? []).map(({ room }) => room);
}

/** A new user, with a passphrase for each room that is open and given. */
export function AddUser() {
  const rooms = useOpenRooms();
  const [name, setName] = useState('');
  const [secrets, setSecrets] = useState(EMPTY_PASSPHRASES);
  const [added, setAdded] = useState<string | null>(null);
  const add = useWork(async () => {
    setAdded(null);
    await core.call('users.add', { name, passphrases: givenPassphrases(secrets) });
    await refreshStatus();
    setAdded(name);
    setName('');
    setSecrets(EMPTY_PASSPHRASES);
  });
  const fault = findUserNameFault(name);
  const isDone = fault === null && isEveryOneReady(secrets);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isDone) void add.run();
      }}
    >
      <Stack>
        <Muted>{sv.users.addLead}</Muted>
        <TextField
          label={sv.users.name}
          size="medium"
          autoComplete="off"
          value={name}
          isInvalid={name !== '' && fault !== null}
          errorMessage={fault ?? undefined}
          onChange={setName}
        />
        {rooms.map((room) => (
          <NewPassphrase
            key={room}
            room={room}
            label={sv.users.passphraseFor(ROOM_NAME[room])}
            personal={[name]}
            secrets={secrets}
            onChange={setSecrets}
          />
        ))}
        {added !== null && <Notice kind="success">{sv.users.addedDone(added)}</Notice>}
        <ErrorBanner error={add.error} />
        <WorkButton work={add} size="medium" label={sv.users.addSubmit} isDisabled={!isDone} />
      </Stack>
    </form>
  );
}

/** One's own passphrases, for the rooms that are open. */
export function ChangePassphrases() {
  const rooms = useOpenRooms();
  const user = useApp((state) => state.status?.unlocked[0]?.user ?? '');
  const [secrets, setSecrets] = useState(EMPTY_PASSPHRASES);
  const [isChanged, setChanged] = useState(false);
  const change = useWork(async () => {
    setChanged(false);
    await core.call('users.changePassphrases', { passphrases: givenPassphrases(secrets) });
    setSecrets(EMPTY_PASSPHRASES);
    setChanged(true);
  });
  const isDone = isEveryOneReady(secrets);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isDone) void change.run();
      }}
    >
      <Stack>
        <Muted>{sv.users.changeLead}</Muted>
        {rooms.map((room) => (
          <NewPassphrase
            key={room}
            room={room}
            label={sv.users.passphraseFor(ROOM_NAME[room])}
            personal={[user]}
            secrets={secrets}
            onChange={setSecrets}
          />
        ))}
        {isChanged && <Notice kind="success">{sv.users.changed}</Notice>}
        <ErrorBanner error={change.error} />
        <WorkButton work={change} size="medium" label={sv.users.changeSubmit} isDisabled={!isDone} />
      </Stack>
    </form>
  );
}
