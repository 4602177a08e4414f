import { Button } from '@midas-ds/components/button';
import { FileInput } from 'lucide-react';
import { useState } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { describeComparison } from '../../../shared/domain/key-comparison.ts';
import { warnOfKey } from '../../../shared/domain/key-warnings.ts';
import { core, shell } from '../../app/bridge.ts';
import { formatFingerprint } from '../../app/format.ts';
import { useQuery, useWork } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Panel, Row } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { OwnKey } from './OwnKey.tsx';
import { CompareDialog, type UncomparedKey } from './CompareDialog.tsx';
import styles from './Keys.module.css';

type Key = AnswerOf<'keys.list'>[number];

/** The keys in the vault, and how each stands. */
export function Keys() {
  const { data: keys, error } = useQuery('keys.list', null);
  const [uncompared, setUncompared] = useState<UncomparedKey | null>(null);
  const read = useWork(async () => {
    const file = await shell.call('chooseFile', { title: sv.keys.importTitle, kind: 'key' });
    if (file === null) return;
    const answer = await core.call('keys.import', { key: file.content });
    if (!answer.verified) setUncompared(answer);
  });
  const own = useWork(async () => {
    const { email } = await core.call('vault.organisation', null);
    await core.call('keys.createOwn', { email, years: null });
  });
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
      {!hasOwn && (
        <Notice kind="important" title={sv.keys.own}>
          <p>{sv.keys.ownMissing}</p>
          <WorkButton work={own} size="medium" label={sv.keys.createOwn} onPress={() => void own.run()} />
        </Notice>
      )}
      <ErrorBanner error={own.error} />
      {keys && hasOwn && <OwnKey />}
      {keys?.length === 0 ? (
        <Muted>{sv.keys.noKeys}</Muted>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{sv.keys.who}</th>
              <th scope="col">{sv.keys.fingerprint}</th>
              <th scope="col">{sv.keys.expires}</th>
              <th scope="col">{sv.keys.status}</th>
            </tr>
          </thead>
          <tbody>
            {(keys ?? []).map((key) => (
              <tr key={key.fingerprint}>
                <th scope="row">{key.userIds.join(', ')}</th>
                <td>
                  <code>{formatFingerprint(key.fingerprint)}</code>
                  <Muted>{key.algorithm}</Muted>
                </td>
                <td className={styles.day}>{key.expiresAt?.slice(0, 10) ?? sv.keys.neverExpires}</td>
                <td>
                  {statusOf(key)}
                  {warnOfKey(key, keys ?? [], new Date()).map((warning) => (
                    <Notice key={warning} kind="warning">
                      {warning}
                    </Notice>
                  ))}
                  {isUncompared(key) && (
                    <Button
                      variant="secondary"
                      size="medium"
                      aria-label={`${sv.keys.compare}: ${key.userIds.join(', ')}`}
                      onPress={() => setUncompared(key)}
                    >
                      {sv.keys.compare}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {uncompared && <CompareDialog uncompared={uncompared} onEnd={() => setUncompared(null)} />}
    </Panel>
  );
}

function isUncompared(key: Key): boolean {
  return key.role === 'recipient' && key.verifiedAt === null;
}

function statusOf(key: Key): string {
  if (key.retiredAt !== null) return sv.keys.retired;
  if (key.role === 'own') return sv.keys.ownRole;
  if (key.verifiedAt === null) return sv.keys.notVerified;
  return sv.keys.verified(describeComparison(key));
}
