import { Button } from '@midas-ds/components/button';
import { Checkbox } from '@midas-ds/components/checkbox';
import { TextArea, TextField } from '@midas-ds/components/textfield';
import { CalendarDays } from 'lucide-react';
import { useState } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { core, shell } from '../../app/bridge.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { useWork } from '../../app/use-core.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { MarkingBadge } from '../../components/MarkingBadge.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';

/** Deadlines as a file for a calendar: of one incident, or of all that go on. */
export function CalendarExport({ incident }: { readonly incident: string | null }) {
  const isOpen = useApp((state) => isUnlocked(state.status, 'open'));
  const [isAsking, setAsking] = useState(false);
  if (!isOpen) return null;
  return (
    <>
      <Button variant="secondary" size="medium" icon={CalendarDays} onPress={() => setAsking(true)}>
        {sv.calendar.open}
      </Button>
      {isAsking && <CalendarDialog incident={incident} onEnd={() => setAsking(false)} />}
    </>
  );
}

interface CalendarDialogProps {
  readonly incident: string | null;
  readonly onEnd: () => void;
}

function CalendarDialog({ incident, onEnd }: CalendarDialogProps) {
  const [isNamed, setNamed] = useState(false);
  const [reason, setReason] = useState('');
  const [decidedBy, setDecidedBy] = useState('');
  const [written, setWritten] = useState<AnswerOf<'deadlines.exportCalendar'> | null>(null);
  const write = useWork(async () => {
    setWritten(null);
    const out = await shell.call('chooseSavePath', {
      title: sv.calendar.saveTitle,
      suggestedName: sv.calendar.fileName,
    });
    if (out === null) return;
    const decision = isNamed ? { reason: reason.trim(), decidedBy: decidedBy.trim() || null } : null;
    setWritten(await core.call('deadlines.exportCalendar', { incident, out, decision }));
  });
  const isDone = !isNamed || reason.trim() !== '';
  return (
    <Dialog title={sv.calendar.title} onEnd={onEnd} canEnd={!write.isRunning}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isDone) void write.run();
        }}
      >
        <Stack>
          <Muted>{sv.calendar.lead}</Muted>
          <Checkbox isSelected={isNamed} onChange={setNamed}>
            {sv.calendar.named}
          </Checkbox>
          {isNamed && (
            <>
              <TextArea label={sv.calendar.reason} isRequired rows={2} value={reason} onChange={setReason} />
              <TextField
                label={sv.calendar.decidedBy}
                description={sv.calendar.decidedByHelp}
                size="medium"
                autoComplete="off"
                value={decidedBy}
                onChange={setDecidedBy}
              />
            </>
          )}
          <ErrorBanner error={write.error} />
          {written && (
            <Notice kind="success">
              <p>{sv.calendar.written(written.events, written.file.name)}</p>
              <MarkingBadge marking={written.marking} isFull />
              {written.remarks.map((remark) => (
                <p key={remark}>{remark}</p>
              ))}
            </Notice>
          )}
          <WorkButton work={write} size="medium" label={sv.calendar.write} isDisabled={!isDone} />
        </Stack>
      </form>
    </Dialog>
  );
}
