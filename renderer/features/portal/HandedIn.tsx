import { Checkbox } from '@midas-ds/components/checkbox';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { core } from '../../app/bridge.ts';
import { fromLocalInput, toLocalInput } from '../../app/local-time.ts';
import { useQuery, useWork } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Panel, Stack } from '../../components/Layout.tsx';
import { TimeField } from '../../components/TimeField.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';

interface HandedInProps {
  readonly incident: string;
  readonly form: string;
  readonly dispatch: string;
  /** Ends the draft of what has been copied when it has gone well. */
  readonly whileSaving: <R>(save: () => Promise<R>) => Promise<R>;
}

/** What the portal gave back, and the step that is done by it. */
export function HandedIn({ incident, form, dispatch, whileSaving }: HandedInProps) {
  const { data } = useQuery('deadlines.ofIncident', { incident });
  const [reference, setReference] = useState('');
  const [receipt, setReceipt] = useState('');
  const [at, setAt] = useState(() => toLocalInput(new Date()));
  const [isStepDone, setStepDone] = useState(true);
  const step = data?.deadlines.find(
    ({ forms, event }) => event === null && forms.some(({ id }) => id === form),
  );
  const time = fromLocalInput(at);
  const record = useWork(async (written: string) => {
    await whileSaving(() =>
      core.call('reports.portalDone', {
        dispatch,
        at: written,
        reference: reference.trim(),
        receipt: receipt.trim() || null,
        step: step && isStepDone ? { regime: step.regime.id, step: step.step.id } : null,
      }),
    );
  });
  const isWhole = time !== null && reference.trim() !== '';
  return (
    <Panel title={sv.portal.doneTitle}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isWhole) void record.run(time);
        }}
      >
        <Stack>
          <TextField
            label={sv.portal.reference}
            description={sv.portal.referenceHelp}
            size="medium"
            isRequired
            autoComplete="off"
            value={reference}
            onChange={setReference}
          />
          <TextField
            label={sv.portal.receipt}
            size="medium"
            autoComplete="off"
            value={receipt}
            onChange={setReceipt}
          />
          <TimeField label={sv.portal.at} value={at} onChange={setAt} />
          {step && (
            <Checkbox isSelected={isStepDone} onChange={setStepDone}>
              {sv.portal.step(step.step.name, step.regime.name)}
            </Checkbox>
          )}
          <ErrorBanner error={record.error} />
          <WorkButton work={record} size="medium" label={sv.portal.done} isDisabled={!isWhole} />
        </Stack>
      </form>
    </Panel>
  );
}
