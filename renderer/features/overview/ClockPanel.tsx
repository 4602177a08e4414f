import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { core } from '../../app/bridge.ts';
import { formatDateTime } from '../../app/format.ts';
import { useWork } from '../../app/use-core.ts';
import { Choice } from '../../components/Choice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Panel, Row, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import type { ClockStatus } from '../deadlines/use-clock-status.ts';
import { offsetOf, type Direction } from './clock-offset.ts';

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

function ConfirmForm({ onDone }: { readonly onDone: () => void }) {
  const [method, setMethod] = useState('');
  const [direction, setDirection] = useState<Direction>('right');
  const [seconds, setSeconds] = useState('');
  const text = sv.clock;
  const offset = offsetOf(direction, seconds);
  const confirm = useWork(async (offsetSeconds: number) => {
    await core.call('clock.confirm', { method, offsetSeconds });
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
        <Row>
          <TextField label={text.method} size="medium" value={method} onChange={setMethod} />
          <Choice
            label={text.direction}
            value={direction}
            options={(['right', 'ahead', 'behind'] as const).map((id) => [id, text.directions[id]] as const)}
            onChange={setDirection}
          />
          {direction !== 'right' && (
            <TextField
              label={text.seconds}
              size="medium"
              inputMode="numeric"
              value={seconds}
              onChange={setSeconds}
              isInvalid={isWrong}
              errorMessage={isWrong ? text.secondsWrong : undefined}
            />
          )}
        </Row>
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
