import { describeAuditAction } from '../../../shared/domain/audit-words.ts';
import type { Room } from '../../../shared/domain/room.ts';
import { formatDateTime } from '../../app/format.ts';
import { useQuery } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { sv } from '../../text/sv.ts';
import styles from './AuditTable.module.css';

/** More rows than this are for the file, not for reading on a screen. */
const MOST_ROWS = 300;
/** As much as two people compare by eye; the whole hash is in the file, and under the pointer. */
const HASH_SHOWN = 8;

/** The rows of a room, the newest first. */
export function AuditTable({ room }: { readonly room: Room }) {
  const { data, error, isFirst } = useQuery('audit.entries', { room });
  if (isFirst) return <Loading />;
  const all = data ?? [];
  const shown = all.slice(-MOST_ROWS).reverse();
  const { seq, at, actor, action, object, hash } = sv.audit.columns;
  return (
    <>
      <ErrorBanner error={error} />
      <Muted>{sv.audit.shown(shown.length, all.length)}</Muted>
      <table>
        <thead>
          <tr>
            {[seq, at, actor, action, object, hash].map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((entry) => (
            <tr key={entry.seq}>
              <td>{entry.seq}</td>
              <td className={styles.at}>{formatDateTime(entry.at)}</td>
              <td>{entry.actor}</td>
              <td>{describeAuditAction(entry.action)}</td>
              <td>
                <code>{entry.object}</code>
              </td>
              <td className={styles.hash}>
                <code title={entry.hash}>{entry.hash.slice(0, HASH_SHOWN)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
