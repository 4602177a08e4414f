import { InfoBanner } from '@midas-ds/components/info-banner';
import type { ReactNode } from 'react';

interface NoticeProps {
  readonly kind?: 'info' | 'success' | 'important' | 'warning';
  readonly title?: string;
  readonly children?: ReactNode;
}

/** Something to know, read aloud in its turn. */
export function Notice({ kind = 'info', title, children }: NoticeProps) {
  return (
    <div role="status">
      <InfoBanner role="none" type={kind} title={title}>
        {children}
      </InfoBanner>
    </div>
  );
}
