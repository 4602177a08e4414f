import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { z } from 'zod';
import { core } from '../../app/bridge.ts';
import { formatFingerprint } from '../../app/format.ts';
import { useApp } from '../../app/store.ts';
import { useWork } from '../../app/use-core.ts';
import { useFormDraft } from '../../app/use-form-draft.ts';
import { DialogActions } from '../../components/Dialog.tsx';
import { DraftDialog } from '../../components/DraftDialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted } from '../../components/Layout.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';

const schema = z.strictObject({ reason: z.string() });

interface DistrustDialogProps {
  readonly trusted: { readonly fingerprint: string; readonly userIds: readonly string[] };
  readonly onEnd: () => void;
}

/** Asks whether a recipient's key is really to be taken out of use, and why; it is told in whose name that is done. */
export function DistrustDialog({ trusted, onEnd }: DistrustDialogProps) {
  const user = useApp((state) => state.status?.unlocked.find(({ room }) => room === 'open')?.user ?? '');
  const draft = useFormDraft<z.output<typeof schema>>({
    subject: `distrust:${trusted.fingerprint}`,
    incident: null,
    schema,
    initial: { reason: '' },
  });
  const { reason } = draft.value;
  const distrust = useWork(async () => {
    await draft.settle(() => core.call('keys.distrust', { fingerprint: trusted.fingerprint, reason }));
    onEnd();
  });
  const isDone = reason.trim() !== '';
  return (
    <DraftDialog
      title={sv.keys.distrustTitle}
      draft={draft}
      isRunning={distrust.isRunning}
      onSubmit={() => {
        if (isDone) void distrust.run();
      }}
      onEnd={onEnd}
    >
      {(leave) => (
        <>
          <p>
            <strong>{trusted.userIds.join(', ')}</strong>
          </p>
          <p>
            <code>{formatFingerprint(trusted.fingerprint)}</code>
          </p>
          <p>{sv.keys.distrustLead}</p>
          <TextField
            label={sv.keys.distrustReason}
            description={sv.keys.distrustReasonHelp}
            size="medium"
            value={reason}
            onChange={(text) => draft.put({ reason: text })}
          />
          <Muted>{sv.keys.distrustBy(user)}</Muted>
          <ErrorBanner error={distrust.error} />
          <DialogActions>
            <WorkButton work={distrust} size="medium" label={sv.keys.distrustSubmit} isDisabled={!isDone} />
            <Button variant="tertiary" size="medium" onPress={leave}>
              {sv.common.cancel}
            </Button>
          </DialogActions>
        </>
      )}
    </DraftDialog>
  );
}
