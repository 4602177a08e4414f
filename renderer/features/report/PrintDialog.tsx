import { Radio, RadioGroup } from '@midas-ds/components/radio';
import { useState } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { core, shell } from '../../app/bridge.ts';
import { useQuery, useWork, type WorkTools } from '../../app/use-core.ts';
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
import { decisionOf, isDecided, type Decision } from '../dispatch/details.ts';
import { useDecisionDraft } from '../dispatch/use-decision-draft.ts';
import type { GateAnswer } from '../dispatch/ways.ts';
import type { Order } from './order.ts';

interface PrintDialogProps {
  readonly order: Order;
  /** @param isPrinted null where nothing was made */
  readonly onEnd: (isPrinted: boolean | null) => void;
}

/** As final or draft, with the decision where the gate asks for one; then the system's own dialog. */
export function PrintDialog({ order, onEnd }: PrintDialogProps) {
  const { data: gate, error: gateError } = useQuery('reports.gate', order);
  const { data: built, error } = useQuery('reports.build', { ...order, draft: true });
  const paper = gate?.find(({ channel }) => channel === 'utskrift');
  return (
    <Dialog title={sv.report.printTitle} onEnd={() => onEnd(null)}>
      <ErrorBanner error={gateError ?? error} />
      {paper && built ? (
        <PrintForm order={order} paper={paper} document={built.document} onEnd={onEnd} />
      ) : (
        !gateError && !error && <Loading />
      )}
    </Dialog>
  );
}

type Document = AnswerOf<'reports.build'>['document'];

/** A full version of which something is behind a locked door would pass for whole. */
function canBeFinal(document: Document): boolean {
  const parts = document.sections.flatMap(({ fields }) => fields.flatMap((field) => field.parts));
  const isPartial = document.version === 'full' && parts.some(({ withheld }) => withheld);
  return document.missing.length === 0 && !isPartial;
}

/** @returns what was made, and whether it came out; null where the shell is not told */
async function print(
  order: Order,
  decision: Decision | null,
  tools: WorkTools,
): Promise<{ dispatch: string; isPrinted: boolean | null }> {
  const decided = decision && decisionOf(decision);
  const { dispatch, pdf } = await core.call('reports.print', { ...order, decision: decided }, tools);
  let isPrinted: boolean | null = false;
  try {
    isPrinted = (await shell.call('print', { pdf })).printed;
  } finally {
    if (isPrinted === false) await withdraw(dispatch);
  }
  return { dispatch, isPrinted };
}

/** What was cancelled in the system's dialog is told as it was: made, and not printed. */
async function withdraw(dispatch: string): Promise<void> {
  const at = new Date().toISOString();
  await core.call('reports.recordEvent', {
    dispatch,
    event: 'withdrawn',
    at,
    note: sv.report.printCancelled,
  });
}

interface PrintFormProps extends PrintDialogProps {
  readonly paper: GateAnswer;
  readonly document: Document;
}

function PrintForm({ order, paper, document, onEnd }: PrintFormProps) {
  const isComplete = canBeFinal(document);
  const [isDraft, setDraft] = useState(!isComplete);
  const { incident, form, version, openLevel } = order;
  const { draft, decision, change, forget } = useDecisionDraft({
    subject: `print:${incident}:${form}/${version === 'full' ? version : openLevel}`,
    incident,
  });
  const needsDecision = paper.answer === 'decision';
  // Made, and the dialog closed: until somebody says that nothing came out, a copy may lie in the printer.
  const [asked, setAsked] = useState<string | null>(null);
  const work = useWork(async (_argument: void, tools) => {
    const wanted = { ...order, draft: isDraft };
    forget();
    const made = await draft.settle(() => print(wanted, needsDecision ? decision : null, tools));
    if (made.isPrinted === null) setAsked(made.dispatch);
    else onEnd(made.isPrinted);
  });
  const answer = useWork(async (isPrinted: boolean) => {
    if (!isPrinted && asked !== null) await withdraw(asked);
    onEnd(isPrinted);
  });
  if (asked !== null) {
    return (
      <>
        <AskPrinted onAnswer={(isPrinted) => void answer.run(isPrinted)} />
        <ErrorBanner error={answer.error} />
      </>
    );
  }
  if (paper.answer === 'refused') {
    return (
      <Notice kind="warning" title={sv.report.printRefused}>
        {paper.rule.reason}
      </Notice>
    );
  }
  const isDone = !needsDecision || isDecided(decision, [paper]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isDone) void work.run();
      }}
    >
      <Stack>
        <Muted>{sv.report.printLead}</Muted>
        {isComplete ? (
          <RadioGroup
            label={sv.report.printAs}
            value={isDraft ? 'draft' : 'final'}
            onChange={(value) => setDraft(value === 'draft')}
          >
            <Radio value="final">{sv.report.printFinal}</Radio>
            <Radio value="draft">{sv.report.printDraft}</Radio>
          </RadioGroup>
        ) : (
          <Muted>{sv.report.printOnlyDraft}</Muted>
        )}
        {needsDecision && (
          <>
            <DraftNotice draft={draft} />
            <DecisionFields because={[paper]} decision={decision} onChange={change} />
            {draft.isChanged && <DraftState draft={draft} />}
          </>
        )}
        <ErrorBanner error={work.error} />
        <WorkButton work={work} size="medium" label={sv.report.printSubmit} isDisabled={!isDone} canCancel />
      </Stack>
    </form>
  );
}
