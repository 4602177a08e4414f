import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { z } from 'zod';
import {
  DESTRUCTION_WAYS,
  NEVER_MADE,
  type DestructionWay,
  type MediumEvent,
} from '../../../shared/domain/register.ts';
import type { Room } from '../../../shared/domain/room.ts';
import { core } from '../../app/bridge.ts';
import { fromLocalInput, toLocalInput } from '../../app/local-time.ts';
import { useWork } from '../../app/use-core.ts';
import { useFormDraft, useRegisterLevel } from '../../app/use-form-draft.ts';
import { DialogActions } from '../../components/Dialog.tsx';
import { DraftDialog } from '../../components/DraftDialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { TimeField } from '../../components/TimeField.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { AskDestroyed } from './AskDestroyed.tsx';
import { DestructionFields } from './DestructionFields.tsx';
import type { Medium } from './entries.ts';

const schema = z.strictObject({
  when: z.string(),
  what: z.string(),
  how: z.enum(Object.keys(DESTRUCTION_WAYS) as DestructionWay[]).nullable(),
  witness: z.string(),
});
type MediumEventDraft = Readonly<z.output<typeof schema>>;

interface MediumDialogProps {
  readonly room: Room;
  readonly medium: Medium;
  readonly event: MediumEvent;
  readonly onEnd: () => void;
}

/** What has become of a medium. */
export function MediumDialog({ room, medium, event, onEnd }: MediumDialogProps) {
  const level = useRegisterLevel(room);
  const draft = useFormDraft<MediumEventDraft>({
    subject: `medium:${medium.code}/${event}`,
    incident: null,
    schema,
    initial: { when: toLocalInput(new Date()), what: '', how: null, witness: '' },
    levelOf: () => level,
  });
  const { when, what, how, witness } = draft.value;
  const text = sv.register;
  const isDestroyed = event === 'destroyed';
  const [isAsked, setAsked] = useState(false);
  const record = useWork(async () => {
    const at = fromLocalInput(when);
    if (at === null) return;
    await draft.settle(() =>
      core.call('register.recordMedium', {
        ...{ code: medium.code, event, at, how },
        what: what.trim() || null,
        witness: witness.trim() || null,
      }),
    );
    onEnd();
  });
  const isDone = fromLocalInput(when) !== null && (!isDestroyed || how !== null);
  return (
    <DraftDialog
      title={text.mediumEventOf(text.mediumEvents[event], medium.label)}
      draft={draft}
      isRunning={record.isRunning}
      onSubmit={() => {
        if (!isDone) return;
        if (isDestroyed) setAsked(true);
        else void record.run();
      }}
      onEnd={onEnd}
    >
      {(leave) => (
        <>
          <TimeField label={text.when} value={when} onChange={(changed) => draft.put({ when: changed })} />
          <TextField
            label={event === 'written' ? text.written : text.mediumNote}
            size="medium"
            autoComplete="off"
            maxLength={500}
            value={what}
            onChange={(changed) => draft.put({ what: changed })}
          />
          {isDestroyed && (
            <DestructionFields how={how} witness={witness} except={NEVER_MADE} onChange={draft.put} />
          )}
          <ErrorBanner error={record.error} />
          {isAsked && (
            <AskDestroyed
              designation={medium.label}
              onNo={() => setAsked(false)}
              onYes={() => {
                setAsked(false);
                void record.run();
              }}
            />
          )}
          <DialogActions>
            <WorkButton
              work={record}
              size="medium"
              variant={isDestroyed ? 'danger' : 'primary'}
              label={text.mediumEvents[event]}
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
