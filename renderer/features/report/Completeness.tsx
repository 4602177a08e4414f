import { useQuery } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Panel, Row, Stack } from '../../components/Layout.tsx';
import { MarkingBadge } from '../../components/MarkingBadge.tsx';
import { sv } from '../../text/sv.ts';
import type { Order } from './order.ts';

/** What the report is marked, what it lacks, and what to know before it is trusted. */
export function Completeness({ order, note }: { readonly order: Order; readonly note: string | null }) {
  const { data, error } = useQuery('reports.build', order);
  if (error) return <ErrorBanner error={error} />;
  if (!data) return null;
  const { document, remarks } = data;
  const withheld = document.sections
    .flatMap(({ fields }) => fields)
    .flatMap(({ parts }) => parts)
    .filter((part) => part.withheld).length;
  return (
    <Panel>
      <Stack gap="small">
        <h2>{sv.report.marking}</h2>
        <Row>
          <MarkingBadge marking={document.marking} isFull />
        </Row>
        {withheld > 0 && <Muted>{sv.report.withheld(withheld)}</Muted>}
      </Stack>
      <Stack gap="small">
        <h2>{sv.report.missing}</h2>
        {document.missing.length === 0 ? (
          <p>{sv.report.nothingMissing}</p>
        ) : (
          <>
            <ul>
              {document.missing.map(({ field, label }) => (
                <li key={field}>{label}</li>
              ))}
            </ul>
            <Muted>{sv.report.draft}</Muted>
          </>
        )}
      </Stack>
      {(remarks.length > 0 || note !== null) && (
        <Stack gap="small">
          <h2>{sv.report.remarks}</h2>
          {note !== null && <Muted>{note}</Muted>}
          {remarks.map((remark) => (
            <Muted key={remark}>{remark}</Muted>
          ))}
        </Stack>
      )}
    </Panel>
  );
}
