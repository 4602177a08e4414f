import { TextArea, TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { z } from 'zod';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { core } from '../../app/bridge.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { useWork } from '../../app/use-core.ts';
import { useFormDraft } from '../../app/use-form-draft.ts';
import { DraftNotice, DraftState } from '../../components/DraftNotice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';

const FIELDS = ['number', 'contact', 'phone', 'hours', 'email'] as const;

type Organisation = AnswerOf<'vault.organisation'>;

const schema = z.strictObject({
  number: z.string(),
  contact: z.string(),
  phone: z.string(),
  hours: z.string(),
  email: z.string(),
  address: z.string(),
});
type OrganisationDraft = Readonly<z.output<typeof schema>>;

/** What stands on reports and labels beside the name, which is fixed. */
export function OrganisationForm({ organisation }: { readonly organisation: Organisation }) {
  const [isSaved, setSaved] = useState(false);
  // Made anew where what is stored has changed: the form begins with that.
  return (
    <OrganisationFields
      key={JSON.stringify(organisation)}
      organisation={organisation}
      isSaved={isSaved}
      onSaved={setSaved}
    />
  );
}

interface OrganisationFieldsProps {
  readonly organisation: Organisation;
  readonly isSaved: boolean;
  readonly onSaved: (isSaved: boolean) => void;
}

function OrganisationFields({ organisation, isSaved, onSaved }: OrganisationFieldsProps) {
  const canChange = useApp(({ status }) => isUnlocked(status, 'open') && isUnlocked(status, 'protected'));
  const stored = {
    number: organisation.number ?? '',
    contact: organisation.contact ?? '',
    phone: organisation.phone ?? '',
    hours: organisation.hours ?? '',
    email: organisation.email ?? '',
    address: organisation.address.join('\n'),
  };
  const draft = useFormDraft<OrganisationDraft>({
    subject: 'organisation',
    incident: null,
    schema,
    initial: stored,
    saved: stored,
  });
  const { address, ...values } = draft.value;
  const save = useWork(async () => {
    onSaved(false);
    const fields = Object.fromEntries(FIELDS.map((field) => [field, values[field].trim() || null]));
    const lines = address
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
    const change = { ...fields, address: lines };
    await draft.settle(() => core.call('vault.changeOrganisation', change));
    onSaved(true);
  });
  if (draft.isLoading) return <Loading />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (canChange && draft.other?.isSaved !== true) void save.run();
      }}
    >
      <Stack>
        <p>
          <strong>{organisation.name}</strong>
        </p>
        <Muted>{sv.settings.organisationLead}</Muted>
        {canChange && <DraftNotice draft={draft} />}
        {FIELDS.map((field) => (
          <TextField
            key={field}
            label={sv.settings.fields[field]}
            size="medium"
            isReadOnly={!canChange}
            value={values[field]}
            onChange={(value) => draft.put({ [field]: value })}
          />
        ))}
        <TextArea
          label={sv.settings.address}
          isReadOnly={!canChange}
          value={address}
          onChange={(written) => draft.put({ address: written })}
          rows={3}
        />
        {isSaved && !draft.isChanged && <Notice kind="success">{sv.settings.saved}</Notice>}
        {canChange && <DraftState draft={draft} />}
        <ErrorBanner error={save.error} />
        {canChange ? (
          <WorkButton work={save} size="medium" label={sv.settings.save} isDisabled={draft.other?.isSaved} />
        ) : (
          <Muted>{sv.settings.needsBoth}</Muted>
        )}
      </Stack>
    </form>
  );
}
