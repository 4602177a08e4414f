import { Checkbox } from '@midas-ds/components/checkbox';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { z } from 'zod';
import {
  DESTRUCTION_WAYS,
  MOVE_RULES,
  mayHaveNeverBeenMade,
  needsNote,
  NEVER_MADE,
  type CopyMove,
  type DestructionWay,
} from '../../../shared/domain/register.ts';
import type { Room } from '../../../shared/domain/room.ts';
import { CONFIDENCE_NAME } from '../../../shared/domain/words.ts';
import { core } from '../../app/bridge.ts';
import { fromLocalInput, toLocalInput } from '../../app/local-time.ts';
import { useWork } from '../../app/use-core.ts';
import { useFormDraft, useRegisterLevel } from '../../app/use-form-draft.ts';
import { DraftNotice, DraftState } from '../../components/DraftNotice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { TimeField } from '../../components/TimeField.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { AskDestroyed } from './AskDestroyed.tsx';
import { DestructionFields } from './DestructionFields.tsx';
import type { Copy } from './entries.ts';

const schema = z.strictObject({
  when: z.string(),
  holder: z.string(),
  external: z.boolean(),
  how: z.enum(Object.keys(DESTRUCTION_WAYS) as DestructionWay[]).nullable(),
  witness: z.string(),
  note: z.string(),
});
type MoveDraft = Readonly<z.output<typeof schema>>;

interface MoveFormProps {
  readonly room: Room;
  readonly copy: Pick<Copy, 'code' | 'designation' | 'events'>;
  readonly move: CopyMove;
  readonly onDone: () => void;
}

/** What a move must tell: when, and what else it asks for. */
export function MoveForm({ room, copy, move, onDone }: MoveFormProps) {
  const level = useRegisterLevel(room);
  const draft = useFormDraft<MoveDraft>({
    subject: `move:${copy.code}/${move}`,
    incident: null,
    schema,
    initial: {
      ...{ holder: '', external: false, how: null, witness: '', note: '' },
      when: toLocalInput(new Date()),
    },
    levelOf: () => level,
  });
  const { when, holder, external, how, witness, note } = draft.value;
  const text = sv.register;
  const rule = MOVE_RULES[move];
  const noteNeeded = (text.noteNeeded as Partial<Record<CopyMove, string>>)[move];
  const [isAsked, setAsked] = useState(false);
  const record = useWork(async () => {
    const at = fromLocalInput(when);
    if (at === null) return;
    await draft.settle(() =>
      core.call('register.move', {
        ...{ code: copy.code, move, at, external, how },
        holder: holder.trim() || null,
        witness: witness.trim() || null,
        note: note.trim() || null,
      }),
    );
    onDone();
  });
  const isDone =
    fromLocalInput(when) !== null &&
    (move !== 'hand-out' || holder.trim() !== '') &&
    (move !== 'destroy' || how !== null) &&
    (!needsNote(move) || note.trim() !== '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isDone) return;
        if (move === 'destroy') setAsked(true);
        else void record.run();
      }}
    >
      <Stack>
        <DraftNotice draft={draft} />
        {move === 'miss' && <Notice kind="important">{text.missNotice}</Notice>}
        <TimeField label={text.when} value={when} onChange={(changed) => draft.put({ when: changed })} />
        {move === 'hand-out' && (
          <>
            <TextField
              label={text.holder}
              size="medium"
              autoComplete="off"
              maxLength={500}
              isRequired
              value={holder}
              onChange={(changed) => draft.put({ holder: changed })}
            />
            <Checkbox isSelected={external} onChange={(changed) => draft.put({ external: changed })}>
              {text.external}
            </Checkbox>
          </>
        )}
        {move === 'destroy' && (
          <DestructionFields
            how={how}
            witness={witness}
            {...(mayHaveNeverBeenMade(copy) ? {} : { except: NEVER_MADE })}
            onChange={draft.put}
          />
        )}
        <TextField
          label={noteNeeded ?? text.note}
          size="medium"
          autoComplete="off"
          maxLength={500}
          isRequired={needsNote(move)}
          value={note}
          onChange={(changed) => draft.put({ note: changed })}
        />
        <Muted>{text.source(rule.source, CONFIDENCE_NAME[rule.confidence])}</Muted>
        {draft.isChanged && <DraftState draft={draft} />}
        <ErrorBanner error={record.error} />
        {isAsked && (
          <AskDestroyed
            designation={copy.designation}
            onNo={() => setAsked(false)}
            onYes={() => {
              setAsked(false);
              void record.run();
            }}
          />
        )}
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
