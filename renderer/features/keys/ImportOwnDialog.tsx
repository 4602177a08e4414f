import { Button } from '@midas-ds/components/button';
import { FileInput } from 'lucide-react';
import { useState } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import type { ShellAnswer } from '../../../shared/contract/shell.ts';
import { core, shell } from '../../app/bridge.ts';
import { useWork } from '../../app/use-core.ts';
import { Dialog, DialogActions } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Row, Stack } from '../../components/Layout.tsx';
import { SecretField } from '../../components/SecretField.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';

type ChosenFile = NonNullable<ShellAnswer<'chooseFile'>>;

interface ImportOwnDialogProps {
  /** @param imported the key that was read in, and what became of it; null where none was */
  readonly onEnd: (imported: AnswerOf<'keys.importOwn'> | null) => void;
}

/** An own secret key from another program, and its passphrase. Neither is part of a draft: they are kept until the dialog ends. */
export function ImportOwnDialog({ onEnd }: ImportOwnDialogProps) {
  const [file, setFile] = useState<ChosenFile | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const choose = useWork(async () => {
    const chosen = await shell.call('chooseFile', { title: sv.keys.importOwnPick, kind: 'key' });
    if (chosen !== null) setFile(chosen);
  });
  const read = useWork(async (content: string) => {
    const order = { key: content, passphrase: passphrase === '' ? null : passphrase };
    onEnd(await core.call('keys.importOwn', order));
  });
  return (
    <Dialog title={sv.keys.importOwnTitle} onEnd={() => onEnd(null)} canEnd={!read.isRunning}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (file !== null) void read.run(file.content);
        }}
      >
        <Stack>
          <p>{sv.keys.importOwnLead}</p>
          <Row>
            <Button variant="secondary" size="medium" icon={FileInput} onPress={() => void choose.run()}>
              {sv.keys.importOwnFile}
            </Button>
            <div role="status">
              <Muted>{file === null ? sv.keys.importOwnNone : sv.keys.importOwnChosen(file.name)}</Muted>
            </div>
          </Row>
          <ErrorBanner error={choose.error} />
          <SecretField
            label={sv.keys.importOwnPassphrase}
            description={sv.keys.importOwnPassphraseHelp}
            value={passphrase}
            onChange={setPassphrase}
          />
          <ErrorBanner error={read.error} />
          <DialogActions>
            <WorkButton
              work={read}
              size="medium"
              label={sv.keys.importOwnSubmit}
              isDisabled={file === null}
            />
            <Button variant="tertiary" size="medium" onPress={() => onEnd(null)}>
              {sv.common.cancel}
            </Button>
          </DialogActions>
        </Stack>
      </form>
    </Dialog>
  );
}
