import { TextArea } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { z } from 'zod';
import type { RequestOf } from '../../../shared/contract/contract.ts';
import { formatFingerprint } from '../../app/format.ts';
import { useApp } from '../../app/store.ts';
import { useWork } from '../../app/use-core.ts';
import { useFormDraft } from '../../app/use-form-draft.ts';
import { Dialog, DialogActions } from '../../components/Dialog.tsx';
import { DraftDialog } from '../../components/DraftDialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted } from '../../components/Layout.tsx';
import { SecondPersonFields, type SecondPerson } from '../../components/SecondPersonFields.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';

/** What two persons have said: why, who the other one is, and her proof. */
export type TwoPersons = Pick<RequestOf<'rules.revokeKey'>, 'reason' | 'secondUser' | 'secondPassphrase'>;

const schema = z.strictObject({ reason: z.string() });
type KeyDraft = Readonly<z.output<typeof schema>>;

interface KeyDialogProps {
  readonly title: string;
  readonly lead: string;
  readonly submit: string;
  readonly fingerprint: string;
  readonly decide: (persons: TwoPersons) => Promise<unknown>;
  readonly onEnd: () => void;
}

/** A change of whom packs are taken from: two persons, the fingerprint that they have compared, and the reason. */
export function KeyDialog({ title, lead, submit, fingerprint, decide, onEnd }: KeyDialogProps) {
  const status = useApp((state) => state.status);
  const own = status?.unlocked.find(({ room }) => room === 'open')?.user;
  const others = (status?.users ?? []).filter(({ room, name }) => room === 'open' && name !== own);
  const draft = useFormDraft<KeyDraft>({
    subject: `pack:key/${fingerprint.toUpperCase()}`,
    incident: null,
    schema,
    initial: { reason: '' },
  });
  const { reason } = draft.value;
  const [second, setSecond] = useState<SecondPerson>({
    secondUser: others[0]?.name ?? null,
    secondPassphrase: '',
  });
  const { secondUser, secondPassphrase } = second;
  const work = useWork(async () => {
    if (secondUser === null) return;
    setSecond({ secondUser, secondPassphrase: '' });
    const persons = { reason, secondUser, secondPassphrase };
    await draft.settle(() => decide(persons));
    onEnd();
  });
  const isDone = reason.trim() !== '' && secondUser !== null && secondPassphrase !== '';
  if (others.length === 0) {
    return (
      <Dialog title={title} onEnd={onEnd}>
        <p>{sv.rules.nobody}</p>
      </Dialog>
    );
  }
  return (
    <DraftDialog
      title={title}
      draft={draft}
      isRunning={work.isRunning}
      onSubmit={() => {
        if (isDone) void work.run();
      }}
      onEnd={onEnd}
    >
      {() => (
        <>
          <code>{formatFingerprint(fingerprint.toUpperCase())}</code>
          <Muted>{lead}</Muted>
          <TextArea
            label={sv.common.reason}
            value={reason}
            onChange={(written) => draft.put({ reason: written })}
            isRequired
            rows={2}
          />
          <SecondPersonFields
            names={others.map(({ name }) => name)}
            userLabel={sv.rules.secondUser}
            passphraseLabel={sv.rules.secondPassphrase}
            {...second}
            onChange={setSecond}
          />
          <ErrorBanner error={work.error} />
          <DialogActions>
            <WorkButton work={work} size="medium" label={submit} isDisabled={!isDone} />
          </DialogActions>
        </>
      )}
    </DraftDialog>
  );
}
