import { TextArea } from '@midas-ds/components/textfield';
import { formatDateTime } from '../../app/format.ts';
import { useApp } from '../../app/store.ts';
import { useQuery } from '../../app/use-core.ts';
import { Button } from '@midas-ds/components/button';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { sv } from '../../text/sv.ts';
import type { Order } from '../report/order.ts';
import type { FieldsProps } from './EmailFields.tsx';

interface LabelAddressProps extends FieldsProps {
  readonly order: Order;
  readonly isDecided: boolean;
}

/** The address that the label is made for. One that nobody has confirmed needs a reason to be printed. */
export function LabelAddress({ order, isDecided, details, change }: LabelAddressProps) {
  const go = useApp((state) => state.go);
  const { data, error } = useQuery('reports.labelAddress', {
    ...order,
    carriage: details.carriage,
    decided: isDecided,
  });
  if (error) return <ErrorBanner error={error} />;
  if (!data) return null;
  const isConfirmed = data.status === 'confirmed' || data.address === null;
  return (
    <Stack gap="small">
      <h3>{sv.dispatch.label}</h3>
      <p>
        {data.recipient.name}: {data.lines.join(', ')}
      </p>
      {data.check && (
        <Muted>
          {sv.keys.addressChecked(
            formatDateTime(data.check.checkedAt),
            data.check.checkedBy,
            data.check.checkedHow,
          )}
        </Muted>
      )}
      {data.address === null && data.note !== null && <Notice kind="important">{data.note}</Notice>}
      {!isConfirmed && (
        <>
          <Notice kind="important" title={sv.dispatch.labelStatus[data.status]}>
            <p>{sv.dispatch.labelHelp}</p>
            <Button variant="secondary" size="medium" onPress={() => go({ screen: 'keys' })}>
              {sv.dispatch.toRecipients}
            </Button>
          </Notice>
          <TextArea
            label={sv.dispatch.labelReason}
            isRequired
            rows={2}
            value={details.addressReason}
            onChange={(addressReason) => change({ addressReason })}
          />
        </>
      )}
    </Stack>
  );
}
