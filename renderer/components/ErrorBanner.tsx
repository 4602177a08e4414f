import { InfoBanner } from '@midas-ds/components/info-banner';
import { useEffect, useRef } from 'react';
import type { CoreError } from '../app/core-client.ts';
import { sv } from '../text/sv.ts';
import styles from './ErrorBanner.module.css';

interface ErrorBannerProps {
  readonly error: CoreError | null;
  /** What to do, where the error itself does not say. */
  readonly help?: string;
}

/** What happened, what was not lost, and what to do. Read aloud when it comes. */
export function ErrorBanner({ error, help }: ErrorBannerProps) {
  const place = useRef<HTMLDivElement>(null);
  // In a long dialog it would else come below what is in sight, and the button would seem to do nothing.
  useEffect(() => {
    if (error) place.current?.scrollIntoView({ block: 'nearest' });
  }, [error]);
  if (!error) return null;
  const isRefusal = error.kind === 'cancelled' || error.kind === 'policy';
  return (
    <div role="alert" ref={place} className={styles.error}>
      <InfoBanner
        role="none"
        type={isRefusal ? 'important' : 'warning'}
        title={sv.common.errorTitle[error.kind]}
      >
        <p>{error.message}</p>
        {error.faults.length > 0 && (
          <ul>
            {error.faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        )}
        {help !== undefined && <p>{help}</p>}
      </InfoBanner>
    </div>
  );
}
