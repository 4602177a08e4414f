import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { core } from '../../app/bridge.ts';
import { formatFingerprint } from '../../app/format.ts';
import { useQuery, useWork } from '../../app/use-core.ts';
import { Choice } from '../../components/Choice.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import type { Address } from './address.ts';

const NONE = 'none';

interface BindDialogProps {
  readonly recipient: { readonly id: string; readonly name: string };
  readonly address: Address;
  readonly onEnd: () => void;
}

/** Which of the verified keys is for an e-mail address, and how the recipient has said so. */
export function BindDialog({ recipient, address, onEnd }: BindDialogProps) {
  const { data: keys, error } = useQuery('keys.list', null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const verified = (keys ?? []).filter((key) => key.role === 'recipient' && key.verifiedAt !== null);
  const save = useWork(async (choice: string) => {
    const fingerprint = choice === NONE ? null : choice;
    await core.call('keys.bind', { recipient: recipient.id, address: address.id, fingerprint, reason });
    onEnd();
  });
  const isDone = chosen !== null && reason.trim() !== '';
  return (
    <Dialog title={sv.keys.bindTitle(address.lines[0] ?? '')} onEnd={onEnd} canEnd={!save.isRunning}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isDone) void save.run(chosen);
        }}
      >
        <Stack>
          <Muted>{sv.keys.bindLead}</Muted>
          <ErrorBanner error={error} />
          <Choice
            label={sv.keys.bindKey}
            value={chosen}
            options={[
              ...verified.map(
                (key) =>
                  [key.fingerprint, `${key.userIds[0] ?? ''} ${formatFingerprint(key.fingerprint)}`] as const,
              ),
              [NONE, sv.keys.bindNone] as const,
            ]}
            onChange={setChosen}
          />
          <TextField
            label={sv.keys.bindReason}
            description={sv.keys.bindReasonHelp}
            size="medium"
            value={reason}
            onChange={setReason}
          />
          <ErrorBanner error={save.error} />
          <WorkButton work={save} size="medium" label={sv.keys.bindSave} isDisabled={!isDone} />
        </Stack>
      </form>
    </Dialog>
  );
}
