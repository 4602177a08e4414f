import { Button } from '@midas-ds/components/button';
import { CircleCheck, CircleDashed, PenLine } from 'lucide-react';
import { useState } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import type { ReportField } from '../../../shared/domain/report.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { useQuery } from '../../app/use-core.ts';
import { Panel } from '../../components/Layout.tsx';
import { sv } from '../../text/sv.ts';
import { FactEditor } from '../incident/FactEditor.tsx';
import type { Incident } from '../incident/items.ts';
import { TimeEditor } from '../incident/TimeEditor.tsx';
import { editorOf, stateOf, type FieldEditor, type FieldState } from './fields.ts';
import styles from './FormFields.module.css';
import type { Order } from './order.ts';

type Form = AnswerOf<'reports.forms'>[number];

interface FormFieldsProps {
  readonly form: Form;
  readonly incident: Incident;
  readonly order: Order;
}

const ICON = { answered: CircleCheck, missing: CircleDashed, empty: CircleDashed, byHand: PenLine } as const;

/**
 * The form in its own order, each field with how it stands and the way to answer it. What is written is a fact of the
 * incident: every other report that asks for it has it too.
 */
export function FormFields({ form, incident, order }: FormFieldsProps) {
  const { data } = useQuery('reports.build', order);
  const canWrite = useApp((state) => isUnlocked(state.status, 'open'));
  const [editing, setEditing] = useState<FieldEditor | null>(null);
  const built = new Map(
    data?.document.sections.flatMap(({ fields }) => fields.map((field) => [field.id, field] as const)),
  );
  const end = (): void => setEditing(null);
  return (
    <Panel title={sv.report.fields}>
      {form.sections.map((section) => (
        <section key={section.id} className={styles.section}>
          <h3>{section.title}</h3>
          <ul className={styles.fields}>
            {section.fields.map((field) => (
              <FieldRow
                key={field.id}
                label={field.label}
                isRequired={field.required}
                field={built.get(field.id)}
                editor={canWrite ? editorOf(field) : null}
                onEdit={setEditing}
              />
            ))}
          </ul>
        </section>
      ))}
      {editing?.kind === 'fact' && (
        <FactEditor
          incident={incident.id}
          id={editing.id}
          fact={incident.facts.find(({ id }) => id === editing.id) ?? null}
          onEnd={end}
        />
      )}
      {editing?.kind === 'time' && (
        <TimeEditor
          incident={incident.id}
          id={editing.id}
          time={incident.times.find(({ id }) => id === editing.id)}
          onEnd={end}
        />
      )}
    </Panel>
  );
}

interface FieldRowProps {
  readonly label: string;
  readonly isRequired: boolean;
  /** undefined until the report has been built. */
  readonly field: ReportField | undefined;
  readonly editor: FieldEditor | null;
  readonly onEdit: (editor: FieldEditor) => void;
}

function FieldRow({ label, isRequired, field, editor, onEdit }: FieldRowProps) {
  const state: FieldState | null = field ? stateOf(field) : null;
  const Icon = state === null ? CircleDashed : ICON[state];
  const action = state === 'answered' ? sv.report.changeField : sv.report.answerField;
  return (
    <li className={styles.field} data-state={state ?? 'unknown'}>
      <Icon size={18} aria-hidden />
      <span className={styles.label}>
        {label}
        {isRequired && <span className={styles.required}> {sv.report.required}</span>}
        {state !== null && <span className={styles.state}>{sv.report.fieldStates[state]}</span>}
      </span>
      {editor && (
        <Button
          variant="tertiary"
          size="medium"
          aria-label={`${action}: ${label}`}
          onPress={() => onEdit(editor)}
        >
          {action}
        </Button>
      )}
    </li>
  );
}
