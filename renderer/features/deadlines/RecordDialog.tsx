import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import type { StepEventKind } from '../../../shared/domain/incident-deadline.ts';
import { core } from '../../app/bridge.ts';
import { fromLocalInput, toLocalInput } from '../../app/local-time.ts';
import { useWork } from '../../app/use-core.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { TimeField } from '../../components/TimeField.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import type { Deadline } from './next-action.ts';

interface RecordDialogProps {
  readonly deadline: Deadline;
  readonly event: StepEventKind;
  readonly onEnd: () => void;
}

/** A step is done, does not apply, or is to be done after all. The time is now unless something else is written. */
export function RecordDialog({ deadline, event, onEnd }: RecordDialogProps) {
  const [at, setAt] = useState(() => toLocalInput(new Date()));
  const [note, setNote] = useState('');
  const [due, setDue] = useState('');
  const isRequest = event === 'requested';
  const needsReason = event !== 'done' && !isRequest;
  const time = fromLocalInput(at);
  const latest = isRequest ? fromLocalInput(due) : null;
  const record = useWork(async (written: string) => {
    await core.call('deadlines.record', {
      incident: deadline.incident.id,
      regime: deadline.regime.id,
      step: deadline.step.id,
      event,
      at: written,
      note: note.trim() || null,
      due: latest,
    });
    onEnd();
  });
  const isWhole = time !== null && (!needsReason || note.trim() !== '') && (!isRequest || latest !== null);
  return (
    <Dialog title={sv.deadlines.dialog[event](deadline.step.name)} onEnd={onEnd} canEnd={!record.isRunning}>
      <form
        onSubmit={(submitted) => {
          submitted.preventDefault();
          if (isWhole) void record.run(time);
        }}
      >
        <Stack>
          <Muted>{deadline.regime.name}</Muted>
          <TimeField
            label={isRequest ? sv.deadlines.requestAt : sv.deadlines.at}
            value={at}
            onChange={setAt}
          />
          {isRequest && (
            <TimeField label={sv.deadlines.requestDue} value={due} onChange={setDue} hasNow={false} />
          )}
          <TextField
            label={needsReason ? sv.deadlines.reason : sv.deadlines.note}
            description={sv.deadlines.noteHelp}
            size="medium"
            isRequired={needsReason}
            value={note}
            onChange={setNote}
          />
          <ErrorBanner error={record.error} />
          <WorkButton work={record} size="medium" label={sv.deadlines.save[event]} isDisabled={!isWhole} />
        </Stack>
      </form>
    </Dialog>
  );
}
