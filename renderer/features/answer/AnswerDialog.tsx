import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { z } from 'zod';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { isProtectedLevel, LEVELS } from '../../../shared/domain/marking.ts';
import { UNJUDGED_MARKING } from '../../../shared/domain/words.ts';
import { core, shell } from '../../app/bridge.ts';
import { formatSize } from '../../app/format.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { useWork } from '../../app/use-core.ts';
import { useFormDraft } from '../../app/use-form-draft.ts';
import { DialogActions } from '../../components/Dialog.tsx';
import { DraftDialog } from '../../components/DraftDialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Row, Stack } from '../../components/Layout.tsx';
import { isComplete, MarkingField, useLevels } from '../../components/MarkingField.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { pathIn } from '../create-vault/plan.ts';
import styles from './AnswerDialog.module.css';

const schema = z.strictObject({
  level: z.enum(LEVELS),
  basis: z.array(z.string()).readonly(),
  reason: z.string(),
});
type ReadingDraft = Readonly<z.output<typeof schema>>;

interface AnswerDialogProps {
  readonly incident: string;
  /** As it came, in base64: it is opened once more when it is stored. */
  readonly file: string;
  readonly answer: AnswerOf<'answers.open'>;
  readonly onEnd: (isKept: boolean) => void;
}

/** Who wrote, what, and the decision: how it is marked, and so where it is stored. Nothing is stored without it. */
export function AnswerDialog({ incident, file, answer, onEnd }: AnswerDialogProps) {
  const draft = useFormDraft<ReadingDraft>({
    // Of this file: what was decided of one answer is no decision about another.
    subject: `reading:${incident}:${answer.fileHash}`,
    incident,
    schema,
    initial: { ...UNJUDGED_MARKING, reason: '' },
    levelOf: ({ level }) => level,
  });
  const { reason, ...marking } = draft.value;
  const levels = useLevels();
  const canProtect = useApp(({ status }) => isUnlocked(status, 'protected'));
  const hasProtected = useApp(({ status }) => isProtectedLevel(status?.ceiling ?? 'oppen'));
  const keep = useWork(async () => {
    const decided = { file, incident, ...marking, reason };
    await draft.settle(() => core.call('answers.keep', decided));
    onEnd(true);
  });
  const isDone = reason.trim() !== '' && isComplete(marking);
  const [saved, setSaved] = useState<string | null>(null);
  const save = useWork(async () => {
    setSaved(null);
    const parent = await shell.call('chooseFolder', { title: sv.answer.saveAttachmentsTitle });
    if (parent === null) return;
    const out = pathIn(parent, `svar-${answer.fileHash.slice(0, 8)}-${Date.now().toString(36).slice(-4)}`);
    await core.call('answers.saveAttachments', { file, ...marking, basis: [...marking.basis], reason, out });
    setSaved(out);
  });
  return (
    <DraftDialog
      title={sv.answer.title}
      draft={draft}
      isRunning={keep.isRunning}
      onSubmit={() => {
        if (isDone) void keep.run();
      }}
      onEnd={() => onEnd(false)}
    >
      {(leave) => (
        <>
          <Notice kind={answer.isVerified ? 'success' : 'warning'}>{answer.signature}</Notice>
          {answer.remarks.map((remark) => (
            <Notice key={remark} kind="important">
              {remark}
            </Notice>
          ))}
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
          {hasProtected && !canProtect && <Notice kind="important">{sv.answer.protectedIsLocked}</Notice>}
          <MarkingField label={sv.answer.marking} value={marking} levels={levels} onChange={draft.put} />
          <TextField
            label={sv.answer.reason}
            description={canProtect ? sv.answer.reasonHelpProtected : sv.answer.reasonHelp}
            size="medium"
            value={reason}
            onChange={(written) => draft.put({ reason: written })}
          />
          {answer.attachments.length > 0 && (
            <Stack gap="small">
              <Muted>{sv.answer.saveAttachmentsHelp}</Muted>
              <Row>
                <WorkButton
                  work={save}
                  variant="secondary"
                  size="medium"
                  label={sv.answer.saveAttachments}
                  isDisabled={!isDone}
                  onPress={() => void save.run()}
                />
              </Row>
              <div role="status">
                {saved !== null && <Notice kind="success">{sv.answer.savedAttachments(saved)}</Notice>}
              </div>
              <ErrorBanner error={save.error} />
            </Stack>
          )}
          <ErrorBanner error={keep.error} />
          <DialogActions>
            <WorkButton work={keep} size="medium" label={sv.answer.keep} isDisabled={!isDone} />
            <Button variant="tertiary" size="medium" onPress={leave}>
              {sv.answer.leave}
            </Button>
          </DialogActions>
        </>
      )}
    </DraftDialog>
  );
}
