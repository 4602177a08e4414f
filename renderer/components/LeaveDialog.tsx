import { Button } from '@midas-ds/components/button';
import { useWork } from '../app/use-core.ts';
import type { Draft } from '../app/use-draft.ts';
import { sv } from '../text/sv.ts';
import { Dialog } from './Dialog.tsx';
import { ErrorBanner } from './ErrorBanner.tsx';
import { Row, Stack } from './Layout.tsx';
import { WorkButton } from './WorkButton.tsx';

interface LeaveDialogProps {
  readonly draft: Pick<Draft<object>, 'keep' | 'drop'>;
  readonly onStay: () => void;
  readonly onEnd: () => void;
}

/** What becomes of what is written: three ways, and none of them by mistake. */
export function LeaveDialog({ draft, onStay, onEnd }: LeaveDialogProps) {
  const keep = useWork(async () => {
    await draft.keep();
    onEnd();
  });
  const drop = useWork(async () => {
    await draft.drop();
    onEnd();
  });
  return (
    <Dialog title={sv.draft.leaveTitle} onEnd={onStay} canEnd={!keep.isRunning && !drop.isRunning}>
      <Stack>
        <p>{sv.draft.leaveText}</p>
        <ErrorBanner error={keep.error ?? drop.error} help={sv.draft.notSaved} />
        <Row>
          <WorkButton work={keep} size="medium" label={sv.draft.keep} onPress={() => void keep.run()} />
          <Button variant="secondary" size="medium" onPress={onStay}>
            {sv.draft.keepWriting}
          </Button>
          <WorkButton
            work={drop}
            variant="danger"
            size="medium"
            label={sv.draft.throwAway}
            onPress={() => void drop.run()}
          />
        </Row>
      </Stack>
    </Dialog>
  );
}
