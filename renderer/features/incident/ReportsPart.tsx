import { Button } from '@midas-ds/components/button';
import { useState } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { useApp } from '../../app/store.ts';
import { useQuery } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { ReadAnswer } from '../answer/ReadAnswer.tsx';
import { ChangedSince } from '../report/ChangedSince.tsx';
import { Expeditions } from '../dispatch/Expeditions.tsx';
import { DiaryNumbers } from './DiaryNumbers.tsx';
import { Notice } from '../../components/Notice.tsx';
import { sv } from '../../text/sv.ts';
import type { Incident } from './items.ts';

type Form = AnswerOf<'reports.forms'>[number];

interface ReportsPartProps {
  readonly incident: Incident;
  /** The subject of a draft that is to be gone on with. */
  readonly draft: string | null;
}

/** What each form still lacks, and what has been sent. The forms of the incident's own regimes come first. */
export function ReportsPart({ incident, draft }: ReportsPartProps) {
  // Of an answer, only what is decided about it is in the draft: the answer itself is in its file.
  const [isAwaited, setAwaited] = useState(draft?.startsWith('reading:') === true);
  const { data: forms, error } = useQuery('reports.forms', { incident: incident.id });
  const isOwn = (form: Form): boolean => form.regimes.some((regime) => incident.regimes.includes(regime));
  const sorted = [...(forms ?? [])].sort((one, other) => Number(isOwn(other)) - Number(isOwn(one)));
  return (
    <Stack>
      {isAwaited && (
        <Notice kind="important" title={sv.answer.readAgainTitle}>
          {sv.answer.readAgain}
        </Notice>
      )}
      <ChangedSince incident={incident.id} />
      {incident.protectedPartHidden && <Notice kind="important">{sv.incident.hiddenReports}</Notice>}
      <Muted>{sv.incident.reportsLead}</Muted>
      <ErrorBanner error={error} />
      <table>
        <thead>
          <tr>
            <th scope="col">{sv.incident.form}</th>
            <th scope="col">{sv.incident.lacks}</th>
            <th scope="col">
              <span className="visually-hidden">{sv.incident.makeReport}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((form) => (
            <FormRow
              key={form.id}
              incident={incident.id}
              form={form}
              isHidden={incident.protectedPartHidden}
            />
          ))}
        </tbody>
      </table>
      <Expeditions incident={incident.id} />
      <ReadAnswer incident={incident.id} onRead={() => setAwaited(false)} />
      {!incident.exercise && <DiaryNumbers incident={incident.id} />}
    </Stack>
  );
}

interface FormRowProps {
  readonly incident: string;
  readonly form: Form;
  /** A part lies in the locked room: what is missing here may stand there. */
  readonly isHidden: boolean;
}

function FormRow({ incident, form, isHidden }: FormRowProps) {
  const go = useApp((state) => state.go);
  const { data } = useQuery('reports.build', {
    incident,
    form: form.id,
    version: 'full',
    openLevel: null,
    draft: true,
  });
  const missing = data?.document.missing;
  return (
    <tr>
      <th scope="row">{form.name}</th>
      <td>
        {isHidden && <span>{sv.incident.lacksUnknown}</span>}
        {missing && !isHidden && (
          <>
            <span>{sv.incident.formLacks(missing.length)}</span>
            {missing.length > 0 && <Muted>{missing.map(({ label }) => label).join(', ')}</Muted>}
          </>
        )}
      </td>
      <td>
        <Button
          variant="secondary"
          size="medium"
          aria-label={`${sv.incident.makeReport}: ${form.name}`}
          onPress={() => go({ screen: 'report', incident, form: form.id })}
        >
          {sv.incident.makeReport}
        </Button>
      </td>
    </tr>
  );
}
