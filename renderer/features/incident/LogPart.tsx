import { TextArea } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { LOG_KINDS, type LogKind } from '../../../shared/domain/incident.ts';
import { LOG_KIND_NAME } from '../../../shared/domain/words.ts';
import { core } from '../../app/bridge.ts';
import { formatDateTime } from '../../app/format.ts';
import { fromLocalInput } from '../../app/local-time.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { useWork } from '../../app/use-core.ts';
import { Choice } from '../../components/Choice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Panel, Stack } from '../../components/Layout.tsx';
import { isComplete, MarkingField, useLevels, type WantedMarking } from '../../components/MarkingField.tsx';
import { isTimeWrong, TimeField } from '../../components/TimeField.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { ItemMarking } from './ItemMarking.tsx';
import styles from './Parts.module.css';
import type { Incident } from './items.ts';

/** The chronology, the newest first, and a row to add. */
export function LogPart({ incident }: { readonly incident: Incident }) {
  const canWrite = useApp((state) => isUnlocked(state.status, 'open'));
  return (
    <Stack gap="large">
      {canWrite && <NewRow incident={incident.id} />}
      {incident.log.length === 0 && <Muted>{sv.incident.logNone}</Muted>}
      <ol className={styles.items}>
        {incident.log.toReversed().map((entry) => (
          <li key={entry.key}>
            <div className={styles.logHead}>
              <strong>{formatDateTime(entry.at)}</strong>
              <span>{LOG_KIND_NAME[entry.kind]}</span>
              {entry.by !== null && <span>{sv.incident.by(entry.by)}</span>}
              <ItemMarking
                item={{ incident: incident.id, kind: 'log', key: entry.key }}
                name={sv.incident.logRow(formatDateTime(entry.at))}
                marking={entry.marking}
              />
            </div>
            <p className={styles.text}>{entry.text}</p>
          </li>
        ))}
      </ol>
    </Stack>
  );
}

function NewRow({ incident }: { readonly incident: string }) {
  const [kind, setKind] = useState<LogKind>('atgard');
  const [text, setText] = useState('');
  const [at, setAt] = useState('');
  const levels = useLevels();
  const [marking, setMarking] = useState<WantedMarking>({ level: 'oppen', basis: [] });
  const write = useWork(async () => {
    await core.call('incidents.log', { incident, kind, at: fromLocalInput(at), text, ...marking });
    setText('');
    setAt('');
  });
  const isDone = text.trim() !== '' && isComplete(marking) && !isTimeWrong(at);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isDone) void write.run();
      }}
    >
      <Panel title={sv.incident.logAdd}>
        <Choice
          label={sv.incident.logKind}
          value={kind}
          options={LOG_KINDS.map((id) => [id, LOG_KIND_NAME[id]] as const)}
          onChange={setKind}
        />
        <TextArea label={sv.incident.logText} value={text} onChange={setText} rows={3} />
        <TimeField label={sv.incident.logAt} value={at} onChange={setAt} />
        <MarkingField label={sv.incident.marking} value={marking} levels={levels} onChange={setMarking} />
        <ErrorBanner error={write.error} />
        <WorkButton work={write} size="medium" label={sv.incident.logSubmit} isDisabled={!isDone} />
      </Panel>
    </form>
  );
}
