import { Button } from '@midas-ds/components/button';
import { Plus } from 'lucide-react';
import { ROOM_NAME, ROOMS } from '../../../shared/domain/room.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { Muted } from '../../components/Layout.tsx';
import { Page } from '../../components/Page.tsx';
import { sv } from '../../text/sv.ts';
import { ChangedSince } from '../report/ChangedSince.tsx';
import { useClockStatus } from '../deadlines/use-clock-status.ts';
import { ClockPanel } from './ClockPanel.tsx';
import { OverviewDeadlines } from './OverviewDeadlines.tsx';
import { OverviewDrafts } from './OverviewDrafts.tsx';
import { OverviewExpeditions } from './OverviewExpeditions.tsx';
import { OverviewInventory } from './OverviewInventory.tsx';
import { OverviewOngoing } from './OverviewOngoing.tsx';
import { OverviewRecovery } from './OverviewRecovery.tsx';

/** What is due, in order; what was begun; what waits for others; whether the clock can be trusted; what is going on. */
export function OverviewScreen() {
  const go = useApp((state) => state.go);
  const isOpen = useApp((state) => isUnlocked(state.status, 'open'));
  const clock = useClockStatus();
  const status = useApp((state) => state.status);
  const locked = ROOMS.filter((room) => !isUnlocked(status, room));
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
      {locked.map((room) => (
        <Muted key={room}>{sv.overview.lockedRoom(ROOM_NAME[room])}</Muted>
      ))}
      <OverviewDeadlines isClockConfirmed={clock?.isConfirmed === true} />
      {isOpen && <ChangedSince incident={null} />}
      <OverviewDrafts />
      {isOpen && <OverviewExpeditions />}
      <OverviewInventory />
      <OverviewRecovery />
      {clock && <ClockPanel status={clock} />}
      <OverviewOngoing />
    </Page>
  );
}
