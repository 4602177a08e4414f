import { isUnlocked, useApp } from '../../app/store.ts';
import { useQuery } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Panel, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { sv } from '../../text/sv.ts';
import { Keys } from './Keys.tsx';

/** Whom we write to: the keys that have been compared, and the addresses in the rules. */
export function KeysScreen() {
  const isOpen = useApp((state) => isUnlocked(state.status, 'open'));
  return (
    <Page title={sv.keys.title} lead={sv.keys.lead}>
      {isOpen ? <Keys /> : <Notice>{sv.keys.needsOpen}</Notice>}
      <Recipients />
    </Page>
  );
}

function Recipients() {
  const { data, error } = useQuery('keys.recipients', null);
  return (
    <Panel title={sv.keys.recipients}>
      <ErrorBanner error={error} />
      {(data ?? []).map((recipient) => (
        <Stack key={recipient.id} gap="small">
          <h3>{recipient.name}</h3>
          {recipient.note !== undefined && <Muted>{recipient.note}</Muted>}
          {recipient.addresses.length > 0 && (
            <table>
              <thead>
                <tr>
                  <th scope="col">{sv.keys.purpose}</th>
                  <th scope="col">{sv.keys.address}</th>
                  <th scope="col">{sv.keys.status}</th>
                </tr>
              </thead>
              <tbody>
                {recipient.addresses.map((address) => (
                  <tr key={address.id}>
                    <th scope="row">
                      {address.purpose} ({sv.keys.addressType[address.type]})
                    </th>
                    <td>
                      {address.lines.map((line) => (
                        <div key={line}>{line}</div>
                      ))}
                      {address.note !== undefined && <Muted>{address.note}</Muted>}
                    </td>
                    <td>
                      {sv.keys.addressStatus[address.status]}, {sv.keys.checked(address.source.checked)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Stack>
      ))}
    </Panel>
  );
}
