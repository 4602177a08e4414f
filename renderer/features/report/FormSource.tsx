import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { ConfidenceBadge } from '../../components/ConfidenceBadge.tsx';
import { Muted } from '../../components/Layout.tsx';
import { sv } from '../../text/sv.ts';

type Form = AnswerOf<'reports.forms'>[number];

/** How sure it is that the authority asks for just this: a form put together at second hand does not look like its own. */
export function FormSource({
  form: { confidence, note },
}: {
  readonly form: Pick<Form, 'confidence' | 'note'>;
}) {
  return (
    <div>
      <p>
        {sv.report.formSource} <ConfidenceBadge confidence={confidence} />
      </p>
      {note !== undefined && <Muted>{note}</Muted>}
    </div>
  );
}
