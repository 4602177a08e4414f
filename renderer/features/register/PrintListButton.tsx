import { Button } from '@midas-ds/components/button';
import { Printer } from 'lucide-react';
import { useState } from 'react';
import type { AnswerOf, RequestOf } from '../../../shared/contract/contract.ts';
import { core } from '../../app/bridge.ts';
import { useQuery } from '../../app/use-core.ts';
import { useRegisterLevel } from '../../app/use-form-draft.ts';
import { usePrint } from '../../app/use-print.ts';
import { AskPrinted } from '../../components/AskPrinted.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { DraftNotice, DraftState } from '../../components/DraftNotice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { DecisionFields } from '../dispatch/DecisionFields.tsx';
import { decisionOf, isDecided } from '../dispatch/details.ts';
import { useDecisionDraft } from '../dispatch/use-decision-draft.ts';
import type { GateAnswer } from '../dispatch/ways.ts';

type Order = RequestOf<'register.gate'>;

/** A list of the register on paper, through the gate. Nothing is left on the disk by us. */
export function PrintListButton({ order, label }: { readonly order: Order; readonly label: string }) {
  const [isAsking, setAsking] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  return (
    <div>
      <Button
        variant="secondary"
        size="medium"
        icon={Printer}
        onPress={() => {
          setSaid(null);
          setAsking(true);
        }}
      >
        {label}
      </Button>
      <div role="status">{said}</div>
      {isAsking && (
        <PrintListDialog
          order={order}
          onEnd={(said) => {
            setAsking(false);
            setSaid(said);
          }}
        />
      )}
    </div>
  );
}

interface PrintListDialogProps {
  readonly order: Order;
  /** @param said what became of it; null where nothing was made */
  readonly onEnd: (said: string | null) => void;
}

/** A number that was given stays, also where nothing came out. */
function describePrint(isPrinted: boolean, { number }: AnswerOf<'register.print'>): string {
  const text = sv.register;
  if (number === null) return isPrinted ? text.printed : text.notPrinted;
  return isPrinted ? text.printedNumbered(number) : text.notPrintedNumbered(number);
}

function PrintListDialog({ order, onEnd }: PrintListDialogProps) {
  const { data: answer, error } = useQuery('register.gate', order);
  return (
    <Dialog title={sv.register.printTitle} onEnd={() => onEnd(null)}>
      <ErrorBanner error={error} />
      {answer ? <PrintListForm order={order} answer={answer} onEnd={onEnd} /> : !error && <Loading />}
    </Dialog>
  );
}

function PrintListForm({ order, answer, onEnd }: PrintListDialogProps & { readonly answer: GateAnswer }) {
  const level = useRegisterLevel(order.room);
  const { draft, decision, change, forget } = useDecisionDraft({
    subject: `list:${order.room}`,
    incident: null,
    levelOf: () => level,
  });
  const needsDecision = answer.answer === 'decision';
  const print = usePrint(
    async (tools) => {
      const decided = needsDecision ? decisionOf(decision) : null;
      forget();
      return draft.settle(() => core.call('register.print', { ...order, decision: decided }, tools));
    },
    (isPrinted, made) => onEnd(describePrint(isPrinted, made)),
  );
  if (print.isAsking) return <AskPrinted onAnswer={print.answer} />;
  if (answer.answer === 'refused') {
    return (
      <Notice kind="warning" title={sv.report.printRefused}>
        {answer.rule.reason}
      </Notice>
    );
  }
  const isDone = !needsDecision || isDecided(decision, [answer]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isDone) void print.work.run();
      }}
    >
      <Stack>
        <Muted>{sv.register.printLead}</Muted>
        {order.room === 'protected' && <Muted>{sv.register.printNumbered}</Muted>}
        {needsDecision && (
          <>
            <DraftNotice draft={draft} />
            <DecisionFields because={[answer]} decision={decision} onChange={change} />
            {draft.isChanged && <DraftState draft={draft} />}
          </>
        )}
        <ErrorBanner error={print.work.error} />
        <WorkButton
          work={print.work}
          size="medium"
          label={sv.register.printSubmit}
          isDisabled={!isDone}
          canCancel
        />
      </Stack>
    </form>
  );
}
