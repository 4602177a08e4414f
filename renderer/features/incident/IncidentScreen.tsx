import { Button } from '@midas-ds/components/button';
import { Tab, TabList, TabPanel, Tabs } from '@midas-ds/components/tabs';
import { FileText, Pencil, Phone } from 'lucide-react';
import { useState } from 'react';
import { POINTER_SENTENCE, INCIDENT_STATES } from '../../../shared/domain/incident.ts';
import { ORGANISATION_KIND_NAME, STATE_NAME } from '../../../shared/domain/words.ts';
import { core } from '../../app/bridge.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { useQuery, useWork } from '../../app/use-core.ts';
import { Back } from '../../components/Back.tsx';
import { Choice } from '../../components/Choice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Facts, Panel, Row } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { sv } from '../../text/sv.ts';
import { AssessmentPart } from '../assessment/AssessmentPart.tsx';
import { DeadlinesPart } from './DeadlinesPart.tsx';
import { DecisionsPart } from './DecisionsPart.tsx';
import { FactsPart } from './FactsPart.tsx';
import { ItemMarking } from './ItemMarking.tsx';
import type { Incident } from './items.ts';
import { LogPart } from './LogPart.tsx';
import { ReportsPart } from './ReportsPart.tsx';
import { TimesPart } from './TimesPart.tsx';
import { TitleEditor } from './TitleEditor.tsx';
import { urgentForm } from './urgent-form.ts';

interface IncidentScreenProps {
  readonly incident: string;
  /** The subject of a draft that is to be gone on with. */
  readonly draft: string | null;
}

/** The part of the screen where a draft was written. */
function tabOf(draft: string | null): string {
  const [kind] = draft?.split(':', 1) ?? [];
  const tabs: Readonly<Record<string, string>> = {
    time: 'times',
    log: 'log',
    assessment: 'assessment',
    step: 'deadlines',
    event: 'reports',
    reading: 'reports',
  };
  return tabs[kind ?? ''] ?? 'facts';
}

/** All that the open rooms know of one incident. */
export function IncidentScreen({ incident: id, draft }: IncidentScreenProps) {
  const { data: incident, error } = useQuery('incidents.get', { incident: id });
  const { data: deadlines } = useQuery('deadlines.ofIncident', { incident: id });
  const go = useApp((state) => state.go);
  const canWrite = useApp((state) => isUnlocked(state.status, 'open'));
  const [isNaming, setNaming] = useState(false);
  const [tab, setTab] = useState(tabOf(draft));
  const [assessed, setAssessed] = useState(draft?.split(':')[2] ?? null);
  const assess = (regime: string | null): void => {
    if (regime !== null) setAssessed(regime);
    setTab('assessment');
  };
  const back = <Back to={{ screen: 'incidents' }} label={sv.incident.backToList} />;
  if (!incident) {
    return (
      <>
        {back}
        {error ? <ErrorBanner error={error} /> : <Loading />}
      </>
    );
  }
  return (
    <Page
      title={incident.title?.text ?? POINTER_SENTENCE}
      above={back}
      actions={
        <>
          <Button
            variant="secondary"
            size="medium"
            icon={Phone}
            onPress={() => go({ screen: 'call', incident: id })}
          >
            {sv.incident.call}
          </Button>
          <Button
            size="medium"
            icon={FileText}
            onPress={() =>
              go({ screen: 'report', incident: id, form: urgentForm(deadlines?.deadlines ?? []) })
            }
          >
            {sv.incident.makeReport}
          </Button>
        </>
      }
    >
      <ErrorBanner error={error} />
      {incident.exercise && <Notice kind="important" title={sv.incidents.exercise} />}
      {incident.protectedPartHidden && (
        <Notice kind="important" title={sv.incident.pointerTitle}>
          {POINTER_SENTENCE}
        </Notice>
      )}
      <About incident={incident} onRename={canWrite && incident.title ? () => setNaming(true) : null} />
      <Tabs selectedKey={tab} onSelectionChange={(key) => setTab(String(key))}>
        <TabList aria-label={sv.incident.tabsLabel}>
          <Tab id="facts">{sv.incident.tabs.facts}</Tab>
          <Tab id="assessment">{sv.incident.tabs.assessment}</Tab>
          <Tab id="deadlines">{sv.incident.tabs.deadlines}</Tab>
          <Tab id="times">{sv.incident.tabs.times}</Tab>
          <Tab id="log">{sv.incident.tabs.log}</Tab>
          <Tab id="decisions">{sv.incident.tabs.decisions}</Tab>
          <Tab id="reports">{sv.incident.tabs.reports}</Tab>
        </TabList>
        <TabPanel id="facts">
          <FactsPart incident={incident} draft={draft} />
        </TabPanel>
        <TabPanel id="assessment">
          <AssessmentPart incident={incident} first={assessed} />
        </TabPanel>
        <TabPanel id="deadlines">
          <DeadlinesPart incident={incident.id} isHidden={incident.protectedPartHidden} onAssess={assess} />
        </TabPanel>
        <TabPanel id="times">
          <TimesPart incident={incident} />
        </TabPanel>
        <TabPanel id="log">
          <LogPart incident={incident} />
        </TabPanel>
        <TabPanel id="decisions">
          <DecisionsPart incident={id} onAssess={() => assess(null)} />
        </TabPanel>
        <TabPanel id="reports">
          <ReportsPart incident={incident} draft={draft} />
        </TabPanel>
      </Tabs>
      {isNaming && incident.title && (
        <TitleEditor incident={id} title={incident.title} onEnd={() => setNaming(false)} />
      )}
    </Page>
  );
}

interface AboutProps {
  readonly incident: Incident;
  readonly onRename: (() => void) | null;
}

/** What the incident is, as low as it can be: the facts below are what the officer came for. */
function About({ incident, onRename }: AboutProps) {
  const { data } = useQuery('deadlines.ofIncident', { incident: incident.id });
  const names = new Map(data?.deadlines.map(({ regime }) => [regime.id, regime.name]));
  const nameOf = (regime: string): string => names.get(regime) ?? regime;
  const change = useWork(async (state: Incident['state']) => {
    await core.call('incidents.changeState', { incident: incident.id, state });
  });
  return (
    <Panel isDense>
      <Facts
        rows={[
          [sv.incident.reference, <code key="id">{incident.id}</code>],
          [sv.incident.organisationKind, ORGANISATION_KIND_NAME[incident.organisationKind]],
          [sv.incident.regimes, incident.regimes.map(nameOf).join(', ') || sv.common.none],
          [
            sv.incident.state,
            <Choice
              key="state"
              aria-label={sv.incident.changeState}
              value={incident.state}
              options={INCIDENT_STATES.map((state) => [state, STATE_NAME[state]] as const)}
              onChange={(state) => void change.run(state)}
            />,
          ],
          ...(incident.title
            ? ([
                [
                  sv.incident.title,
                  <Row key="title" gap="small">
                    <ItemMarking
                      item={{ incident: incident.id, kind: 'title', key: '' }}
                      name={sv.incident.title}
                      marking={incident.title.marking}
                    />
                    {onRename && (
                      <Button variant="tertiary" size="medium" icon={Pencil} onPress={onRename}>
                        {sv.incident.editHeading}
                      </Button>
                    )}
                  </Row>,
                ],
              ] as const)
            : []),
        ]}
      />
      <ErrorBanner error={change.error} />
    </Panel>
  );
}
