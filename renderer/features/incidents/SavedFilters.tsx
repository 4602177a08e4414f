import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { core } from '../../app/bridge.ts';
import { isUnlocked, NO_FILTER, useApp, type ListFilter } from '../../app/store.ts';
import { useQuery, useWork } from '../../app/use-core.ts';
import { Choice } from '../../components/Choice.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Row, Stack } from '../../components/Layout.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import styles from './IncidentsScreen.module.css';

type Saved = AnswerOf<'filters.list'>[number];

const NONE = '';

/** The same text for the same filter: the core gives the fields back in the order of the contract. */
function textOf({ search, state, level, exercise, sort }: ListFilter): string {
  return JSON.stringify([search, state, level, exercise, sort]);
}

function keyOf({ room, name }: Saved): string {
  return `${room} ${name}`;
}

/** Filters that somebody has given a name: chosen, saved and removed. */
export function SavedFilters() {
  const { data, error } = useQuery('filters.list', null);
  const saved = data ?? [];
  const setFilter = useApp((state) => state.setFilter);
  // Only what it comes to, so that a letter in the search draws nothing here anew.
  const chosen = useApp(({ list }) => {
    const same = saved.find(({ filter }) => textOf(filter) === textOf(list.filter));
    return same ? keyOf(same) : NONE;
  });
  const isFiltered = useApp(({ list }) => textOf(list.filter) !== textOf(NO_FILTER));
  const [dialog, setDialog] = useState<'save' | 'remove' | null>(null);
  const one = saved.find((candidate) => keyOf(candidate) === chosen);
  return (
    <div className={styles.saved}>
      <div>
        <ErrorBanner error={error} />
        <Choice
          label={sv.incidents.saved}
          value={chosen}
          options={[
            [NONE, sv.incidents.savedNone],
            ...saved.map(
              (filter) => [keyOf(filter), sv.incidents.savedIn(filter.name, filter.room)] as const,
            ),
          ]}
          onChange={(key) =>
            setFilter(saved.find((candidate) => keyOf(candidate) === key)?.filter ?? NO_FILTER)
          }
          isDisabled={saved.length === 0}
        />
      </div>
      <Row gap="small">
        {isFiltered && !one && (
          <Button variant="secondary" size="medium" onPress={() => setDialog('save')}>
            {sv.incidents.save}
          </Button>
        )}
        {one && (
          <Button variant="secondary" size="medium" onPress={() => setDialog('remove')}>
            {sv.incidents.removeSaved}
          </Button>
        )}
        {isFiltered && (
          <Button variant="tertiary" size="medium" onPress={() => setFilter(NO_FILTER)}>
            {sv.incidents.clear}
          </Button>
        )}
      </Row>
      {dialog === 'save' && <SaveDialog saved={saved} onEnd={() => setDialog(null)} />}
      {dialog === 'remove' && one && <RemoveDialog saved={one} onEnd={() => setDialog(null)} />}
    </div>
  );
}

function SaveDialog({ saved, onEnd }: { readonly saved: readonly Saved[]; readonly onEnd: () => void }) {
  const filter = useApp((state) => state.list.filter);
  const status = useApp((state) => state.status);
  const [name, setName] = useState('');
  const work = useWork(async () => {
    await core.call('filters.save', { name: name.trim(), filter });
    onEnd();
  });
  // As the core decides it: what somebody searches for may tell what she has read.
  const isProtected =
    isUnlocked(status, 'protected') && (filter.search.trim() !== '' || !isUnlocked(status, 'open'));
  return (
    <Dialog title={sv.incidents.saveTitle} onEnd={onEnd} canEnd={!work.isRunning}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') void work.run();
        }}
      >
        <Stack>
          <TextField
            label={sv.incidents.saveName}
            size="medium"
            value={name}
            onChange={setName}
            maxLength={80}
            autoComplete="off"
            autoFocus
          />
          <Muted>{sv.incidents.saveLead(isProtected ? 'protected' : 'open')}</Muted>
          {saved.some((one) => one.name === name.trim()) && <Muted>{sv.incidents.saveReplaces}</Muted>}
          <ErrorBanner error={work.error} />
          <Row>
            <WorkButton work={work} label={sv.incidents.saveSubmit} isDisabled={name.trim() === ''} />
            <Button variant="tertiary" size="medium" onPress={onEnd}>
              {sv.common.cancel}
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  );
}

function RemoveDialog({ saved, onEnd }: { readonly saved: Saved; readonly onEnd: () => void }) {
  const work = useWork(async () => {
    await core.call('filters.remove', { room: saved.room, name: saved.name });
    onEnd();
  });
  return (
    <Dialog title={sv.incidents.removeTitle} onEnd={onEnd} canEnd={!work.isRunning}>
      <Stack>
        <p>{sv.incidents.removeText(saved.name)}</p>
        <ErrorBanner error={work.error} />
        <Row>
          <WorkButton work={work} label={sv.incidents.removeSubmit} onPress={() => void work.run()} />
          <Button variant="tertiary" size="medium" onPress={onEnd}>
            {sv.common.cancel}
          </Button>
        </Row>
      </Stack>
    </Dialog>
  );
}
