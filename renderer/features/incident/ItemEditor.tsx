import { TextField } from '@midas-ds/components/textfield';
import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { LEVELS, levelRank, type Level, type Marking } from '../../../shared/domain/marking.ts';
import type { Draft } from '../../app/use-draft.ts';
import { useWork } from '../../app/use-core.ts';
import { Dialog, DialogActions } from '../../components/Dialog.tsx';
import { DraftNotice, DraftState } from '../../components/DraftNotice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Stack } from '../../components/Layout.tsx';
import { LeaveDialog } from '../../components/LeaveDialog.tsx';
import { Loading } from '../../components/Loading.tsx';
import { isComplete, MarkingField, useLevels, type WantedMarking } from '../../components/MarkingField.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';

/** What the editors of a value have in common. */
export interface ItemDraft {
  readonly marking: WantedMarking;
  readonly reason: string;
}
export const markingSchema = z.strictObject({ level: z.enum(LEVELS), basis: z.array(z.string()).readonly() });

/** A draft from before the value was raised is at least what the value is now: writing never lowers it. */
export function fitMarking<T extends ItemDraft>(draft: T, now: Marking | undefined): T {
  return now && levelRank(draft.marking.level) < levelRank(now.level) ? { ...draft, marking: now } : draft;
}

/** What the core is told beside the value itself. */
export function wantedOf({ marking, reason }: ItemDraft): {
  level: Level;
  basis: readonly string[];
  reason: string | null;
} {
  return { ...marking, reason: reason.trim() || null };
}

interface ItemEditorProps {
  readonly title: string;
  readonly draft: Draft<ItemDraft>;
  /** The marking it has now; undefined where nobody has written it yet. */
  readonly marking: Marking | undefined;
  /** True where what is written can be stored. */
  readonly canSave: boolean;
  readonly save: () => Promise<void>;
  readonly onEnd: () => void;
  readonly children: ReactNode;
}

/** A dialog that writes a value, with its marking. What is not saved stays as a draft unless it is thrown away. */
export function ItemEditor({ title, draft, marking, canSave, save, onEnd, children }: ItemEditorProps) {
  const levels = useLevels(marking?.level);
  const [isLeaving, setLeaving] = useState(false);
  const work = useWork(async () => {
    await draft.whileSaving(save);
    onEnd();
  });
  // Nothing is written over that she has not been shown.
  const isDone = canSave && isComplete(draft.value.marking) && draft.other?.isSaved !== true;
  if (isLeaving) return <LeaveDialog draft={draft} onStay={() => setLeaving(false)} onEnd={onEnd} />;
  return (
    <Dialog
      title={title}
      onEnd={() => (draft.isChanged ? setLeaving(true) : onEnd())}
      canEnd={!work.isRunning}
    >
      {draft.isLoading ? (
        <Loading />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (isDone) void work.run();
          }}
        >
          <Stack>
            <DraftNotice draft={draft} />
            {children}
            <MarkingField
              key={draft.generation}
              label={sv.incident.marking}
              value={draft.value.marking}
              levels={levels}
              onChange={(chosen) => draft.put({ marking: chosen })}
            />
            {marking && (
              <TextField
                label={sv.incident.changeReason}
                size="medium"
                value={draft.value.reason}
                onChange={(reason) => draft.put({ reason })}
              />
            )}
            <DraftState draft={draft} />
            <ErrorBanner error={work.error} />
            <DialogActions>
              <WorkButton work={work} size="medium" label={sv.common.save} isDisabled={!isDone} />
            </DialogActions>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
