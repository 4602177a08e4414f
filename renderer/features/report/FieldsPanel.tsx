import { Button } from '@midas-ds/components/button';
import { useState } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { LATE_REASON } from '../../../shared/domain/form-answer.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { useQuery } from '../../app/use-core.ts';
import { Muted, Panel } from '../../components/Layout.tsx';
import { sv } from '../../text/sv.ts';
import { FactEditor } from '../incident/FactEditor.tsx';
import { TimeEditor } from '../incident/TimeEditor.tsx';
import type { Incident } from '../incident/items.ts';
import { AnswerEditor, type Form, type FormField } from './AnswerEditor.tsx';
import styles from './FieldsPanel.module.css';
import type { Order } from './order.ts';

type Document = AnswerOf<'reports.build'>['document'];

interface FieldsPanelProps {
  readonly incident: Incident;
  readonly form: Form;
  readonly order: Order;
  /** The id of a field to be written at once. */
  readonly opens?: string | undefined;
}

/** What the form itself does not ask for: why the report comes late, where it does and the law asks. */
function lateFieldOf(sections: Document['sections']): FormField[] {
  return sections.flatMap(({ help, fields }) =>
    fields
      .filter(({ id }) => id === LATE_REASON)
      .map(({ id, label }) => ({
        id,
        kind: 'long-text' as const,
        label,
        ...(help === undefined ? {} : { help }),
        required: true,
        sources: [{ from: 'answer' as const }],
      })),
  );
}

/** The fields that somebody can write, each with where it stands and a way to write it, beside the pages they make. */
export function FieldsPanel({ incident, form, order, opens }: FieldsPanelProps) {
  const canWrite = useApp((state) => isUnlocked(state.status, 'open'));
  const { data } = useQuery('reports.build', order);
  const [editing, setEditing] = useState<string | null>(opens ?? null);
  const built = new Map(
    data?.document.sections.flatMap(({ fields }) => fields).map((field) => [field.id, field]),
  );
  const fields = [
    ...lateFieldOf(data?.document.sections ?? []),
    ...form.sections.flatMap((section) => section.fields),
  ].filter(({ sources }) => sources.some(({ from }) => ['fact', 'time', 'answer'].includes(from)));
  const edited = fields.find(({ id }) => id === editing);
  const stateOf = ({ id }: FormField): 'answered' | 'missing' | 'empty' => {
    const field = built.get(id);
    return field && field.parts.length > 0 ? 'answered' : field?.missing ? 'missing' : 'empty';
  };
  return (
    <Panel title={sv.fields.title}>
      <Muted>{sv.fields.lead}</Muted>
      <ul className={styles.fields}>
        {fields.map((field) => {
          const state = stateOf(field);
          const verb = state === 'answered' ? sv.fields.edit : sv.fields.write;
          return (
            <li key={field.id} data-state={state}>
              <div>
                <span>{field.label}</span>
                <Muted>
                  {sv.fields[state]}
                  {field.sources.some(({ from }) => from === 'answer') && ` · ${sv.fields.own}`}
                </Muted>
              </div>
              {canWrite && (
                <Button
                  variant="tertiary"
                  size="medium"
                  aria-label={sv.fields.editOf(verb, field.label)}
                  onPress={() => setEditing(field.id)}
                >
                  {verb}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {edited && (
        <FieldEditor incident={incident} form={form} field={edited} onEnd={() => setEditing(null)} />
      )}
    </Panel>
  );
}

interface FieldEditorProps extends Omit<FieldsPanelProps, 'order' | 'opens'> {
  readonly field: FormField;
  readonly onEnd: () => void;
}

/** What answers the field first is what is written. */
function FieldEditor({ incident, form, field, onEnd }: FieldEditorProps) {
  const source = field.sources.find(({ from }) => ['fact', 'time', 'answer'].includes(from));
  if (source?.from === 'fact') {
    const fact = incident.facts.find(({ id }) => id === source.fact) ?? null;
    return <FactEditor incident={incident.id} id={source.fact} fact={fact} onEnd={onEnd} />;
  }
  if (source?.from === 'time') {
    const time = incident.times.find(({ id }) => id === source.time);
    return <TimeEditor incident={incident.id} id={source.time} time={time} onEnd={onEnd} />;
  }
  return (
    <AnswerEditor
      incident={incident.id}
      form={form.id}
      field={field}
      answer={incident.answers.find((answer) => answer.form === form.id && answer.field === field.id)}
      isTelling={form.regimes.includes('SIGNALSKYDDSINCIDENT')}
      onEnd={onEnd}
    />
  );
}
