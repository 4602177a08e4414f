import { Button } from '@midas-ds/components/button';
import { Radio, RadioGroup } from '@midas-ds/components/radio';
import { TextField } from '@midas-ds/components/textfield';
import { z } from 'zod';
import { core } from '../../app/bridge.ts';
import { formatFingerprint } from '../../app/format.ts';
import { useWork } from '../../app/use-core.ts';
import { useFormDraft } from '../../app/use-form-draft.ts';
import { DialogActions } from '../../components/Dialog.tsx';
import { DraftDialog } from '../../components/DraftDialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import styles from './CompareDialog.module.css';

/** A key that is in the vault and that nobody has compared yet. */
export interface UncomparedKey {
  readonly fingerprint: string;
  readonly userIds: readonly string[];
}

const schema = z.strictObject({
  first: z.string(),
  second: z.string(),
  way: z.enum(['telefon', 'mote']),
  phone: z.string(),
  note: z.string(),
});
type CompareDraft = Readonly<z.output<typeof schema>>;
const NOTHING: CompareDraft = { first: '', second: '', way: 'telefon', phone: '', note: '' };

interface CompareDialogProps {
  readonly uncompared: UncomparedKey;
  /** When, by whom and why the key was taken out of use; null where it was not. */
  readonly distrust: string | null;
  readonly onEnd: () => void;
}

/** The whole fingerprint, to be read aloud to the recipient; which two compared it, and how. */
export function CompareDialog({ uncompared, distrust, onEnd }: CompareDialogProps) {
  const draft = useFormDraft<CompareDraft>({
    subject: `compare:${uncompared.fingerprint}`,
    incident: null,
    schema,
    initial: NOTHING,
  });
  const { first, second, way, phone, note } = draft.value;
  const verify = useWork(async () => {
    const comparison = { first, second, way, phone: way === 'telefon' ? phone : null, note };
    await draft.settle(() => core.call('keys.verify', { fingerprint: uncompared.fingerprint, comparison }));
    onEnd();
  });
  const isDone = [first, second, note, way === 'mote' ? '-' : phone].every((text) => text.trim() !== '');
  return (
    <DraftDialog
      title={sv.keys.compareTitle}
      draft={draft}
      isRunning={verify.isRunning}
      onSubmit={() => {
        if (isDone) void verify.run();
      }}
      onEnd={onEnd}
    >
      {(leave) => (
        <>
          <p>{uncompared.userIds.join(', ')}</p>
          <p className={styles.fingerprint}>{formatFingerprint(uncompared.fingerprint)}</p>
          {distrust !== null && (
            <Notice kind="important">
              <p>{distrust}.</p>
              <p>{sv.keys.compareDistrusted}</p>
            </Notice>
          )}
          <Muted>{sv.keys.compareLead}</Muted>
          <RadioGroup
            label={sv.keys.way}
            value={way}
            orientation="horizontal"
            onChange={(value) => draft.put({ way: value as CompareDraft['way'] })}
          >
            <Radio value="telefon">{sv.keys.ways.telefon}</Radio>
            <Radio value="mote">{sv.keys.ways.mote}</Radio>
          </RadioGroup>
          {way === 'telefon' && (
            <TextField
              label={sv.keys.phone}
              description={sv.keys.phoneHelp}
              size="medium"
              value={phone}
              onChange={(text) => draft.put({ phone: text })}
            />
          )}
          <TextField
            label={sv.keys.first}
            size="medium"
            value={first}
            onChange={(text) => draft.put({ first: text })}
          />
          <TextField
            label={sv.keys.second}
            size="medium"
            value={second}
            onChange={(text) => draft.put({ second: text })}
          />
          <TextField
            label={sv.keys.note}
            description={sv.keys.noteHelp}
            size="medium"
            value={note}
            onChange={(text) => draft.put({ note: text })}
          />
          <ErrorBanner error={verify.error} />
          <Muted>{sv.keys.laterHelp}</Muted>
          <DialogActions>
            <WorkButton work={verify} size="medium" label={sv.keys.verify} isDisabled={!isDone} />
            <Button variant="tertiary" size="medium" onPress={leave}>
              {sv.keys.later}
            </Button>
          </DialogActions>
        </>
      )}
    </DraftDialog>
  );
}
