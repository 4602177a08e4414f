import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { core, shell } from '../../app/bridge.ts';
import { formatFingerprint } from '../../app/format.ts';
import { useQuery, useWork } from '../../app/use-core.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Row, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';

/** The organisation's own key: handing out the public half, and exchanging it for a new one. */
export function OwnKey() {
  const [said, setSaid] = useState<string | null>(null);
  const [isReplacing, setReplacing] = useState(false);
  const handOut = useWork(async () => {
    setSaid(null);
    const out = await shell.call('chooseSavePath', {
      title: sv.keys.exportOwnTitle,
      suggestedName: sv.keys.exportOwnName,
    });
    if (out === null) return;
    const { path, fingerprint } = await core.call('keys.exportOwn', { out });
    setSaid(sv.keys.exportedOwn(path, formatFingerprint(fingerprint)));
  });
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
        <Button variant="tertiary" size="medium" onPress={() => setReplacing(true)}>
          {sv.keys.replaceOwn}
        </Button>
      </Row>
      <ErrorBanner error={handOut.error} />
      <div role="status">{said !== null && <Notice kind="success">{said}</Notice>}</div>
      {isReplacing && <ReplaceDialog onEnd={() => setReplacing(false)} />}
    </Stack>
  );
}

function ReplaceDialog({ onEnd }: { readonly onEnd: () => void }) {
  const { data: organisation } = useQuery('vault.organisation', null);
  const [written, setWritten] = useState<string | null>(null);
  const email = written ?? organisation?.email ?? '';
  const replace = useWork(async () => {
    await core.call('keys.createOwn', { email: email.trim() || null });
    onEnd();
  });
  return (
    <Dialog title={sv.keys.replaceOwnTitle} onEnd={onEnd} canEnd={!replace.isRunning}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void replace.run();
        }}
      >
        <Stack>
          <p>{sv.keys.replaceOwnLead}</p>
          <TextField label={sv.keys.replaceOwnEmail} size="medium" value={email} onChange={setWritten} />
          <ErrorBanner error={replace.error} />
          <Row>
            <WorkButton work={replace} size="medium" label={sv.keys.replaceOwnSubmit} />
            <Button variant="tertiary" size="medium" onPress={onEnd}>
              {sv.common.cancel}
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  );
}
