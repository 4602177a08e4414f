import { Button } from '@midas-ds/components/button';
import { ROOM_NAME } from '../../../shared/domain/room.ts';
import { today } from '../../app/local-time.ts';
import { useApp } from '../../app/store.ts';
import { useQuery } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { sv } from '../../text/sv.ts';

/** As many days before it is due that it is put forward. */
const SOON_DAYS = 30;

function daysUntil(date: string, now: string): number {
  return Math.round((Date.parse(date) - Date.parse(now)) / (24 * 60 * 60 * 1000));
}

/** By when the copies of each open room are to have been counted; nothing where no rule says so. */
export function OverviewInventory() {
  const { data, error } = useQuery('register.inventoryDue', null);
  const go = useApp((state) => state.go);
  if (!error && (data ?? []).length === 0) return null;
  const text = sv.paper;
  const now = today();
  return (
    <section aria-labelledby="overview-inventory">
      <Stack>
        <h2 id="overview-inventory">{text.inventory}</h2>
        <ErrorBanner error={error} />
        {data?.map(({ room, date, source }) => {
          const left = daysUntil(date, now);
          const said = (left < 0 ? text.inventoryLate : text.inventoryDue)(ROOM_NAME[room], date);
          const words = `${said} ${text.inventoryRule(source)}`;
          return left <= SOON_DAYS ? (
            <Notice key={room} kind={left < 0 ? 'warning' : 'important'}>
              {words}
            </Notice>
          ) : (
            <Muted key={room}>{words}</Muted>
          );
        })}
        <Button
          variant="secondary"
          size="medium"
          onPress={() => go({ screen: 'register', tab: 'inventory' })}
        >
          {text.inventoryGo}
        </Button>
      </Stack>
    </section>
  );
}
