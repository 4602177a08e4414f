import { useState } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { ROOM_NAME, type Room } from '../../../shared/domain/room.ts';
import { core, shell } from '../../app/bridge.ts';
import { useApp } from '../../app/store.ts';
import { useWork } from '../../app/use-core.ts';
import { Choice } from '../../components/Choice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Row } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { AuditTable } from './AuditTable.tsx';

/** What has been done in a room, whether the chain holds, and a file of it for others to check. */
export function AuditScreen() {
  const rooms = useApp((state) => state.status?.unlocked ?? []).map(({ room }) => room);
  const [chosen, setChosen] = useState<Room>('open');
  const room = rooms.includes(chosen) ? chosen : (rooms[0] ?? 'open');
  const [verdict, setVerdict] = useState<AnswerOf<'audit.verify'> | null>(null);
  const [exported, setExported] = useState<AnswerOf<'audit.export'> | null>(null);
  const verify = useWork(async () => setVerdict(await core.call('audit.verify', null)));
  const write = useWork(async () => {
    setExported(null);
    const out = await shell.call('chooseSavePath', {
      title: sv.audit.exportTitle,
      suggestedName: sv.audit.exportName(room === 'open' ? 'oppna-rummet' : 'skyddade-rummet'),
    });
    if (out !== null) setExported(await core.call('audit.export', { room, out }));
  });
  return (
    <Page title={sv.audit.title} lead={sv.audit.lead}>
      <Row gap="large">
        <WorkButton
          work={verify}
          size="medium"
          label={sv.audit.verify}
          running={sv.audit.verifying}
          onPress={() => void verify.run()}
        />
        <WorkButton
          work={write}
          variant="secondary"
          size="medium"
          label={sv.audit.export}
          onPress={() => void write.run()}
        />
      </Row>
      <ErrorBanner error={verify.error} />
      <ErrorBanner error={write.error} />
      {verdict?.map((answer) => (
        <Verdict key={answer.room} answer={answer} />
      ))}
      {exported && <Notice kind="success">{sv.audit.exported(exported.path, exported.entries)}</Notice>}
      <div>
        <Choice
          label={sv.audit.room}
          value={room}
          options={rooms.map((one) => [one, ROOM_NAME[one]] as const)}
          onChange={setChosen}
        />
      </div>
      <AuditTable key={room} room={room} />
    </Page>
  );
}

function Verdict({ answer }: { readonly answer: AnswerOf<'audit.verify'>[number] }) {
  const name = ROOM_NAME[answer.room];
  if (answer.remarks.length === 0) {
    return <Notice kind="success">{sv.audit.fine(name, answer.entries, answer.checkpoints)}</Notice>;
  }
  return (
    <Notice kind="warning" title={sv.audit.remarks(name)}>
      <ul>
        {answer.remarks.map((remark) => (
          <li key={remark}>{remark}</li>
        ))}
      </ul>
      <p>{sv.audit.remarksHelp}</p>
    </Notice>
  );
}
