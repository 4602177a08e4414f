import { Button } from '@midas-ds/components/button';
import { Printer } from 'lucide-react';
import { useState } from 'react';
import { core, shell } from '../../app/bridge.ts';
import { formatFingerprint } from '../../app/format.ts';
import { useWork } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Row, Stack } from '../../components/Layout.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { ExtendDialog, ReplaceDialog, RevocationDialog } from './OwnKeyDialogs.tsx';

interface OwnKeyProps {
  /** What has been done is told beside; null: nothing any more. */
  readonly onSay: (said: string | null) => void;
  readonly onImport: () => void;
}

/** The organisation's own key: handing out the public half, its end, its revocation, and exchanging it for a new one. */
export function OwnKey({ onSay, onImport }: OwnKeyProps) {
  const [asked, setAsked] = useState<'replace' | 'extend' | 'revocation' | null>(null);
  const handOut = useWork(async () => {
    onSay(null);
    const out = await shell.call('chooseSavePath', {
      title: sv.keys.exportOwnTitle,
      suggestedName: sv.keys.exportOwnName,
    });
    if (out === null) return;
    const { path, fingerprint } = await core.call('keys.exportOwn', { out });
    onSay(sv.keys.exportedOwn(path, formatFingerprint(fingerprint)));
  });
  const ask = (what: NonNullable<typeof asked>): void => {
    onSay(null);
    setAsked(what);
  };
  return (
    <Stack gap="small">
      <Row>
        <WorkButton
          work={handOut}
          variant="secondary"
          size="medium"
          label={sv.keys.exportOwn}
          onPress={() => void handOut.run()}
        />
        <Button variant="secondary" size="medium" icon={Printer} onPress={() => ask('revocation')}>
          {sv.keys.revocation}
        </Button>
        <Button variant="tertiary" size="medium" onPress={() => ask('extend')}>
          {sv.keys.extendOwn}
        </Button>
        <Button variant="tertiary" size="medium" onPress={() => ask('replace')}>
          {sv.keys.replaceOwn}
        </Button>
        <Button variant="tertiary" size="medium" onPress={onImport}>
          {sv.keys.importOwn}
        </Button>
      </Row>
      <ErrorBanner error={handOut.error} />
      {asked === 'replace' && <ReplaceDialog onEnd={() => setAsked(null)} />}
      {asked === 'extend' && <ExtendDialog onEnd={() => setAsked(null)} />}
      {asked === 'revocation' && (
        <RevocationDialog
          onEnd={(isPrinted) => {
            setAsked(null);
            if (isPrinted !== null) onSay(isPrinted ? sv.keys.revocationPrinted : sv.keys.revocationNot);
          }}
        />
      )}
    </Stack>
  );
}
