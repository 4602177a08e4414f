import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { z } from 'zod';
import { LEVEL_NAME, LEVELS } from '../../../shared/domain/marking.ts';
import { MEDIUM_KINDS, type MediumEvent, type MediumKind } from '../../../shared/domain/register.ts';
import { roomOf, type Room } from '../../../shared/domain/room.ts';
import { core } from '../../app/bridge.ts';
import { formatDateTime } from '../../app/format.ts';
import { useQuery, useWork } from '../../app/use-core.ts';
import { useFormDraft, useRegisterLevel } from '../../app/use-form-draft.ts';
import { Choice } from '../../components/Choice.tsx';
import { DraftNotice, DraftState } from '../../components/DraftNotice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Panel, Row, Stack } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { useLevels } from '../../components/MarkingField.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import type { Medium } from './entries.ts';
import { MediumDialog } from './MediumDialog.tsx';

const KINDS = Object.entries(MEDIUM_KINDS) as [MediumKind, string][];
/** Storage media of a room: what each holds, and what became of it. */
export function MediaPart({ room }: { readonly room: Room }) {
  const { data, error, isFirst } = useQuery('register.media', { room });
  const [telling, setTelling] = useState<{ medium: Medium; event: MediumEvent } | null>(null);
  const text = sv.register;
  if (isFirst) return <Loading />;
  const { label, level, history, actions } = text.mediaColumns;
  return (
    <Stack>
      <ErrorBanner error={error} />
      {data?.length === 0 && <p>{text.mediaNone}</p>}
      {data && data.length > 0 && (
        <table>
          <thead>
            <tr>
              {[label, level, history, actions].map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.map((medium) => (
              <tr key={medium.code}>
                <th scope="row">
                  {medium.label}
                  <Muted>{MEDIUM_KINDS[medium.kind]}</Muted>
                </th>
                <td>{LEVEL_NAME[medium.level]}</td>
                <td>
                  {medium.events.map((event) => (
                    <p key={`${event.recordedAt} ${event.event}`}>
                      {text.event(text.mediumEvents[event.event], formatDateTime(event.at), event.recordedBy)}
                      {event.what !== null && `: ${event.what}`}
                      {event.witness !== null && ` · ${text.eventWitness(event.witness)}`}
                    </p>
                  ))}
                </td>
                <td>
                  <Row gap="small">
                    {medium.possible.map((event) => (
                      <Button
                        key={event}
                        size="medium"
                        variant="tertiary"
                        aria-label={text.mediumEventOf(text.mediumEvents[event], medium.label)}
                        onPress={() => setTelling({ medium, event })}
                      >
                        {text.mediumEvents[event]}
                      </Button>
                    ))}
                  </Row>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Panel title={text.mediaAdd}>
        <AddMedium room={room} />
      </Panel>
      {telling && <MediumDialog room={room} {...telling} onEnd={() => setTelling(null)} />}
    </Stack>
  );
}

const schema = z.strictObject({
  label: z.string(),
  kind: z.enum(Object.keys(MEDIUM_KINDS) as MediumKind[]),
  level: z.enum(LEVELS),
});
type MediumDraft = Readonly<z.output<typeof schema>>;

function AddMedium({ room }: { readonly room: Room }) {
  const levels = useLevels().filter((level) => roomOf(level) === room);
  const draftLevel = useRegisterLevel(room);
  const draft = useFormDraft<MediumDraft>({
    subject: `medium:${room}`,
    incident: null,
    schema,
    initial: { label: '', kind: 'usb', level: levels[0] ?? 'oppen' },
    levelOf: () => draftLevel,
  });
  const { label, kind, level } = draft.value;
  const text = sv.register;
  const add = useWork(async () => {
    await draft.settle(() => core.call('register.addMedium', { label: label.trim(), kind, level }));
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (label.trim() !== '') void add.run();
      }}
    >
      <Stack>
        <DraftNotice draft={draft} />
        <TextField
          label={text.label}
          size="medium"
          autoComplete="off"
          maxLength={100}
          value={label}
          onChange={(changed) => draft.put({ label: changed })}
        />
        <Stack>
          <Choice
            label={text.kind}
            value={kind}
            options={KINDS}
            onChange={(changed) => draft.put({ kind: changed })}
          />
          <Choice
            label={text.level}
            value={level}
            options={levels.map((one) => [one, LEVEL_NAME[one]] as const)}
            onChange={(changed) => draft.put({ level: changed })}
          />
        </Stack>
        {draft.isChanged && <DraftState draft={draft} />}
        <ErrorBanner error={add.error} />
        <WorkButton work={add} size="medium" label={text.add} isDisabled={label.trim() === ''} />
      </Stack>
    </form>
  );
}
