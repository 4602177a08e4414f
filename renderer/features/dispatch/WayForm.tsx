import { Button } from '@midas-ds/components/button';
import { useState } from 'react';
import { shell } from '../../app/bridge.ts';
import { today } from '../../app/local-time.ts';
import { useWork } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Row, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { pathIn } from '../create-vault/plan.ts';
import type { Order } from '../report/order.ts';
import { DecisionFields } from './DecisionFields.tsx';
import { EMPTY_DETAILS, makeWayOut, NO_DECISION, type Decision, type Made } from './details.ts';
import { EmailFields } from './EmailFields.tsx';
import { LabelAddress } from './LabelAddress.tsx';
import { EnvelopeFields, SignalskyddFields } from './PaperFields.tsx';
import { answerOfWay, type GateAnswer, type WayId } from './ways.ts';

interface WayFormProps {
  readonly way: WayId;
  readonly order: Order;
  readonly gate: readonly GateAnswer[];
  readonly onMade: (made: Made) => void;
}

const FIELDS = { email: EmailFields, signalskydd: SignalskyddFields, envelope: EnvelopeFields } as const;

/** A folder of its own for each dispatch, with a neutral name. */
function newFolder(parent: string, order: Order): string {
  return pathIn(parent, `${order.incident}-${today()}-${Date.now().toString(36).slice(-4)}`);
}

/** The details of one way out, the decision where one is needed, and the making of it. */
export function WayForm({ way, order, gate, onMade }: WayFormProps) {
  const [details, setDetails] = useState(EMPTY_DETAILS);
  const [decision, setDecision] = useState<Decision>(NO_DECISION);
  const [parent, setParent] = useState<string | null>(null);
  const { answer, because } = answerOfWay(way, details.carriage, gate);
  const needsDecision = answer === 'decision';
  const make = useWork(async (_argument: void, options) => {
    if (parent === null) return;
    const out = newFolder(parent, order);
    const made = await makeWayOut(way, order, out, details, needsDecision ? decision : null, options);
    onMade({ way, out, details, answer: made });
  });
  const Fields = FIELDS[way];
  const choose = async (): Promise<void> => {
    const chosen = await shell.call('chooseFolder', { title: sv.dispatch.chooseOutTitle });
    if (chosen !== null) setParent(chosen);
  };
  const isDone =
    parent !== null &&
    (way !== 'email' || details.to.length > 0) &&
    (!needsDecision || decision.reason.trim() !== '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isDone && answer !== 'refused') void make.run();
      }}
    >
      <Stack>
        <Fields details={details} change={(part) => setDetails((now) => ({ ...now, ...part }))} />
        {answer === 'refused' ? (
          <Notice kind="warning" title={sv.dispatch.answers.refused}>
            <p>{sv.dispatch.refusedWay}</p>
            {because.map(({ channel, rule }) => (
              <p key={channel}>{rule.reason}</p>
            ))}
          </Notice>
        ) : (
          <>
            {way === 'envelope' && (
              <LabelAddress
                order={order}
                isDecided={needsDecision}
                details={details}
                change={(part) => setDetails((now) => ({ ...now, ...part }))}
              />
            )}
            {needsDecision && <DecisionFields because={because} decision={decision} onChange={setDecision} />}
            <Stack gap="small">
              <h3>{sv.dispatch.out}</h3>
              <Muted>{sv.dispatch.outHelp}</Muted>
              <Row>
                <code>{parent ?? sv.dispatch.noOut}</code>
                <Button variant="secondary" size="medium" onPress={() => void choose()}>
                  {sv.dispatch.chooseOut}
                </Button>
              </Row>
            </Stack>
            <ErrorBanner error={make.error} />
            <WorkButton
              work={make}
              size="medium"
              label={sv.dispatch.make}
              running={sv.dispatch.working}
              isDisabled={!isDone}
              canCancel
            />
          </>
        )}
      </Stack>
    </form>
  );
}
