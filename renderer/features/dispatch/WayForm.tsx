import { Button } from '@midas-ds/components/button';
import { useEffect, useState } from 'react';
import { OPENPGP_WARNING_TEXT } from '../../../shared/domain/standard-text.ts';
import { shell } from '../../app/bridge.ts';
import { today } from '../../app/local-time.ts';
import { useWork } from '../../app/use-core.ts';
import { useFormDraft } from '../../app/use-form-draft.ts';
import { DraftNotice, DraftState } from '../../components/DraftNotice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Row, Stack } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { isComplete } from '../../components/MarkingField.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { pathIn } from '../create-vault/plan.ts';
import type { Order, VersionChoice } from '../report/order.ts';
import { DecisionFields } from './DecisionFields.tsx';
import {
  isDecided,
  makeWayOut,
  NO_SECOND,
  NO_WAY,
  waySchema,
  type Details,
  type Made,
  type WayDraft,
} from './details.ts';
import { EmailFields } from './EmailFields.tsx';
import { LabelAddress } from './LabelAddress.tsx';
import { MailDestinations } from './MailDestinations.tsx';
import { EnvelopeFields, SignalskyddFields } from './PaperFields.tsx';
import { useDecision } from './use-decision-draft.ts';
import { answerOfWay, isSameDecision, type GateAnswer, type WayId } from './ways.ts';

interface WayFormProps {
  readonly way: WayId;
  readonly order: Order;
  readonly version: VersionChoice;
  readonly gate: readonly GateAnswer[];
  readonly onMade: (made: Made) => void;
}

const FIELDS = { email: EmailFields, signalskydd: SignalskyddFields, envelope: EnvelopeFields } as const;

/** A folder of its own for each dispatch, with a neutral name. */
function newFolder(parent: string, order: Order): string {
  return pathIn(parent, `${order.incident}-${today()}-${Date.now().toString(36).slice(-4)}`);
}

const reportOf = ({ supplement, mask }: Order): WayDraft['report'] => ({
  supplement: supplement === true,
  isMasked: mask === true,
});

/** The details of one way out, the decision where one is needed, and the making of it. */
export function WayForm({ way, order, version, gate, onMade }: WayFormProps) {
  const draft = useFormDraft<WayDraft>({
    subject: `way:${order.incident}:${order.form}/${version}/${way}`,
    incident: order.incident,
    schema: waySchema,
    initial: { ...NO_WAY, report: reportOf(order) },
  });
  const { details } = draft.value;
  const report = reportOf(order);
  const { put, isChanged } = draft;
  const isOther =
    report.isMasked !== draft.value.report.isMasked || report.supplement !== draft.value.report.supplement;
  useEffect(() => {
    if (isChanged && isOther) put({ report: { isMasked: report.isMasked, supplement: report.supplement } });
  }, [put, isChanged, isOther, report.isMasked, report.supplement]);
  const {
    decision,
    change: changeDecision,
    forget,
  } = useDecision(draft.value.decision, (written) => draft.put({ decision: written }));
  const [parent, setParent] = useState<string | null>(null);
  const asked = answerOfWay(way, details.carriage, gate);
  const { answer, because } = asked;
  const change = (part: Partial<Details>): void => {
    const next = { ...details, ...part };
    draft.put({ details: next });
    // The reason for one decision is not another's, nor are those who made it.
    if (!isSameDecision(asked, answerOfWay(way, next.carriage, gate)))
      changeDecision({ ...NO_WAY.decision, ...NO_SECOND });
  };
  const needsDecision = answer === 'decision';
  const make = useWork(async (_argument: void, options) => {
    if (parent === null) return;
    const out = newFolder(parent, order);
    const decided = needsDecision ? decision : null;
    forget();
    const made = await draft.settle(() => makeWayOut(way, order, out, details, decided, options));
    onMade({ way, out, details, answer: made });
  });
  const Fields = FIELDS[way];
  const choose = async (): Promise<void> => {
    const chosen = await shell.call('chooseFolder', { title: sv.dispatch.chooseOutTitle });
    if (chosen !== null) setParent(chosen);
  };
  const needed = sv.dispatch.needed;
  const missing = [
    ...(way === 'signalskydd' && details.recipientName.trim() === '' ? [needed.recipient] : []),
    ...(way === 'email' && details.to.length === 0 ? [needed.key] : []),
    ...(way === 'email' && !details.attachments.every(({ marking }) => isComplete(marking))
      ? [needed.attachments]
      : []),
    ...(needsDecision && decision.reason.trim() === '' ? [needed.reason] : []),
    ...(needsDecision && decision.reason.trim() !== '' && !isDecided(decision, because)
      ? [needed.second]
      : []),
    ...(parent === null ? [needed.folder] : []),
  ];
  const isDone = missing.length === 0;
  if (draft.isLoading) return <Loading />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isDone && answer !== 'refused') void make.run();
      }}
    >
      <Stack>
        <DraftNotice draft={draft} />
        {/* How it is carried decides what the gate says of an envelope; of the others there is nothing to fill in. */}
        {(answer !== 'refused' || way === 'envelope') && <Fields details={details} change={change} />}
        {way === 'email' && answer === 'decision' && <Notice kind="warning">{OPENPGP_WARNING_TEXT}</Notice>}
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
              <LabelAddress order={order} isDecided={needsDecision} details={details} change={change} />
            )}
            {way === 'email' && <MailDestinations form={order.form} to={details.to} />}
            {needsDecision && (
              <DecisionFields because={because} decision={decision} onChange={changeDecision} />
            )}
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
            {draft.isChanged && <DraftState draft={draft} />}
            <ErrorBanner error={make.error} />
            {!isDone && <Muted>{sv.dispatch.missing(missing)}</Muted>}
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
