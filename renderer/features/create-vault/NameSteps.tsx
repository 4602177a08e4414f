import { TextField } from '@midas-ds/components/textfield';
import { ORGANISATION_KINDS } from '../../../shared/domain/incident.ts';
import { ORGANISATION_KIND_NAME } from '../../../shared/domain/words.ts';
import { Choice } from '../../components/Choice.tsx';
import { Muted } from '../../components/Layout.tsx';
import { sv } from '../../text/sv.ts';
import { faultsOf, type StepProps } from './plan.ts';

const KINDS = ORGANISATION_KINDS.map((kind) => [kind, ORGANISATION_KIND_NAME[kind]] as const);

export function OrganisationStep({ plan, change }: StepProps) {
  const { organisationName: fault, email: emailFault } = faultsOf(plan);
  return (
    <>
      <Muted>{sv.create.organisationLead}</Muted>
      <TextField
        label={sv.create.organisationName}
        size="medium"
        value={plan.organisationName}
        isInvalid={plan.organisationName !== '' && fault !== null}
        errorMessage={fault ?? undefined}
        onChange={(organisationName) => change({ organisationName })}
      />
      <Choice
        label={sv.create.organisationKind}
        value={plan.organisationKind}
        options={KINDS}
        onChange={(organisationKind) => change({ organisationKind })}
      />
      <TextField
        label={sv.create.email}
        description={sv.create.emailHelp}
        size="medium"
        autoComplete="off"
        value={plan.email}
        isInvalid={emailFault !== null}
        errorMessage={emailFault ?? undefined}
        onChange={(email) => change({ email })}
      />
    </>
  );
}

export function UserStep({ plan, change }: StepProps) {
  const { userName: fault } = faultsOf(plan);
  return (
    <>
      <Muted>{sv.create.userLead}</Muted>
      <TextField
        label={sv.create.userName}
        description={sv.create.userNameHelp}
        size="medium"
        autoComplete="off"
        value={plan.userName}
        isInvalid={plan.userName !== '' && fault !== null}
        errorMessage={fault ?? undefined}
        onChange={(userName) => change({ userName })}
      />
    </>
  );
}
