import { Button } from '@midas-ds/components/button';
import { Checkbox } from '@midas-ds/components/checkbox';
import type { ShellSettings } from '../../../shared/contract/shell.ts';
import { LEVEL_NAME } from '../../../shared/domain/marking.ts';
import { shell } from '../../app/bridge.ts';
import { useApp } from '../../app/store.ts';
import { useQuery, useWork } from '../../app/use-core.ts';
import { Choice } from '../../components/Choice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Facts, Panel } from '../../components/Layout.tsx';
import { Page } from '../../components/Page.tsx';
import { sv } from '../../text/sv.ts';
import { DutiesForm } from './DutiesForm.tsx';
import { OrganisationForm } from './OrganisationForm.tsx';
import { PrintersForm } from './PrintersForm.tsx';
import styles from './SettingsScreen.module.css';

const THEMES = Object.entries(sv.settings.themes) as [ShellSettings['theme'], string][];
const CONTRASTS = Object.entries(sv.settings.contrasts) as [ShellSettings['contrast'], string][];
const MINUTES = [1, 2, 5, 10, 15, 30, 60].map(
  (minutes) => [`${minutes}`, sv.settings.minutes(minutes)] as const,
);

/** The window, the vault, and the organisation. */
export function SettingsScreen() {
  const { settings, setSettings, folder, status } = useApp();
  const { data: organisation, error } = useQuery('vault.organisation', null);
  const { data: printers, error: printersError } = useQuery('paper.printers', null);
  const { data: duties, error: dutiesError } = useQuery('vault.duties', null);
  const change = useWork(async (part: Partial<ShellSettings>) =>
    setSettings(await shell.call('changeSettings', part)),
  );
  return (
    <Page
      title={sv.settings.title}
      actions={
        <Button variant="secondary" size="medium" onPress={() => void shell.call('quit', null)}>
          {sv.settings.quit}
        </Button>
      }
    >
      <Panel title={sv.settings.window}>
        <div className={styles.choices}>
          <Choice
            label={sv.settings.theme}
            value={settings.theme}
            options={THEMES}
            onChange={(theme) => void change.run({ theme })}
          />
          <Choice
            label={sv.settings.contrast}
            value={settings.contrast}
            options={CONTRASTS}
            onChange={(contrast) => void change.run({ contrast })}
          />
          <Choice
            label={sv.settings.idle}
            value={`${settings.idleLockMinutes}`}
            options={MINUTES}
            onChange={(minutes) => void change.run({ idleLockMinutes: Number(minutes) })}
          />
        </div>
        <Checkbox
          isSelected={settings.lockOnMinimise}
          onChange={(lockOnMinimise) => void change.run({ lockOnMinimise })}
        >
          {sv.settings.minimise}
        </Checkbox>
        <ErrorBanner error={change.error} />
      </Panel>
      <Panel title={sv.settings.vault}>
        <Facts
          rows={[
            [sv.settings.folder, <code key="folder">{folder}</code>],
            [sv.settings.ceiling, LEVEL_NAME[status?.ceiling ?? 'oppen']],
          ]}
        />
      </Panel>
      <Panel title={sv.settings.organisation}>
        <ErrorBanner error={error} />
        {organisation && <OrganisationForm organisation={organisation} />}
      </Panel>
      <Panel title={sv.paper.printersTitle}>
        <ErrorBanner error={printersError} />
        {printers && <PrintersForm printers={printers} />}
      </Panel>
      <Panel title={sv.settings.dutiesTitle}>
        <ErrorBanner error={dutiesError} />
        {duties && <DutiesForm key={status?.unlocked.map(({ room }) => room).join(' ')} duties={duties} />}
      </Panel>
    </Page>
  );
}
