import { Button } from '@midas-ds/components/button';
import { useState } from 'react';
import { Panel, Row } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { sv } from '../../text/sv.ts';
import { UnlockDialog } from '../unlock/UnlockDialog.tsx';

interface NeedsProtectedRoomProps {
  /** False where the workstation is not approved for any säkerhetsskyddsklass. */
  readonly hasCeiling: boolean;
  readonly onBack: () => void;
}

/** The stop: what may be sensitive is not written before there is a room for it. */
export function NeedsProtectedRoom({ hasCeiling, onBack }: NeedsProtectedRoomProps) {
  const [isUnlocking, setUnlocking] = useState(false);
  return (
    <Panel>
      <Notice kind="warning" title={sv.newIncident.protectedTitle}>
        {hasCeiling ? sv.newIncident.protectedLocked : sv.newIncident.ceilingTooLow}
      </Notice>
      <Row>
        <Button variant="secondary" size="medium" onPress={onBack}>
          {sv.newIncident.previous}
        </Button>
        {hasCeiling && (
          <Button size="medium" onPress={() => setUnlocking(true)}>
            {sv.newIncident.unlock}
          </Button>
        )}
      </Row>
      {isUnlocking && <UnlockDialog room="protected" onEnd={() => setUnlocking(false)} />}
    </Panel>
  );
}
