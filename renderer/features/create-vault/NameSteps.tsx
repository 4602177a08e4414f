import { TextField } from '@midas-ds/components/textfield';
import { ORGANISATION_KINDS } from '../../../shared/domain/incident.ts';
import { ORGANISATION_KIND_NAME } from '../../../shared/domain/words.ts';
import { Choice } from '../../components/Choice.tsx';
import { Muted } from '../../components/Layout.tsx';
import { sv } from '../../text/sv.ts';
import { looksLikeAddress, type StepProps } from './plan.ts';

const KINDS = ORGANISATION_KINDS.map((kind) => [kind, ORGANISATION_KIND_NAME[kind]] as const);

export function OrganisationStep({ plan, change }: StepProps) {
  return (
    <>
      <Muted>{sv.create.organisationLead}</Muted>
      <TextField
        label={sv.create.organisationName}
        size="medium"
        value={plan.organisationName}
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
        isInvalid={plan.email.trim() !== '' && !looksLikeAddress(plan.email)}
        errorMessage={sv.create.emailWrong}
        onChange={(email) => change({ email })}
      />
    </>
  );
}

export function UserStep({ plan, change }: StepProps) {
  return (
    <>
      <Muted>{sv.create.userLead}</Muted>
      <TextField
        label={sv.create.userName}
        description={sv.create.userNameHelp}
        size="medium"
        autoComplete="off"
        value={plan.userName}
        onChange={(userName) => change({ userName })}
      />
    </>
  );
}
