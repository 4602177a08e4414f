import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { core } from '../../app/bridge.ts';
import { formatDateTime } from '../../app/format.ts';
import { useWork } from '../../app/use-core.ts';
import { Choice } from '../../components/Choice.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Row, Stack } from '../../components/Layout.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { currentNumber, type Expedition, type NumberKind } from './expeditions.ts';

const KINDS = Object.entries(sv.paper.numberKinds) as [NumberKind, string][];

interface NumbersProps {
  readonly expedition: Expedition;
  readonly name: string;
}

/** Opens the numbers of what goes in envelopes; of anything else there are none. */
export function NumbersButton({ expedition, name }: NumbersProps) {
  const [isOpen, setOpen] = useState(false);
  if (expedition.way !== 'kuvert' || expedition.draft || expedition.state === 'withdrawn') return null;
  return (
    <>
      <Button
        size="medium"
        variant="tertiary"
        aria-label={sv.paper.numbersOf(name)}
        onPress={() => setOpen(true)}
      >
        {sv.paper.numbers}
      </Button>
      {isOpen && <NumbersDialog expedition={expedition} onEnd={() => setOpen(false)} />}
    </>
  );
}

function NumbersDialog({
  expedition,
  onEnd,
}: {
  readonly expedition: Expedition;
  readonly onEnd: () => void;
}) {
  const [kind, setKind] = useState<NumberKind>('security-bag');
  const [copy, setCopy] = useState('1');
  const [number, setNumber] = useState('');
  const [reason, setReason] = useState('');
  const text = sv.paper;
  const copies = Array.from({ length: expedition.details.copies ?? 1 }, (_unused, index) => `${index + 1}`);
  const now = currentNumber(expedition, Number(copy), kind);
  const save = useWork(async () => {
    await core.call('paper.tellNumber', {
      ...{ dispatch: expedition.id, copy: Number(copy), kind },
      number: number.trim() || null,
      reason: reason.trim() || null,
    });
    setNumber('');
    setReason('');
  });
  const isDone = (number.trim() || null) !== now && (now === null || reason.trim() !== '');
  return (
    <Dialog title={text.numbersTitle} onEnd={onEnd} canEnd={!save.isRunning}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isDone) void save.run();
        }}
      >
        <Stack>
          <Muted>{text.numbersLead}</Muted>
          <Choice label={text.numberKind} value={kind} options={KINDS} onChange={setKind} />
          {copies.length > 1 && (
            <Choice
              label={text.numberCopy}
              value={copy}
              options={copies.map((one) => [one, one] as const)}
              onChange={setCopy}
            />
          )}
          <p>
            {text.numberNow}: <strong>{now ?? text.numberNothing}</strong>
          </p>
          <TextField
            label={text.number}
            size="medium"
            autoComplete="off"
            maxLength={60}
            value={number}
            onChange={setNumber}
          />
          {now !== null && (
            <TextField
              label={text.numberReason}
              size="medium"
              autoComplete="off"
              maxLength={500}
              isRequired
              value={reason}
              onChange={setReason}
            />
          )}
          <ErrorBanner error={save.error} />
          <Row>
            <WorkButton work={save} size="medium" label={text.numberSave} isDisabled={!isDone} />
            <Button variant="tertiary" size="medium" onPress={onEnd}>
              {sv.common.close}
            </Button>
          </Row>
        </Stack>
      </form>
      {expedition.numbers.length > 0 && (
        <>
          <h3>{text.numberHistory}</h3>
          <ul>
            {expedition.numbers.map((told) => (
              <li key={`${told.recordedAt} ${told.kind} ${told.copy}`}>
                {text.numberLine(
                  text.numberKinds[told.kind],
                  told.copy,
                  told.number ?? text.numberNothing,
                  formatDateTime(told.recordedAt),
                  told.recordedBy,
                )}
                {told.reason !== null && `: ${told.reason}`}
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}
