import { useState } from 'react';
import { formatDateTime } from '../../app/format.ts';
import { useQuery } from '../../app/use-core.ts';
import { Choice } from '../../components/Choice.tsx';
import { ConfidenceBadge } from '../../components/ConfidenceBadge.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Facts, Muted, Stack } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { sv } from '../../text/sv.ts';
import type { Incident } from '../incident/items.ts';
import { AssessmentForm } from './AssessmentForm.tsx';
import type { View } from './answers.ts';

const text = sv.assessment;

interface AssessmentPartProps {
  readonly incident: Incident;
  /** The regime or the assessment to begin with. */
  readonly first: string | null;
}

/** Is the incident to be reported? One assessment at a time, each with its answers, its proposal and its decision. */
export function AssessmentPart({ incident, first }: AssessmentPartProps) {
  const { data, error } = useQuery('assessments.ofIncident', { incident: incident.id });
  const [chosen, setChosen] = useState(first);
  if (error) return <ErrorBanner error={error} />;
  if (!data) return <Loading />;
  const view =
    data.find(({ assessment, regime }) => assessment.id === chosen || regime === chosen) ?? data[0];
  if (!view) return <Muted>{text.none}</Muted>;
  const { assessment } = view;
  return (
    <Stack>
      <Muted>{text.lead}</Muted>
      {data.length > 1 && (
        <Choice
          label={text.choose}
          value={assessment.id}
          options={data.map((one) => [one.assessment.id, nameOf(one)] as const)}
          onChange={setChosen}
        />
      )}
      <Stack gap="small">
        <h2>{assessment.name}</h2>
        <p>
          {view.regimeName} <ConfidenceBadge confidence={assessment.confidence} />
        </p>
        <p>{assessment.introduction}</p>
        {assessment.note !== undefined && (
          <Muted>
            {text.note}: {assessment.note}
          </Muted>
        )}
        <Muted>{text.valid(view.date)}</Muted>
      </Stack>
      {assessment.decisionTime !== undefined && (
        <Facts
          rows={[
            [`${text.aware} (${text.awareHelp})`, timeOf(incident, 'aware')],
            [text.significant, timeOf(incident, 'significant')],
          ]}
        />
      )}
      <AssessmentForm
        key={assessment.id}
        incident={incident.id}
        view={view}
        isHidden={incident.protectedPartHidden}
      />
    </Stack>
  );
}

function nameOf({ assessment, decisions }: View): string {
  const [decision] = decisions;
  return `${assessment.name} – ${decision ? text.decidedShort(decision.decidedName) : text.undecided}`;
}

function timeOf(incident: Incident, id: 'aware' | 'significant'): string {
  const at = incident.times.find((time) => time.id === id)?.at;
  return at === undefined ? text.notWritten : formatDateTime(at);
}
