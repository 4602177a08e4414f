import { Button } from '@midas-ds/components/button';
import { Plus } from 'lucide-react';
import { isUnlocked, useApp } from '../../app/store.ts';
import { Page } from '../../components/Page.tsx';
import { sv } from '../../text/sv.ts';
import { ChangedSince } from '../report/ChangedSince.tsx';
import { useClockStatus } from '../deadlines/use-clock-status.ts';
import { ClockPanel } from './ClockPanel.tsx';
import { OverviewDeadlines } from './OverviewDeadlines.tsx';
import { OverviewDrafts } from './OverviewDrafts.tsx';
import { OverviewExpeditions } from './OverviewExpeditions.tsx';
import { OverviewOngoing } from './OverviewOngoing.tsx';

/** What is due, in order; what was begun; what waits for others; whether the clock can be trusted; what is going on. */
export function OverviewScreen() {
  const go = useApp((state) => state.go);
  const isOpen = useApp((state) => isUnlocked(state.status, 'open'));
  const clock = useClockStatus();
  return (
    <Page
      title={sv.overview.title}
      lead={sv.overview.lead}
      actions={
        isOpen && (
          <Button size="medium" icon={Plus} onPress={() => go({ screen: 'new-incident' })}>
            {sv.incidents.new}
          </Button>
        )
      }
    >
      <OverviewDeadlines isClockConfirmed={clock?.isConfirmed === true} />
      {isOpen && <ChangedSince incident={null} />}
      <OverviewDrafts />
      {isOpen && <OverviewExpeditions />}
      {clock && <ClockPanel status={clock} />}
      <OverviewOngoing />
    </Page>
  );
}
