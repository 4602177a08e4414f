import { TextField } from '@midas-ds/components/textfield';
import { z } from 'zod';
import type { StepEventKind } from '../../../shared/domain/incident-deadline.ts';
import { core } from '../../app/bridge.ts';
import { fromLocalInput, toLocalInput } from '../../app/local-time.ts';
import { useWork } from '../../app/use-core.ts';
import { useFormDraft } from '../../app/use-form-draft.ts';
import { DialogActions } from '../../components/Dialog.tsx';
import { DraftDialog } from '../../components/DraftDialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted } from '../../components/Layout.tsx';
import { TimeField } from '../../components/TimeField.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import type { Deadline } from './next-action.ts';

const schema = z.strictObject({ at: z.string(), note: z.string(), due: z.string() });
type RecordDraft = Readonly<z.output<typeof schema>>;

interface RecordDialogProps {
  readonly deadline: Deadline;
  readonly event: StepEventKind;
  readonly onEnd: () => void;
}

/** A step is done, does not apply, or is to be done after all. The time is now unless something else is written. */
export function RecordDialog({ deadline, event, onEnd }: RecordDialogProps) {
  const draft = useFormDraft<RecordDraft>({
    subject: `step:${deadline.incident.id}:${deadline.regime.id}/${deadline.step.id}/${event}`,
    incident: deadline.incident.id,
    schema,
    initial: { at: toLocalInput(new Date()), note: '', due: '' },
  });
  const { at, note, due } = draft.value;
  const isRequest = event === 'requested';
  const needsReason = event !== 'done' && !isRequest;
  const time = fromLocalInput(at);
  const latest = isRequest ? fromLocalInput(due) : null;
  const record = useWork(async (written: string) => {
    await draft.settle(() =>
      core.call('deadlines.record', {
        incident: deadline.incident.id,
        regime: deadline.regime.id,
        step: deadline.step.id,
        event,
        at: written,
        note: note.trim() || null,
        due: latest,
      }),
    );
    onEnd();
  });
  const isWhole = time !== null && (!needsReason || note.trim() !== '') && (!isRequest || latest !== null);
  return (
    <DraftDialog
      title={sv.deadlines.dialog[event](deadline.step.name)}
      draft={draft}
      isRunning={record.isRunning}
      onSubmit={() => {
        if (isWhole) void record.run(time);
      }}
      onEnd={onEnd}
    >
      {() => (
        <>
          <Muted>{deadline.regime.name}</Muted>
          <TimeField
            label={isRequest ? sv.deadlines.requestAt : sv.deadlines.at}
            value={at}
            onChange={(written) => draft.put({ at: written })}
          />
          {isRequest && (
            <TimeField
              label={sv.deadlines.requestDue}
              value={due}
              onChange={(written) => draft.put({ due: written })}
              hasNow={false}
            />
          )}
          <TextField
            label={needsReason ? sv.deadlines.reason : sv.deadlines.note}
            description={sv.deadlines.noteHelp}
            size="medium"
            isRequired={needsReason}
            value={note}
            onChange={(written) => draft.put({ note: written })}
          />
          <ErrorBanner error={record.error} />
          <DialogActions>
            <WorkButton work={record} size="medium" label={sv.deadlines.save[event]} isDisabled={!isWhole} />
          </DialogActions>
        </>
      )}
    </DraftDialog>
  );
}
