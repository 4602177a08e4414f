import { Button } from '@midas-ds/components/button';
import { useState } from 'react';
import { needsProtectedRoom, nextQuestion } from '../../../shared/domain/decision-tree.ts';
import type { OrganisationKind } from '../../../shared/domain/incident.ts';
import { isProtectedLevel } from '../../../shared/domain/marking.ts';
import { toLocalInput, today } from '../../app/local-time.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { useQuery } from '../../app/use-core.ts';
import { useDraft } from '../../app/use-draft.ts';
import { DraftNotice, DraftState } from '../../components/DraftNotice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted } from '../../components/Layout.tsx';
import { LeaveDialog } from '../../components/LeaveDialog.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { sv } from '../../text/sv.ts';
import { DetailsForm } from './DetailsForm.tsx';
import {
  belongsInProtectedRoom,
  fitDetails,
  levelOfNew,
  newDetails,
  newIncidentSchema,
  NEW_INCIDENT,
  NO_INCIDENT,
  write,
  writtenOf,
  type NewIncidentDraft,
} from './draft.ts';
import { NeedsProtectedRoom } from './NeedsProtectedRoom.tsx';
import { QuestionForm } from './QuestionForm.tsx';

/** The decision tree, one question at a time, and then what is known so far. Until the end it is a draft. */
export function NewIncidentScreen() {
  const { data: organisation, error } = useQuery('vault.organisation', null);
  const status = useApp((state) => state.status);
  const go = useApp((state) => state.go);
  const canProtect = isUnlocked(status, 'protected');
  const draft = useDraft<NewIncidentDraft>({
    subject: NEW_INCIDENT,
    incident: null,
    schema: newIncidentSchema,
    initial: NO_INCIDENT,
    levelOf: levelOfNew,
    isPaused: (value) => belongsInProtectedRoom(value) && !isUnlocked(useApp.getState().status, 'protected'),
  });
  const [isLeaving, setLeaving] = useState(false);
  const [begun] = useState(() => toLocalInput(new Date()));
  if (error) return <ErrorBanner error={error} />;
  if (!organisation || draft.isLoading) return <Loading />;
  const { decisions, details } = draft.value;
  const context = { organisationKind: organisation.kind as OrganisationKind, day: today() };
  const question = nextQuestion(decisions, context);
  const isProtected = needsProtectedRoom(decisions);
  const isStopped = isProtected && !canProtect;
  const isUnkept = belongsInProtectedRoom(draft.value) && !canProtect;
  const leave = (): void => (draft.isChanged ? setLeaving(true) : go({ screen: 'incidents' }));
  const stepBack = (): void => draft.put({ decisions: decisions.slice(0, -1) });
  const hasCeiling = isProtectedLevel(status?.ceiling ?? 'oppen');
  return (
    <Page
      key={isStopped ? 'stopped' : (question?.id ?? 'details')}
      title={sv.newIncident.title}
      actions={
        <Button variant="secondary" size="medium" onPress={leave}>
          {sv.common.cancel}
        </Button>
      }
    >
      <DraftNotice draft={draft} />
      {isStopped ? (
        <NeedsProtectedRoom hasCeiling={hasCeiling} onBack={stepBack} />
      ) : question ? (
        <QuestionForm
          key={`${question.id} ${draft.generation}`}
          number={decisions.length + 1}
          question={question}
          isProtected={isProtected}
          written={writtenOf(draft.value, question.id)}
          onWrite={(part) => draft.put(write(draft.value, question.id, part))}
          onBack={decisions.length > 0 ? stepBack : null}
          onAnswer={(answer, reason) =>
            draft.put({
              decisions: [
                ...decisions,
                { question: question.id, answer, reason, at: new Date().toISOString() },
              ],
            })
          }
        />
      ) : (
        <DetailsForm
          key={draft.generation}
          details={fitDetails(details ?? newDetails(isProtected, begun), isProtected)}
          onChange={(written) => draft.put({ details: written })}
          whileSaving={draft.whileSaving}
          decisions={decisions}
          context={context}
          isProtected={isProtected}
          onBack={stepBack}
        />
      )}
      {isUnkept ? <Muted>{sv.draft.paused}</Muted> : <DraftState draft={draft} />}
      {isLeaving && (
        <LeaveDialog
          draft={draft}
          onStay={() => setLeaving(false)}
          onEnd={() => go({ screen: 'incidents' })}
        />
      )}
    </Page>
  );
}
