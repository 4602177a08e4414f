import { formatDateTime } from '../../app/format.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { useQuery } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Panel } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { sv } from '../../text/sv.ts';
import { Packs } from './Packs.tsx';
import { PublisherKeys } from './PublisherKeys.tsx';

/** Which rules hold in this vault, where they come from, and who has decided so. */
export function RulesScreen() {
  const isOpen = useApp((state) => isUnlocked(state.status, 'open'));
  return (
    <Page title={sv.rules.title} lead={sv.rules.lead}>
      {isOpen ? <Installed /> : <Notice>{sv.rules.needsOpen}</Notice>}
    </Page>
  );
}

function Installed() {
  const { data, error } = useQuery('rules.installed', null);
  if (!data) return error ? <ErrorBanner error={error} /> : <Loading />;
  return (
    <>
      <ErrorBanner error={error} />
      <Packs installed={data} />
      <PublisherKeys keys={data.keys} />
      {data.decisions.length > 0 && (
        <Panel title={sv.rules.decisions}>
          <table>
            <tbody>
              {data.decisions.toReversed().map(({ at, by, kind, reason }) => (
                <tr key={`${at} ${reason}`}>
                  <th scope="row">{sv.rules.decisionKind[kind]}</th>
                  <td>{sv.rules.takenBy(formatDateTime(at), by)}</td>
                  <td>{reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      )}
    </>
  );
}
