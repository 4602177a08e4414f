import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { z } from 'zod';
import { core } from '../../app/bridge.ts';
import { formatDateTime } from '../../app/format.ts';
import { useWork } from '../../app/use-core.ts';
import { useFormDraft } from '../../app/use-form-draft.ts';
import { Choice } from '../../components/Choice.tsx';
import { DraftNotice, DraftState } from '../../components/DraftNotice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Panel, Row, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import type { ClockStatus } from '../deadlines/use-clock-status.ts';
import { offsetOf } from './clock-offset.ts';

/** From here on the limits are wrong by more than a person takes for nothing. */
const LARGE_SECONDS = 60;

/** Whether the computer's clock can be trusted, and the place to say so. */
export function ClockPanel({ status }: { readonly status: ClockStatus }) {
  const [isAgain, setAgain] = useState(false);
  const { confirmed, reason } = status;
  const text = sv.clock;
  return (
    <Panel
      title={text.title}
      actions={
        reason === null &&
        !isAgain && (
          <Button variant="secondary" size="medium" onPress={() => setAgain(true)}>
            {text.again}
          </Button>
        )
      }
    >
      {reason !== null && (
        <Notice kind="important" title={text.needed}>
          {text.reason[reason]} {status.jumpSeconds !== null && text.moved(status.jumpSeconds)}
        </Notice>
      )}
      {confirmed && (
        <p>
          {text.confirmed(formatDateTime(confirmed.at), confirmed.by, confirmed.method)}{' '}
          {text.offset(confirmed.offsetSeconds)}{' '}
          {Math.abs(confirmed.offsetSeconds) >= LARGE_SECONDS && <strong>{text.large}</strong>}
        </p>
      )}
      {(reason !== null || isAgain) && <ConfirmForm onDone={() => setAgain(false)} />}
    </Panel>
  );
}

const schema = z.strictObject({
  method: z.string(),
  direction: z.enum(['right', 'ahead', 'behind']),
  seconds: z.string(),
});
type ClockDraft = Readonly<z.output<typeof schema>>;

function ConfirmForm({ onDone }: { readonly onDone: () => void }) {
  const draft = useFormDraft<ClockDraft>({
    subject: 'clock',
    incident: null,
    schema,
    initial: { method: '', direction: 'right', seconds: '' },
  });
  const { method, direction, seconds } = draft.value;
  const text = sv.clock;
  const offset = offsetOf(direction, seconds);
  const confirm = useWork(async (offsetSeconds: number) => {
    await draft.settle(() => core.call('clock.confirm', { method, offsetSeconds }));
    onDone();
  });
  const isWrong = offset === null && seconds.trim() !== '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (offset !== null && method.trim() !== '') void confirm.run(offset);
      }}
    >
      <Stack>
        <Muted>{text.compare}</Muted>
        <DraftNotice draft={draft} />
        <Row>
          <TextField
            label={text.method}
            size="medium"
            value={method}
            onChange={(written) => draft.put({ method: written })}
          />
          <Choice
            label={text.direction}
            value={direction}
            options={(['right', 'ahead', 'behind'] as const).map((id) => [id, text.directions[id]] as const)}
            onChange={(chosen) => draft.put({ direction: chosen })}
          />
          {direction !== 'right' && (
            <TextField
              label={text.seconds}
              size="medium"
              inputMode="numeric"
              value={seconds}
              onChange={(written) => draft.put({ seconds: written })}
              isInvalid={isWrong}
              errorMessage={isWrong ? text.secondsWrong : undefined}
            />
          )}
        </Row>
        {draft.isChanged && <DraftState draft={draft} />}
        <ErrorBanner error={confirm.error} />
        <WorkButton
          work={confirm}
          size="medium"
          label={text.confirm}
          isDisabled={offset === null || method.trim() === ''}
        />
      </Stack>
    </form>
  );
}
