import { TextArea } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { LEVELS, levelRank, type Marking } from '../../../shared/domain/marking.ts';
import { roomOf } from '../../../shared/domain/room.ts';
import { core } from '../../app/bridge.ts';
import { useApp } from '../../app/store.ts';
import { useWork } from '../../app/use-core.ts';
import { Choice } from '../../components/Choice.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { isComplete, MarkingField, type WantedMarking } from '../../components/MarkingField.tsx';
import { SecretField } from '../../components/SecretField.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import type { ItemReference } from './items.ts';

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
  const [wanted, setWanted] = useState<WantedMarking>({
    level: levels.at(-2) ?? marking.level,
    basis: levels.at(-2) === 'oppen' ? [] : marking.basis,
  });
  const [reason, setReason] = useState('');
  const [second, setSecond] = useState<string | null>(others[0]?.name ?? null);
  const [passphrase, setPassphrase] = useState('');
  const lower = useWork(async () => {
    if (second === null) return;
    setPassphrase('');
    await core.call('incidents.lower', {
      item,
      ...wanted,
      reason,
      secondUser: second,
      secondPassphrase: passphrase,
    });
    onEnd();
  });
  const isDone = isComplete(wanted) && reason.trim() !== '' && second !== null && passphrase !== '';
  return (
    <Dialog title={`${sv.incident.lowerTitle}: ${name}`} onEnd={onEnd} canEnd={!lower.isRunning}>
      {others.length === 0 ? (
        <p>{sv.incident.lowerNobody}</p>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (isDone) void lower.run();
          }}
        >
          <Stack>
            <Muted>{sv.incident.lowerLead}</Muted>
            <MarkingField value={wanted} levels={levels} onChange={setWanted} />
            <TextArea label={sv.common.reason} value={reason} onChange={setReason} isRequired rows={2} />
            <Choice
              label={sv.incident.lowerSecondUser}
              value={second}
              options={others.map(({ name: other }) => [other, other] as const)}
              onChange={setSecond}
            />
            <SecretField
              label={sv.incident.lowerSecondPassphrase(room)}
              value={passphrase}
              onChange={setPassphrase}
            />
            <ErrorBanner error={lower.error} />
            <WorkButton work={lower} size="medium" label={sv.incident.lowerSubmit} isDisabled={!isDone} />
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
