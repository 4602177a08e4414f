import { Spinner } from '@midas-ds/components/spinner';
import { sv } from '../text/sv.ts';
import { Row } from './Layout.tsx';

export function Loading() {
  return (
    <div role="status">
      <Row>
        <Spinner small />
        {sv.common.loading}
      </Row>
    </div>
  );
}
