import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { DESTRUCTION_WAYS, MOVE_DONE, MOVE_RULES, type CopyMove } from '../../../shared/domain/register.ts';
import { ROOM_NAME } from '../../../shared/domain/room.ts';
import { core } from '../../app/bridge.ts';
import { formatDateTime } from '../../app/format.ts';
import { useQuery, useWork } from '../../app/use-core.ts';
import { Choice } from '../../components/Choice.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Facts, Muted, Stack } from '../../components/Layout.tsx';
import { MarkingBadge } from '../../components/MarkingBadge.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Loading } from '../../components/Loading.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { DecisionNote } from './DecisionNote.tsx';
import { describeRaised, describeState } from './entries.ts';
import { MoveForm } from './MoveForm.tsx';

type Found = AnswerOf<'register.find'>;

/** One copy: what it is, what has become of it, and what can be told of it now. */
export function CopyDialog({ code, onEnd }: { readonly code: string; readonly onEnd: () => void }) {
  const { data, error } = useQuery('register.find', { code });
  const title = data ? sv.register.openCopy(data.copy.designation) : sv.register.document;
  return (
    <Dialog title={title} onEnd={onEnd}>
      <ErrorBanner error={error} />
      {data ? <FoundCopy found={data} /> : !error && <Loading />}
    </Dialog>
  );
}

function FoundCopy({ found: { entry, copy, distribution } }: { readonly found: Found }) {
  const [move, setMove] = useState<CopyMove | null>(null);
  const text = sv.register;
  const raised = describeRaised(entry);
  return (
    <Stack>
      <Facts
        rows={[
          [text.columns.copies, <strong key="state">{describeState(copy)}</strong>],
          [text.marking, <MarkingBadge key="marking" marking={entry.marking} />],
          ...(entry.formerly === null ? [] : [[text.formerNumber, entry.formerly] as const]),
          [text.columns.summary, entry.summary ?? sv.common.none],
          [text.room, ROOM_NAME[entry.room]],
          ...(entry.decision === null
            ? []
            : [[sv.paper.decisionTitle, <DecisionNote key="decision" decision={entry.decision} />] as const]),
          [text.code, <code key="code">{copy.code.match(/.{1,4}/g)?.join('-')}</code>],
        ]}
      />
      {raised !== null && <Notice kind="important">{raised}</Notice>}
      {entry.withdrawn && <Notice kind="important">{text.withdrawnCopy}</Notice>}
      {copy.possible.length > 0 && (
        <Choice
          label={text.what}
          value={move}
          options={copy.possible.map((one) => [one, MOVE_RULES[one].name] as const)}
          onChange={setMove}
        />
      )}
      {move !== null && copy.possible.includes(move) && (
        <MoveForm key={move} room={entry.room} copy={copy} move={move} onDone={() => setMove(null)} />
      )}
      <h3>{text.history}</h3>
      {copy.events.length === 0 && <Muted>{text.noHistory}</Muted>}
      <ul>
        {copy.events.map((event) => (
          <li key={`${event.recordedAt} ${event.move}`}>
            {[
              text.event(MOVE_DONE[event.move], formatDateTime(event.at), event.recordedBy),
              event.holder && text.eventHolder(event.holder),
              event.how && DESTRUCTION_WAYS[event.how],
              event.witness && text.eventWitness(event.witness),
              event.note,
            ]
              .filter(Boolean)
              .join(' · ')}
          </li>
        ))}
      </ul>
      <Distribution entry={entry} rows={distribution} />
    </Stack>
  );
}

function Distribution({
  entry: { room, serial },
  rows,
}: {
  readonly entry: Found['entry'];
  readonly rows: Found['distribution'];
}) {
  const [name, setName] = useState('');
  const text = sv.register;
  const add = useWork(async () => {
    await core.call('register.addToDistribution', { room, serial, name });
    setName('');
  });
  const strike = useWork(async (position: number) => {
    await core.call('register.strikeFromDistribution', { room, serial, position });
  });
  return (
    <Stack gap="small">
      <h3>{text.distribution}</h3>
      {rows.length === 0 && <Muted>{text.distributionNone}</Muted>}
      <ul>
        {rows.map((row) => (
          <li key={row.position}>
            {row.struckAt === null ? row.name : <s>{row.name}</s>}
            {row.struckAt !== null && ` ${formatDateTime(row.struckAt).slice(0, 10)}`}
            {row.struckAt === null && (
              <Button
                variant="tertiary"
                size="medium"
                aria-label={text.strikeOf(row.name)}
                onPress={() => void strike.run(row.position)}
              >
                {text.strike}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') void add.run();
        }}
      >
        <Stack gap="small">
          <TextField
            label={text.distributionName}
            size="medium"
            autoComplete="off"
            maxLength={500}
            value={name}
            onChange={setName}
          />
          <ErrorBanner error={add.error ?? strike.error} />
          <WorkButton
            work={add}
            variant="secondary"
            size="medium"
            label={text.distributionAdd}
            isDisabled={name.trim() === ''}
          />
        </Stack>
      </form>
    </Stack>
  );
}
