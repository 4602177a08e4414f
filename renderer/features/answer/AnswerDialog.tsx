import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { UNJUDGED_MARKING } from '../../../shared/domain/words.ts';
import { core } from '../../app/bridge.ts';
import { formatSize } from '../../app/format.ts';
import { useWork } from '../../app/use-core.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Row, Stack } from '../../components/Layout.tsx';
import { isComplete, MarkingField, useLevels, type WantedMarking } from '../../components/MarkingField.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import styles from './AnswerDialog.module.css';

interface AnswerDialogProps {
  readonly incident: string;
  /** As it came, in base64: it is opened once more when it is stored. */
  readonly file: string;
  readonly answer: AnswerOf<'answers.open'>;
  readonly onEnd: (isKept: boolean) => void;
}

/** Who wrote, what, and the decision: how it is marked, and so where it is stored. Nothing is stored without it. */
export function AnswerDialog({ incident, file, answer, onEnd }: AnswerDialogProps) {
  const [marking, setMarking] = useState<WantedMarking>(UNJUDGED_MARKING);
  const [reason, setReason] = useState('');
  const levels = useLevels();
  const keep = useWork(async () => {
    await core.call('answers.keep', { file, incident, ...marking, reason });
    onEnd(true);
  });
  const isDone = reason.trim() !== '' && isComplete(marking);
  return (
    <Dialog title={sv.answer.title} onEnd={() => onEnd(false)} canEnd={!keep.isRunning}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isDone) void keep.run();
        }}
      >
        <Stack>
          <Notice kind={answer.isVerified ? 'success' : 'warning'}>{answer.signature}</Notice>
          {answer.from !== null && (
            <p>
              {sv.answer.from}: {answer.from}
            </p>
          )}
          {answer.subject !== null && (
            <p>
              {sv.answer.subject}: {answer.subject}
            </p>
          )}
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long answer is scrolled by keyboard too */}
          <pre className={styles.text} tabIndex={0} role="region" aria-label={sv.answer.text}>
            {answer.text}
          </pre>
          {answer.attachments.length > 0 && (
            <div>
              <Muted>{sv.answer.attachments}</Muted>
              <ul>
                {answer.attachments.map(({ name, size, sha256 }) => (
                  <li key={`${name} ${sha256}`}>
                    {name}, {formatSize(size)}
                  </li>
                ))}
              </ul>
            </div>
          )}
          <MarkingField label={sv.answer.marking} value={marking} levels={levels} onChange={setMarking} />
          <TextField
            label={sv.answer.reason}
            description={sv.answer.reasonHelp}
            size="medium"
            value={reason}
            onChange={setReason}
          />
          <ErrorBanner error={keep.error} />
          <Row>
            <WorkButton work={keep} size="medium" label={sv.answer.keep} isDisabled={!isDone} />
            <Button variant="tertiary" size="medium" onPress={() => onEnd(false)}>
              {sv.answer.leave}
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  );
}
