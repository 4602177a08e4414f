import { ROOM_NAME } from '../../../shared/domain/room.ts';
import { formatDateTime } from '../../app/format.ts';
import { useQuery } from '../../app/use-core.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Row } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { MarkingBadge } from '../../components/MarkingBadge.tsx';
import { sv } from '../../text/sv.ts';
import styles from './HistoryDialog.module.css';
import { difference, textOfContent, type ItemReference } from './items.ts';

interface HistoryDialogProps {
  readonly item: ItemReference;
  readonly name: string;
  readonly onEnd: () => void;
}

/** Every revision of a value in the open rooms, the newest first, with what changed since the one before. */
export function HistoryDialog({ item, name, onEnd }: HistoryDialogProps) {
  const { data, error, isFirst } = useQuery('incidents.history', { item });
  const revisions = data ?? [];
  return (
    <Dialog title={sv.incident.historyOf(name)} onEnd={onEnd}>
      <ErrorBanner error={error} />
      {isFirst && <Loading />}
      {!isFirst && revisions.length === 0 && <Muted>{sv.incident.historyEmpty}</Muted>}
      <ol className={styles.revisions} reversed>
        {revisions
          .map((revision, index) => ({ revision, before: revisions[index - 1] }))
          .reverse()
          .map(({ revision, before }) => (
            <li key={`${revision.room} ${revision.revision}`}>
              <Row gap="small">
                <strong>{sv.incident.change[revision.change]}</strong>
                <span>
                  {formatDateTime(revision.changedAt)} {sv.incident.by(revision.changedBy)} ·{' '}
                  {ROOM_NAME[revision.room]}
                </span>
                <MarkingBadge marking={revision.marking} isFull />
              </Row>
              {revision.reason !== null && (
                <Muted>
                  {sv.common.reason}: {revision.reason}
                </Muted>
              )}
              <Change
                before={before ? textOfContent(before.content) : ''}
                after={textOfContent(revision.content)}
              />
            </li>
          ))}
      </ol>
    </Dialog>
  );
}

function Change({ before, after }: { readonly before: string; readonly after: string }) {
  return (
    <p className={styles.text}>
      {difference(before, after).map(({ kind, text }, index) =>
        kind === 'added' && before !== '' ? (
          <ins key={index}>{text}</ins>
        ) : kind === 'removed' ? (
          <del key={index}>{text}</del>
        ) : (
          <span key={index}>{text}</span>
        ),
      )}
    </p>
  );
}
