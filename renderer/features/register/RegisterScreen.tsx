import { Tab, TabList, TabPanel, Tabs } from '@midas-ds/components/tabs';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { ROOM_NAME, type Room } from '../../../shared/domain/room.ts';
import { core } from '../../app/bridge.ts';
import { useApp } from '../../app/store.ts';
import { useWork } from '../../app/use-core.ts';
import { Choice } from '../../components/Choice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Panel } from '../../components/Layout.tsx';
import { Page } from '../../components/Page.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { CopyDialog } from './CopyDialog.tsx';
import { EntriesPart } from './EntriesPart.tsx';
import { InventoryPart } from './InventoryPart.tsx';
import { MediaPart } from './MediaPart.tsx';
import { OutstandingPart } from './OutstandingPart.tsx';
import styles from './RegisterScreen.module.css';
import { SettingsPart } from './SettingsPart.tsx';
import { useScanner } from './use-scanner.ts';

/** The register of documents: what there is, who has it, and what is to be counted. */
export function RegisterScreen({ tab: first }: { readonly tab: string | undefined }) {
  const rooms = useApp((state) => state.status?.unlocked ?? []).map(({ room }) => room);
  const [chosen, setChosen] = useState<Room>('open');
  const room = rooms.includes(chosen) ? chosen : (rooms[0] ?? 'open');
  const [tab, setTab] = useState(first ?? 'register');
  const [typed, setTyped] = useState('');
  const [shown, setShown] = useState<string | null>(null);
  const [ticked, setTicked] = useState<AnswerOf<'register.tick'> | null>(null);
  const find = useWork(async (code: string) => {
    if (tab === 'inventory') setTicked(await core.call('register.tick', { room, code, how: 'scan' }));
    else setShown((await core.call('register.find', { code })).copy.code);
    setTyped('');
  });
  // Also over a copy that is shown: what is written there is a draft, and a scan that did nothing would be taken for one that did.
  useScanner((code) => void find.run(code));
  const text = sv.register;
  return (
    <Page title={text.title} lead={text.lead} isWide>
      <Panel isDense>
        <div className={styles.top}>
          <div className={styles.room}>
            <Choice
              label={text.room}
              value={room}
              options={rooms.map((one) => [one, ROOM_NAME[one]] as const)}
              onChange={(one) => {
                setChosen(one);
                setTicked(null);
              }}
            />
          </div>
          <form
            className={styles.scan}
            onSubmit={(event) => {
              event.preventDefault();
              if (typed.trim() !== '') void find.run(typed);
            }}
          >
            <TextField
              label={text.scan}
              description={text.scanHelp}
              size="medium"
              autoComplete="off"
              maxLength={40}
              value={typed}
              onChange={setTyped}
            />
            <WorkButton
              work={find}
              size="medium"
              variant="secondary"
              label={text.find}
              isDisabled={typed.trim() === ''}
            />
          </form>
        </div>
        <ErrorBanner error={find.error} />
      </Panel>
      <Tabs
        selectedKey={tab}
        onSelectionChange={(key) => {
          setTab(String(key));
          find.clearError();
        }}
      >
        <TabList aria-label={text.tabsLabel}>
          <Tab id="register">{text.tabs.register}</Tab>
          <Tab id="outstanding">{text.tabs.outstanding}</Tab>
          <Tab id="inventory">{text.tabs.inventory}</Tab>
          <Tab id="media">{text.tabs.media}</Tab>
          <Tab id="settings">{text.tabs.settings}</Tab>
        </TabList>
        <TabPanel id="register">
          <EntriesPart key={room} room={room} onOpen={setShown} />
        </TabPanel>
        <TabPanel id="outstanding">
          <OutstandingPart onOpen={setShown} />
        </TabPanel>
        <TabPanel id="inventory">
          <InventoryPart key={room} room={room} ticked={ticked} />
        </TabPanel>
        <TabPanel id="media">
          <MediaPart key={room} room={room} />
        </TabPanel>
        <TabPanel id="settings">
          <SettingsPart key={room} room={room} />
        </TabPanel>
      </Tabs>
      {shown !== null && <CopyDialog key={shown} code={shown} onEnd={() => setShown(null)} />}
    </Page>
  );
}
