import { Spinner } from '@midas-ds/components/spinner';
import { sv } from '../text/sv.ts';
import { Row } from './Layout.tsx';

/** @param label what is waited for, where it is not simply read */
export function Loading({ label = sv.common.loading }: { readonly label?: string }) {
  return (
    <div role="status">
      <Row>
        <Spinner small />
        {label}
      </Row>
    </div>
  );
}
