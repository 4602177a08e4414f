import { Button } from '@midas-ds/components/button';
import { Checkbox } from '@midas-ds/components/checkbox';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { core } from '../../app/bridge.ts';
import { useWork } from '../../app/use-core.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Row, Stack } from '../../components/Layout.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import type { Entry } from './entries.ts';

/** What the register says of a document beside its number, and what of it the extract leaves out. */
export function WordsDialog({ entry, onEnd }: { readonly entry: Entry; readonly onEnd: () => void }) {
  const [correspondent, setCorrespondent] = useState(entry.correspondent ?? '');
  const [summary, setSummary] = useState(entry.summary ?? '');
  const [omitCorrespondent, setOmitCorrespondent] = useState(entry.omitCorrespondent);
  const [omitSummary, setOmitSummary] = useState(entry.omitSummary);
  const { room, serial } = entry;
  const text = sv.register;
  const save = useWork(async () => {
    await core.call('register.changeWords', {
      ...{ room, serial, omitCorrespondent, omitSummary },
      correspondent: correspondent.trim() || null,
      summary: summary.trim() || null,
    });
    onEnd();
  });
  return (
    <Dialog title={text.editTitle} onEnd={onEnd} canEnd={!save.isRunning}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        <Stack>
          <p>{entry.designation}</p>
          <TextField
            label={text.columns.correspondent}
            size="medium"
            autoComplete="off"
            maxLength={500}
            value={correspondent}
            onChange={setCorrespondent}
          />
          <TextField
            label={text.columns.summary}
            size="medium"
            autoComplete="off"
            maxLength={500}
            value={summary}
            onChange={setSummary}
          />
          <Muted>{text.omitHelp}</Muted>
          <Checkbox isSelected={omitCorrespondent} onChange={setOmitCorrespondent}>
            {text.omitCorrespondent}
          </Checkbox>
          <Checkbox isSelected={omitSummary} onChange={setOmitSummary}>
            {text.omitSummary}
          </Checkbox>
          <ErrorBanner error={save.error} />
          <Row>
            <WorkButton work={save} size="medium" label={sv.common.save} />
            <Button variant="tertiary" size="medium" onPress={onEnd}>
              {sv.common.cancel}
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  );
}
