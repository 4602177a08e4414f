import { Button } from '@midas-ds/components/button';
import { SearchField } from '@midas-ds/components/search-field';
import { FileInput, Plus } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { INCIDENT_STATES, type IncidentState } from '../../../shared/domain/incident.ts';
import { STATE_NAME } from '../../../shared/domain/words.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { useQuery } from '../../app/use-core.ts';
import { Choice } from '../../components/Choice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { sv } from '../../text/sv.ts';
import { IncidentRows } from './IncidentRows.tsx';
import styles from './IncidentsScreen.module.css';
import { filterSummaries, summarise, type SortOrder } from './summary.ts';
import { useImport } from './use-import.ts';

const STATES: readonly (readonly [IncidentState | 'all', string])[] = [
  ['all', sv.incidents.allStates],
  ...INCIDENT_STATES.map((state) => [state, STATE_NAME[state]] as const),
];
const SORTS = Object.entries(sv.incidents.sorts) as [SortOrder, string][];

/** Every incident that the open rooms know of. */
export function IncidentsScreen() {
  const { data, error, isFirst } = useQuery('incidents.list', null);
  const go = useApp((state) => state.go);
  const canWrite = useApp((state) => isUnlocked(state.status, 'open'));
  const [search, setSearch] = useState('');
  const [state, setState] = useState<IncidentState | 'all'>('all');
  const [sort, setSort] = useState<SortOrder>('newest');
  const { work: importing, imported } = useImport();
  const all = useMemo(() => (data ?? []).map(summarise), [data]);
  const wanted = useDeferredValue(search);
  const found = useMemo(
    () => filterSummaries(all, { search: wanted, state, sort }),
    [all, wanted, state, sort],
  );
  return (
    <Page
      title={sv.incidents.title}
      actions={
        canWrite && (
          <>
            <Button variant="secondary" size="medium" icon={FileInput} onPress={() => void importing.run()}>
              {sv.incidents.import}
            </Button>
            <Button size="medium" icon={Plus} onPress={() => go({ screen: 'new-incident' })}>
              {sv.incidents.new}
            </Button>
          </>
        )
      }
    >
      <ErrorBanner error={error} />
      <ErrorBanner error={importing.error} />
      {imported !== null && <Notice kind="success">{sv.incidents.imported(imported)}</Notice>}
      <div className={styles.filter}>
        <SearchField
          label={sv.incidents.search}
          placeholder={sv.incidents.searchPlaceholder}
          size="medium"
          showButton={false}
          value={search}
          onChange={setSearch}
        />
        <Choice label={sv.incidents.state} value={state} options={STATES} onChange={setState} />
        <Choice label={sv.incidents.sort} value={sort} options={SORTS} onChange={setSort} />
      </div>
      {isFirst ? (
        <Loading />
      ) : (
        <Stack gap="small">
          <div role="status">
            <Muted>{sv.incidents.found(found.length, all.length)}</Muted>
          </div>
          {all.length === 0 && !error && <Notice title={sv.incidents.empty}>{sv.incidents.emptyHelp}</Notice>}
          {all.length > 0 && found.length === 0 && <Notice>{sv.incidents.noMatch}</Notice>}
          {found.length > 0 && <IncidentRows rows={found} />}
        </Stack>
      )}
    </Page>
  );
}
