import { TextField } from '@midas-ds/components/textfield';
import { Button } from '@midas-ds/components/button';
import { useState } from 'react';
import type { Room } from '../../../shared/domain/room.ts';
import { refreshStatus, unlock } from '../../app/session.ts';
import { core } from '../../app/bridge.ts';
import { useApp } from '../../app/store.ts';
import { useWork } from '../../app/use-core.ts';
import { Choice } from '../../components/Choice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { SecretField } from '../../components/SecretField.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';

interface UnlockFormProps {
  readonly folder: string;
  readonly room: Room;
  readonly onUnlocked?: () => void;
}

/** Passphrase, or the recovery code from the envelope, for one room. */
export function UnlockForm({ folder, room, onUnlocked }: UnlockFormProps) {
  const users = useApp((state) => state.status?.users) ?? [];
  const names = users.filter((user) => user.room === room).map(({ name }) => name);
  const [chosen, setChosen] = useState<string | null>(null);
  const [secret, setSecret] = useState('');
  const [isRecovery, setRecovery] = useState(false);
  const [isMissed, setMissed] = useState(false);
  const userName = chosen !== null && names.includes(chosen) ? chosen : (names[0] ?? '');
  const work = useWork(async () => {
    // Out of the field before the answer: it is not shown again, right or wrong.
    setSecret('');
    if (isRecovery) {
      await core.call('vault.unlockWithRecovery', { folder, room, code: secret });
      await refreshStatus();
      // The code was fetched out of its envelope for one thing only.
      useApp.getState().go({ screen: 'users' });
    } else {
      await unlock({ folder, room, userName, passphrase: secret });
    }
    onUnlocked?.();
  });
  const toggle = (): void => {
    // What was wrong with the one says nothing of the other.
    work.clearError();
    setMissed(false);
    setSecret('');
    setRecovery(!isRecovery);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setMissed(secret === '');
        if (secret !== '') void work.run();
      }}
    >
      <Stack>
        {isRecovery ? (
          <>
            <Muted>{sv.unlock.recoveryLead}</Muted>
            <TextField
              label={sv.unlock.recoveryCode}
              size="medium"
              value={secret}
              onChange={setSecret}
              isInvalid={isMissed && secret === ''}
              errorMessage={sv.unlock.recoveryMissing}
              autoComplete="off"
              spellCheck="false"
            />
          </>
        ) : (
          <>
            {names.length > 1 ? (
              <Choice
                label={sv.unlock.user}
                value={userName}
                options={names.map((name) => [name, name] as const)}
                onChange={setChosen}
              />
            ) : (
              <TextField label={sv.unlock.user} size="medium" value={userName} isReadOnly />
            )}
            <SecretField
              label={sv.unlock.passphrase}
              value={secret}
              onChange={setSecret}
              isInvalid={isMissed && secret === ''}
              errorMessage={sv.unlock.passphraseMissing}
              autoFocus
            />
          </>
        )}
        <ErrorBanner
          error={work.error}
          help={work.error?.kind === 'unlock' ? sv.unlock.wrongHelp : undefined}
        />
        <WorkButton work={work} label={sv.unlock.submit} running={sv.unlock.working} />
        <div>
          <Button variant="tertiary" size="medium" onPress={toggle}>
            {isRecovery ? sv.unlock.usePassphrase : sv.unlock.recovery}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
