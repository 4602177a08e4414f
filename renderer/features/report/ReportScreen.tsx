import { Button } from '@midas-ds/components/button';
import { ClipboardCopy, Send } from 'lucide-react';
import { Checkbox } from '@midas-ds/components/checkbox';
import { useState, type ReactNode } from 'react';
import { lastOfEach, sentAt, type Held } from '../../../shared/domain/receivers.ts';
import { formatDateTime } from '../../app/format.ts';
import { useApp } from '../../app/store.ts';
import { useQuery } from '../../app/use-core.ts';
import { Back } from '../../components/Back.tsx';
import { Choice } from '../../components/Choice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Panel } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { sv } from '../../text/sv.ts';
import type { Expedition } from '../dispatch/expeditions.ts';
import { useRecipientNames } from '../dispatch/use-recipient-names.ts';
import type { Incident } from '../incident/items.ts';
import { portalOf } from '../portal/portal.ts';
import type { Form } from './AnswerEditor.tsx';
import { formFor } from './form-for.ts';
import { Completeness } from './Completeness.tsx';
import { FieldsPanel } from './FieldsPanel.tsx';
import { FormSource } from './FormSource.tsx';
import { orderOf, type VersionChoice } from './order.ts';
import { PersonalData } from './PersonalData.tsx';
import { PrintButton } from './PrintButton.tsx';
import { ReportView } from './ReportView.tsx';
import styles from './ReportScreen.module.css';
import { SaveFileButton } from './SaveFileButton.tsx';

const VERSIONS = Object.entries(sv.report.versions) as [VersionChoice, string][];

interface ReportScreenProps {
  readonly incident: string;
  readonly form: string | null;
  readonly version: VersionChoice;
  readonly supplement: boolean | string;
  readonly isMasked: boolean;
  /** A field to be written at once. */
  readonly field: string | undefined;
}

/** Was it sent in that version? What has only been made is not corrected. */
function isSentAs({ version, details, draft, state, events }: Expedition, choice: VersionChoice): boolean {
  const level = choice === 'full' ? null : choice === 'limited' ? 'sekretess' : 'oppen';
  const isGone = !draft && state !== 'withdrawn' && sentAt({ events }) !== null;
  return isGone && version === (choice === 'full' ? 'full' : 'open') && details.openLevel === level;
}

/** To whom and when, as the choice between several has it. */
function sentWords({ expedition, receivers }: Held<Expedition>): string {
  const names = receivers.flatMap(({ name }) => name ?? []).join(', ');
  const at = formatDateTime(sentAt(expedition) ?? expedition.madeAt);
  return `${names || sv.expedition.ways[expedition.way]} · ${at}`;
}

/** The form that was asked for, or the first that is for the incident; where none is, it is said and one is chosen. */
export function ReportScreen({ form: wanted, ...props }: ReportScreenProps) {
  const { data: forms, error } = useQuery('reports.forms', { incident: props.incident });
  const { data: about, error: aboutError } = useQuery('incidents.get', { incident: props.incident });
  const [chosen, setChosen] = useState(wanted);
  if (error ?? aboutError) return <ErrorBanner error={error ?? aboutError} />;
  if (!forms || !about) return <Loading />;
  const form = formFor(forms, about.regimes, chosen);
  const choice = (
    <>
      <Choice
        label={sv.report.form}
        value={form?.id ?? null}
        options={forms.map(({ id, name }) => [id, name] as const)}
        onChange={setChosen}
      />
      {form && <FormSource form={{ confidence: form.confidence }} />}
    </>
  );
  if (form) return <Report {...props} about={about} form={form} choice={choice} wanted={wanted} />;
  return (
    <Page
      title={sv.report.title}
      lead={about.title?.text ?? about.id}
      above={<Back to={{ screen: 'incident', incident: props.incident }} label={sv.report.backToIncident} />}
    >
      <Notice kind="important" title={sv.report.noForm}>
        {sv.report.noFormHelp}
      </Notice>
      <Panel>{choice}</Panel>
    </Page>
  );
}

interface ReportProps extends Omit<ReportScreenProps, 'form'> {
  readonly about: Incident;
  readonly form: Form;
  readonly choice: ReactNode;
  /** The form that was asked for: the field that was asked for is in that one. */
  readonly wanted: string | null;
}

/** Form and version on one side, the pages as they would be printed on the other. */
function Report({
  incident,
  version: atFirst,
  supplement: askedFirst,
  isMasked: isMaskedFirst,
  field,
  about,
  form,
  choice,
  wanted,
}: ReportProps) {
  const [version, setVersion] = useState<VersionChoice>(atFirst);
  const [asked, setAsked] = useState<boolean | string>(askedFirst);
  const [isMasked, setMasked] = useState(isMaskedFirst);
  const { data: expeditions } = useQuery('reports.dispatches', { incident });
  const go = useApp((state) => state.go);
  const names = useRecipientNames();
  const sent = (expeditions ?? []).filter((one) => one.form === form.id && isSentAs(one, version));
  const held = lastOfEach(sent, (id) => names.get(id) ?? null);
  const supplement = sent.length > 0 && asked;
  const order = { ...orderOf(incident, form.id, version, true), supplement, mask: isMasked };
  const portal = portalOf(form.channels);
  // Told once, and above what cannot be done for it.
  const { error } = useQuery('reports.build', order);
  return (
    <Page
      isWide
      title={sv.report.title}
      lead={about.title?.text ?? about.id}
      above={<Back to={{ screen: 'incident', incident }} label={sv.report.backToIncident} />}
      actions={
        !error && (
          <>
            <SaveFileButton order={order} />
            <PrintButton order={order} />
            {portal && (
              <Button
                variant="secondary"
                size="medium"
                icon={ClipboardCopy}
                onPress={() => go({ screen: 'portal', incident, form: form.id, supplement, isMasked })}
              >
                {sv.portal.open}
              </Button>
            )}
            <Button
              size="medium"
              icon={Send}
              onPress={() =>
                go({
                  screen: 'dispatch',
                  incident,
                  form: form.id,
                  version,
                  supplement,
                  isMasked,
                })
              }
            >
              {sv.report.dispatch}
            </Button>
          </>
        )
      }
    >
      <div className={styles.columns}>
        <div className={styles.side}>
          <Panel>
            {choice}
            <Choice label={sv.report.version} value={version} options={VERSIONS} onChange={setVersion} />
            <Muted>{sv.report.versionHelp[version]}</Muted>
            {sent.length > 0 && (
              <Checkbox isSelected={asked !== false} onChange={setAsked}>
                {sv.supplement.label}
              </Checkbox>
            )}
            {supplement !== false && held.length > 1 && (
              <Choice
                label={sv.supplement.of}
                description={sv.supplement.ofHelp}
                value={typeof asked === 'string' ? asked : (held[0]?.expedition.id ?? null)}
                options={held.map((one) => [one.expedition.id, sentWords(one)] as const)}
                onChange={setAsked}
              />
            )}
            {form.audience === 'open-line' && <Muted>{sv.report.openLine}</Muted>}
          </Panel>
          {!error && (
            <>
              <PersonalData order={order} onChange={setMasked} />
              <FieldsPanel
                key={`fields ${form.id}`}
                incident={about}
                form={form}
                order={order}
                opens={form.id === wanted ? field : undefined}
              />
              <Completeness key={form.id} order={order} note={form.note ?? null} />
            </>
          )}
        </div>
        {error ? <ErrorBanner error={error} /> : <ReportView order={order} />}
      </div>
    </Page>
  );
}
