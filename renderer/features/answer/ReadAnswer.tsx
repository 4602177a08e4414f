import { MailOpen } from 'lucide-react';
import { useState } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { core, shell } from '../../app/bridge.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { useWork } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Stack } from '../../components/Layout.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { AnswerDialog } from './AnswerDialog.tsx';

interface ReadAnswerProps {
  readonly incident: string;
  readonly onRead: () => void;
}

/** An encrypted answer from a recipient: opened, shown, and stored when its marking has been decided. */
export function ReadAnswer({ incident, onRead }: ReadAnswerProps) {
  const isOpen = useApp((state) => isUnlocked(state.status, 'open'));
  const [opened, setOpened] = useState<{ file: string; answer: AnswerOf<'answers.open'> } | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const read = useWork(async (_argument: void, tools) => {
    setSaid(null);
    const chosen = await shell.call('chooseFile', { title: sv.answer.chooseTitle, kind: 'mail' });
    if (chosen === null) return;
    const answer = await core.call('answers.open', { file: chosen.content }, tools);
    setOpened({ file: chosen.content, answer });
    onRead();
  });
  if (!isOpen) return null;
  return (
    <Stack gap="small">
      <WorkButton
        work={read}
        variant="secondary"
        size="medium"
        icon={MailOpen}
        label={sv.answer.read}
        canCancel
        onPress={() => void read.run()}
      />
      <ErrorBanner error={read.error} />
      <div role="status">{said}</div>
      {opened && (
        <AnswerDialog
          incident={incident}
          {...opened}
          onEnd={(isKept) => {
            setOpened(null);
            setSaid(isKept ? sv.answer.kept : sv.answer.notKept);
          }}
        />
      )}
    </Stack>
  );
}
