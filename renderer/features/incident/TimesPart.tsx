import { Button } from '@midas-ds/components/button';
import { Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import { TIME_IDS, type TimeId } from '../../../shared/domain/incident.ts';
import { TIME_LABEL } from '../../../shared/domain/words.ts';
import { formatDateTime } from '../../app/format.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { Muted, Row, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { sv } from '../../text/sv.ts';
import { ItemMarking } from './ItemMarking.tsx';
import type { Incident } from './items.ts';
import { TimeEditor } from './TimeEditor.tsx';

/** When it happened, was found, and became known: different times that deadlines run from. */
export function TimesPart({ incident }: { readonly incident: Incident }) {
  const canWrite = useApp((state) => isUnlocked(state.status, 'open')) && !incident.protectedPartHidden;
  const [editing, setEditing] = useState<TimeId | null>(null);
  const timeOf = (id: TimeId): Incident['times'][number] | undefined =>
    incident.times.find((time) => time.id === id);
  return (
    <Stack>
      {incident.protectedPartHidden && <Notice kind="important">{sv.incident.hiddenWrite}</Notice>}
      <Muted>{sv.incident.timesLead}</Muted>
      <table>
        <thead>
          <tr>
            <th scope="col">{sv.incident.times}</th>
            <th scope="col">{sv.incident.at}</th>
            <th scope="col">{sv.incident.precisionLabel}</th>
            <th scope="col">{sv.incident.marking}</th>
          </tr>
        </thead>
        <tbody>
          {TIME_IDS.map((id) => (
            <TimeRow
              key={id}
              incident={incident.id}
              id={id}
              time={timeOf(id)}
              onEdit={canWrite ? () => setEditing(id) : null}
            />
          ))}
        </tbody>
      </table>
      {editing && (
        <TimeEditor
          key={editing}
          incident={incident.id}
          id={editing}
          time={timeOf(editing)}
          onEnd={() => setEditing(null)}
        />
      )}
    </Stack>
  );
}

interface TimeRowProps {
  readonly incident: string;
  readonly id: TimeId;
  readonly time: Incident['times'][number] | undefined;
  readonly onEdit: (() => void) | null;
}

function TimeRow({ incident, id, time, onEdit }: TimeRowProps) {
  const name = TIME_LABEL[id];
  const words = time
    ? { label: sv.incident.correct, full: sv.incident.correctOf(name) }
    : { label: sv.incident.setTime, full: sv.incident.setTimeOf(name) };
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <Row gap="small">
          {time ? formatDateTime(time.at) : <Muted>{sv.incident.notSet}</Muted>}
          {onEdit && (
            <Button
              variant="tertiary"
              size="medium"
              icon={time ? Pencil : Plus}
              aria-label={words.full}
              onPress={onEdit}
            >
              {words.label}
            </Button>
          )}
        </Row>
      </td>
      <td>{time && sv.incident.precision[time.precision]}</td>
      <td>
        {time && (
          <ItemMarking item={{ incident, kind: 'time', key: id }} name={name} marking={time.marking} />
        )}
      </td>
    </tr>
  );
}
