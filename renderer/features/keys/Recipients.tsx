import { Button } from '@midas-ds/components/button';
import { useState } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { whyNoLetter } from '../../../shared/domain/key-warnings.ts';
import { formatDateTime, formatFingerprint } from '../../app/format.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { useQuery } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { ConfidenceBadge } from '../../components/ConfidenceBadge.tsx';
import { Muted, Panel, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { sv } from '../../text/sv.ts';
import type { Address, Recipient } from './address.ts';
import { AddressDialog } from './AddressDialog.tsx';
import { BindDialog } from './BindDialog.tsx';

type Standing = AnswerOf<'keys.addresses'>[number];

/** What is asked about: which address, and whether it is of the address itself or of the key for it. */
interface Asked {
  readonly what: 'address' | 'key';
  readonly recipient: Recipient;
  readonly address: Address;
}

/** The addresses in the rules, how each stands, and what a person has been told of it. */
export function Recipients() {
  const isOpen = useApp((state) => isUnlocked(state.status, 'open'));
  const { data, error } = useQuery('keys.recipients', null);
  const { data: standings } = useQuery('keys.addresses', isOpen ? null : undefined);
  const { data: keys } = useQuery('keys.list', isOpen ? null : undefined);
  const [asked, setAsked] = useState<Asked | null>(null);
  return (
    <Panel title={sv.keys.recipients}>
      <Muted>{sv.keys.recipientsLead}</Muted>
      <ErrorBanner error={error} />
      {(data ?? []).map((recipient) => (
        <Stack key={recipient.id} gap="small">
          <h3>{recipient.name}</h3>
          {recipient.note !== undefined && <Muted>{recipient.note}</Muted>}
          {recipient.addresses.length > 0 && (
            <table>
              <thead>
                <tr>
                  <th scope="col">{sv.keys.purpose}</th>
                  <th scope="col">{sv.keys.address}</th>
                  <th scope="col">{sv.keys.status}</th>
                </tr>
              </thead>
              <tbody>
                {recipient.addresses.map((address) => (
                  <AddressRow
                    key={address.id}
                    recipient={recipient}
                    address={address}
                    standing={
                      standings?.find(
                        (one) => one.recipient === recipient.id && one.address === address.id,
                      ) ?? null
                    }
                    keys={keys ?? []}
                    onAsk={isOpen ? (what) => setAsked({ what, recipient, address }) : null}
                  />
                ))}
              </tbody>
            </table>
          )}
        </Stack>
      ))}
      {asked?.what === 'address' && <AddressDialog {...asked} onEnd={() => setAsked(null)} />}
      {asked?.what === 'key' && <BindDialog {...asked} onEnd={() => setAsked(null)} />}
    </Panel>
  );
}

interface AddressRowProps {
  readonly recipient: Recipient;
  readonly address: Address;
  readonly standing: Standing | null;
  readonly keys: AnswerOf<'keys.list'>;
  /** null where the open room is locked. */
  readonly onAsk: ((what: Asked['what']) => void) | null;
}

function AddressRow({ recipient, address, standing, keys, onAsk }: AddressRowProps) {
  const status = standing?.status ?? address.status;
  const check = standing?.check ?? null;
  const name = `${recipient.name}, ${address.purpose}`;
  const chosen = keys.find(({ fingerprint }) => fingerprint === standing?.fingerprint);
  const hindrance = chosen ? whyNoLetter(chosen, new Date()) : null;
  return (
    <tr>
      <th scope="row">
        {address.purpose} ({sv.keys.addressType[address.type]})
      </th>
      <td>
        {address.lines.map((line) => (
          <div key={line}>{line}</div>
        ))}
        {address.note !== undefined && <Muted>{address.note}</Muted>}
        {standing?.fingerprint && <Muted>{sv.keys.boundTo(formatFingerprint(standing.fingerprint))}</Muted>}
        {hindrance !== null && <Notice kind="warning">{hindrance}</Notice>}
      </td>
      <td>
        <Stack gap="small">
          <p>
            <strong>{sv.keys.addressStatus[status]}</strong>
          </p>
          <Muted>
            {check
              ? (check.outcome === 'wrong' ? sv.keys.addressWrong : sv.keys.addressChecked)(
                  formatDateTime(check.checkedAt),
                  check.checkedBy,
                  check.checkedHow,
                )
              : sv.keys.checked(address.source.checked)}
          </Muted>
          <p>
            <ConfidenceBadge confidence={address.confidence} />
          </p>
          <Muted>{address.source.reference}</Muted>
          {onAsk && (
            <Button
              variant="secondary"
              size="medium"
              aria-label={`${sv.keys.checkAddress}: ${name}`}
              onPress={() => onAsk('address')}
            >
              {sv.keys.checkAddress}
            </Button>
          )}
          {onAsk && address.type === 'email' && (
            <Button
              variant="tertiary"
              size="medium"
              aria-label={`${sv.keys.chooseKey}: ${name}`}
              onPress={() => onAsk('key')}
            >
              {sv.keys.chooseKey}
            </Button>
          )}
        </Stack>
      </td>
    </tr>
  );
}
