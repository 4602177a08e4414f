import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { ROOM_NAME, type Room } from '../../../shared/domain/room.ts';
import { core } from '../../app/bridge.ts';
import { useQuery, useWork } from '../../app/use-core.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Row, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';

const text = sv.recovery;

/** The recovery codes that nobody has tried, which a first start that was broken off leaves; nothing where all are. */
export function OverviewRecovery() {
  const { data, error } = useQuery('vault.unprovenRecovery', null);
  const [proving, setProving] = useState<Room | null>(null);
  const [proven, setProven] = useState<readonly Room[]>([]);
  // What has just been proven is not said to be unproven while the list is read again.
  const unproven = (data ?? []).filter((room) => !proven.includes(room));
  if (!error && unproven.length === 0 && proven.length === 0) return null;
  return (
    <section aria-labelledby="overview-recovery">
      <Stack>
        <h2 id="overview-recovery">{text.title}</h2>
        <ErrorBanner error={error} />
        {unproven.map((room) => (
          <Notice key={room} kind="warning" title={text.unproven(ROOM_NAME[room])}>
            <Stack gap="small">
              <p>{text.why}</p>
              <Row>
                <Button variant="secondary" size="medium" onPress={() => setProving(room)}>
                  {text.prove(ROOM_NAME[room])}
                </Button>
              </Row>
            </Stack>
          </Notice>
        ))}
        {proven.map((room) => (
          <Notice key={room} kind="success">
            {text.proven(ROOM_NAME[room])}
          </Notice>
        ))}
      </Stack>
      {proving && (
        <ProofDialog
          room={proving}
          onProven={() => setProven((rooms) => [...rooms, proving])}
          onEnd={() => setProving(null)}
        />
      )}
    </section>
  );
}

interface ProofDialogProps {
  readonly room: Room;
  readonly onProven: () => void;
  readonly onEnd: () => void;
}

/** Nothing of it is kept as a draft: a recovery code is never stored. */
function ProofDialog({ room, onProven, onEnd }: ProofDialogProps) {
  const [code, setCode] = useState('');
  const work = useWork(async () => {
    await core.call('vault.proveRecovery', { room, code });
    setCode('');
    onProven();
    onEnd();
  });
  return (
    <Dialog title={text.prove(ROOM_NAME[room])} onEnd={onEnd}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (code !== '') void work.run();
        }}
      >
        <Stack>
          <Muted>{text.dialogLead}</Muted>
          <TextField
            label={sv.create.proofRoom(ROOM_NAME[room])}
            size="medium"
            autoComplete="off"
            spellCheck="false"
            autoFocus
            value={code}
            onChange={setCode}
          />
          <ErrorBanner error={work.error} />
          <Row>
            <WorkButton work={work} size="medium" label={sv.create.proofCheck} isDisabled={code === ''} />
            <Button variant="secondary" size="medium" onPress={onEnd}>
              {sv.common.cancel}
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  );
}
