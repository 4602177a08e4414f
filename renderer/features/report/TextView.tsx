import { useQuery } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { MarkingBadge } from '../../components/MarkingBadge.tsx';
import { sv } from '../../text/sv.ts';
import type { Order } from './order.ts';
import styles from './TextView.module.css';

/** The same report read from top to bottom, with the marking of each part. */
export function TextView({ order }: { readonly order: Order }) {
  const { data, error } = useQuery('reports.build', order);
  if (error) return <ErrorBanner error={error} />;
  if (!data) return <Loading />;
  const { document } = data;
  return (
    <Stack gap="large">
      {document.introduction !== null && <p>{document.introduction}</p>}
      {document.sections.map((section) => (
        <section key={section.id} className={styles.section}>
          <h2>{section.title}</h2>
          {section.help !== undefined && <Muted>{section.help}</Muted>}
          <dl>
            {section.fields.map((field) => (
              <div key={field.id}>
                <dt>{field.label}</dt>
                {field.parts.length === 0 && (
                  <dd>{field.blank ? sv.report.blank : field.missing ? sv.report.unanswered : '–'}</dd>
                )}
                {field.parts.map((part) => (
                  <dd key={part.origin} className={styles.part}>
                    {part.label !== null && <strong>{part.label}: </strong>}
                    {part.text} {!part.withheld && part.codes.length > 0 && `[${part.codes.join('; ')}] `}
                    {!part.withheld && <MarkingBadge marking={part.marking} />}
                  </dd>
                ))}
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Stack>
  );
}
