import { Checkbox } from '@midas-ds/components/checkbox';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import type { AnswerOf, RequestOf } from '../../../shared/contract/contract.ts';
import type { Room } from '../../../shared/domain/room.ts';
import { core } from '../../app/bridge.ts';
import { useQuery, useWork } from '../../app/use-core.ts';
import { Choice } from '../../components/Choice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Panel, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { NO_SECOND, secondOf } from '../dispatch/details.ts';
import { SecondPerson } from '../dispatch/SecondPerson.tsx';
import { PrintListButton } from './PrintListButton.tsx';

type List = RequestOf<'register.gate'>['list'];

/** How a room numbers, and its lists on paper. */
export function SettingsPart({ room }: { readonly room: Room }) {
  const { data, error } = useQuery('register.settings', { room });
  const [list, setList] = useState<List>('register');
  const text = sv.register;
  // What the protected register tells is not for the public.
  const lists = (Object.entries(text.lists) as [List, string][]).filter(
    ([one]) => one !== 'extract' || room === 'open',
  );
  return (
    <Stack>
      <Panel title={text.printTitle}>
        <Muted>{text.printLead}</Muted>
        <Choice label={text.list} value={list} options={lists} onChange={setList} />
        <PrintListButton order={{ room, list, inventory: null }} label={text.print} />
      </Panel>
      <Panel title={text.settingsTitle}>
        <ErrorBanner error={error} />
        {data && <SettingsForm room={room} settings={data} />}
      </Panel>
    </Stack>
  );
}

interface SettingsFormProps {
  readonly room: Room;
  readonly settings: AnswerOf<'register.settings'>;
}

function SettingsForm({ room, settings }: SettingsFormProps) {
  const [pattern, setPattern] = useState(settings.pattern);
  const [chief, setChief] = useState(settings.chief ?? '');
  const [twoPersons, setTwoPersons] = useState(settings.twoPersons);
  const [months, setMonths] = useState(
    settings.inventoryMonths === null ? '' : `${settings.inventoryMonths}`,
  );
  const [isSaved, setSaved] = useState(false);
  const [second, setSecond] = useState(NO_SECOND);
  const text = sv.register;
  // Where decisions take two, one alone does not change that, nor who the säkerhetsskyddschef is.
  const takesTwo = settings.twoPersons && (!twoPersons || chief.trim() !== (settings.chief ?? ''));
  const save = useWork(async () => {
    setSaved(false);
    const inventoryMonths = months.trim() === '' ? null : Number(months);
    const proof = takesTwo ? secondOf(second) : null;
    // Written anew after a mistake: nobody sees which letter was wrong.
    setSecond({ ...second, secondPassphrase: '' });
    await core.call('register.changeSettings', {
      ...{ room, pattern, twoPersons, inventoryMonths },
      chief: chief.trim() || null,
      second: proof,
    });
    setSecond(NO_SECOND);
    setSaved(true);
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save.run();
      }}
    >
      <Stack>
        <TextField
          label={text.pattern}
          description={text.patternHelp}
          size="medium"
          autoComplete="off"
          maxLength={80}
          value={pattern}
          onChange={setPattern}
        />
        <TextField
          label={text.chief}
          description={text.chiefHelp}
          size="medium"
          autoComplete="off"
          maxLength={200}
          value={chief}
          onChange={setChief}
        />
        <TextField
          label={sv.paper.inventoryMonths}
          description={sv.paper.inventoryMonthsHelp}
          size="medium"
          autoComplete="off"
          inputMode="numeric"
          maxLength={2}
          value={months}
          onChange={setMonths}
        />
        <Checkbox isSelected={twoPersons} onChange={setTwoPersons}>
          {sv.paper.twoPersons}
        </Checkbox>
        <Muted>{sv.paper.twoPersonsHelp}</Muted>
        {takesTwo && (
          <SecondPerson second={second} onChange={setSecond} room={room} lead={sv.paper.twoPersonsChange} />
        )}
        {isSaved && <Notice kind="success">{text.saved}</Notice>}
        <ErrorBanner error={save.error} />
        <WorkButton
          work={save}
          size="medium"
          label={text.save}
          isDisabled={
            pattern.trim() === '' || !/^\d*$/.test(months.trim()) || (takesTwo && secondOf(second) === null)
          }
        />
      </Stack>
    </form>
  );
}
