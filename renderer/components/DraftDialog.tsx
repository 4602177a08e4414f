import { useState, type ReactNode } from 'react';
import type { Draft } from '../app/use-draft.ts';
import { Dialog } from './Dialog.tsx';
import { DraftNotice, DraftState } from './DraftNotice.tsx';
import { Stack } from './Layout.tsx';
import { LeaveDialog } from './LeaveDialog.tsx';
import { Loading } from './Loading.tsx';

interface DraftDialogProps {
  readonly title: string;
  readonly draft: Draft<object>;
  /** The work of the form is under way: it must not be hidden. */
  readonly isRunning: boolean;
  readonly onSubmit: () => void;
  readonly onEnd: () => void;
  /** The fields, and last the buttons, in `DialogActions`. `leave` asks what becomes of what is written. */
  readonly children: (leave: () => void) => ReactNode;
}

/** A dialog with a form: what is written in it survives a lock, and is not thrown away without a word. */
export function DraftDialog({ title, draft, isRunning, onSubmit, onEnd, children }: DraftDialogProps) {
  const [isLeaving, setLeaving] = useState(false);
  const leave = (): void => (draft.isChanged ? setLeaving(true) : onEnd());
  if (isLeaving) return <LeaveDialog draft={draft} onStay={() => setLeaving(false)} onEnd={onEnd} />;
  return (
    <Dialog title={title} onEnd={leave} canEnd={!isRunning}>
      {draft.isLoading ? (
        <Loading />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onSubmit();
          }}
        >
          <Stack>
            <DraftNotice draft={draft} />
            <DraftState draft={draft} />
            {children(leave)}
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
