import { CircleMinus, CirclePlus, PencilLine } from 'lucide-react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { describeMarking } from '../../../shared/domain/marking.ts';
import { sentAt } from '../../../shared/domain/receivers.ts';
import { formatDateTime } from '../../app/format.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { useQuery } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Notice } from '../../components/Notice.tsx';
import { sv } from '../../text/sv.ts';
import styles from './DifferenceView.module.css';
import type { Order } from './order.ts';

type Difference = AnswerOf<'reports.difference'>;
type Field = Difference['sections'][number]['fields'][number];
type Part = Field['before'][number];

const ICON = { changed: PencilLine, added: CirclePlus, removed: CircleMinus } as const;

/** What the report says now that it did not say when it was last sent, field by field. */
export function DifferenceView({ order }: { readonly order: Order }) {
  // What is shown of a room must go when it is locked, also while the answer is on its way.
  const isProtectedOpen = useApp((state) => isUnlocked(state.status, 'protected'));
  return <Compared key={`${isProtectedOpen} ${JSON.stringify(order)}`} order={order} />;
}

function Compared({ order }: { readonly order: Order }) {
  const { data, error } = useQuery('reports.difference', order);
  const text = sv.difference;
  if (error) return <ErrorBanner error={error} />;
  if (!data) return <Loading />;
  const { state, last, hiddenFields, sections } = data;
  if (state === 'never-sent') return <p>{text.neverSent}</p>;
  if (state === 'hidden') return <Notice>{text.hidden}</Notice>;
  return (
    <Stack gap="large">
      {last && <Muted>{againstWords(last)}</Muted>}
      {hiddenFields > 0 && <Notice>{text.hiddenFields(hiddenFields)}</Notice>}
      {sections.length === 0 && <p>{text.same}</p>}
      {sections.map(({ title, fields }) => (
        <section key={title} className={styles.section}>
          <h2>{title}</h2>
          {fields.map((field) => (
            <FieldChange key={field.id} field={field} />
          ))}
        </section>
      ))}
    </Stack>
  );
}

function againstWords(last: NonNullable<Difference['last']>): string {
  const at = sentAt(last);
  const way = sv.expedition.ways[last.way];
  return at === null
    ? sv.difference.againstMade(way, formatDateTime(last.madeAt))
    : sv.difference.against(way, formatDateTime(at));
}

function FieldChange({ field }: { readonly field: Field }) {
  const Icon = ICON[field.change];
  return (
    <article className={styles.field}>
      <h3 className={styles.head}>
        <Icon size={18} aria-hidden="true" />
        <span className={styles.change}>{sv.difference.changes[field.change]}</span>
        {field.label}
      </h3>
      <dl className={styles.sides}>
        <div data-side="before">
          <dt>{sv.difference.before}</dt>
          <Parts parts={field.before} />
        </div>
        <div data-side="after">
          <dt>{sv.difference.after}</dt>
          <Parts parts={field.after} />
        </div>
      </dl>
    </article>
  );
}

function Parts({ parts }: { readonly parts: readonly Part[] }) {
  if (parts.length === 0) return <dd>{sv.difference.nothing}</dd>;
  return parts.map(({ label, text, marking }, index) => (
    <dd key={index}>
      {label !== null && <strong>{label}: </strong>}
      <span className={styles.text}>{text}</span>
      <span className={styles.marking}>
        {marking === null ? sv.difference.noMarking : describeMarking(marking)}
      </span>
    </dd>
  ));
}
