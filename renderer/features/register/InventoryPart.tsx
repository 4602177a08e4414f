import { Button } from '@midas-ds/components/button';
import { Checkbox } from '@midas-ds/components/checkbox';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { z } from 'zod';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { LEVEL_NAME, type Level } from '../../../shared/domain/marking.ts';
import { COPY_STATE_NAME, INVENTORY_RULES } from '../../../shared/domain/register.ts';
import { roomOf, type Room } from '../../../shared/domain/room.ts';
import { CONFIDENCE_NAME } from '../../../shared/domain/words.ts';
import { core } from '../../app/bridge.ts';
import { formatDateTime } from '../../app/format.ts';
import { useQuery, useWork } from '../../app/use-core.ts';
import { useFormDraft, useRegisterLevel } from '../../app/use-form-draft.ts';
import { DialogActions } from '../../components/Dialog.tsx';
import { DraftDialog } from '../../components/DraftDialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Row, Stack } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import type { Inventory } from './entries.ts';
import { PrintListButton } from './PrintListButton.tsx';

interface InventoryPartProps {
  readonly room: Room;
  /** What was last scanned. */
  readonly ticked: AnswerOf<'register.tick'> | null;
}

/** Counting copies: the one that goes on, or a new one, and those that have been. */
export function InventoryPart({ room, ticked }: InventoryPartProps) {
  const { data, error, isFirst } = useQuery('register.inventories', { room });
  const text = sv.register;
  if (isFirst) return <Loading />;
  const going = data?.find(({ finishedAt }) => finishedAt === null);
  const past = data?.filter(({ finishedAt }) => finishedAt !== null) ?? [];
  return (
    <Stack>
      <ErrorBanner error={error} />
      {going ? <Going room={room} inventory={going} ticked={ticked} /> : <Start room={room} />}
      {past.length > 0 && (
        <>
          <h3>{text.past}</h3>
          <ul>
            {past.map((inventory) => (
              <li key={inventory.id}>
                <Row gap="small">
                  {text.pastLine(
                    formatDateTime(inventory.finishedAt ?? inventory.startedAt),
                    inventory.finishedBy ?? inventory.startedBy,
                    inventory.copies.filter(({ result }) => result === 'seen').length,
                    inventory.copies.filter(({ result }) => result === 'missing').length,
                  )}
                  <PrintListButton
                    order={{ room, list: 'inventory', inventory: inventory.id }}
                    label={text.printProtocol}
                  />
                </Row>
              </li>
            ))}
          </ul>
        </>
      )}
    </Stack>
  );
}

function Start({ room }: { readonly room: Room }) {
  const [independent, setIndependent] = useState(false);
  const text = sv.register;
  const start = useWork(async () => {
    await core.call('register.startInventory', { room, independent });
  });
  const rules = (Object.keys(INVENTORY_RULES) as Level[]).filter((level) => roomOf(level) === room);
  return (
    <Stack>
      <Muted>{text.inventoryLead}</Muted>
      {rules.map((level) => {
        const rule = INVENTORY_RULES[level];
        return (
          rule && (
            <Muted key={level}>
              {text.inventoryRule(LEVEL_NAME[level], rule.source, CONFIDENCE_NAME[rule.confidence])}
            </Muted>
          )
        );
      })}
      <Checkbox isSelected={independent} onChange={setIndependent}>
        {text.independent}
      </Checkbox>
      <ErrorBanner error={start.error} />
      <WorkButton
        work={start}
        size="medium"
        label={text.start}
        isDisabled={!independent}
        onPress={() => void start.run()}
      />
    </Stack>
  );
}

function Going({ room, inventory, ticked }: InventoryPartProps & { readonly inventory: Inventory }) {
  const [isEnding, setEnding] = useState(false);
  const text = sv.register;
  const tick = useWork(async ({ code, isSeen }: { code: string; isSeen: boolean }) => {
    await core.call('register.tick', { room, code, how: isSeen ? 'hand' : 'untick' });
  });
  const seen = inventory.copies.filter(({ seenAt }) => seenAt !== null).length;
  const last = ticked?.inventory.id === inventory.id ? ticked.copy : null;
  return (
    <Stack>
      <Row gap="large">
        <strong>{text.going(seen, inventory.copies.length)}</strong>
        <Button size="medium" onPress={() => setEnding(true)}>
          {text.finish}
        </Button>
        <PrintListButton
          order={{ room, list: 'inventory', inventory: inventory.id }}
          label={text.printList}
        />
      </Row>
      <Muted>{text.scanToTick}</Muted>
      {last && (
        <Notice kind={last.isUnexpected ? 'important' : 'success'}>
          {ticked?.wasSeen ? text.tickedAgain(last.designation) : text.ticked(last.designation)}
          {last.isUnexpected && ` · ${text.unexpected(COPY_STATE_NAME[last.state])}`}
        </Notice>
      )}
      <ErrorBanner error={tick.error} />
      <table>
        <thead>
          <tr>
            <th scope="col">{text.columns.number}</th>
            <th scope="col">{text.columns.copies}</th>
            <th scope="col">{text.history}</th>
          </tr>
        </thead>
        <tbody>
          {inventory.copies.map((copy) => (
            <tr key={copy.code}>
              <th scope="row">
                <Checkbox
                  aria-label={text.tick(copy.designation)}
                  isSelected={copy.seenAt !== null}
                  onChange={(isSeen) => void tick.run({ code: copy.code, isSeen })}
                >
                  {copy.designation}
                </Checkbox>
              </th>
              <td>
                {copy.holder ?? COPY_STATE_NAME[copy.state]}
                {copy.isUnexpected && <Muted>{text.unexpected(COPY_STATE_NAME[copy.state])}</Muted>}
              </td>
              <td>{copy.seenAt !== null && text.seen(formatDateTime(copy.seenAt), copy.seenBy ?? '')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {isEnding && (
        <FinishDialog room={room} missing={inventory.copies.length - seen} onEnd={() => setEnding(false)} />
      )}
    </Stack>
  );
}

const schema = z.strictObject({ note: z.string() });
type FinishDraft = Readonly<z.output<typeof schema>>;

interface FinishDialogProps {
  readonly room: Room;
  readonly missing: number;
  readonly onEnd: () => void;
}

function FinishDialog({ room, missing, onEnd }: FinishDialogProps) {
  const level = useRegisterLevel(room);
  const draft = useFormDraft<FinishDraft>({
    subject: `inventory:${room}`,
    incident: null,
    schema,
    initial: { note: '' },
    levelOf: () => level,
  });
  const text = sv.register;
  const finish = useWork(async () => {
    const note = draft.value.note.trim() || null;
    await draft.settle(() => core.call('register.finishInventory', { room, note }));
    onEnd();
  });
  return (
    <DraftDialog
      title={text.finishTitle}
      draft={draft}
      isRunning={finish.isRunning}
      onSubmit={() => void finish.run()}
      onEnd={onEnd}
    >
      {(leave) => (
        <>
          <p>{text.finishMissing(missing)}</p>
          {missing > 0 && <Notice kind="important">{text.missNotice}</Notice>}
          <TextField
            label={text.finishNote}
            size="medium"
            autoComplete="off"
            maxLength={500}
            value={draft.value.note}
            onChange={(note) => draft.put({ note })}
          />
          <ErrorBanner error={finish.error} />
          <DialogActions>
            <WorkButton work={finish} size="medium" label={text.finish} />
            <Button variant="tertiary" size="medium" onPress={leave}>
              {sv.common.cancel}
            </Button>
          </DialogActions>
        </>
      )}
    </DraftDialog>
  );
}
