import { TextArea } from '@midas-ds/components/textfield';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { useWork } from '../../app/use-core.ts';
import { useFormDraft } from '../../app/use-form-draft.ts';
import { DialogActions } from '../../components/Dialog.tsx';
import { DraftDialog } from '../../components/DraftDialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';

const schema = z.strictObject({ reason: z.string() });
type DecideDraft = Readonly<z.output<typeof schema>>;

interface DecideDialogProps {
  /** What the draft of the reason is called, and the incident that it is about; null where it is about none. */
  readonly subject: string;
  readonly incident: string | null;
  readonly title: string;
  readonly submit: string;
  readonly decide: (reason: string) => Promise<unknown>;
  readonly onEnd: () => void;
  /** What is decided about. */
  readonly children: ReactNode;
}

/** A decision by one person, with its reason, over what it is about. */
export function DecideDialog({
  subject,
  incident,
  title,
  submit,
  decide,
  onEnd,
  children,
}: DecideDialogProps) {
  const draft = useFormDraft<DecideDraft>({ subject, incident, schema, initial: { reason: '' } });
  const { reason } = draft.value;
  const work = useWork(async () => {
    await draft.settle(() => decide(reason));
    onEnd();
  });
  const isDone = reason.trim() !== '';
  return (
    <DraftDialog
      title={title}
      draft={draft}
      isRunning={work.isRunning}
      onSubmit={() => {
        if (isDone) void work.run();
      }}
      onEnd={onEnd}
    >
      {() => (
        <>
          {children}
          <TextArea
            label={sv.common.reason}
            value={reason}
            onChange={(written) => draft.put({ reason: written })}
            isRequired
            rows={2}
          />
          <ErrorBanner error={work.error} />
          <DialogActions>
            <WorkButton work={work} size="medium" label={submit} isDisabled={!isDone} />
          </DialogActions>
        </>
      )}
    </DraftDialog>
  );
}
