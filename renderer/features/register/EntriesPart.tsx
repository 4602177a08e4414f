import { Button } from '@midas-ds/components/button';
import { useState } from 'react';
import type { Room } from '../../../shared/domain/room.ts';
import { formatDateTime } from '../../app/format.ts';
import { useQuery } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { MarkingBadge } from '../../components/MarkingBadge.tsx';
import { sv } from '../../text/sv.ts';
import { INCOMING_KIND_NAME } from '../../../shared/domain/register.ts';
import { DecisionNote } from './DecisionNote.tsx';
import { IncomingButton } from './IncomingDialog.tsx';
import { daysSince, describeRaised, describeState, isStruck, type Copy, type Entry } from './entries.ts';
import styles from './RegisterScreen.module.css';
import { WordsDialog } from './WordsDialog.tsx';

interface EntriesPartProps {
  readonly room: Room;
  readonly onOpen: (code: string) => void;
}

/** Every document of a room, the newest first, with its copies. */
export function EntriesPart({ room, onOpen }: EntriesPartProps) {
  const { data, error, isFirst } = useQuery('register.entries', { room });
  const [editing, setEditing] = useState<Entry | null>(null);
  const text = sv.register;
  if (isFirst) return <Loading />;
  const { date, number, correspondent, summary, copies } = text.columns;
  return (
    <Stack>
      <ErrorBanner error={error} />
      <IncomingButton room={room} entries={data ?? []} />
      {data?.length === 0 && <p>{text.none}</p>}
      {data && data.length > 0 && (
        <table>
          <thead>
            <tr>
              {[date, number, correspondent, summary, copies].map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...data].reverse().map((entry) => (
              <EntryRow key={entry.serial} entry={entry} onOpen={onOpen} onEdit={() => setEditing(entry)} />
            ))}
          </tbody>
        </table>
      )}
      {editing && <WordsDialog entry={editing} onEnd={() => setEditing(null)} />}
    </Stack>
  );
}

interface EntryRowProps extends Omit<EntriesPartProps, 'room'> {
  readonly entry: Entry;
  readonly onEdit: () => void;
}

function EntryRow({ entry, onOpen, onEdit }: EntryRowProps) {
  const text = sv.register;
  const raised = describeRaised(entry);
  return (
    <tr>
      <td className={styles.date}>{formatDateTime(entry.registeredAt).slice(0, 10)}</td>
      <th scope="row">
        <span className={styles.long}>{entry.designation}</span>
        {entry.withdrawn && <Muted>{text.withdrawn}</Muted>}
        {entry.incoming && (
          <Muted>
            {sv.paper.cameIn(INCOMING_KIND_NAME[entry.incoming.kind], formatDateTime(entry.incoming.cameAt))}
            {entry.incoming.answers !== null && `. ${sv.paper.answersTo(entry.incoming.answers)}`}
          </Muted>
        )}
        {entry.formerly !== null && <Muted>{text.formerly(entry.formerly)}</Muted>}
        {raised !== null && <Muted>{raised}</Muted>}
        {!entry.withheld && (
          <div>
            <MarkingBadge marking={entry.marking} />
          </div>
        )}
      </th>
      {entry.withheld ? (
        <td colSpan={3}>
          <Muted>{text.withheld}</Muted>
        </td>
      ) : (
        <>
          <td className={styles.long}>
            {entry.incoming && entry.correspondent !== null
              ? text.cameFrom(entry.correspondent)
              : entry.correspondent}
          </td>
          <td>
            {entry.summary}
            {entry.decision && <DecisionNote decision={entry.decision} />}
            <div>
              <Button
                variant="tertiary"
                size="medium"
                aria-label={text.editOf(entry.designation)}
                onPress={onEdit}
              >
                {text.edit}
              </Button>
            </div>
          </td>
          <td>
            <ul className={styles.copies}>
              {entry.copies.map((copy) => (
                <li key={copy.code}>
                  <CopyLine copy={copy} onOpen={onOpen} />
                </li>
              ))}
            </ul>
          </td>
        </>
      )}
    </tr>
  );
}

function CopyLine({ copy, onOpen }: { readonly copy: Copy; readonly onOpen: (code: string) => void }) {
  const text = sv.register;
  const name = text.copyNumber(copy.number);
  return (
    <>
      <Button
        variant="secondary"
        size="medium"
        aria-label={text.copyButton(copy.number, copy.designation)}
        onPress={() => onOpen(copy.code)}
      >
        {isStruck(copy) ? <s>{name}</s> : name}
      </Button>
      <Muted>
        {describeState(copy)}
        {copy.outstandingSince !== null && ` · ${text.waiting(daysSince(copy.outstandingSince, new Date()))}`}
      </Muted>
    </>
  );
}
