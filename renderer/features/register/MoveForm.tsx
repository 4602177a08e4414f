import { Checkbox } from '@midas-ds/components/checkbox';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import {
  DESTRUCTION_WAYS,
  MOVE_RULES,
  type CopyMove,
  type DestructionWay,
} from '../../../shared/domain/register.ts';
import { CONFIDENCE_NAME } from '../../../shared/domain/words.ts';
import { core } from '../../app/bridge.ts';
import { fromLocalInput, toLocalInput } from '../../app/local-time.ts';
import { useWork } from '../../app/use-core.ts';
import { Choice } from '../../components/Choice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { TimeField } from '../../components/TimeField.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import type { Copy } from './entries.ts';

const WAYS = Object.entries(DESTRUCTION_WAYS) as [DestructionWay, string][];

interface MoveFormProps {
  readonly copy: Pick<Copy, 'code'>;
  readonly move: CopyMove;
  readonly onDone: () => void;
}

/** What a move must tell: when, and what else it asks for. */
export function MoveForm({ copy, move, onDone }: MoveFormProps) {
  const [when, setWhen] = useState(() => toLocalInput(new Date()));
  const [holder, setHolder] = useState('');
  const [external, setExternal] = useState(false);
  const [how, setHow] = useState<DestructionWay | null>(null);
  const [witness, setWitness] = useState('');
  const [note, setNote] = useState('');
  const text = sv.register;
  const rule = MOVE_RULES[move];
  const noteNeeded = (text.noteNeeded as Partial<Record<CopyMove, string>>)[move];
  const record = useWork(async () => {
    const at = fromLocalInput(when);
    if (at === null) return;
    await core.call('register.move', {
      ...{ code: copy.code, move, at, external, how },
      holder: holder.trim() || null,
      witness: witness.trim() || null,
      note: note.trim() || null,
    });
    onDone();
  });
  const isDone =
    fromLocalInput(when) !== null &&
    (move !== 'hand-out' || holder.trim() !== '') &&
    (move !== 'destroy' || how !== null) &&
    ((move !== 'miss' && move !== 'find') || note.trim() !== '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isDone) void record.run();
      }}
    >
      <Stack>
        {move === 'miss' && <Notice kind="important">{text.missNotice}</Notice>}
        <TimeField label={text.when} value={when} onChange={setWhen} />
        {move === 'hand-out' && (
          <>
            <TextField
              label={text.holder}
              size="medium"
              autoComplete="off"
              maxLength={500}
              isRequired
              value={holder}
              onChange={setHolder}
            />
            <Checkbox isSelected={external} onChange={setExternal}>
              {text.external}
            </Checkbox>
          </>
        )}
        {move === 'destroy' && (
          <>
            <Choice label={text.how} value={how} options={WAYS} onChange={setHow} />
            <TextField
              label={text.witness}
              description={text.witnessHelp}
              size="medium"
              autoComplete="off"
              maxLength={500}
              value={witness}
              onChange={setWitness}
            />
          </>
        )}
        <TextField
          label={noteNeeded ?? text.note}
          size="medium"
          autoComplete="off"
          maxLength={500}
          isRequired={move === 'miss' || move === 'find'}
          value={note}
          onChange={setNote}
        />
        <Muted>{text.source(rule.source, CONFIDENCE_NAME[rule.confidence])}</Muted>
        <ErrorBanner error={record.error} />
        <WorkButton
          work={record}
          size="medium"
          variant={move === 'destroy' ? 'danger' : 'primary'}
          label={rule.name}
          isDisabled={!isDone}
        />
      </Stack>
    </form>
  );
}
