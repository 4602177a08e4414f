import { Radio, RadioGroup } from '@midas-ds/components/radio';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { core } from '../../app/bridge.ts';
import { fromLocalInput, toLocalInput } from '../../app/local-time.ts';
import { useWork } from '../../app/use-core.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { TimeField } from '../../components/TimeField.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import type { Address } from './address.ts';

interface AddressDialogProps {
  readonly recipient: { readonly id: string; readonly name: string };
  readonly address: Address;
  readonly onEnd: () => void;
}

/** What the recipient answered about an address: who asked, how and when. */
export function AddressDialog({ recipient, address, onEnd }: AddressDialogProps) {
  const [outcome, setOutcome] = useState<'confirmed' | 'wrong' | null>(null);
  const [at, setAt] = useState(() => toLocalInput(new Date()));
  const [by, setBy] = useState('');
  const [how, setHow] = useState('');
  const time = fromLocalInput(at);
  const save = useWork(async (told: { outcome: 'confirmed' | 'wrong'; at: string }) => {
    await core.call('keys.checkAddress', { recipient: recipient.id, address: address.id, ...told, by, how });
    onEnd();
  });
  const isDone = outcome !== null && time !== null && by.trim() !== '' && how.trim() !== '';
  return (
    <Dialog title={sv.keys.checkTitle(recipient.name)} onEnd={onEnd} canEnd={!save.isRunning}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isDone) void save.run({ outcome, at: time });
        }}
      >
        <Stack>
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
            onChange={(value) => setOutcome(value as 'confirmed' | 'wrong')}
          >
            <Radio value="confirmed">{sv.keys.answers.confirmed}</Radio>
            <Radio value="wrong">{sv.keys.answers.wrong}</Radio>
          </RadioGroup>
          <TextField label={sv.keys.checkBy} size="medium" value={by} onChange={setBy} />
          <TextField
            label={sv.keys.checkHow}
            description={sv.keys.checkHowHelp}
            size="medium"
            value={how}
            onChange={setHow}
          />
          <TimeField label={sv.keys.checkAt} value={at} onChange={setAt} />
          <ErrorBanner error={save.error} />
          <WorkButton work={save} size="medium" label={sv.keys.checkSave} isDisabled={!isDone} />
        </Stack>
      </form>
    </Dialog>
  );
}
