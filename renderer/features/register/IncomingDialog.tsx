import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { Inbox } from 'lucide-react';
import { useState } from 'react';
import { LEVEL_NAME, type Level } from '../../../shared/domain/marking.ts';
import { INCOMING_KIND_NAME, INCOMING_KINDS, type IncomingKind } from '../../../shared/domain/register.ts';
import { roomOf, type Room } from '../../../shared/domain/room.ts';
import { core } from '../../app/bridge.ts';
import { fromLocalInput, toLocalInput } from '../../app/local-time.ts';
import { useWork } from '../../app/use-core.ts';
import { Choice } from '../../components/Choice.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Row, Stack } from '../../components/Layout.tsx';
import { useLevels } from '../../components/MarkingField.tsx';
import { TimeField } from '../../components/TimeField.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import type { Entry } from './entries.ts';

const KINDS = INCOMING_KINDS.map((kind) => [kind, INCOMING_KIND_NAME[kind]] as const);
const NOTHING = '-';

interface IncomingProps {
  readonly room: Room;
  readonly entries: readonly Entry[];
}

/** Opens the writing down of a paper that has come in, and says what number it got. */
export function IncomingButton({ room, entries }: IncomingProps) {
  const [isOpen, setOpen] = useState(false);
  const [number, setNumber] = useState<string | null>(null);
  return (
    <div>
      <Button
        variant="secondary"
        size="medium"
        icon={Inbox}
        onPress={() => {
          setNumber(null);
          setOpen(true);
        }}
      >
        {sv.paper.incoming}
      </Button>
      <div role="status">{number !== null && sv.paper.incomingDone(number)}</div>
      {isOpen && (
        <IncomingDialog
          room={room}
          entries={entries}
          onEnd={(made) => {
            setNumber(made);
            setOpen(false);
          }}
        />
      )}
    </div>
  );
}

interface IncomingDialogProps extends IncomingProps {
  /** @param made the number that it got; null where nothing was written down */
  readonly onEnd: (made: string | null) => void;
}

function IncomingDialog({ room, entries, onEnd }: IncomingDialogProps) {
  const levels = useLevels().filter((level) => roomOf(level) === room);
  const sent = entries.filter(({ incoming, withheld }) => incoming === null && !withheld).reverse();
  const [kind, setKind] = useState<IncomingKind>('kvittens');
  const [answers, setAnswers] = useState(sent[0] ? `${sent[0].serial}` : NOTHING);
  const answered = sent.find(({ serial }) => `${serial}` === answers);
  const [typed, setTyped] = useState('');
  const incident = answered?.incident ?? typed.trim().toUpperCase();
  const [sender, setSender] = useState('');
  const [summary, setSummary] = useState('');
  const [level, setLevel] = useState<Level>(levels[0] ?? 'oppen');
  const [when, setWhen] = useState(() => toLocalInput(new Date()));
  const text = sv.paper;
  const save = useWork(async () => {
    const cameAt = fromLocalInput(when);
    if (cameAt === null) return;
    const { designation } = await core.call('register.addIncoming', {
      ...{ incident, kind, cameAt, level, sender: sender.trim() },
      summary: summary.trim() || null,
      answers: answered?.serial ?? null,
    });
    onEnd(designation);
  });
  const isDone = incident !== '' && sender.trim() !== '' && fromLocalInput(when) !== null;
  return (
    <Dialog title={text.incomingTitle} onEnd={() => onEnd(null)} canEnd={!save.isRunning}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isDone) void save.run();
        }}
      >
        <Stack>
          <Muted>{text.incomingLead}</Muted>
          <Choice label={text.incomingKind} value={kind} options={KINDS} onChange={setKind} />
          <Choice
            label={text.incomingAnswers}
            value={answers}
            options={[
              ...sent.map(({ serial, designation }) => [`${serial}`, designation] as const),
              [NOTHING, text.incomingNothing] as const,
            ]}
            onChange={setAnswers}
          />
          {kind === 'kvittens' && answered && <Muted>{text.incomingKvittens}</Muted>}
          {!answered && (
            <TextField
              label={text.incomingIncident}
              size="medium"
              autoComplete="off"
              maxLength={20}
              value={typed}
              onChange={setTyped}
            />
          )}
          <TextField
            label={text.incomingSender}
            size="medium"
            autoComplete="off"
            maxLength={500}
            isRequired
            value={sender}
            onChange={setSender}
          />
          <TimeField label={text.incomingWhen} value={when} onChange={setWhen} />
          <Choice
            label={text.incomingLevel}
            value={level}
            options={levels.map((one) => [one, LEVEL_NAME[one]] as const)}
            onChange={setLevel}
          />
          <TextField
            label={text.incomingSummary}
            size="medium"
            autoComplete="off"
            maxLength={500}
            value={summary}
            onChange={setSummary}
          />
          <ErrorBanner error={save.error} />
          <Row>
            <WorkButton work={save} size="medium" label={text.incomingSave} isDisabled={!isDone} />
            <Button variant="tertiary" size="medium" onPress={() => onEnd(null)}>
              {sv.common.cancel}
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  );
}
