import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { core } from '../../app/bridge.ts';
import { fromLocalInput, toLocalInput } from '../../app/local-time.ts';
import { useWork } from '../../app/use-core.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Row, Stack } from '../../components/Layout.tsx';
import { TimeField } from '../../components/TimeField.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { describeDetails, type EventKind, type Expedition } from './expeditions.ts';

interface EventDialogProps {
  readonly expedition: Expedition;
  readonly event: EventKind;
  readonly onEnd: () => void;
}

/** When it happened, and a note. Withdrawing asks why, and says that it cannot be undone. */
export function EventDialog({ expedition, event, onEnd }: EventDialogProps) {
  const [when, setWhen] = useState(() => toLocalInput(new Date()));
  const [note, setNote] = useState('');
  const record = useWork(async () => {
    const at = fromLocalInput(when);
    if (at === null) return;
    await core.call('reports.recordEvent', { dispatch: expedition.id, event, at, note: note.trim() || null });
    onEnd();
  });
  const text = sv.expedition;
  const isWithdrawn = event === 'withdrawn';
  const isDone = fromLocalInput(when) !== null && (!isWithdrawn || note.trim() !== '');
  return (
    <Dialog title={text.dialogTitle[event]} onEnd={onEnd} canEnd={!record.isRunning}>
      <form
        onSubmit={(submit) => {
          submit.preventDefault();
          if (isDone) void record.run();
        }}
      >
        <Stack>
          <p>{describeDetails(expedition)}</p>
          <Muted>{text.dialogLead[event]}</Muted>
          <TimeField label={text.when} value={when} onChange={setWhen} />
          <TextField
            label={isWithdrawn ? text.noteWithdrawn : text.note}
            description={text.noteHelp}
            size="medium"
            autoComplete="off"
            maxLength={500}
            isRequired={isWithdrawn}
            value={note}
            onChange={setNote}
          />
          <ErrorBanner error={record.error} />
          <Row>
            <WorkButton
              work={record}
              size="medium"
              label={text.submit[event]}
              variant={isWithdrawn ? 'danger' : 'primary'}
              isDisabled={!isDone}
            />
            <Button variant="tertiary" size="medium" onPress={onEnd}>
              {sv.common.cancel}
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  );
}
