import { Button } from '@midas-ds/components/button';
import { Checkbox } from '@midas-ds/components/checkbox';
import { warnOfKey, warnOfSender } from '../../../shared/domain/key-warnings.ts';
import { formatFingerprint } from '../../app/format.ts';
import { useApp } from '../../app/store.ts';
import { useQuery } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { sv } from '../../text/sv.ts';
import { Attachments } from './Attachments.tsx';
import type { Details } from './details.ts';

export interface FieldsProps {
  readonly details: Details;
  readonly change: (part: Partial<Details>) => void;
}

/** To whom: only keys whose fingerprint somebody has compared with the recipient. */
export function EmailFields({ details, change }: FieldsProps) {
  const { data: keys, error } = useQuery('keys.list', null);
  const { data: organisation } = useQuery('vault.organisation', null);
  const go = useApp((state) => state.go);
  const verified = (keys ?? []).filter(
    (key) => key.role === 'recipient' && key.verifiedAt !== null && key.retiredAt === null,
  );
  if (error) return <ErrorBanner error={error} />;
  if (keys && verified.length === 0) {
    return (
      <Notice kind="important">
        <p>{sv.dispatch.noKeys}</p>
        <Button variant="secondary" size="medium" onPress={() => go({ screen: 'keys' })}>
          {sv.dispatch.toKeys}
        </Button>
      </Notice>
    );
  }
  return (
    <Stack gap="small">
      <h3>{sv.dispatch.to}</h3>
      {verified.map(({ fingerprint, userIds, emails }) => (
        <Checkbox
          key={fingerprint}
          isSelected={details.to.includes(fingerprint)}
          onChange={(isSelected) =>
            change({
              to: isSelected
                ? [...details.to, fingerprint]
                : details.to.filter((other) => other !== fingerprint),
            })
          }
        >
          {`${emails[0] ?? userIds[0] ?? ''} · ${formatFingerprint(fingerprint)}`}
        </Checkbox>
      ))}
      {[
        ...verified.flatMap((key) => warnOfKey(key, keys ?? [], new Date())),
        ...warnOfSender(keys ?? [], organisation?.email ?? null),
      ].map((warning) => (
        <Notice key={warning} kind="warning">
          {warning}
        </Notice>
      ))}
      <Attachments attachments={details.attachments} onChange={(attachments) => change({ attachments })} />
    </Stack>
  );
}
