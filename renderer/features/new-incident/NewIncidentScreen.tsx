import { Button } from '@midas-ds/components/button';
import { useState } from 'react';
import { needsProtectedRoom, nextQuestion, type TreeDecision } from '../../../shared/domain/decision-tree.ts';
import type { OrganisationKind } from '../../../shared/domain/incident.ts';
import { isProtectedLevel } from '../../../shared/domain/marking.ts';
import { today } from '../../app/local-time.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { useQuery } from '../../app/use-core.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Row } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { sv } from '../../text/sv.ts';
import { DetailsForm } from './DetailsForm.tsx';
import { NeedsProtectedRoom } from './NeedsProtectedRoom.tsx';
import { QuestionForm } from './QuestionForm.tsx';

/** The decision tree, one question at a time, and then what is known so far. Nothing is stored before the end. */
export function NewIncidentScreen() {
  const { data: organisation, error } = useQuery('vault.organisation', null);
  const status = useApp((state) => state.status);
  const go = useApp((state) => state.go);
  const [decisions, setDecisions] = useState<readonly TreeDecision[]>([]);
  const [isLeaving, setLeaving] = useState(false);
  if (error) return <ErrorBanner error={error} />;
  if (!organisation) return <Loading />;
  const context = { organisationKind: organisation.kind as OrganisationKind, today: today() };
  const question = nextQuestion(decisions, context);
  const isProtected = needsProtectedRoom(decisions);
  const leave = (): void => (decisions.length === 0 ? go({ screen: 'incidents' }) : setLeaving(true));
  const stepBack = (): void => setDecisions(decisions.slice(0, -1));
  const isStopped = isProtected && !isUnlocked(status, 'protected');
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
      {isStopped ? (
        <NeedsProtectedRoom hasCeiling={hasCeiling} onBack={stepBack} />
      ) : question ? (
        <QuestionForm
          key={question.id}
          number={decisions.length + 1}
          question={question}
          isProtected={isProtected}
          onBack={decisions.length > 0 ? stepBack : null}
          onAnswer={(answer, reason) =>
            setDecisions([
              ...decisions,
              { question: question.id, answer, reason, at: new Date().toISOString() },
            ])
          }
        />
      ) : (
        <DetailsForm decisions={decisions} context={context} isProtected={isProtected} onBack={stepBack} />
      )}
      {isLeaving && (
        <Dialog title={sv.newIncident.leaveTitle} onEnd={() => setLeaving(false)}>
          <p>{sv.newIncident.leaveText}</p>
          <Row>
            <Button size="medium" onPress={() => setLeaving(false)}>
              {sv.newIncident.stay}
            </Button>
            <Button variant="danger" size="medium" onPress={() => go({ screen: 'incidents' })}>
              {sv.newIncident.leave}
            </Button>
          </Row>
        </Dialog>
      )}
    </Page>
  );
}
