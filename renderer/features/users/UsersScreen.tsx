import { Button } from '@midas-ds/components/button';
import { Checkbox } from '@midas-ds/components/checkbox';
import { useState } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { ROOM_NAME, ROOMS } from '../../../shared/domain/room.ts';
import { core } from '../../app/bridge.ts';
import { formatDateTime } from '../../app/format.ts';
import { refreshStatus } from '../../app/session.ts';
import { useApp } from '../../app/store.ts';
import { useQuery, useWork } from '../../app/use-core.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Panel, Row } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { AddUser, ChangePassphrases } from './PassphraseForms.tsx';
import { ResetPassphrases } from './ResetPassphrases.tsx';

type User = AnswerOf<'users.list'>[number];

/** Who may enter which of the open rooms. */
export function UsersScreen() {
  const { data: users, error } = useQuery('users.list', null);
  const [leaving, setLeaving] = useState<User | null>(null);
  const unlocked = useApp((state) => state.status?.unlocked) ?? [];
  const isRecovered = (users ?? []).some(
    ({ kind, name, room }) =>
      kind === 'recovery' && unlocked.some((open) => open.room === room && open.user === name),
  );
  return (
    <Page title={sv.users.title} lead={sv.users.lead}>
      {isRecovered && <Notice kind="important">{sv.unlock.afterRecovery}</Notice>}
      <ErrorBanner error={error} />
      <table>
        <thead>
          <tr>
            <th scope="col">{sv.users.name}</th>
            <th scope="col">{sv.users.kindLabel}</th>
            <th scope="col">{sv.users.room}</th>
            <th scope="col">{sv.users.added}</th>
            <th scope="col">
              <span className="visually-hidden">{sv.users.removeSubmit}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {(users ?? []).map((user) => (
            <tr key={`${user.room} ${user.id}`}>
              <th scope="row">{user.name}</th>
              <td>{sv.users.kind[user.kind]}</td>
              <td>{ROOM_NAME[user.room]}</td>
              <td>{formatDateTime(user.addedAt)}</td>
              <td>
                {user.removedAt !== null && sv.users.removed(formatDateTime(user.removedAt))}
                {user.removedAt === null && user.kind === 'person' && (
                  <Button
                    variant="tertiary"
                    size="medium"
                    aria-label={`${sv.users.remove} ${user.name}, ${ROOM_NAME[user.room]}`}
                    onPress={() => setLeaving(user)}
                  >
                    {sv.users.remove}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Panel title={sv.users.add}>
        <AddUser />
      </Panel>
      <Panel title={sv.users.change}>
        <ChangePassphrases />
      </Panel>
      <Panel title={sv.users.reset}>
        <ResetPassphrases users={users ?? []} />
      </Panel>
      {leaving && <RemoveDialog user={leaving} onEnd={() => setLeaving(null)} />}
    </Page>
  );
}

function RemoveDialog({ user, onEnd }: { readonly user: User; readonly onEnd: () => void }) {
  const { data: users } = useQuery('users.list', null);
  const open = useApp((state) => state.status?.unlocked);
  const all = ROOMS.filter(
    (room) =>
      open?.some((unlocked) => unlocked.room === room) &&
      users?.some((one) => one.room === room && one.name === user.name && one.removedAt === null),
  );
  const [isFromAll, setFromAll] = useState(false);
  const rooms = isFromAll ? all : [user.room];
  const remove = useWork(async () => {
    await core.call('users.remove', { name: user.name, rooms });
    await refreshStatus();
    onEnd();
  });
  return (
    <Dialog title={sv.users.removeTitle(user.name, ROOM_NAME[user.room])} onEnd={onEnd}>
      <p>{sv.users.removeText}</p>
      {all.length > 1 && (
        <Checkbox isSelected={isFromAll} onChange={setFromAll}>
          {sv.users.removeFromBoth}
        </Checkbox>
      )}
      <ErrorBanner error={remove.error} />
      <Row>
        <Button variant="secondary" size="medium" onPress={onEnd}>
          {sv.common.cancel}
        </Button>
        <WorkButton
          work={remove}
          variant="danger"
          size="medium"
          label={sv.users.removeSubmit}
          onPress={() => void remove.run()}
        />
      </Row>
    </Dialog>
  );
}
