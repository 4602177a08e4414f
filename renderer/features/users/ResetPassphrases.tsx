import { useState } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { ROOM_NAME } from '../../../shared/domain/room.ts';
import { core } from '../../app/bridge.ts';
import { refreshStatus } from '../../app/session.ts';
import { useApp } from '../../app/store.ts';
import { useWork } from '../../app/use-core.ts';
import { Choice } from '../../components/Choice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { NewPassphrase } from '../../components/NewPassphrase.tsx';
import { Notice } from '../../components/Notice.tsx';
import { EMPTY_PASSPHRASES, givenPassphrases, isEveryOneReady } from '../../components/passphrases.ts';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';

/** Lets in one who has forgotten, for the rooms that were opened with the recovery code. */
export function ResetPassphrases({ users }: { readonly users: AnswerOf<'users.list'> }) {
  const status = useApp((state) => state.status);
  const recovery = users.filter(({ kind }) => kind === 'recovery').map(({ name }) => name);
  const rooms = (status?.unlocked ?? [])
    .filter(({ user }) => recovery.includes(user))
    .map(({ room }) => room);
  // By the name that she logs in by: after a reset she is listed by another.
  const names = [
    ...new Set((status?.users ?? []).filter(({ room }) => rooms.includes(room)).map(({ name }) => name)),
  ];
  const [name, setName] = useState<string | null>(null);
  const [secrets, setSecrets] = useState(EMPTY_PASSPHRASES);
  const [done, setDone] = useState<string | null>(null);
  const reset = useWork(async () => {
    if (name === null) return;
    setDone(null);
    const passphrases = givenPassphrases(secrets);
    const { listedName } = await core.call('users.reset', { name, passphrases });
    await refreshStatus();
    setSecrets(EMPTY_PASSPHRASES);
    setDone(sv.users.resetDone(name, listedName));
  });
  const isDone = name !== null && isEveryOneReady(secrets);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isDone) void reset.run();
      }}
    >
      <Stack>
        <Muted>{sv.users.resetLead}</Muted>
        {rooms.length > 0 && (
          <>
            <Choice
              label={sv.users.resetWho}
              value={name}
              options={names.map((one) => [one, one] as const)}
              onChange={setName}
            />
            {name !== null &&
              rooms.map((room) => (
                <NewPassphrase
                  key={room}
                  room={room}
                  label={sv.users.passphraseFor(ROOM_NAME[room])}
                  personal={[name]}
                  secrets={secrets}
                  onChange={setSecrets}
                />
              ))}
            {done !== null && <Notice kind="success">{done}</Notice>}
            <ErrorBanner error={reset.error} />
            <WorkButton work={reset} size="medium" label={sv.users.resetSubmit} isDisabled={!isDone} />
          </>
        )}
      </Stack>
    </form>
  );
}
