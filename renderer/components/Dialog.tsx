import { Modal } from '@midas-ds/components/modal';
import type { ReactNode } from 'react';
import styles from './Dialog.module.css';

interface DialogProps {
  readonly title: string;
  readonly onEnd: () => void;
  /** False while work is under way: Escape must not hide it. */
  readonly canEnd?: boolean;
  readonly children: ReactNode;
}

/** A dialog over the screen; Escape ends it, and the focus goes back to where it came from. */
export function Dialog({ title, onEnd, canEnd = true, children }: DialogProps) {
  return (
    <Modal
      isOpen
      isDismissable={false}
      isKeyboardDismissDisabled={!canEnd}
      title={title}
      onOpenChange={(isOpen) => {
        if (!isOpen && canEnd) onEnd();
      }}
    >
      <div className={styles.content}>{children}</div>
    </Modal>
  );
}
