import { Button } from '@midas-ds/components/button';
import { Radio, RadioGroup } from '@midas-ds/components/radio';
import { useState } from 'react';
import type { Room } from '../../../shared/domain/room.ts';
import { shell } from '../../app/bridge.ts';
import { chooseVault } from '../../app/session.ts';
import { useApp } from '../../app/store.ts';
import { useWork, type Work } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Panel, Row, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { sv } from '../../text/sv.ts';
import { UnlockForm } from './UnlockForm.tsx';
import styles from './UnlockScreen.module.css';

/** The first thing seen: which vault, which room, who, and the passphrase. */
export function UnlockScreen({ onCreate }: { readonly onCreate: () => void }) {
  const folder = useApp((state) => state.folder);
  const status = useApp((state) => state.status);
  const lockReason = useApp((state) => state.lockReason);
  const [room, setRoom] = useState<Room>('open');
  const choose = useWork(async () => {
    const chosen = await shell.call('chooseFolder', { title: sv.unlock.chooseTitle });
    if (chosen !== null) await chooseVault(chosen);
  });
  const exists = folder !== null && status?.exists === true;
  if (folder === null) return <Welcome choose={choose} onCreate={onCreate} />;
  return (
    <main className={styles.screen}>
      <Page title={sv.unlock.title} lead={exists ? sv.unlock.lead : undefined}>
        {lockReason !== null && <Notice title={sv.unlock.locked}>{lockReason}</Notice>}
        {exists && (
          <Panel>
            <RadioGroup
              label={sv.unlock.room}
              value={room}
              orientation="horizontal"
              onChange={(value) => setRoom(value as Room)}
            >
              <Radio value="open">{sv.unlock.open}</Radio>
              <Radio value="protected">{sv.unlock.protected}</Radio>
            </RadioGroup>
            <Muted>{room === 'open' ? sv.unlock.openHelp : sv.unlock.protectedHelp}</Muted>
            <UnlockForm key={`${folder} ${room}`} folder={folder} room={room} />
          </Panel>
        )}
        <Panel title={sv.unlock.vault}>
          <Stack>
            <p className={styles.folder}>{folder}</p>
            {status?.exists === false && (
              <Notice kind="important">{status.isFolder ? sv.unlock.notAVault : sv.unlock.folderGone}</Notice>
            )}
            <ErrorBanner error={choose.error} />
            <Row>
              <Button
                variant={exists ? 'secondary' : 'primary'}
                size="medium"
                onPress={() => void choose.run()}
              >
                {sv.unlock.chooseOther}
              </Button>
              <Button variant="tertiary" size="medium" onPress={onCreate}>
                {sv.unlock.createNew}
              </Button>
            </Row>
          </Stack>
        </Panel>
      </Page>
    </main>
  );
}

interface WelcomeProps {
  readonly choose: Work<void>;
  readonly onCreate: () => void;
}

/** Before any vault is known here: what Sigill is, and the two ways on. */
function Welcome({ choose, onCreate }: WelcomeProps) {
  const lockReason = useApp((state) => state.lockReason);
  return (
    <main className={styles.screen}>
      <Page title={sv.unlock.welcome} lead={sv.unlock.welcomeLead}>
        {lockReason !== null && <Notice title={sv.unlock.locked}>{lockReason}</Notice>}
        <Panel title={sv.unlock.welcomeNew}>
          <Muted>{sv.unlock.welcomeNewLead}</Muted>
          <Row>
            <Button size="medium" onPress={onCreate}>
              {sv.unlock.createNew}
            </Button>
          </Row>
        </Panel>
        <Panel title={sv.unlock.welcomeOld}>
          <Muted>{sv.unlock.welcomeOldLead}</Muted>
          <ErrorBanner error={choose.error} />
          <Row>
            <Button variant="secondary" size="medium" onPress={() => void choose.run()}>
              {sv.unlock.chooseVault}
            </Button>
          </Row>
        </Panel>
      </Page>
    </main>
  );
}
