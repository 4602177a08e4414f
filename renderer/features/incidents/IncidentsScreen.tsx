import { Button } from '@midas-ds/components/button';
import { FileInput, Plus } from 'lucide-react';
import { isUnlocked, useApp } from '../../app/store.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { sv } from '../../text/sv.ts';
import { FilterChoices, SearchWords } from './FilterFields.tsx';
import { IncidentRows } from './IncidentRows.tsx';
import styles from './IncidentsScreen.module.css';
import { SavedFilters } from './SavedFilters.tsx';
import { useImport } from './use-import.ts';
import { useSummaries } from './use-summaries.ts';

/** Every incident that the open rooms know of. */
export function IncidentsScreen() {
  const go = useApp((state) => state.go);
  const canWrite = useApp((state) => isUnlocked(state.status, 'open'));
  const { work: importing, imported } = useImport();
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
      <ErrorBanner error={importing.error} />
      {imported !== null && <Notice kind="success">{sv.incidents.imported(imported.count)}</Notice>}
      {imported !== null && imported.along.length > 0 && (
        <Notice kind="important">{sv.incidents.cameAlong(imported.along)}</Notice>
      )}
      <div className={styles.filter}>
        <SearchWords />
        <SavedFilters />
        <FilterChoices />
      </div>
      <Found />
    </Page>
  );
}

/** The rows that the filter lets through. */
function Found() {
  const { windows, isBehind, error, need } = useSummaries();
  if (!windows) return error ? <ErrorBanner error={error} /> : <Loading />;
  const { total, all } = windows;
  return (
    <Stack gap="small">
      <ErrorBanner error={error} />
      <div role="status">
        <Muted>{sv.incidents.found(total, all)}</Muted>
      </div>
      {all === 0 && <Notice title={sv.incidents.empty}>{sv.incidents.emptyHelp}</Notice>}
      {all > 0 && total === 0 && <Notice>{sv.incidents.noMatch}</Notice>}
      <div id="found" aria-busy={isBehind}>
        {total > 0 && <IncidentRows windows={windows} need={need} />}
      </div>
    </Stack>
  );
}
