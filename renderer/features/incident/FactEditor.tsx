import { TextArea } from '@midas-ds/components/textfield';
import { z } from 'zod';
import type { FactId } from '../../../shared/domain/incident.ts';
import { FACT_LABEL } from '../../../shared/domain/words.ts';
import { core } from '../../app/bridge.ts';
import { wantFocus } from '../../app/keep-focus.ts';
import { useApp } from '../../app/store.ts';
import { useDraft } from '../../app/use-draft.ts';
import { sv } from '../../text/sv.ts';
import { CodesField } from './CodesField.tsx';
import { fitMarking, ItemEditor, markingSchema, wantedOf } from './ItemEditor.tsx';
import { factItem, type Fact } from './items.ts';

interface FactEditorProps {
  readonly incident: string;
  readonly id: FactId;
  /** null where nobody has answered it yet. */
  readonly fact: Fact | null;
  readonly onEnd: () => void;
}

const schema = z.strictObject({
  text: z.string(),
  codes: z.array(z.string()).readonly(),
  marking: markingSchema,
  reason: z.string(),
});
type FactDraft = Readonly<z.output<typeof schema>>;

/** Where the button lies that opens this for a fact that has been answered. */
export const editButtonOf = (id: FactId): string => `edit-${id}`;

/** Writes a fact, or changes it. The marking is chosen before it is stored; it cannot be lowered here. */
export function FactEditor({ incident, id, fact, onEnd }: FactEditorProps) {
  const setUndoable = useApp((state) => state.setUndoable);
  const draft = useDraft<FactDraft>({
    subject: `fact:${incident}:${id}`,
    incident,
    schema,
    initial: {
      text: fact?.text ?? '',
      codes: fact?.codes ?? [],
      marking: { level: fact?.marking.level ?? 'oppen', basis: fact?.marking.basis ?? [] },
      reason: '',
    },
    saved: { text: fact?.text ?? '', codes: fact?.codes ?? [] },
    levelOf: ({ marking }) => marking.level,
    fit: (found) => fitMarking(found, fact?.marking),
  });
  const { text, codes } = draft.value;
  const save = async (): Promise<void> => {
    await core.call('incidents.write', {
      item: factItem(incident, id),
      text,
      codes,
      ...wantedOf(draft.value),
    });
    setUndoable(fact ? { incident, fact: id } : null);
    // What opened this may be gone: a fact that was missing no longer is.
    wantFocus(editButtonOf(id));
  };
  return (
    <ItemEditor
      title={FACT_LABEL[id]}
      draft={draft}
      marking={fact?.marking}
      canSave={text.trim() !== '' || codes.length > 0}
      save={save}
      onEnd={onEnd}
    >
      <TextArea
        label={sv.incident.text}
        value={text}
        onChange={(written) => draft.put({ text: written })}
        rows={8}
        autoFocus
      />
      <CodesField
        incident={incident}
        key={draft.generation}
        fact={id}
        value={codes}
        onChange={(chosen) => draft.put({ codes: chosen })}
      />
    </ItemEditor>
  );
}
