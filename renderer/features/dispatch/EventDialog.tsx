import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { z } from 'zod';
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
import { describeDetails, type EventKind, type Expedition } from './expeditions.ts';
import { useRecipientNames } from './use-recipient-names.ts';

const schema = z.strictObject({ when: z.string(), note: z.string() });
type EventDraft = Readonly<z.output<typeof schema>>;

interface EventDialogProps {
  readonly expedition: Expedition;
  readonly event: EventKind;
  readonly onEnd: () => void;
}

/** When it happened, and a note. Withdrawing asks why, and says that it cannot be undone. */
export function EventDialog({ expedition, event, onEnd }: EventDialogProps) {
  const draft = useFormDraft<EventDraft>({
    subject: `event:${expedition.incident}:${expedition.id}/${event}`,
    incident: expedition.incident,
    schema,
    initial: { when: toLocalInput(new Date()), note: '' },
  });
  const { when, note } = draft.value;
  const record = useWork(async () => {
    const at = fromLocalInput(when);
    if (at === null) return;
    const told = { dispatch: expedition.id, event, at, note: note.trim() || null };
    await draft.settle(() => core.call('reports.recordEvent', told));
    onEnd();
  });
  const whom = useRecipientNames();
  const text = sv.expedition;
  const isWithdrawn = event === 'withdrawn';
  const isDone = fromLocalInput(when) !== null && (!isWithdrawn || note.trim() !== '');
  return (
    <DraftDialog
      title={text.dialogTitle[event]}
      draft={draft}
      isRunning={record.isRunning}
      onSubmit={() => {
        if (isDone) void record.run();
      }}
      onEnd={onEnd}
    >
      {(leave) => (
        <>
          <p>{describeDetails(expedition, whom)}</p>
          <Muted>{text.dialogLead[event]}</Muted>
          <TimeField label={text.when} value={when} onChange={(written) => draft.put({ when: written })} />
          <TextField
            label={isWithdrawn ? text.noteWithdrawn : text.note}
            description={isWithdrawn ? text.noteWithdrawnHelp : text.noteHelp}
            size="medium"
            autoComplete="off"
            maxLength={500}
            isRequired={isWithdrawn}
            value={note}
            onChange={(written) => draft.put({ note: written })}
          />
          <ErrorBanner error={record.error} />
          <DialogActions>
            <WorkButton
              work={record}
              size="medium"
              label={text.submit[event]}
              variant={isWithdrawn ? 'danger' : 'primary'}
              isDisabled={!isDone}
            />
            <Button variant="tertiary" size="medium" onPress={leave}>
              {sv.common.cancel}
            </Button>
          </DialogActions>
        </>
      )}
    </DraftDialog>
  );
}
