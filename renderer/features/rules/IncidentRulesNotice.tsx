import { Button } from '@midas-ds/components/button';
import { useState } from 'react';
import { core } from '../../app/bridge.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { useQuery } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Notice } from '../../components/Notice.tsx';
import { sv } from '../../text/sv.ts';
import { DecideDialog } from './DecideDialog.tsx';

/** Where an incident is judged by other rules than those in force: what they would change, and the way to take them. */
export function IncidentRulesNotice({ incident }: { readonly incident: string }) {
  const isOpen = useApp((state) => isUnlocked(state.status, 'open'));
  const { data, error } = useQuery('rules.ofIncident', isOpen ? { incident } : undefined);
  const [isAsking, setAsking] = useState(false);
  if (error) return <ErrorBanner error={error} />;
  if (!data?.newer) return null;
  const { packs, sentences } = data.newer;
  const list = sentences.length > 0 && (
    <ul>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
  const isUnreadable = data.unreadable !== null;
  const what = isUnreadable
    ? sv.rules.incidentUnreadable(packs.join(' och '))
    : (sentences.length > 0 ? sv.rules.incidentNewer : sv.rules.incidentNothing)(packs.join(' och '));
  return (
    <>
      <Notice
        kind={isUnreadable ? 'warning' : 'important'}
        title={isUnreadable ? sv.rules.incidentUnreadableTitle : sv.rules.incidentTitle}
      >
        <p>{data.unreadable ?? sv.rules.incidentJudged(data.judgedBy.join(' och '))}</p>
        <p>{what}</p>
        {list}
        <Button variant="secondary" size="medium" onPress={() => setAsking(true)}>
          {sv.rules.incidentTake}
        </Button>
      </Notice>
      {isAsking && (
        <DecideDialog
          subject={`rules:${incident}`}
          incident={incident}
          title={sv.rules.incidentTakeTitle}
          submit={sv.rules.incidentTakeSubmit}
          decide={(reason) => core.call('rules.takeForIncident', { incident, reason })}
          onEnd={() => setAsking(false)}
        >
          <p>{what}</p>
          {list}
        </DecideDialog>
      )}
    </>
  );
}
