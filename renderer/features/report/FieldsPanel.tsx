import { Button } from '@midas-ds/components/button';
import { useState } from 'react';
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

interface FieldsPanelProps {
  readonly incident: Incident;
  readonly form: Form;
  readonly order: Order;
}

/** The fields that somebody can write, each with where it stands and a way to write it, beside the pages they make. */
export function FieldsPanel({ incident, form, order }: FieldsPanelProps) {
  const canWrite = useApp((state) => isUnlocked(state.status, 'open'));
  const { data } = useQuery('reports.build', order);
  const [editing, setEditing] = useState<FormField | null>(null);
  const built = new Map(
    data?.document.sections.flatMap(({ fields }) => fields).map((field) => [field.id, field]),
  );
  const fields = form.sections
    .flatMap((section) => section.fields)
    .filter(({ sources }) => sources.some(({ from }) => ['fact', 'time', 'answer'].includes(from)));
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
                  onPress={() => setEditing(field)}
                >
                  {verb}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {editing && (
        <FieldEditor incident={incident} form={form} field={editing} onEnd={() => setEditing(null)} />
      )}
    </Panel>
  );
}

interface FieldEditorProps extends Omit<FieldsPanelProps, 'order'> {
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
