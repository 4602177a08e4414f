import { Radio, RadioGroup } from '@midas-ds/components/radio';
import { TextField } from '@midas-ds/components/textfield';
import { z } from 'zod';
import { core } from '../../app/bridge.ts';
import { fromLocalInput, toLocalInput } from '../../app/local-time.ts';
import { useWork } from '../../app/use-core.ts';
import { useFormDraft } from '../../app/use-form-draft.ts';
import { DialogActions } from '../../components/Dialog.tsx';
import { DraftDialog } from '../../components/DraftDialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted } from '../../components/Layout.tsx';
import { TimeField } from '../../components/TimeField.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import type { Address } from './address.ts';

const schema = z.strictObject({
  outcome: z.enum(['confirmed', 'wrong']).nullable(),
  at: z.string(),
  by: z.string(),
  how: z.string(),
});
type AddressDraft = Readonly<z.output<typeof schema>>;

interface AddressDialogProps {
  readonly recipient: { readonly id: string; readonly name: string };
  readonly address: Address;
  readonly onEnd: () => void;
}

/** What the recipient answered about an address: who asked, how and when. */
export function AddressDialog({ recipient, address, onEnd }: AddressDialogProps) {
  const draft = useFormDraft<AddressDraft>({
    subject: `address:${recipient.id}/${address.id}`,
    incident: null,
    schema,
    initial: { outcome: null, at: toLocalInput(new Date()), by: '', how: '' },
  });
  const { outcome, at, by, how } = draft.value;
  const time = fromLocalInput(at);
  const save = useWork(async (told: { outcome: 'confirmed' | 'wrong'; at: string }) => {
    const check = { recipient: recipient.id, address: address.id, ...told, by, how };
    await draft.settle(() => core.call('keys.checkAddress', check));
    onEnd();
  });
  const isDone = outcome !== null && time !== null && by.trim() !== '' && how.trim() !== '';
  return (
    <DraftDialog
      title={sv.keys.checkTitle(recipient.name)}
      draft={draft}
      isRunning={save.isRunning}
      onSubmit={() => {
        if (isDone) void save.run({ outcome, at: time });
      }}
      onEnd={onEnd}
    >
      {() => (
        <>
          <div>
            {address.lines.map((line) => (
              <p key={line}>
                <strong>{line}</strong>
              </p>
            ))}
          </div>
          <Muted>{sv.keys.checkLead}</Muted>
          <RadioGroup
            label={sv.keys.answer}
            value={outcome}
            onChange={(value) => draft.put({ outcome: value as 'confirmed' | 'wrong' })}
          >
            <Radio value="confirmed">{sv.keys.answers.confirmed}</Radio>
            <Radio value="wrong">{sv.keys.answers.wrong}</Radio>
          </RadioGroup>
          <TextField
            label={sv.keys.checkBy}
            size="medium"
            value={by}
            onChange={(written) => draft.put({ by: written })}
          />
          <TextField
            label={sv.keys.checkHow}
            description={sv.keys.checkHowHelp}
            size="medium"
            value={how}
            onChange={(written) => draft.put({ how: written })}
          />
          <TimeField label={sv.keys.checkAt} value={at} onChange={(written) => draft.put({ at: written })} />
          <ErrorBanner error={save.error} />
          <DialogActions>
            <WorkButton work={save} size="medium" label={sv.keys.checkSave} isDisabled={!isDone} />
          </DialogActions>
        </>
      )}
    </DraftDialog>
  );
}
