import { useCallback } from 'react';
import { isAlike } from '../../../shared/domain/passphrase.ts';
import { Muted } from '../../components/Layout.tsx';
import { NewPassphrase } from '../../components/NewPassphrase.tsx';
import type { Passphrases } from '../../components/passphrases.ts';
import { sv } from '../../text/sv.ts';
import type { StepProps } from './plan.ts';

/** Two passphrases, each judged by the core while it is typed, and not the same one twice. */
export function PassphraseStep({ plan, change }: StepProps) {
  const { secrets, organisationName, userName } = plan;
  const put = useCallback(
    (next: (now: Passphrases) => Passphrases) => change((now) => ({ secrets: next(now.secrets) })),
    [change],
  );
  const isSame = secrets.open.secret !== '' && isAlike(secrets.open.secret, secrets.protected.secret);
  const field = { personal: [organisationName, userName], secrets, onChange: put };
  return (
    <>
      <Muted>{sv.create.passLead}</Muted>
      <NewPassphrase {...field} room="open" label={sv.create.passOpen} />
      <NewPassphrase
        {...field}
        room="protected"
        label={sv.create.passProtected}
        problem={isSame ? sv.create.passSame : undefined}
      />
    </>
  );
}
