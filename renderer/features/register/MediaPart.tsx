import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { LEVEL_NAME, type Level } from '../../../shared/domain/marking.ts';
import {
  DESTRUCTION_WAYS,
  MEDIUM_KINDS,
  type DestructionWay,
  type MediumEvent,
  type MediumKind,
} from '../../../shared/domain/register.ts';
import { roomOf, type Room } from '../../../shared/domain/room.ts';
import { core } from '../../app/bridge.ts';
import { formatDateTime } from '../../app/format.ts';
import { fromLocalInput, toLocalInput } from '../../app/local-time.ts';
import { useQuery, useWork } from '../../app/use-core.ts';
import { Choice } from '../../components/Choice.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Panel, Row, Stack } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { useLevels } from '../../components/MarkingField.tsx';
import { TimeField } from '../../components/TimeField.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import type { Medium } from './entries.ts';

const KINDS = Object.entries(MEDIUM_KINDS) as [MediumKind, string][];
const WAYS = (Object.entries(DESTRUCTION_WAYS) as [DestructionWay, string][]).filter(
  ([way]) => way !== 'aldrig-framstallt',
);

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
      {telling && <MediumDialog {...telling} onEnd={() => setTelling(null)} />}
    </Stack>
  );
}

function AddMedium({ room }: { readonly room: Room }) {
  const levels = useLevels().filter((level) => roomOf(level) === room);
  const [label, setLabel] = useState('');
  const [kind, setKind] = useState<MediumKind>('usb');
  const [level, setLevel] = useState<Level>(levels[0] ?? 'oppen');
  const text = sv.register;
  const add = useWork(async () => {
    await core.call('register.addMedium', { label: label.trim(), kind, level });
    setLabel('');
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (label.trim() !== '') void add.run();
      }}
    >
      <Stack>
        <TextField
          label={text.label}
          size="medium"
          autoComplete="off"
          maxLength={100}
          value={label}
          onChange={setLabel}
        />
        <Stack>
          <Choice label={text.kind} value={kind} options={KINDS} onChange={setKind} />
          <Choice
            label={text.level}
            value={level}
            options={levels.map((one) => [one, LEVEL_NAME[one]] as const)}
            onChange={setLevel}
          />
        </Stack>
        <ErrorBanner error={add.error} />
        <WorkButton work={add} size="medium" label={text.add} isDisabled={label.trim() === ''} />
      </Stack>
    </form>
  );
}

interface MediumDialogProps {
  readonly medium: Medium;
  readonly event: MediumEvent;
  readonly onEnd: () => void;
}

function MediumDialog({ medium, event, onEnd }: MediumDialogProps) {
  const [when, setWhen] = useState(() => toLocalInput(new Date()));
  const [what, setWhat] = useState('');
  const [how, setHow] = useState<DestructionWay | null>(null);
  const [witness, setWitness] = useState('');
  const text = sv.register;
  const isDestroyed = event === 'destroyed';
  const record = useWork(async () => {
    const at = fromLocalInput(when);
    if (at === null) return;
    await core.call('register.recordMedium', {
      ...{ code: medium.code, event, at, how },
      what: what.trim() || null,
      witness: witness.trim() || null,
    });
    onEnd();
  });
  const isDone = fromLocalInput(when) !== null && (!isDestroyed || how !== null);
  return (
    <Dialog
      title={text.mediumEventOf(text.mediumEvents[event], medium.label)}
      onEnd={onEnd}
      canEnd={!record.isRunning}
    >
      <form
        onSubmit={(submit) => {
          submit.preventDefault();
          if (isDone) void record.run();
        }}
      >
        <Stack>
          <TimeField label={text.when} value={when} onChange={setWhen} />
          <TextField
            label={event === 'written' ? text.written : text.mediumNote}
            size="medium"
            autoComplete="off"
            maxLength={500}
            value={what}
            onChange={setWhat}
          />
          {isDestroyed && (
            <>
              <Choice label={text.how} value={how} options={WAYS} onChange={setHow} />
              <TextField
                label={text.witness}
                description={text.witnessHelp}
                size="medium"
                autoComplete="off"
                maxLength={500}
                value={witness}
                onChange={setWitness}
              />
            </>
          )}
          <ErrorBanner error={record.error} />
          <Row>
            <WorkButton
              work={record}
              size="medium"
              variant={isDestroyed ? 'danger' : 'primary'}
              label={text.mediumEvents[event]}
              isDisabled={!isDone}
            />
            <Button variant="tertiary" size="medium" onPress={onEnd}>
              {sv.common.cancel}
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  );
}
