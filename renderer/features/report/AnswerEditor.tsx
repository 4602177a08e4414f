import { TextArea, TextField } from '@midas-ds/components/textfield';
import { z } from 'zod';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { findAnswerFault, listOf, overLength } from '../../../shared/domain/form-answer.ts';
import { core } from '../../app/bridge.ts';
import { useDraft } from '../../app/use-draft.ts';
import { useQuery } from '../../app/use-core.ts';
import { Muted } from '../../components/Layout.tsx';
import { sv } from '../../text/sv.ts';
import { fitMarking, ItemEditor, markingSchema, wantedOf } from '../incident/ItemEditor.tsx';
import type { Incident } from '../incident/items.ts';
import { CodeChoice } from './CodeChoice.tsx';

export type Form = AnswerOf<'reports.forms'>[number];
export type FormField = Form['sections'][number]['fields'][number];

const schema = z.strictObject({
  text: z.string(),
  codes: z.array(z.string()).readonly(),
  marking: markingSchema,
  reason: z.string(),
});
type AnswerDraft = Readonly<z.output<typeof schema>>;

interface AnswerEditorProps {
  readonly incident: string;
  readonly form: string;
  readonly field: FormField;
  /** undefined where nobody has answered it yet. */
  readonly answer: Incident['answers'][number] | undefined;
  /** The form tells of säkerhetsskydd: its answers begin at the lowest class. */
  readonly isTelling: boolean;
  readonly onEnd: () => void;
}

/** Writes what only this form asks, with a marking of its own. */
export function AnswerEditor({ incident, form, field, answer, isTelling, onEnd }: AnswerEditorProps) {
  const { data: lists } = useQuery('rules.codeLists', null);
  const first = isTelling
    ? ({ level: 'begransat-hemlig', basis: ['15 kap. 2 § OSL'] } as const)
    : ({ level: 'oppen', basis: [] } as const);
  const draft = useDraft<AnswerDraft>({
    subject: `answer:${incident}:${form}/${field.id}`,
    incident,
    schema,
    initial: {
      text: answer?.text ?? '',
      codes: answer?.codes ?? [],
      marking: answer ? { level: answer.marking.level, basis: answer.marking.basis } : first,
      reason: '',
    },
    saved: { text: answer?.text ?? '', codes: answer?.codes ?? [] },
    levelOf: ({ marking }) => marking.level,
    fit: (found) => fitMarking(found, answer?.marking),
  });
  const { text, codes } = draft.value;
  const fault = findAnswerFault(field, { text, codes });
  const over = overLength(field, text);
  const list = lists?.find(({ id }) => id === listOf(field));
  const save = async (): Promise<void> => {
    await core.call('incidents.writeAnswer', {
      incident,
      form,
      field: field.id,
      text,
      codes,
      ...wantedOf(draft.value),
    });
  };
  return (
    <ItemEditor
      title={field.label}
      draft={draft}
      marking={answer?.marking}
      canSave={fault === null}
      save={save}
      onEnd={onEnd}
    >
      {field.help !== undefined && <Muted>{field.help}</Muted>}
      {field.note !== undefined && <Muted>{field.note}</Muted>}
      {list && (
        <CodeChoice
          list={list}
          isMany={field.kind === 'codes'}
          value={codes}
          onChange={(chosen) => draft.put({ codes: chosen })}
        />
      )}
      {field.kind === 'long-text' || field.kind === undefined || list ? (
        <TextArea
          label={sv.incident.text}
          value={text}
          rows={list ? 2 : 6}
          onChange={(written) => draft.put({ text: written })}
        />
      ) : (
        <TextField
          label={sv.incident.text}
          size="medium"
          value={text}
          autoComplete="off"
          onChange={(written) => draft.put({ text: written })}
        />
      )}
      {text !== '' && fault !== null && <Muted>{fault}</Muted>}
      {over > 0 && <Muted>{sv.portal.over(over)}</Muted>}
    </ItemEditor>
  );
}
