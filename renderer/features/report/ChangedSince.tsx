import { Button } from '@midas-ds/components/button';
import { sentAt } from '../../../shared/domain/receivers.ts';
import { formatDateTime } from '../../app/format.ts';
import { useApp } from '../../app/store.ts';
import { useQuery } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { sv } from '../../text/sv.ts';

/** More than a person reads at once; the rest stand on their incidents. */
const MOST_SHOWN = 20;

/** That something sent says something else now, with the way to a supplement. Nothing stands here where there is none. */
export function ChangedSince({ incident }: { readonly incident: string | null }) {
  const { data, error } = useQuery('reports.changedSinceSent', { incident });
  const { data: forms } = useQuery('reports.forms', { incident });
  const go = useApp((state) => state.go);
  if (error) return <ErrorBanner error={error} />;
  if (!data || data.length === 0) return null;
  const names = new Map((forms ?? []).map(({ id, name }) => [id, name]));
  return (
    <Notice kind="important" title={sv.supplement.changedTitle}>
      <Stack gap="small">
        <p>{sv.supplement.changedLead}</p>
        {data.slice(0, MOST_SHOWN).map(({ expedition, receivers, fields }) => {
          const name = names.get(expedition.form) ?? expedition.form;
          const at = sentAt(expedition);
          const whom = receivers.join(', ');
          const kind = sv.expedition.versions(expedition.version, expedition.details.openLevel);
          return (
            <div key={expedition.id}>
              <p>
                <strong>{name}</strong>, {kind} {incident === null && <code>{expedition.incident}</code>}
              </p>
              <Muted>
                {at === null
                  ? sv.supplement.notTold(whom, formatDateTime(expedition.madeAt))
                  : sv.supplement.sent(whom, formatDateTime(at))}
              </Muted>
              <p>{sv.supplement.changedFields(fields)}</p>
              {at !== null && (
                <Button
                  variant="secondary"
                  size="medium"
                  aria-label={sv.supplement.makeOf(`${name}, ${kind}`, expedition.incident, whom)}
                  onPress={() =>
                    go({
                      screen: 'report',
                      incident: expedition.incident,
                      form: expedition.form,
                      supplement: expedition.id,
                      isMasked: expedition.details.masked === true,
                      version:
                        expedition.version === 'full'
                          ? 'full'
                          : expedition.details.openLevel === 'sekretess'
                            ? 'limited'
                            : 'open',
                    })
                  }
                >
                  {sv.supplement.make}
                </Button>
              )}
            </div>
          );
        })}
        {data.length > MOST_SHOWN && <p>{sv.supplement.more(data.length - MOST_SHOWN)}</p>}
      </Stack>
    </Notice>
  );
}
