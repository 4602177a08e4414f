import { Button } from '@midas-ds/components/button';
import { TextArea, TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import type { FactId } from '../../../shared/domain/incident.ts';
import { FACT_LABEL } from '../../../shared/domain/words.ts';
import { core } from '../../app/bridge.ts';
import { splitList } from '../../app/format.ts';
import { useWork } from '../../app/use-core.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Row, Stack } from '../../components/Layout.tsx';
import { isComplete, MarkingField, useLevels, type WantedMarking } from '../../components/MarkingField.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { factItem, type Fact } from './items.ts';

interface FactEditorProps {
  readonly incident: string;
  readonly id: FactId;
  /** null where nobody has answered it yet. */
  readonly fact: Fact | null;
  readonly onEnd: () => void;
}

/** Writes a fact, or changes it. The marking is chosen before it is stored; it cannot be lowered here. */
export function FactEditor({ incident, id, fact, onEnd }: FactEditorProps) {
  const [text, setText] = useState(fact?.text ?? '');
  const [codes, setCodes] = useState(fact?.codes.join('; ') ?? '');
  const [reason, setReason] = useState('');
  const levels = useLevels(fact?.marking.level);
  const [marking, setMarking] = useState<WantedMarking>(fact?.marking ?? { level: 'oppen', basis: [] });
  const [isDiscarding, setDiscarding] = useState(false);
  const save = useWork(async () => {
    await core.call('incidents.write', {
      item: factItem(incident, id),
      text,
      codes: splitList(codes),
      ...marking,
      reason: reason.trim() || null,
    });
    onEnd();
  });
  const isChanged = text !== (fact?.text ?? '') || codes !== (fact?.codes.join('; ') ?? '');
  const end = (): void => (isChanged ? setDiscarding(true) : onEnd());
  if (isDiscarding) {
    return (
      <Dialog title={sv.incident.discardTitle} onEnd={() => setDiscarding(false)}>
        <p>{sv.incident.discardText}</p>
        <Row>
          <Button size="medium" onPress={() => setDiscarding(false)}>
            {sv.incident.keepWriting}
          </Button>
          <Button variant="danger" size="medium" onPress={onEnd}>
            {sv.incident.discard}
          </Button>
        </Row>
      </Dialog>
    );
  }
  return (
    <Dialog title={FACT_LABEL[id]} onEnd={end} canEnd={!save.isRunning}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete(marking)) void save.run();
        }}
      >
        <Stack>
          <TextArea label={sv.incident.text} value={text} onChange={setText} rows={8} />
          <TextField
            label={sv.incident.codes}
            description={sv.incident.codesHelp}
            size="medium"
            value={codes}
            onChange={setCodes}
          />
          <MarkingField label={sv.incident.marking} value={marking} levels={levels} onChange={setMarking} />
          {fact && (
            <TextField label={sv.incident.changeReason} size="medium" value={reason} onChange={setReason} />
          )}
          <Muted>{sv.incident.draftOf}</Muted>
          <ErrorBanner error={save.error} />
          <WorkButton
            work={save}
            size="medium"
            label={sv.common.save}
            isDisabled={!isComplete(marking) || (text.trim() === '' && codes.trim() === '')}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
