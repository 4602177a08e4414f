import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { z } from 'zod';
import { core } from '../../app/bridge.ts';
import { formatFingerprint } from '../../app/format.ts';
import { useWork } from '../../app/use-core.ts';
import { useFormDraft } from '../../app/use-form-draft.ts';
import { DialogActions } from '../../components/Dialog.tsx';
import { DraftDialog } from '../../components/DraftDialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted } from '../../components/Layout.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import styles from './CompareDialog.module.css';

/** A key that is in the vault and that nobody has compared yet. */
export interface UncomparedKey {
  readonly fingerprint: string;
  readonly userIds: readonly string[];
}

const schema = z.strictObject({ by: z.string(), how: z.string() });
type CompareDraft = Readonly<z.output<typeof schema>>;

interface CompareDialogProps {
  readonly uncompared: UncomparedKey;
  readonly onEnd: () => void;
}

/** The whole fingerprint, to be read aloud to the recipient; who compared it, and how. */
export function CompareDialog({ uncompared, onEnd }: CompareDialogProps) {
  const draft = useFormDraft<CompareDraft>({
    subject: `compare:${uncompared.fingerprint}`,
    incident: null,
    schema,
    initial: { by: '', how: '' },
  });
  const { by, how } = draft.value;
  const verify = useWork(async () => {
    const told = { fingerprint: uncompared.fingerprint, verifiedBy: by, verifiedHow: how };
    await draft.settle(() => core.call('keys.verify', told));
    onEnd();
  });
  const isDone = by.trim() !== '' && how.trim() !== '';
  return (
    <DraftDialog
      title={sv.keys.compareTitle}
      draft={draft}
      isRunning={verify.isRunning}
      onSubmit={() => {
        if (isDone) void verify.run();
      }}
      onEnd={onEnd}
    >
      {(leave) => (
        <>
          <p>{uncompared.userIds.join(', ')}</p>
          <p className={styles.fingerprint}>{formatFingerprint(uncompared.fingerprint)}</p>
          <Muted>{sv.keys.compareLead}</Muted>
          <TextField
            label={sv.keys.verifiedBy}
            size="medium"
            value={by}
            onChange={(written) => draft.put({ by: written })}
          />
          <TextField
            label={sv.keys.verifiedHow}
            description={sv.keys.verifiedHowHelp}
            size="medium"
            value={how}
            onChange={(written) => draft.put({ how: written })}
          />
          <ErrorBanner error={verify.error} />
          <Muted>{sv.keys.laterHelp}</Muted>
          <DialogActions>
            <WorkButton work={verify} size="medium" label={sv.keys.verify} isDisabled={!isDone} />
            <Button variant="tertiary" size="medium" onPress={leave}>
              {sv.keys.later}
            </Button>
          </DialogActions>
        </>
      )}
    </DraftDialog>
  );
}
