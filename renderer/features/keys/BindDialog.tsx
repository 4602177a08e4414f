import { TextField } from '@midas-ds/components/textfield';
import { z } from 'zod';
import { core } from '../../app/bridge.ts';
import { formatFingerprint } from '../../app/format.ts';
import { useQuery, useWork } from '../../app/use-core.ts';
import { useFormDraft } from '../../app/use-form-draft.ts';
import { Choice } from '../../components/Choice.tsx';
import { DialogActions } from '../../components/Dialog.tsx';
import { DraftDialog } from '../../components/DraftDialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted } from '../../components/Layout.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import type { Address } from './address.ts';

const NONE = 'none';

const schema = z.strictObject({ chosen: z.string().nullable(), reason: z.string() });
type BindDraft = Readonly<z.output<typeof schema>>;

interface BindDialogProps {
  readonly recipient: { readonly id: string; readonly name: string };
  readonly address: Address;
  readonly onEnd: () => void;
}

/** Which of the verified keys is for an e-mail address, and how the recipient has said so. */
export function BindDialog({ recipient, address, onEnd }: BindDialogProps) {
  const { data: keys, error } = useQuery('keys.list', null);
  const draft = useFormDraft<BindDraft>({
    subject: `bind:${recipient.id}/${address.id}`,
    incident: null,
    schema,
    initial: { chosen: null, reason: '' },
  });
  const { chosen, reason } = draft.value;
  const verified = (keys ?? []).filter((key) => key.role === 'recipient' && key.verifiedAt !== null);
  const save = useWork(async (choice: string) => {
    const fingerprint = choice === NONE ? null : choice;
    const binding = { recipient: recipient.id, address: address.id, fingerprint, reason };
    await draft.settle(() => core.call('keys.bind', binding));
    onEnd();
  });
  const isDone = chosen !== null && reason.trim() !== '';
  return (
    <DraftDialog
      title={sv.keys.bindTitle(address.lines[0] ?? '')}
      draft={draft}
      isRunning={save.isRunning}
      onSubmit={() => {
        if (isDone) void save.run(chosen);
      }}
      onEnd={onEnd}
    >
      {() => (
        <>
          <Muted>{sv.keys.bindLead}</Muted>
          <ErrorBanner error={error} />
          <Choice
            label={sv.keys.bindKey}
            value={chosen}
            options={[
              ...verified.map(
                (key) =>
                  [key.fingerprint, `${key.userIds[0] ?? ''} ${formatFingerprint(key.fingerprint)}`] as const,
              ),
              [NONE, sv.keys.bindNone] as const,
            ]}
            onChange={(key) => draft.put({ chosen: key })}
          />
          <TextField
            label={sv.keys.bindReason}
            description={sv.keys.bindReasonHelp}
            size="medium"
            value={reason}
            onChange={(written) => draft.put({ reason: written })}
          />
          <ErrorBanner error={save.error} />
          <DialogActions>
            <WorkButton work={save} size="medium" label={sv.keys.bindSave} isDisabled={!isDone} />
          </DialogActions>
        </>
      )}
    </DraftDialog>
  );
}
