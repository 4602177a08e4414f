import { z } from 'zod';
import { TIME_PRECISIONS, type TimeId } from '../../../shared/domain/incident.ts';
import { TIME_LABEL } from '../../../shared/domain/words.ts';
import { core } from '../../app/bridge.ts';
import { fromLocalInput, toLocalInput } from '../../app/local-time.ts';
import { useDraft } from '../../app/use-draft.ts';
import { Choice } from '../../components/Choice.tsx';
import { TimeField } from '../../components/TimeField.tsx';
import { sv } from '../../text/sv.ts';
import { fitMarking, ItemEditor, markingSchema, wantedOf } from './ItemEditor.tsx';
import type { Incident } from './items.ts';

const schema = z.strictObject({
  at: z.string(),
  precision: z.enum(TIME_PRECISIONS),
  marking: markingSchema,
  reason: z.string(),
});
type TimeDraft = Readonly<z.output<typeof schema>>;

interface TimeEditorProps {
  readonly incident: string;
  readonly id: TimeId;
  /** undefined where it has not been set. */
  readonly time: Incident['times'][number] | undefined;
  readonly onEnd: () => void;
}

/** Sets a time, or corrects it. Deadlines run from some of them: what stood there before stays in the history. */
export function TimeEditor({ incident, id, time, onEnd }: TimeEditorProps) {
  const draft = useDraft<TimeDraft>({
    subject: `time:${incident}:${id}`,
    incident,
    schema,
    initial: {
      at: time ? toLocalInput(new Date(time.at)) : '',
      precision: time?.precision ?? 'exact',
      marking: { level: time?.marking.level ?? 'oppen', basis: time?.marking.basis ?? [] },
      reason: '',
    },
    saved: { at: time?.at ?? '', precision: time?.precision ?? 'exact' },
    levelOf: ({ marking }) => marking.level,
    fit: (found) => fitMarking(found, time?.marking),
  });
  const { at: written, precision } = draft.value;
  // What is not touched stays as it was, to the second.
  const at = time && written === toLocalInput(new Date(time.at)) ? time.at : fromLocalInput(written);
  const save = async (): Promise<void> => {
    if (at === null) return;
    const value = { incident, time: id, at, precision };
    await core.call('incidents.writeTime', { ...value, ...wantedOf(draft.value) });
  };
  return (
    <ItemEditor
      title={TIME_LABEL[id]}
      draft={draft}
      marking={time?.marking}
      canSave={at !== null}
      save={save}
      onEnd={onEnd}
    >
      <TimeField
        label={sv.incident.at}
        value={written}
        onChange={(value) => draft.put({ at: value })}
        autoFocus
      />
      <Choice
        label={sv.incident.precisionLabel}
        value={precision}
        options={TIME_PRECISIONS.map((one) => [one, sv.incident.precision[one]] as const)}
        onChange={(chosen) => draft.put({ precision: chosen })}
      />
    </ItemEditor>
  );
}
