import { Button } from '@midas-ds/components/button';
import { FileInput } from 'lucide-react';
import { useState } from 'react';
import { describeDistrust } from '../../../shared/domain/key-distrust.ts';
import { warnOfSender } from '../../../shared/domain/key-warnings.ts';
import { core, shell } from '../../app/bridge.ts';
import { formatFingerprint } from '../../app/format.ts';
import { useQuery, useWork } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Panel, Row, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { OwnKey } from './OwnKey.tsx';
import { CompareDialog, type UncomparedKey } from './CompareDialog.tsx';
import { DistrustDialog } from './DistrustDialog.tsx';
import { ImportOwnDialog } from './ImportOwnDialog.tsx';
import { KeyTable, type Key } from './KeyTable.tsx';

/** The keys in the vault, and how each stands. */
export function Keys() {
  const { data: keys, error } = useQuery('keys.list', null);
  const { data: organisation } = useQuery('vault.organisation', null);
  const [uncompared, setUncompared] = useState<UncomparedKey | null>(null);
  const [isImporting, setImporting] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const [ended, setEnded] = useState<string | null>(null);
  const [trusted, setTrusted] = useState<Key | null>(null);
  const read = useWork(async () => {
    const file = await shell.call('chooseFile', { title: sv.keys.importTitle, kind: 'key' });
    if (file === null) return;
    setSaid(null);
    setEnded(null);
    const answer = await core.call('keys.import', { key: file.content });
    setEnded(answer.ended);
    if (answer.ended === null && !answer.verified) setUncompared(answer);
    else if (answer.ended === null) setSaid(sv.keys.importedAgain(formatFingerprint(answer.fingerprint)));
  });
  const own = useWork(async () => {
    const { email } = await core.call('vault.organisation', null);
    await core.call('keys.createOwn', { email, years: null });
  });
  const startImport = (): void => {
    setSaid(null);
    setImporting(true);
  };
  const hasOwn = keys?.some((key) => key.role === 'own' && key.retiredAt === null) ?? true;
  return (
    <Panel
      title={sv.keys.keys}
      actions={
        <Row>
          <Button size="medium" icon={FileInput} onPress={() => void read.run()}>
            {sv.keys.import}
          </Button>
        </Row>
      }
    >
      <ErrorBanner error={error} />
      <ErrorBanner error={read.error} />
      {ended !== null && <Notice kind="important">{ended}</Notice>}
      {!hasOwn && (
        <Notice kind="important" title={sv.keys.own}>
          <p>{sv.keys.ownMissing}</p>
          <Row>
            <WorkButton work={own} size="medium" label={sv.keys.createOwn} onPress={() => void own.run()} />
            <Button variant="tertiary" size="medium" onPress={startImport}>
              {sv.keys.importOwn}
            </Button>
          </Row>
        </Notice>
      )}
      <ErrorBanner error={own.error} />
      <Stack gap="small">
        {keys && hasOwn && <OwnKey onSay={setSaid} onImport={startImport} />}
        <div role="status">{said !== null && <Notice kind="success">{said}</Notice>}</div>
        {warnOfSender(keys ?? [], organisation?.email ?? null).map((warning) => (
          <Notice key={warning} kind="warning">
            {warning}
          </Notice>
        ))}
      </Stack>
      {keys?.length === 0 ? (
        <Muted>{sv.keys.noKeys}</Muted>
      ) : (
        <KeyTable
          keys={keys ?? []}
          onCompare={(key) => setUncompared(key)}
          onDistrust={(key) => setTrusted(key)}
        />
      )}
      {uncompared && (
        <CompareDialog
          uncompared={uncompared}
          distrust={distrustOf(uncompared, keys ?? [])}
          onEnd={() => setUncompared(null)}
        />
      )}
      {isImporting && (
        <ImportOwnDialog
          onEnd={(imported) => {
            setImporting(false);
            if (imported === null) return;
            setSaid(sv.keys.importedOwn[imported.arrival](formatFingerprint(imported.fingerprint)));
          }}
        />
      )}
      {trusted && <DistrustDialog trusted={trusted} onEnd={() => setTrusted(null)} />}
    </Panel>
  );
}

/** A key that has just been read in from a file may be one that was taken out of use before. */
function distrustOf({ fingerprint }: UncomparedKey, keys: readonly Key[]): string | null {
  const known = keys.find((key) => key.fingerprint === fingerprint);
  return known ? describeDistrust(known) : null;
}
