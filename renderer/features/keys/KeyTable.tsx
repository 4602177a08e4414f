import { Button } from '@midas-ds/components/button';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { describeComparison } from '../../../shared/domain/key-comparison.ts';
import { describeDistrust, isRevokedByOwner } from '../../../shared/domain/key-distrust.ts';
import { warnOfKey } from '../../../shared/domain/key-warnings.ts';
import { formatFingerprint } from '../../app/format.ts';
import { Muted, Row, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { sv } from '../../text/sv.ts';
import styles from './Keys.module.css';
import { UserId } from './UserId.tsx';

export type Key = AnswerOf<'keys.list'>[number];

interface KeyTableProps {
  readonly keys: readonly Key[];
  readonly onCompare: (key: Key) => void;
  readonly onDistrust: (key: Key) => void;
}

/** Every key, whose it is and how it stands, and what can be done with a recipient's. */
export function KeyTable({ keys, onCompare, onDistrust }: KeyTableProps) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{sv.keys.who}</th>
          <th scope="col">{sv.keys.fingerprint}</th>
          <th scope="col">{sv.keys.status}</th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key.fingerprint}>
            <th scope="row" className={styles.who}>
              {key.userIds.map((userId) => (
                <UserId key={userId} text={userId} />
              ))}
            </th>
            <td className={styles.fingerprint}>
              <code>{formatFingerprint(key.fingerprint)}</code>
              <Muted>{key.algorithm}</Muted>
              <Muted>{sv.keys.expires(key.expiresAt?.slice(0, 10) ?? null)}</Muted>
            </td>
            <td>
              <Stack gap="small">
                <p>{statusOf(key)}</p>
                {warnOfKey(key, keys, new Date()).map((warning) => (
                  <Notice key={warning} kind="warning">
                    {warning}
                  </Notice>
                ))}
                {key.role === 'recipient' && (
                  <KeyActions shown={key} onCompare={onCompare} onDistrust={onDistrust} />
                )}
              </Stack>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface KeyActionsProps extends Omit<KeyTableProps, 'keys'> {
  readonly shown: Key;
}

function KeyActions({ shown, onCompare, onDistrust }: KeyActionsProps) {
  const whose = shown.userIds.join(', ');
  const compare = shown.distrustedAt === null ? sv.keys.compare : sv.keys.compareAgain;
  return (
    <Row gap="small">
      {shown.verifiedAt === null && !isRevokedByOwner(shown) && (
        <Button
          variant="secondary"
          size="medium"
          aria-label={`${compare}: ${whose}`}
          onPress={() => onCompare(shown)}
        >
          {compare}
        </Button>
      )}
      {shown.distrustedAt === null && (
        <Button
          variant="secondary"
          size="medium"
          aria-label={`${sv.keys.distrust}: ${whose}`}
          onPress={() => onDistrust(shown)}
        >
          {sv.keys.distrust}
        </Button>
      )}
    </Row>
  );
}

function statusOf(key: Key): string {
  if (key.retiredAt !== null) return sv.keys.retired;
  if (key.role === 'own') return sv.keys.ownRole;
  const distrust = describeDistrust(key);
  if (distrust !== null) return `${sv.keys.distrusted} ${distrust}`;
  if (key.verifiedAt === null) return sv.keys.notVerified;
  return sv.keys.verified(describeComparison(key));
}
