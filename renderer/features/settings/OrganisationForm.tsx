import { TextArea, TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { core } from '../../app/bridge.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { useWork } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';

const FIELDS = ['number', 'contact', 'phone', 'hours', 'email'] as const;
type Field = (typeof FIELDS)[number];

/** What stands on reports and labels beside the name, which is fixed. */
export function OrganisationForm({
  organisation,
}: {
  readonly organisation: AnswerOf<'vault.organisation'>;
}) {
  const canChange = useApp(({ status }) => isUnlocked(status, 'open') && isUnlocked(status, 'protected'));
  const [values, setValues] = useState<Readonly<Record<Field, string>>>({
    number: organisation.number ?? '',
    contact: organisation.contact ?? '',
    phone: organisation.phone ?? '',
    hours: organisation.hours ?? '',
    email: organisation.email ?? '',
  });
  const [address, setAddress] = useState(organisation.address.join('\n'));
  const [isSaved, setSaved] = useState(false);
  const save = useWork(async () => {
    setSaved(false);
    const fields = Object.fromEntries(FIELDS.map((field) => [field, values[field].trim() || null]));
    const lines = address
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
    await core.call('vault.changeOrganisation', { ...fields, address: lines });
    setSaved(true);
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (canChange) void save.run();
      }}
    >
      <Stack>
        <p>
          <strong>{organisation.name}</strong>
        </p>
        <Muted>{sv.settings.organisationLead}</Muted>
        {FIELDS.map((field) => (
          <TextField
            key={field}
            label={sv.settings.fields[field]}
            size="medium"
            isReadOnly={!canChange}
            value={values[field]}
            onChange={(value) => setValues({ ...values, [field]: value })}
          />
        ))}
        <TextArea
          label={sv.settings.address}
          isReadOnly={!canChange}
          value={address}
          onChange={setAddress}
          rows={3}
        />
        {isSaved && <Notice kind="success">{sv.settings.saved}</Notice>}
        <ErrorBanner error={save.error} />
        {canChange ? (
          <WorkButton work={save} size="medium" label={sv.settings.save} />
        ) : (
          <Muted>{sv.settings.needsBoth}</Muted>
        )}
      </Stack>
    </form>
  );
}
