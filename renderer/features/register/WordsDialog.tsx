import { Button } from '@midas-ds/components/button';
import { Checkbox } from '@midas-ds/components/checkbox';
import { TextField } from '@midas-ds/components/textfield';
import { z } from 'zod';
import { core } from '../../app/bridge.ts';
import { useWork } from '../../app/use-core.ts';
import { useFormDraft, useRegisterLevel } from '../../app/use-form-draft.ts';
import { DialogActions } from '../../components/Dialog.tsx';
import { DraftDialog } from '../../components/DraftDialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted } from '../../components/Layout.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import type { Entry } from './entries.ts';

const schema = z.strictObject({
  correspondent: z.string(),
  summary: z.string(),
  omitCorrespondent: z.boolean(),
  omitSummary: z.boolean(),
});
type WordsDraft = Readonly<z.output<typeof schema>>;

/** What the register says of a document beside its number, and what of it the extract leaves out. */
export function WordsDialog({ entry, onEnd }: { readonly entry: Entry; readonly onEnd: () => void }) {
  const { room, serial } = entry;
  const level = useRegisterLevel(room);
  const stored = {
    correspondent: entry.correspondent ?? '',
    summary: entry.summary ?? '',
    omitCorrespondent: entry.omitCorrespondent,
    omitSummary: entry.omitSummary,
  };
  const draft = useFormDraft<WordsDraft>({
    subject: `words:${room}/${serial}`,
    incident: null,
    schema,
    initial: stored,
    saved: stored,
    levelOf: () => level,
  });
  const { correspondent, summary, omitCorrespondent, omitSummary } = draft.value;
  const text = sv.register;
  const save = useWork(async () => {
    await draft.settle(() =>
      core.call('register.changeWords', {
        ...{ room, serial, omitCorrespondent, omitSummary },
        correspondent: correspondent.trim() || null,
        summary: summary.trim() || null,
      }),
    );
    onEnd();
  });
  return (
    <DraftDialog
      title={text.editTitle}
      draft={draft}
      isRunning={save.isRunning}
      onSubmit={() => {
        if (draft.other?.isSaved !== true) void save.run();
      }}
      onEnd={onEnd}
    >
      {(leave) => (
        <>
          <p>{entry.designation}</p>
          <TextField
            label={entry.incoming ? sv.paper.incomingSender : text.recipient}
            size="medium"
            autoComplete="off"
            maxLength={500}
            value={correspondent}
            onChange={(changed) => draft.put({ correspondent: changed })}
          />
          <TextField
            label={text.columns.summary}
            size="medium"
            autoComplete="off"
            maxLength={500}
            value={summary}
            onChange={(changed) => draft.put({ summary: changed })}
          />
          <Muted>{text.omitHelp}</Muted>
          <Checkbox
            isSelected={omitCorrespondent}
            onChange={(changed) => draft.put({ omitCorrespondent: changed })}
          >
            {text.omitCorrespondent}
          </Checkbox>
          <Checkbox isSelected={omitSummary} onChange={(changed) => draft.put({ omitSummary: changed })}>
            {text.omitSummary}
          </Checkbox>
          <ErrorBanner error={save.error} />
          <DialogActions>
            <WorkButton work={save} size="medium" label={sv.common.save} isDisabled={draft.other?.isSaved} />
            <Button variant="tertiary" size="medium" onPress={leave}>
              {sv.common.cancel}
            </Button>
          </DialogActions>
        </>
      )}
    </DraftDialog>
  );
}
