import { Button } from '@midas-ds/components/button';
import { Printer } from 'lucide-react';
import { useState } from 'react';
import type { RequestOf } from '../../../shared/contract/contract.ts';
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
import { decisionOf } from '../dispatch/details.ts';
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
          onEnd={(isPrinted) => {
            setAsking(false);
            if (isPrinted !== null) setSaid(isPrinted ? sv.register.printed : sv.register.notPrinted);
          }}
        />
      )}
    </div>
  );
}

interface PrintListDialogProps {
  readonly order: Order;
  /** @param isPrinted null where nothing was made */
  readonly onEnd: (isPrinted: boolean | null) => void;
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
  const { draft, decision, change } = useDecisionDraft({
    subject: `list:${order.room}`,
    incident: null,
    levelOf: () => level,
  });
  const needsDecision = answer.answer === 'decision';
  const print = usePrint(async (tools) => {
    const decided = needsDecision ? decisionOf(decision) : null;
    const printed = await draft.settle(() =>
      core.call('register.print', { ...order, decision: decided }, tools),
    );
    return printed.pdf;
  }, onEnd);
  if (print.isAsking) return <AskPrinted onAnswer={print.answer} />;
  if (answer.answer === 'refused') {
    return (
      <Notice kind="warning" title={sv.report.printRefused}>
        {answer.rule.reason}
      </Notice>
    );
  }
  const isDone = !needsDecision || decision.reason.trim() !== '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isDone) void print.work.run();
      }}
    >
      <Stack>
        <Muted>{sv.register.printLead}</Muted>
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
