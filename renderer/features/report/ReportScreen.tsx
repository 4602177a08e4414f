import { Button } from '@midas-ds/components/button';
import { Send } from 'lucide-react';
import { useState } from 'react';
import { useApp } from '../../app/store.ts';
import { useQuery } from '../../app/use-core.ts';
import { Back } from '../../components/Back.tsx';
import { Choice } from '../../components/Choice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Panel } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { sv } from '../../text/sv.ts';
import { Completeness } from './Completeness.tsx';
import { FormFields } from './FormFields.tsx';
import { orderOf, type VersionChoice } from './order.ts';
import { PrintButton } from './PrintButton.tsx';
import { ReportView } from './ReportView.tsx';
import styles from './ReportScreen.module.css';
import { SaveFileButton } from './SaveFileButton.tsx';

const VERSIONS = Object.entries(sv.report.versions) as [VersionChoice, string][];

interface ReportScreenProps {
  readonly incident: string;
  readonly form: string | null;
}

/** Form and version on one side, the pages as they would be printed on the other. */
export function ReportScreen({ incident, form: wanted }: ReportScreenProps) {
  const { data: forms, error } = useQuery('reports.forms', null);
  const { data: about } = useQuery('incidents.get', { incident });
  const [chosen, setChosen] = useState(wanted);
  const [version, setVersion] = useState<VersionChoice>('full');
  const go = useApp((state) => state.go);
  if (error) return <ErrorBanner error={error} />;
  if (!forms || !about) return <Loading />;
  const fitting = forms.find((form) => form.regimes.some((regime) => about.regimes.includes(regime)));
  const form = forms.find(({ id }) => id === chosen) ?? fitting ?? forms[0];
  if (!form) return null;
  const order = orderOf(incident, form.id, version, true);
  return (
    <Page
      isWide
      title={sv.report.title}
      lead={about.title?.text ?? about.id}
      above={<Back to={{ screen: 'incident', incident }} label={sv.report.backToIncident} />}
      actions={
        <>
          <SaveFileButton order={order} />
          <PrintButton order={order} />
          <Button
            size="medium"
            icon={Send}
            onPress={() => go({ screen: 'dispatch', incident, form: form.id, version })}
          >
            {sv.report.dispatch}
          </Button>
        </>
      }
    >
      <div className={styles.columns}>
        <div className={styles.side}>
          <Panel>
            <Choice
              label={sv.report.form}
              value={form.id}
              options={forms.map(({ id, name }) => [id, name] as const)}
              onChange={setChosen}
            />
            <Choice label={sv.report.version} value={version} options={VERSIONS} onChange={setVersion} />
            <Muted>{sv.report.versionHelp[version]}</Muted>
            {form.audience === 'open-line' && <Muted>{sv.report.openLine}</Muted>}
          </Panel>
          <Completeness key={form.id} order={order} note={form.note ?? null} />
          <FormFields key={`fields ${form.id}`} form={form} incident={about} order={order} />
        </div>
        <ReportView order={order} />
      </div>
    </Page>
  );
}
