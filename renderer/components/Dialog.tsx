import { Modal } from '@midas-ds/components/modal';
import type { ReactNode } from 'react';
import { LEVEL_NAME } from '../../shared/domain/marking.ts';
import { isUnlocked, useApp } from '../app/store.ts';
import { sv } from '../text/sv.ts';
import styles from './Dialog.module.css';

interface DialogProps {
  readonly title: string;
  readonly onEnd: () => void;
  /** False while work is under way: Escape must not hide it. */
  readonly canEnd?: boolean;
  readonly children: ReactNode;
}

/** The buttons that end a dialog: in sight however long the dialog is. */
export function DialogActions({ children }: { readonly children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}

/** A dialog over the screen; Escape ends it, and the focus goes back to where it came from. */
export function Dialog({ title, onEnd, canEnd = true, children }: DialogProps) {
  // What stands around the window lies behind the dialog: the class must be read here too.
  const status = useApp((state) => state.status);
  const isProtected = isUnlocked(status, 'protected');
  const ceiling = LEVEL_NAME[status?.ceiling ?? 'oppen'].toUpperCase();
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
      <div className={styles.content}>
        {isProtected && <p className={styles.class}>{sv.shell.frame(ceiling)}</p>}
        {children}
      </div>
    </Modal>
  );
}
