import { Button } from '@midas-ds/components/button';
import { useApp } from '../../app/store.ts';
import { useQuery } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Row, Stack } from '../../components/Layout.tsx';
import { sv } from '../../text/sv.ts';
import { EventButtons } from '../dispatch/EventButtons.tsx';
import { daysOutstanding, describeDetails, stateName } from '../dispatch/expeditions.ts';
import { useRecipientNames } from '../dispatch/use-recipient-names.ts';

/** What has been made or sent and not been acknowledged, with how long it has waited. */
export function OverviewExpeditions() {
  const { data, error } = useQuery('reports.dispatches', { incident: null });
  const { data: forms } = useQuery('reports.forms', { incident: null });
  const go = useApp((state) => state.go);
  const names = new Map((forms ?? []).map(({ id, name }) => [id, name]));
  const whom = useRecipientNames();
  const now = new Date();
  return (
    <section aria-labelledby="overview-expeditions">
      <Stack>
        <h2 id="overview-expeditions">{sv.overview.expeditions}</h2>
        <ErrorBanner error={error} />
        {data?.length === 0 && <Muted>{sv.overview.expeditionsNone}</Muted>}
        {data && data.length > 0 && (
          <table>
            <thead>
              <tr>
                <th scope="col">{sv.overview.expedition}</th>
                <th scope="col">{sv.overview.columns.incident}</th>
                <th scope="col">{sv.overview.waited}</th>
                <th scope="col">{sv.expedition.actions}</th>
              </tr>
            </thead>
            <tbody>
              {data.map((one) => (
                <tr key={one.id}>
                  <th scope="row">
                    {names.get(one.form) ?? one.form}
                    <Muted>{describeDetails(one, whom)}</Muted>
                  </th>
                  <td>
                    <code>{one.incident}</code>
                  </td>
                  <td>
                    {stateName(one)}
                    <Muted>{sv.expedition.days(daysOutstanding(one, now) ?? 0)}</Muted>
                  </td>
                  <td>
                    <Row gap="small">
                      <EventButtons
                        expedition={one}
                        name={`${sv.expedition.ways[one.way]}, ${one.incident}`}
                      />
                      <Button
                        variant="tertiary"
                        size="medium"
                        aria-label={`${sv.overview.open} ${one.incident}`}
                        onPress={() => go({ screen: 'incident', incident: one.incident })}
                      >
                        {sv.overview.open}
                      </Button>
                    </Row>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Stack>
    </section>
  );
}
