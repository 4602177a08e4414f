import { formatDateTime } from '../../app/format.ts';
import { today } from '../../app/local-time.ts';
import type { CoreError } from '../../app/core-client.ts';
import { useQuery } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { sv } from '../../text/sv.ts';
import styles from './CallScreen.module.css';

/** Who is called, by the id of the rules. */
const CALLED = 'cert-se';

/** A number to call, and how it stands. */
interface PhoneNumber {
  readonly id: string;
  readonly number: string;
  readonly status: keyof typeof sv.keys.addressStatus;
  readonly told: string;
}

/** The numbers of CERT-SE in the rules in force today, as somebody has confirmed them; one that was found wrong is left out. */
export function usePhoneNumbers(): {
  readonly numbers: readonly PhoneNumber[] | null;
  readonly error: CoreError | null;
} {
  const { data: recipients, error } = useQuery('keys.recipients', null);
  const { data: standings } = useQuery('keys.addresses', null);
  if (!recipients) return { numbers: null, error };
  const now = today();
  const addresses = recipients.find(({ id }) => id === CALLED)?.addresses ?? [];
  const numbers = addresses
    .filter(({ type }) => type === 'phone')
    .filter(({ validFrom, validTo }) => (validFrom ?? now) <= now && now <= (validTo ?? now))
    .flatMap(({ id, lines, status, source }): PhoneNumber[] => {
      const standing = standings?.find((one) => one.recipient === CALLED && one.address === id);
      const check = standing?.check ?? null;
      const told = check
        ? sv.keys.addressChecked(formatDateTime(check.checkedAt), check.checkedBy, check.checkedHow)
        : `${source.reference}. ${sv.keys.checked(source.checked)}`;
      const stands = standing?.status ?? status;
      return stands === 'wrong' ? [] : [{ id, number: lines.join(', '), status: stands, told }];
    });
  return { numbers, error };
}

/** In large type, with how sure each is. */
export function PhoneNumbers({ numbers, error }: ReturnType<typeof usePhoneNumbers>) {
  if (error) return <ErrorBanner error={error} />;
  return (
    <div>
      <Muted>{sv.call.numberLabel}</Muted>
      {numbers?.map(({ id, number, status, told }) => (
        <div key={id}>
          <p className={styles.number}>{number}</p>
          <Muted>
            {sv.keys.addressStatus[status]}: {told}
          </Muted>
        </div>
      ))}
      {numbers?.length === 0 && <Notice kind="warning">{sv.call.noNumber}</Notice>}
    </div>
  );
}
