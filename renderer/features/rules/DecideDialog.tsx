import { TextArea } from '@midas-ds/components/textfield';
import { useState, type ReactNode } from 'react';
import { useWork } from '../../app/use-core.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Stack } from '../../components/Layout.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';

interface DecideDialogProps {
  readonly title: string;
  readonly submit: string;
  readonly decide: (reason: string) => Promise<unknown>;
  readonly onEnd: () => void;
  /** What is decided about. */
  readonly children: ReactNode;
}

/** A decision by one person, with its reason, over what it is about. */
export function DecideDialog({ title, submit, decide, onEnd, children }: DecideDialogProps) {
  const [reason, setReason] = useState('');
  const work = useWork(async () => {
    await decide(reason);
    onEnd();
  });
  const isDone = reason.trim() !== '';
  return (
    <Dialog title={title} onEnd={onEnd} canEnd={!work.isRunning}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isDone) void work.run();
        }}
      >
        <Stack>
          {children}
          <TextArea label={sv.common.reason} value={reason} onChange={setReason} isRequired rows={2} />
          <ErrorBanner error={work.error} />
          <WorkButton work={work} size="medium" label={submit} isDisabled={!isDone} />
        </Stack>
      </form>
    </Dialog>
  );
}
