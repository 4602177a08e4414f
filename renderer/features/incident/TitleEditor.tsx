import { TextField } from '@midas-ds/components/textfield';
import { z } from 'zod';
import { core } from '../../app/bridge.ts';
import { useDraft } from '../../app/use-draft.ts';
import { sv } from '../../text/sv.ts';
import { fitMarking, ItemEditor, markingSchema, wantedOf } from './ItemEditor.tsx';
import type { Incident } from './items.ts';

const schema = z.strictObject({ text: z.string(), marking: markingSchema, reason: z.string() });
type TitleDraft = Readonly<z.output<typeof schema>>;

interface TitleEditorProps {
  readonly incident: string;
  readonly title: NonNullable<Incident['title']>;
  readonly onEnd: () => void;
}

/** Gives the incident another title. The one before stays in its history. */
export function TitleEditor({ incident, title, onEnd }: TitleEditorProps) {
  const draft = useDraft<TitleDraft>({
    subject: `title:${incident}`,
    incident,
    schema,
    initial: {
      text: title.text,
      marking: { level: title.marking.level, basis: title.marking.basis },
      reason: '',
    },
    saved: { text: title.text },
    levelOf: ({ marking }) => marking.level,
    fit: (found) => fitMarking(found, title.marking),
  });
  const { text } = draft.value;
  const save = async (): Promise<void> => {
    await core.call('incidents.writeTitle', { incident, text, ...wantedOf(draft.value) });
  };
  return (
    <ItemEditor
      title={sv.incident.editHeading}
      draft={draft}
      marking={title.marking}
      canSave={text.trim() !== ''}
      save={save}
      onEnd={onEnd}
    >
      <TextField
        label={sv.incident.title}
        description={sv.newIncident.titleHelp}
        size="medium"
        value={text}
        onChange={(written) => draft.put({ text: written })}
        autoFocus
      />
    </ItemEditor>
  );
}
