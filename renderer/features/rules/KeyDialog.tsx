import { TextArea } from '@midas-ds/components/textfield';
import { useState } from 'react';
import type { RequestOf } from '../../../shared/contract/contract.ts';
import { formatFingerprint } from '../../app/format.ts';
import { useApp } from '../../app/store.ts';
import { useWork } from '../../app/use-core.ts';
import { Choice } from '../../components/Choice.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { SecretField } from '../../components/SecretField.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';

/** What two persons have said: why, who the other one is, and her proof. */
export type TwoPersons = Pick<RequestOf<'rules.revokeKey'>, 'reason' | 'secondUser' | 'secondPassphrase'>;

interface KeyDialogProps {
  readonly title: string;
  readonly lead: string;
  readonly submit: string;
  readonly fingerprint: string;
  readonly decide: (persons: TwoPersons) => Promise<unknown>;
  readonly onEnd: () => void;
}

/** A change of whom packs are taken from: two persons, the fingerprint that they have compared, and the reason. */
export function KeyDialog({ title, lead, submit, fingerprint, decide, onEnd }: KeyDialogProps) {
  const status = useApp((state) => state.status);
  const own = status?.unlocked.find(({ room }) => room === 'open')?.user;
  const others = (status?.users ?? []).filter(({ room, name }) => room === 'open' && name !== own);
  const [reason, setReason] = useState('');
  const [secondUser, setSecond] = useState<string | null>(others[0]?.name ?? null);
  const [passphrase, setPassphrase] = useState('');
  const work = useWork(async () => {
    if (secondUser === null) return;
    setPassphrase('');
    await decide({ reason, secondUser, secondPassphrase: passphrase });
    onEnd();
  });
  const isDone = reason.trim() !== '' && secondUser !== null && passphrase !== '';
  return (
    <Dialog title={title} onEnd={onEnd} canEnd={!work.isRunning}>
      {others.length === 0 ? (
        <p>{sv.rules.nobody}</p>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (isDone) void work.run();
          }}
        >
          <Stack>
            <code>{formatFingerprint(fingerprint.toUpperCase())}</code>
            <Muted>{lead}</Muted>
            <TextArea label={sv.common.reason} value={reason} onChange={setReason} isRequired rows={2} />
            <Choice
              label={sv.rules.secondUser}
              value={secondUser}
              options={others.map(({ name }) => [name, name] as const)}
              onChange={setSecond}
            />
            <SecretField label={sv.rules.secondPassphrase} value={passphrase} onChange={setPassphrase} />
            <ErrorBanner error={work.error} />
            <WorkButton work={work} size="medium" label={submit} isDisabled={!isDone} />
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
