import { Button } from '@midas-ds/components/button';
import { Dialog, DialogActions } from '../../components/Dialog.tsx';
import { sv } from '../../text/sv.ts';

interface AskDestroyedProps {
  /** What is to be told of as destroyed. */
  readonly designation: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** Asked once more, with what it is: a scanner that reads a paper presses Enter too. */
export function AskDestroyed({ designation, onYes, onNo }: AskDestroyedProps) {
  const text = sv.register;
  return (
    <Dialog title={text.destroyTitle} onEnd={onNo}>
      <p>{text.destroyAsk(designation)}</p>
      <DialogActions>
        <Button variant="secondary" size="medium" onPress={onNo}>
          {sv.common.cancel}
        </Button>
        <Button variant="danger" size="medium" onPress={onYes}>
          {text.destroyYes}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
