import { Button, type ButtonProps } from '@midas-ds/components/button';
import { ProgressBar } from 'react-aria-components';
import type { Work } from '../app/use-core.ts';
import { sv } from '../text/sv.ts';
import styles from './WorkButton.module.css';

interface WorkButtonProps extends Pick<
  ButtonProps,
  'variant' | 'icon' | 'size' | 'isDisabled' | 'autoFocus'
> {
  readonly work: Pick<Work<never>, 'isRunning' | 'progress' | 'cancel'>;
  readonly label: string;
  /** Said while it runs and the core has said nothing more exact. */
  readonly running?: string;
  readonly canCancel?: boolean;
  /** Not there where the button submits the form it stands in. */
  readonly onPress?: () => void;
}

/** A button for work that may take a while: says so, shows how far it has come, and lets it be stopped. */
export function WorkButton({
  work,
  label,
  running,
  canCancel,
  onPress,
  isDisabled,
  ...button
}: WorkButtonProps) {
  const text = work.progress?.text ?? running ?? sv.common.working;
  const { done, total } = work.progress ?? { done: null, total: null };
  return (
    <div className={styles.work}>
      <Button
        {...button}
        type={onPress ? 'button' : 'submit'}
        isPending={work.isRunning}
        isDisabled={isDisabled}
        onPress={onPress}
      >
        {label}
      </Button>
      <span className={styles.progress} role="status">
        {work.isRunning && (
          <>
            {text}
            {done !== null && total !== null && ` · ${sv.common.percent(done, total)}`}
          </>
        )}
      </span>
      {work.isRunning && (
        <ProgressBar
          aria-label={text}
          isIndeterminate={total === null}
          value={done ?? undefined}
          maxValue={total ?? undefined}
          className={styles.bar}
        />
      )}
      {work.isRunning && canCancel && (
        <Button variant="tertiary" size="medium" onPress={work.cancel}>
          {sv.common.cancel}
        </Button>
      )}
    </div>
  );
}
