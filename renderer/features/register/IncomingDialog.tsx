import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { Inbox } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { LEVEL_NAME, LEVELS } from '../../../shared/domain/marking.ts';
import { INCOMING_KIND_NAME, INCOMING_KINDS } from '../../../shared/domain/register.ts';
import { roomOf, type Room } from '../../../shared/domain/room.ts';
import { core } from '../../app/bridge.ts';
import { fromLocalInput, toLocalInput } from '../../app/local-time.ts';
import { useWork } from '../../app/use-core.ts';
import { useFormDraft, useRegisterLevel } from '../../app/use-form-draft.ts';
import { Choice } from '../../components/Choice.tsx';
import { DialogActions } from '../../components/Dialog.tsx';
import { DraftDialog } from '../../components/DraftDialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted } from '../../components/Layout.tsx';
import { useLevels } from '../../components/MarkingField.tsx';
import { Notice } from '../../components/Notice.tsx';
import { TimeField } from '../../components/TimeField.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import type { Entry } from './entries.ts';

const KINDS = INCOMING_KINDS.map((kind) => [kind, INCOMING_KIND_NAME[kind]] as const);
const NOTHING = '-';
const UNCHOSEN = '';

const schema = z.strictObject({
  kind: z.enum(INCOMING_KINDS),
  /** The serial number of what it answers. */
  answers: z.string(),
  /** Of which copy it is the kvittens; null where it is not said. */
  copy: z.string().nullable(),
  typed: z.string(),
  sender: z.string(),
  summary: z.string(),
  level: z.enum(LEVELS),
  when: z.string(),
});
type IncomingDraft = Readonly<z.output<typeof schema>>;

type Made = AnswerOf<'register.addIncoming'>;

interface IncomingProps {
  readonly room: Room;
  readonly entries: readonly Entry[];
}

/** Opens the writing down of a paper that has come in, and says what number it got. */
export function IncomingButton({ room, entries }: IncomingProps) {
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  return (
    <div>
      <Button
        variant="secondary"
        size="medium"
        icon={Inbox}
        onPress={() => {
          setMade(null);
          setOpen(true);
        }}
      >
        {sv.paper.incoming}
      </Button>
      <div role="status">
        {made !== null && (
          <>
            {sv.paper.incomingDone(made.entry.designation)}{' '}
            {made.entry.incoming?.kind === 'kvittens' &&
              (made.receipted.length === 0
                ? sv.paper.incomingNoKvittens
                : sv.paper.incomingReceipted(made.receipted.join(', ')))}
          </>
        )}
      </div>
      {isOpen && (
        <IncomingDialog
          room={room}
          entries={entries}
          onEnd={(done) => {
            setMade(done);
            setOpen(false);
          }}
        />
      )}
    </div>
  );
}

interface IncomingDialogProps extends IncomingProps {
  /** @param made its row and what it ended the waiting for; null where nothing was written down */
  readonly onEnd: (made: Made | null) => void;
}

function IncomingDialog({ room, entries, onEnd }: IncomingDialogProps) {
  const levels = useLevels().filter((level) => roomOf(level) === room);
  // A list of the register belongs to no incident, and is answered by none.
  const sent = entries
    .filter(({ incident, incoming, withheld }) => incident !== null && incoming === null && !withheld)
    .reverse();
  const isWaiting = ({ copies }: Entry): boolean =>
    copies.some(({ outstandingSince }) => outstandingSince !== null);
  const expected = sent.filter(isWaiting);
  const draftLevel = useRegisterLevel(room);
  const draft = useFormDraft<IncomingDraft>({
    subject: `incoming:${room}`,
    incident: null,
    schema,
    initial: {
      ...{ kind: 'kvittens', typed: '', sender: '', summary: '', copy: null },
      // Only what there can be no doubt of is chosen beforehand: a kvittens told of the wrong document ends the wrong waiting.
      answers: expected.length === 1 ? `${expected[0]?.serial}` : sent.length === 0 ? NOTHING : UNCHOSEN,
      level: levels[0] ?? 'oppen',
      when: toLocalInput(new Date()),
    },
    levelOf: () => draftLevel,
  });
  const { kind, answers, copy, typed, sender, summary, level, when } = draft.value;
  const answered = sent.find(({ serial }) => `${serial}` === answers);
  const waiting = (kind === 'kvittens' ? (answered?.copies ?? []) : []).filter(
    ({ outstandingSince }) => outstandingSince !== null,
  );
  const receipted = waiting.length > 1 ? copy : null;
  const incident = answered?.incident ?? typed.trim().toUpperCase();
  const text = sv.paper;
  const save = useWork(async () => {
    const cameAt = fromLocalInput(when);
    if (cameAt === null) return;
    const done = await draft.settle(() =>
      core.call('register.addIncoming', {
        ...{ incident, kind, cameAt, level, sender: sender.trim() },
        summary: summary.trim() || null,
        answers: answered?.serial ?? null,
        copy: receipted === null ? null : Number(receipted),
      }),
    );
    onEnd(done);
  });
  const isDone =
    answers !== UNCHOSEN &&
    (waiting.length <= 1 || receipted !== null) &&
    incident !== '' &&
    sender.trim() !== '' &&
    fromLocalInput(when) !== null;
  return (
    <DraftDialog
      title={text.incomingTitle}
      draft={draft}
      isRunning={save.isRunning}
      onSubmit={() => {
        if (isDone) void save.run();
      }}
      onEnd={() => onEnd(null)}
    >
      {(leave) => (
        <>
          <Muted>{text.incomingLead}</Muted>
          <Choice
            label={text.incomingKind}
            value={kind}
            options={KINDS}
            onChange={(written) => draft.put({ kind: written })}
          />
          <Choice
            label={text.incomingAnswers}
            value={answers === UNCHOSEN ? null : answers}
            options={[
              ...sent.map(
                (one) =>
                  [
                    `${one.serial}`,
                    isWaiting(one) ? text.incomingWaits(one.designation) : one.designation,
                  ] as const,
              ),
              [NOTHING, text.incomingNothing] as const,
            ]}
            onChange={(written) => draft.put({ answers: written, copy: null })}
          />
          {waiting.length > 1 && (
            <Choice
              label={text.incomingCopy}
              value={receipted}
              options={waiting.map((one) => [`${one.number}`, one.designation] as const)}
              onChange={(chosen) => draft.put({ copy: chosen })}
            />
          )}
          {kind === 'kvittens' && answered && waiting.length > 0 && <Muted>{text.incomingKvittens}</Muted>}
          {kind === 'kvittens' && (answers === NOTHING || (answered && waiting.length === 0)) && (
            <Notice kind="important">{text.incomingNotWaiting}</Notice>
          )}
          {answers === NOTHING && (
            <TextField
              label={text.incomingIncident}
              size="medium"
              autoComplete="off"
              maxLength={20}
              value={typed}
              onChange={(written) => draft.put({ typed: written })}
            />
          )}
          <TextField
            label={text.incomingSender}
            size="medium"
            autoComplete="off"
            maxLength={500}
            isRequired
            value={sender}
            onChange={(written) => draft.put({ sender: written })}
          />
          <TimeField
            label={text.incomingWhen}
            value={when}
            onChange={(written) => draft.put({ when: written })}
          />
          <Choice
            label={text.incomingLevel}
            value={level}
            options={levels.map((one) => [one, LEVEL_NAME[one]] as const)}
            onChange={(written) => draft.put({ level: written })}
          />
          {room === 'protected' && kind === 'kvittens' && <Muted>{text.incomingUnmarked}</Muted>}
          <TextField
            label={text.incomingSummary}
            size="medium"
            autoComplete="off"
            maxLength={500}
            value={summary}
            onChange={(written) => draft.put({ summary: written })}
          />
          <ErrorBanner error={save.error} />
          <DialogActions>
            <WorkButton work={save} size="medium" label={text.incomingSave} isDisabled={!isDone} />
            <Button variant="tertiary" size="medium" onPress={leave}>
              {sv.common.cancel}
            </Button>
          </DialogActions>
        </>
      )}
    </DraftDialog>
  );
}
