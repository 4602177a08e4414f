import { useApp } from '../../app/store.ts';
import { useQuery } from '../../app/use-core.ts';
import { Button } from '@midas-ds/components/button';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { sv } from '../../text/sv.ts';

interface MailDestinationsProps {
  readonly form: string;
  /** Fingerprints of the keys that are chosen. */
  readonly to: readonly string[];
}

/** Where the letter goes, and how sure the address is: said before it is made, and what cannot be sent to is said too. */
export function MailDestinations({ form, to }: MailDestinationsProps) {
  const go = useApp((state) => state.go);
  const { data, error } = useQuery(
    'reports.mailDestinations',
    to.length === 0 ? undefined : { form, to: [...to] },
  );
  if (error) return <ErrorBanner error={error} />;
  const told = (data ?? []).filter(({ fingerprint }) => to.includes(fingerprint));
  return (
    <Stack gap="small">
      {told.map(({ fingerprint, address, remarks, isRefused }) =>
        remarks.length === 0 ? null : (
          <Notice
            key={fingerprint}
            kind={isRefused ? 'warning' : 'important'}
            title={address === null ? sv.dispatch.mailRefused : sv.dispatch.mailTo(address)}
          >
            {remarks.map((remark) => (
              <p key={remark}>{remark}</p>
            ))}
            <Button variant="secondary" size="medium" onPress={() => go({ screen: 'keys' })}>
              {sv.dispatch.toRecipients}
            </Button>
          </Notice>
        ),
      )}
    </Stack>
  );
}
