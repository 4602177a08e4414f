import { Button } from '@midas-ds/components/button';
import { useState } from 'react';
import { formatDateTime } from '../../app/format.ts';
import { useQuery } from '../../app/use-core.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Row, Stack } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { MarkingBadge } from '../../components/MarkingBadge.tsx';
import { Notice } from '../../components/Notice.tsx';
import { sv } from '../../text/sv.ts';
import { daysSince } from './entries.ts';
import { MoveForm } from './MoveForm.tsx';

/** Copies that nobody has acknowledged, in every room that is open; what has waited the longest first. */
export function OutstandingPart({ onOpen }: { readonly onOpen: (code: string) => void }) {
  const { data, error, isFirst } = useQuery('register.outstanding', null);
  const [told, setTold] = useState<string | null>(null);
  const text = sv.register;
  if (isFirst) return <Loading />;
  return (
    <Stack>
      <ErrorBanner error={error} />
      {data?.length === 0 && <p>{text.outstandingNone}</p>}
      {data && data.length > 0 && (
        <>
          <Notice kind="important">{text.outstandingNotice}</Notice>
          <table>
            <thead>
              <tr>
                <th scope="col">{text.columns.number}</th>
                <th scope="col">{text.handedOut}</th>
                <th scope="col">{text.days}</th>
                <th scope="col">{text.actions}</th>
              </tr>
            </thead>
            <tbody>
              {data.map(({ entry, copy, since }) => (
                <tr key={copy.code}>
                  <th scope="row">
                    {copy.designation}
                    <div>
                      <MarkingBadge marking={entry.marking} />
                    </div>
                  </th>
                  <td>
                    {copy.holder}
                    <Muted>{formatDateTime(since)}</Muted>
                  </td>
                  <td>{daysSince(since, new Date())}</td>
                  <td>
                    <Row gap="small">
                      <Button
                        variant="secondary"
                        size="medium"
                        aria-label={text.receiptOf(copy.designation)}
                        onPress={() => setTold(copy.code)}
                      >
                        {text.receipt}
                      </Button>
                      <Button
                        variant="tertiary"
                        size="medium"
                        aria-label={text.openCopy(copy.designation)}
                        onPress={() => onOpen(copy.code)}
                      >
                        {sv.common.show}
                      </Button>
                    </Row>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {data
        ?.filter(({ copy }) => copy.code === told)
        .map(({ entry, copy }) => (
          <Dialog key={copy.code} title={text.openCopy(copy.designation)} onEnd={() => setTold(null)}>
            {/* When it was signed is seldom now: and what has been told is not changed afterwards. */}
            <MoveForm room={entry.room} copy={copy} move="receipt" onDone={() => setTold(null)} />
          </Dialog>
        ))}
    </Stack>
  );
}
