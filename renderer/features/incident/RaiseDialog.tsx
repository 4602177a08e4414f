import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { isProtectedLevel, type Marking } from '../../../shared/domain/marking.ts';
import { usualProvisions } from '../../../shared/domain/words.ts';
import { core } from '../../app/bridge.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { useWork } from '../../app/use-core.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { isComplete, MarkingField, useLevels, type WantedMarking } from '../../components/MarkingField.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import type { ItemReference } from './items.ts';

interface RaiseDialogProps {
  readonly item: ItemReference;
  readonly name: string;
  readonly marking: Marking;
  readonly onEnd: () => void;
}

/** Raising: the next level up and its usual provision are chosen already, so that Enter is enough. */
export function RaiseDialog({ item, name, marking, onEnd }: RaiseDialogProps) {
  const levels = useLevels(marking.level);
  const canProtect = useApp((state) => isUnlocked(state.status, 'protected'));
  const [wanted, setWanted] = useState<WantedMarking>(() => {
    const level = levels[1] ?? marking.level;
    return { level, basis: marking.basis.length > 0 ? marking.basis : usualProvisions(level) };
  });
  const [reason, setReason] = useState('');
  const raise = useWork(async () => {
    await core.call('incidents.raise', { item, ...wanted, reason: reason.trim() || null });
    onEnd();
  });
  const moves = isProtectedLevel(wanted.level) && !isProtectedLevel(marking.level);
  return (
    <Dialog title={`${sv.incident.raiseTitle}: ${name}`} onEnd={onEnd} canEnd={!raise.isRunning}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete(wanted)) void raise.run();
        }}
      >
        <Stack>
          <Muted>{sv.incident.raiseLead}</Muted>
          <MarkingField value={wanted} levels={levels} onChange={setWanted} />
          {!canProtect && <Muted>{sv.incident.raiseNeedsRoom}</Muted>}
          {moves && <Notice kind="important">{sv.incident.raiseMoves}</Notice>}
          <TextField label={sv.incident.changeReason} size="medium" value={reason} onChange={setReason} />
          <ErrorBanner error={raise.error} />
          <WorkButton
            work={raise}
            autoFocus
            size="medium"
            label={sv.incident.raiseSubmit}
            isDisabled={!isComplete(wanted)}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
