import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { ROOM_NAME, ROOMS, type Room } from '../../../shared/domain/room.ts';
import { core } from '../../app/bridge.ts';
import { chooseVault } from '../../app/session.ts';
import { useWork } from '../../app/use-core.ts';
import { usePrint } from '../../app/use-print.ts';
import { AskPrinted } from '../../components/AskPrinted.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Panel, Row, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import styles from './CreateVault.module.css';

interface ProofStepProps {
  readonly folder: string;
  readonly created: AnswerOf<'vault.create'>;
  readonly onEnd: () => void;
}

/** The codes from the paper, typed back: only that proves that the envelope can be used. */
export function ProofStep({ folder, created, onEnd }: ProofStepProps) {
  const [proven, setProven] = useState<readonly Room[]>([]);
  const [isSkipping, setSkipping] = useState(false);
  const finish = useWork(async () => {
    // The codes have opened the rooms; work begins with the passphrases. Room by room: this window is to go on.
    for (const room of proven) await core.call('vault.lockRoom', { room });
    await chooseVault(folder);
    onEnd();
  });
  const isProven = ROOMS.every((room) => proven.includes(room));
  return (
    <Panel title={sv.create.steps.at(-1)}>
      <Muted>{sv.create.proofLead}</Muted>
      <Stack gap="small">
        <h3>{sv.create.proofFiles}</h3>
        <ul>
          {created.recoveryFiles.map((file) => (
            <li key={file} className={styles.path}>
              {file}
            </li>
          ))}
        </ul>
        <Row gap="small">
          {created.recoverySheets.map(({ room, pdf }) => (
            <PrintSheet key={room} room={room} pdf={pdf} />
          ))}
        </Row>
      </Stack>
      {ROOMS.map((room) => (
        <RoomProof
          key={room}
          folder={folder}
          room={room}
          isProven={proven.includes(room)}
          onProven={() => setProven((now) => [...now, room])}
        />
      ))}
      {isProven && <Notice kind="success">{sv.create.proofBoth}</Notice>}
      <ErrorBanner error={finish.error} />
      <Row>
        {isProven ? (
          <WorkButton
            work={finish}
            size="medium"
            label={sv.create.finish}
            onPress={() => void finish.run()}
          />
        ) : (
          <Button variant="tertiary" size="medium" onPress={() => setSkipping(true)}>
            {sv.create.proofSkip}
          </Button>
        )}
      </Row>
      {isSkipping && (
        <Dialog title={sv.create.proofSkipTitle} onEnd={() => setSkipping(false)}>
          <p>{sv.create.proofSkipText}</p>
          <Row>
            <Button size="medium" onPress={() => setSkipping(false)}>
              {sv.common.back}
            </Button>
            <Button variant="secondary" size="medium" onPress={() => void finish.run()}>
              {sv.create.proofSkip}
            </Button>
          </Row>
        </Dialog>
      )}
    </Panel>
  );
}

function PrintSheet({ room, pdf }: { readonly room: Room; readonly pdf: string }) {
  const [isPrinted, setPrinted] = useState(false);
  const { work, isAsking, answer } = usePrint(() => Promise.resolve({ pdf }), setPrinted);
  return (
    <div>
      <WorkButton
        work={work}
        variant="secondary"
        size="medium"
        label={sv.create.proofPrint(ROOM_NAME[room])}
        onPress={() => void work.run()}
      />
      <div role="status">{isPrinted && sv.create.proofPrinted}</div>
      {isAsking && <AskPrinted onAnswer={answer} />}
      <ErrorBanner error={work.error} />
    </div>
  );
}

interface RoomProofProps {
  readonly folder: string;
  readonly room: Room;
  readonly isProven: boolean;
  readonly onProven: () => void;
}

function RoomProof({ folder, room, isProven, onProven }: RoomProofProps) {
  const [code, setCode] = useState('');
  const prove = useWork(async () => {
    await core.call('vault.unlockWithRecovery', { folder, room, code });
    setCode('');
    onProven();
  });
  if (isProven) {
    return (
      <Notice kind="success" title={sv.create.proofRoom(ROOM_NAME[room])}>
        {sv.create.proofOk}
      </Notice>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (code !== '') void prove.run();
      }}
    >
      <Stack gap="small">
        <TextField
          label={sv.create.proofRoom(ROOM_NAME[room])}
          size="medium"
          autoComplete="off"
          spellCheck="false"
          value={code}
          onChange={setCode}
        />
        <ErrorBanner error={prove.error} />
        <WorkButton
          work={prove}
          variant="secondary"
          size="medium"
          label={sv.create.proofCheck}
          isDisabled={code === ''}
        />
      </Stack>
    </form>
  );
}
