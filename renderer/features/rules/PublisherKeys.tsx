import { Button } from '@midas-ds/components/button';
import { FileInput } from 'lucide-react';
import { useState } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { core, shell } from '../../app/bridge.ts';
import { formatDateTime, formatFingerprint } from '../../app/format.ts';
import { useWork } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Panel } from '../../components/Layout.tsx';
import { sv } from '../../text/sv.ts';
import { KeyDialog } from './KeyDialog.tsx';

type Key = AnswerOf<'rules.readKey'>;
type Asked = { readonly key: Key; readonly file: string | null };

/** Whom packs are taken from. */
export function PublisherKeys({ keys }: { readonly keys: AnswerOf<'rules.installed'>['keys'] }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const read = useWork(async () => {
    const chosen = await shell.call('chooseFile', { title: sv.rules.chooseKey, kind: 'rules' });
    if (chosen === null) return;
    setAsked({ key: await core.call('rules.readKey', { file: chosen.content }), file: chosen.content });
  });
  return (
    <Panel
      title={sv.rules.keys}
      actions={
        <Button variant="secondary" size="medium" icon={FileInput} onPress={() => void read.run()}>
          {sv.rules.addKey}
        </Button>
      }
    >
      <Muted>{sv.rules.keysLead}</Muted>
      <ErrorBanner error={read.error} />
      {keys.length === 0 ? (
        <>
          <p>{sv.rules.noKeys}</p>
          <p>{sv.rules.noKeysHow}</p>
        </>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{sv.rules.publisher}</th>
              <th scope="col">{sv.rules.fingerprint}</th>
              <th scope="col">{sv.rules.decided}</th>
              <th scope="col">{sv.rules.state}</th>
            </tr>
          </thead>
          <tbody>
            {keys.map((key) => (
              <tr key={key.fingerprint}>
                <th scope="row">{key.name}</th>
                <td>
                  <code>{formatFingerprint(key.fingerprint.toUpperCase())}</code>
                </td>
                <td>
                  {key.decided
                    ? sv.rules.takenBy(formatDateTime(key.decided.at), key.decided.by.join(' och '))
                    : sv.rules.withProgram}
                  {key.decided && <Muted>{key.decided.reason}</Muted>}
                </td>
                <td>
                  {key.isRevoked ? (
                    sv.rules.revoked
                  ) : (
                    <Button
                      variant="secondary"
                      size="medium"
                      aria-label={sv.rules.revokeOf(key.name)}
                      onPress={() => setAsked({ key, file: null })}
                    >
                      {sv.rules.revoke}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {asked && <Decide asked={asked} onEnd={() => setAsked(null)} />}
    </Panel>
  );
}

function Decide({ asked: { key, file }, onEnd }: { readonly asked: Asked; readonly onEnd: () => void }) {
  const { fingerprint, name } = key;
  return file === null ? (
    <KeyDialog
      title={sv.rules.revokeTitle(name)}
      lead={sv.rules.revokeLead}
      submit={sv.rules.revokeSubmit}
      fingerprint={fingerprint}
      decide={(persons) => core.call('rules.revokeKey', { fingerprint, ...persons })}
      onEnd={onEnd}
    />
  ) : (
    <KeyDialog
      title={sv.rules.trustTitle(name)}
      lead={sv.rules.trustLead}
      submit={sv.rules.trustSubmit}
      fingerprint={fingerprint}
      decide={(persons) => core.call('rules.trustKey', { file, ...persons })}
      onEnd={onEnd}
    />
  );
}
