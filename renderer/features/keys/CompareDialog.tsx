import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { core } from '../../app/bridge.ts';
import { formatFingerprint } from '../../app/format.ts';
import { useWork } from '../../app/use-core.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Row, Stack } from '../../components/Layout.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import styles from './CompareDialog.module.css';

/** A key that is in the vault and that nobody has compared yet. */
export interface UncomparedKey {
  readonly fingerprint: string;
  readonly userIds: readonly string[];
}

interface CompareDialogProps {
  readonly uncompared: UncomparedKey;
  readonly onEnd: () => void;
}

/** The whole fingerprint, to be read aloud to the recipient; who compared it, and how. */
export function CompareDialog({ uncompared, onEnd }: CompareDialogProps) {
  const [verifiedBy, setBy] = useState('');
  const [verifiedHow, setHow] = useState('');
  const verify = useWork(async () => {
    await core.call('keys.verify', { fingerprint: uncompared.fingerprint, verifiedBy, verifiedHow });
    onEnd();
  });
  const isDone = verifiedBy.trim() !== '' && verifiedHow.trim() !== '';
  return (
    <Dialog title={sv.keys.compareTitle} onEnd={onEnd} canEnd={!verify.isRunning}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isDone) void verify.run();
        }}
      >
        <Stack>
          <p>{uncompared.userIds.join(', ')}</p>
          <p className={styles.fingerprint}>{formatFingerprint(uncompared.fingerprint)}</p>
          <Muted>{sv.keys.compareLead}</Muted>
          <TextField label={sv.keys.verifiedBy} size="medium" value={verifiedBy} onChange={setBy} />
          <TextField
            label={sv.keys.verifiedHow}
            description={sv.keys.verifiedHowHelp}
            size="medium"
            value={verifiedHow}
            onChange={setHow}
          />
          <ErrorBanner error={verify.error} />
          <Row>
            <WorkButton work={verify} size="medium" label={sv.keys.verify} isDisabled={!isDone} />
            <Button variant="tertiary" size="medium" onPress={onEnd}>
              {sv.keys.later}
            </Button>
          </Row>
          <Muted>{sv.keys.laterHelp}</Muted>
        </Stack>
      </form>
    </Dialog>
  );
}
