import { Button } from '@midas-ds/components/button';
import { Radio, RadioGroup } from '@midas-ds/components/radio';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { core } from '../../app/bridge.ts';
import { formatFingerprint } from '../../app/format.ts';
import { useWork } from '../../app/use-core.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Row, Stack } from '../../components/Layout.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import styles from './CompareDialog.module.css';

/** A key that is in the vault and that nobody has compared yet. */
export interface UncomparedKey {
  readonly fingerprint: string;
  readonly userIds: readonly string[];
}

interface CompareDialogProps {
  readonly uncompared: UncomparedKey;
  readonly onEnd: () => void;
}

const NOTHING = { first: '', second: '', way: 'telefon', phone: '', note: '' } as const;
type Written = { readonly [K in keyof typeof NOTHING]: string } & { readonly way: 'telefon' | 'mote' };

/** The whole fingerprint, to be read aloud to the recipient; which two compared it, and how. */
export function CompareDialog({ uncompared, onEnd }: CompareDialogProps) {
  const [written, setWritten] = useState<Written>(NOTHING);
  const put = (part: Partial<Written>): void => setWritten((now) => ({ ...now, ...part }));
  const { first, second, way, phone, note } = written;
  const verify = useWork(async () => {
    const comparison = { ...written, phone: way === 'telefon' ? phone : null };
    await core.call('keys.verify', { fingerprint: uncompared.fingerprint, comparison });
    onEnd();
  });
  const isDone = [first, second, note, way === 'mote' ? '-' : phone].every((text) => text.trim() !== '');
  return (
    <Dialog title={sv.keys.compareTitle} onEnd={onEnd} canEnd={!verify.isRunning}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isDone) void verify.run();
        }}
      >
        <Stack>
          <p>{uncompared.userIds.join(', ')}</p>
          <p className={styles.fingerprint}>{formatFingerprint(uncompared.fingerprint)}</p>
          <Muted>{sv.keys.compareLead}</Muted>
          <RadioGroup
            label={sv.keys.way}
            value={way}
            orientation="horizontal"
            onChange={(value) => put({ way: value as Written['way'] })}
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
              onChange={(text) => put({ phone: text })}
            />
          )}
          <TextField
            label={sv.keys.first}
            size="medium"
            value={first}
            onChange={(text) => put({ first: text })}
          />
          <TextField
            label={sv.keys.second}
            size="medium"
            value={second}
            onChange={(text) => put({ second: text })}
          />
          <TextField
            label={sv.keys.note}
            description={sv.keys.noteHelp}
            size="medium"
            value={note}
            onChange={(text) => put({ note: text })}
          />
          <ErrorBanner error={verify.error} />
          <Row>
            <WorkButton work={verify} size="medium" label={sv.keys.verify} isDisabled={!isDone} />
            <Button variant="tertiary" size="medium" onPress={onEnd}>
              {sv.keys.later}
            </Button>
          </Row>
          <Muted>{sv.keys.laterHelp}</Muted>
        </Stack>
      </form>
    </Dialog>
  );
}
