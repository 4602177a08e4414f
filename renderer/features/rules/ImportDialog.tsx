import { Button } from '@midas-ds/components/button';
import { useState } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { core, shell } from '../../app/bridge.ts';
import { useWork } from '../../app/use-core.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Facts, Muted, Stack } from '../../components/Layout.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';

interface Chosen {
  readonly name: string;
  readonly content: string;
}

/** A pack and its signature, as the core takes them. */
export interface SignedFiles {
  readonly pack: string;
  readonly signature: string;
}

interface ImportDialogProps {
  readonly onRead: (signed: SignedFiles, plan: AnswerOf<'rules.inspect'>) => void;
  readonly onEnd: () => void;
}

/** The two files of a signed pack. Nothing is taken here: what they would change is shown next. */
export function ImportDialog({ onRead, onEnd }: ImportDialogProps) {
  const [pack, setPack] = useState<Chosen | null>(null);
  const [signature, setSignature] = useState<Chosen | null>(null);
  const choose = useWork(async (what: 'pack' | 'signature') => {
    const title = what === 'pack' ? sv.rules.choosePack : sv.rules.chooseSignature;
    const file = await shell.call('chooseFile', { title, kind: 'rules' });
    if (file !== null) (what === 'pack' ? setPack : setSignature)(file);
  });
  const inspect = useWork(async () => {
    if (!pack || !signature) return;
    const signed = { pack: pack.content, signature: signature.content };
    onRead(signed, await core.call('rules.inspect', signed));
  });
  const row = (label: string, file: Chosen | null, what: 'pack' | 'signature') =>
    [
      label,
      <Stack key={what} gap="small">
        {file && <code>{file.name}</code>}
        <Button
          variant="secondary"
          size="medium"
          aria-label={`${sv.common.choose} ${label}`}
          onPress={() => void choose.run(what)}
        >
          {sv.common.choose}
        </Button>
      </Stack>,
    ] as const;
  return (
    <Dialog title={sv.rules.importTitle} onEnd={onEnd} canEnd={!inspect.isRunning}>
      <Stack>
        <Muted>{sv.rules.importLead}</Muted>
        <Facts
          rows={[row(sv.rules.packFile, pack, 'pack'), row(sv.rules.signatureFile, signature, 'signature')]}
        />
        <ErrorBanner error={choose.error} />
        <ErrorBanner error={inspect.error} />
        <WorkButton
          work={inspect}
          size="medium"
          label={sv.rules.inspect}
          isDisabled={!pack || !signature}
          onPress={() => void inspect.run()}
        />
      </Stack>
    </Dialog>
  );
}
