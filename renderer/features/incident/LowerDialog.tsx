import { TextArea } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { z } from 'zod';
import { LEVELS, levelRank, type Marking } from '../../../shared/domain/marking.ts';
import { roomOf } from '../../../shared/domain/room.ts';
import { core } from '../../app/bridge.ts';
import { useApp } from '../../app/store.ts';
import { useWork } from '../../app/use-core.ts';
import { useFormDraft } from '../../app/use-form-draft.ts';
import { Dialog, DialogActions } from '../../components/Dialog.tsx';
import { DraftDialog } from '../../components/DraftDialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted } from '../../components/Layout.tsx';
import { isComplete, MarkingField } from '../../components/MarkingField.tsx';
import { SecondPersonFields, type SecondPerson } from '../../components/SecondPersonFields.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import type { ItemReference } from './items.ts';

const schema = z.strictObject({
  level: z.enum(LEVELS),
  basis: z.array(z.string()).readonly(),
  reason: z.string(),
});
type LowerDraft = Readonly<z.output<typeof schema>>;

interface LowerDialogProps {
  readonly item: ItemReference;
  readonly name: string;
  readonly marking: Marking;
  readonly onEnd: () => void;
}

/** Lowering: a decision by two persons, with its reason. The second one proves who she is. */
export function LowerDialog({ item, name, marking, onEnd }: LowerDialogProps) {
  const room = roomOf(marking.level);
  const status = useApp((state) => state.status);
  const own = status?.unlocked.find((unlocked) => unlocked.room === room)?.user;
  const others = (status?.users ?? []).filter((user) => user.room === room && user.name !== own);
  const levels = LEVELS.filter((level) => levelRank(level) <= levelRank(marking.level));
  const draft = useFormDraft<LowerDraft>({
    subject: `lower:${item.incident}:${item.kind}/${item.key.replaceAll(':', '.')}`,
    incident: item.incident,
    schema,
    initial: {
      level: levels.at(-2) ?? marking.level,
      basis: levels.at(-2) === 'oppen' ? [] : marking.basis,
      reason: '',
    },
    // Why it is lowered tells of what it is still.
    levelOf: () => marking.level,
  });
  const { reason, ...wanted } = draft.value;
  const [second, setSecond] = useState<SecondPerson>({
    secondUser: others[0]?.name ?? null,
    secondPassphrase: '',
  });
  const { secondUser, secondPassphrase } = second;
  const lower = useWork(async () => {
    if (secondUser === null) return;
    setSecond({ secondUser, secondPassphrase: '' });
    const order = { item, ...wanted, reason, secondUser, secondPassphrase };
    await draft.settle(() => core.call('incidents.lower', order));
    onEnd();
  });
  const isDone = isComplete(wanted) && reason.trim() !== '' && secondUser !== null && secondPassphrase !== '';
  const title = `${sv.incident.lowerTitle}: ${name}`;
  if (others.length === 0) {
    return (
      <Dialog title={title} onEnd={onEnd}>
        <p>{sv.incident.lowerNobody}</p>
      </Dialog>
    );
  }
  return (
    <DraftDialog
      title={title}
      draft={draft}
      isRunning={lower.isRunning}
      onSubmit={() => {
        if (isDone) void lower.run();
      }}
      onEnd={onEnd}
    >
      {() => (
        <>
          <Muted>{sv.incident.lowerLead}</Muted>
          <MarkingField value={wanted} levels={levels} onChange={draft.put} />
          <TextArea
            label={sv.common.reason}
            value={reason}
            onChange={(written) => draft.put({ reason: written })}
            isRequired
            rows={2}
          />
          <SecondPersonFields
            names={others.map(({ name: other }) => other)}
            userLabel={sv.incident.lowerSecondUser}
            passphraseLabel={sv.incident.lowerSecondPassphrase(room)}
            {...second}
            onChange={setSecond}
          />
          <ErrorBanner error={lower.error} />
          <DialogActions>
            <WorkButton work={lower} size="medium" label={sv.incident.lowerSubmit} isDisabled={!isDone} />
          </DialogActions>
        </>
      )}
    </DraftDialog>
  );
}
