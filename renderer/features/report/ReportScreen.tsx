import { Button } from '@midas-ds/components/button';
import { ClipboardCopy, Send } from 'lucide-react';
import { Checkbox } from '@midas-ds/components/checkbox';
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
import type { Expedition } from '../dispatch/expeditions.ts';
import { portalOf } from '../portal/portal.ts';
import { Completeness } from './Completeness.tsx';
import { FieldsPanel } from './FieldsPanel.tsx';
import { orderOf, type VersionChoice } from './order.ts';
import { PrintButton } from './PrintButton.tsx';
import { ReportView } from './ReportView.tsx';
import styles from './ReportScreen.module.css';
import { SaveFileButton } from './SaveFileButton.tsx';

const VERSIONS = Object.entries(sv.report.versions) as [VersionChoice, string][];

interface ReportScreenProps {
  readonly incident: string;
  readonly form: string | null;
  readonly version: VersionChoice;
  readonly isSupplement: boolean;
  /** A field to be written at once. */
  readonly field: string | undefined;
}

/** Was it sent in that version? */
function matches({ version, details, state, way }: Expedition, choice: VersionChoice): boolean {
  const level = choice === 'full' ? null : choice === 'limited' ? 'sekretess' : 'oppen';
  const isInHand = state === 'made' && (way === 'portal' || way === 'utskrift');
  return !isInHand && version === (choice === 'full' ? 'full' : 'open') && details.openLevel === level;
}

/** Form and version on one side, the pages as they would be printed on the other. */
export function ReportScreen({
  incident,
  form: wanted,
  version: atFirst,
  isSupplement: isAsked,
  field,
}: ReportScreenProps) {
  const { data: forms, error } = useQuery('reports.forms', { incident });
  const { data: about } = useQuery('incidents.get', { incident });
  const [chosen, setChosen] = useState(wanted);
  const [version, setVersion] = useState<VersionChoice>(atFirst);
  const [isSupplement, setSupplement] = useState(isAsked);
  const { data: expeditions } = useQuery('reports.dispatches', { incident });
  const go = useApp((state) => state.go);
  if (error) return <ErrorBanner error={error} />;
  if (!forms || !about) return <Loading />;
  const fitting = forms.find((form) => form.regimes.some((regime) => about.regimes.includes(regime)));
  const form = forms.find(({ id }) => id === chosen) ?? fitting ?? forms[0];
  if (!form) return null;
  const hasSent = expeditions?.some(
    (one) => one.form === form.id && !one.draft && one.state !== 'withdrawn' && matches(one, version),
  );
  const supplement = isSupplement && hasSent === true;
  const order = { ...orderOf(incident, form.id, version, true), supplement };
  const portal = portalOf(form.channels);
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
          {portal && (
            <Button
              variant="secondary"
              size="medium"
              icon={ClipboardCopy}
              onPress={() => go({ screen: 'portal', incident, form: form.id, isSupplement: supplement })}
            >
              {sv.portal.open}
            </Button>
          )}
          <Button
            size="medium"
            icon={Send}
            onPress={() =>
              go({ screen: 'dispatch', incident, form: form.id, version, isSupplement: supplement })
            }
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
            {hasSent === true && (
              <Checkbox isSelected={isSupplement} onChange={setSupplement}>
                {sv.supplement.label}
              </Checkbox>
            )}
            {form.audience === 'open-line' && <Muted>{sv.report.openLine}</Muted>}
          </Panel>
          <FieldsPanel
            key={`fields ${form.id}`}
            incident={about}
            form={form}
            order={order}
            opens={form.id === wanted ? field : undefined}
          />
          <Completeness key={form.id} order={order} note={form.note ?? null} />
        </div>
        <ReportView order={order} />
      </div>
    </Page>
  );
}
