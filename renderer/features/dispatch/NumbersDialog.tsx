import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { z } from 'zod';
import { core } from '../../app/bridge.ts';
import { formatDateTime } from '../../app/format.ts';
import { useWork } from '../../app/use-core.ts';
import { useFormDraft } from '../../app/use-form-draft.ts';
import { Choice } from '../../components/Choice.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { DraftNotice, DraftState } from '../../components/DraftNotice.tsx';
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

interface NumbersDialogProps {
  readonly expedition: Expedition;
  readonly onEnd: () => void;
}

function NumbersDialog({ expedition, onEnd }: NumbersDialogProps) {
  const [kind, setKind] = useState<NumberKind>('security-bag');
  const [copy, setCopy] = useState('1');
  const text = sv.paper;
  const copies = Array.from({ length: expedition.details.copies ?? 1 }, (_unused, index) => `${index + 1}`);
  return (
    <Dialog title={text.numbersTitle} onEnd={onEnd}>
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
        <NumberForm
          key={`${copy} ${kind}`}
          expedition={expedition}
          copy={Number(copy)}
          kind={kind}
          onEnd={onEnd}
        />
      </Stack>
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

const schema = z.strictObject({ number: z.string(), reason: z.string() });
type NumberDraft = Readonly<z.output<typeof schema>>;

interface NumberFormProps extends NumbersDialogProps {
  readonly copy: number;
  readonly kind: NumberKind;
}

function NumberForm({ expedition, copy, kind, onEnd }: NumberFormProps) {
  const draft = useFormDraft<NumberDraft>({
    subject: `numbers:${expedition.incident}:${expedition.id}/${copy}-${kind}`,
    incident: expedition.incident,
    schema,
    initial: { number: '', reason: '' },
  });
  const { number, reason } = draft.value;
  const text = sv.paper;
  const now = currentNumber(expedition, copy, kind);
  const save = useWork(async () => {
    const told = {
      ...{ dispatch: expedition.id, copy, kind },
      number: number.trim() || null,
      reason: reason.trim() || null,
    };
    await draft.settle(() => core.call('paper.tellNumber', told));
  });
  const isDone = (number.trim() || null) !== now && (now === null || reason.trim() !== '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isDone) void save.run();
      }}
    >
      <Stack>
        <p>
          {text.numberNow}: <strong>{now ?? text.numberNothing}</strong>
        </p>
        <DraftNotice draft={draft} />
        <TextField
          label={text.number}
          size="medium"
          autoComplete="off"
          maxLength={60}
          value={number}
          onChange={(written) => draft.put({ number: written })}
        />
        {now !== null && (
          <TextField
            label={text.numberReason}
            size="medium"
            autoComplete="off"
            maxLength={500}
            isRequired
            value={reason}
            onChange={(written) => draft.put({ reason: written })}
          />
        )}
        {draft.isChanged && <DraftState draft={draft} />}
        <ErrorBanner error={save.error} />
        <Row>
          <WorkButton work={save} size="medium" label={text.numberSave} isDisabled={!isDone} />
          <Button variant="tertiary" size="medium" onPress={onEnd}>
            {sv.common.close}
          </Button>
        </Row>
      </Stack>
    </form>
  );
}
