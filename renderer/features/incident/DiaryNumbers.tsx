import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { ROOM_NAME } from '../../../shared/domain/room.ts';
import { core } from '../../app/bridge.ts';
import { useQuery, useWork } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';

type DiaryNumber = AnswerOf<'register.diary'>[number];

/** The organisation's own diary number of the incident, in each open room. */
export function DiaryNumbers({ incident }: { readonly incident: string }) {
  const { data, error } = useQuery('register.diary', { incident });
  return (
    <Stack>
      <h2>{sv.paper.diary}</h2>
      <Muted>{sv.paper.diaryLead}</Muted>
      <ErrorBanner error={error} />
      {data?.map((one) => (
        <DiaryForm key={one.room} incident={incident} diary={one} />
      ))}
    </Stack>
  );
}

function DiaryForm({ incident, diary: { room, number } }: { incident: string; diary: DiaryNumber }) {
  const [written, setWritten] = useState(number ?? '');
  const [isSaved, setSaved] = useState(false);
  const save = useWork(async () => {
    setSaved(false);
    await core.call('register.setDiary', { room, incident, number: written.trim() });
    setSaved(true);
  });
  const label = sv.paper.diaryOf(ROOM_NAME[room]);
  const isDone = written.trim() !== (number ?? '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isDone) void save.run();
      }}
    >
      <Stack gap="small">
        <TextField
          label={label}
          size="medium"
          autoComplete="off"
          maxLength={40}
          value={written}
          onChange={setWritten}
        />
        {isSaved && <Notice kind="success">{sv.paper.diarySaved}</Notice>}
        <ErrorBanner error={save.error} />
        <WorkButton
          work={save}
          size="medium"
          variant="secondary"
          label={written.trim() === '' && number !== null ? sv.paper.diaryRemove : sv.paper.diarySave}
          isDisabled={!isDone}
        />
      </Stack>
    </form>
  );
}
