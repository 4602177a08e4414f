import { TextArea } from '@midas-ds/components/textfield';
import { z } from 'zod';
import { LOG_KINDS } from '../../../shared/domain/incident.ts';
import { LOG_KIND_NAME } from '../../../shared/domain/words.ts';
import { core } from '../../app/bridge.ts';
import { formatDateTime } from '../../app/format.ts';
import { wantFocus } from '../../app/keep-focus.ts';
import { fromLocalInput } from '../../app/local-time.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { useWork } from '../../app/use-core.ts';
import { useDraft } from '../../app/use-draft.ts';
import { Choice } from '../../components/Choice.tsx';
import { DraftNotice, DraftState } from '../../components/DraftNotice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Panel, Stack } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { isComplete, MarkingField, useLevels } from '../../components/MarkingField.tsx';
import { Notice } from '../../components/Notice.tsx';
import { isTimeWrong, TimeField } from '../../components/TimeField.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { markingSchema } from './ItemEditor.tsx';
import { ItemMarking } from './ItemMarking.tsx';
import styles from './Parts.module.css';
import type { Incident } from './items.ts';

/** The chronology, the newest first, and a row to add. */
export function LogPart({ incident }: { readonly incident: Incident }) {
  const canWrite = useApp((state) => isUnlocked(state.status, 'open'));
  return (
    <Stack gap="large">
      {canWrite && incident.protectedPartHidden && <Notice kind="important">{sv.incident.hiddenLog}</Notice>}
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

const rowSchema = z.strictObject({
  kind: z.enum(LOG_KINDS),
  text: z.string(),
  at: z.string(),
  marking: markingSchema,
});
type RowDraft = Readonly<z.output<typeof rowSchema>>;
const EMPTY_ROW: RowDraft = {
  kind: 'atgard',
  text: '',
  at: '',
  marking: { level: 'oppen', basis: [] },
};

const ROW_TEXT = 'log-row-text';

function NewRow({ incident }: { readonly incident: string }) {
  const levels = useLevels();
  const subject = `log:${incident}`;
  const draft = useDraft<RowDraft>({
    subject,
    incident,
    schema: rowSchema,
    initial: EMPTY_ROW,
    levelOf: ({ marking }) => marking.level,
  });
  const { kind, text, at, marking } = draft.value;
  const write = useWork(async () => {
    await draft.whileSaving(() =>
      core.call('incidents.log', {
        incident,
        kind,
        at: fromLocalInput(at),
        text,
        ...marking,
        draft: subject,
      }),
    );
    // The button has nothing more to save: the next row is begun where this one was.
    wantFocus(ROW_TEXT);
  });
  if (draft.isLoading) return <Loading />;
  const isDone = text.trim() !== '' && isComplete(marking) && !isTimeWrong(at);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isDone) void write.run();
      }}
    >
      <Panel title={sv.incident.logAdd}>
        <DraftNotice draft={draft} />
        <Choice
          label={sv.incident.logKind}
          value={kind}
          options={LOG_KINDS.map((id) => [id, LOG_KIND_NAME[id]] as const)}
          onChange={(chosen) => draft.put({ kind: chosen })}
        />
        <TextArea
          id={ROW_TEXT}
          label={sv.incident.logText}
          value={text}
          onChange={(written) => draft.put({ text: written })}
          rows={3}
        />
        <TimeField label={sv.incident.logAt} value={at} onChange={(written) => draft.put({ at: written })} />
        <MarkingField
          key={draft.generation}
          label={sv.incident.marking}
          value={marking}
          levels={levels}
          onChange={(chosen) => draft.put({ marking: chosen })}
        />
        <DraftState draft={draft} />
        <ErrorBanner error={write.error} />
        <WorkButton work={write} size="medium" label={sv.incident.logSubmit} isDisabled={!isDone} />
      </Panel>
    </form>
  );
}
