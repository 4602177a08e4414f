import { Checkbox } from '@midas-ds/components/checkbox';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import type { TimeId } from '../../../shared/domain/incident.ts';
import { COUNTIES, type County } from '../../../shared/domain/supervision-schema.ts';
import { ACT_NAME, COUNTY_NAME } from '../../../shared/domain/supervision.ts';
import { core } from '../../app/bridge.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { useWork } from '../../app/use-core.ts';
import { Choice } from '../../components/Choice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import styles from './SettingsScreen.module.css';

type Duties = AnswerOf<'vault.duties'>;
const NONE = 'none';
const COUNTY_CHOICES: readonly (readonly [County | typeof NONE, string])[] = [
  [NONE, sv.settings.duties.notGiven],
  ...COUNTIES.map((county) => [county, COUNTY_NAME[county]] as const),
];
const NOON_CHOICES = [
  [NONE, sv.settings.duties.notGiven],
  ['applies', sv.settings.duties.noonApplies],
  ['excluded', sv.settings.duties.noonExcluded],
] as const;

/** Who supervises the organisation, by the two acts, and what it has chosen where the rules leave it a choice. */
export function DutiesForm({ duties }: { readonly duties: Duties }) {
  const { settings, choices, supervisors } = duties;
  const canChange = useApp(({ status }) => isUnlocked(status, 'open') && isUnlocked(status, 'protected'));
  const [sectors, setSectors] = useState(settings.sectors);
  const [county, setCounty] = useState<County | typeof NONE>(settings.county ?? NONE);
  const [group, setGroup] = useState(settings.securityGroup ?? NONE);
  const [noon, setNoon] = useState<'applies' | 'excluded' | typeof NONE>(settings.noonRule ?? NONE);
  const [starts, setStarts] = useState<Readonly<Record<string, TimeId>>>(settings.starts);
  const [targets, setTargets] = useState(targetTexts(duties));
  const [isSaved, setSaved] = useState(false);
  const text = sv.settings.duties;
  const isWrong = (written: string): boolean => written.trim() !== '' && !/^\d{1,3}$/.test(written.trim());
  const save = useWork(async () => {
    setSaved(false);
    await core.call('vault.changeDuties', {
      sectors: [...sectors],
      county: county === NONE ? null : county,
      securityGroup: group === NONE ? null : group,
      noonRule: noon === NONE ? null : noon,
      starts: { ...starts },
      targets: Object.fromEntries(
        Object.entries(targets).flatMap(([key, written]) =>
          written.trim() === '' ? [] : [[key, Number(written)]],
        ),
      ),
    });
    setSaved(true);
  });
  const isDone = !Object.values(targets).some(isWrong);
  const chosenGroup = choices.securityGroups.find(({ id }) => id === group);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (canChange && isDone) void save.run();
      }}
    >
      <Stack>
        <Muted>{text.lead}</Muted>
        <div className={styles.choices}>
          <Choice
            label={text.county}
            value={county}
            options={COUNTY_CHOICES}
            isDisabled={!canChange}
            onChange={setCounty}
          />
          <Choice
            label={text.noon}
            description={text.noonHelp}
            value={noon}
            options={NOON_CHOICES}
            isDisabled={!canChange}
            onChange={setNoon}
          />
        </div>
        <fieldset className={styles.group}>
          <legend>{text.sectors}</legend>
          <Muted>{text.sectorsHelp}</Muted>
          {settings.sectorsToChoose !== undefined && settings.sectorsToChoose.length > 0 && (
            <Notice kind="important">{text.sectorsToChoose(settings.sectorsToChoose)}</Notice>
          )}
          <div className={styles.ticks}>
            {choices.sectors.map(({ id, name }) => (
              <Checkbox
                key={id}
                isDisabled={!canChange}
                isSelected={sectors.includes(id)}
                onChange={(isSelected) =>
                  setSectors(isSelected ? [...sectors, id] : sectors.filter((one) => one !== id))
                }
              >
                {name}
              </Checkbox>
            ))}
          </div>
        </fieldset>
        <Choice
          label={text.security}
          description={canChange ? text.securityHelp : text.securityHidden}
          value={group}
          options={[
            [NONE, text.notGiven] as const,
            ...choices.securityGroups.map(({ id, name }) => [id, name] as const),
          ]}
          isDisabled={!canChange}
          onChange={setGroup}
        />
        {chosenGroup?.note && <Muted>{chosenGroup.note}</Muted>}
        {supervisors.length > 0 && (
          <div>
            <h3>{text.supervisors}</h3>
            <ul>
              {supervisors.map(({ act, group: name, authority, provision }) => (
                <li key={`${act} ${name}`}>
                  {text.supervisor(authority?.name ?? text.countyMissing, ACT_NAME[act], name, provision)}
                </li>
              ))}
            </ul>
          </div>
        )}
        <fieldset className={styles.group}>
          <legend>{text.starts}</legend>
          <Muted>{text.startsHelp}</Muted>
          <div className={styles.choices}>
            {choices.starts.map(({ key, name, options }) => (
              <Choice
                key={key}
                label={name}
                value={starts[key] ?? NONE}
                options={options.map(({ id, label }) => [id ?? NONE, label] as const)}
                isDisabled={!canChange}
                onChange={(chosen) =>
                  setStarts(
                    chosen === NONE
                      ? Object.fromEntries(Object.entries(starts).filter(([one]) => one !== key))
                      : { ...starts, [key]: chosen },
                  )
                }
              />
            ))}
          </div>
        </fieldset>
        <details>
          <summary>{text.targets}</summary>
          <Stack>
            <Muted>{text.targetsHelp}</Muted>
            <div className={styles.choices}>
              {choices.targets.map(({ key, name, proposed }) => (
                <TextField
                  key={key}
                  label={name}
                  description={proposed === null ? text.noProposal : text.proposal(proposed)}
                  size="medium"
                  autoComplete="off"
                  isReadOnly={!canChange}
                  isInvalid={isWrong(targets[key] ?? '')}
                  errorMessage={isWrong(targets[key] ?? '') ? text.targetWrong : undefined}
                  value={targets[key] ?? ''}
                  onChange={(written) => setTargets({ ...targets, [key]: written })}
                />
              ))}
            </div>
          </Stack>
        </details>
        {isSaved && <Notice kind="success">{sv.settings.saved}</Notice>}
        <ErrorBanner error={save.error} />
        {canChange ? (
          <WorkButton work={save} size="medium" label={text.save} isDisabled={!isDone} />
        ) : (
          <Muted>{sv.settings.needsBoth}</Muted>
        )}
      </Stack>
    </form>
  );
}

function targetTexts({ settings, choices }: Duties): Readonly<Record<string, string>> {
  return Object.fromEntries(choices.targets.map(({ key }) => [key, `${settings.targets[key] ?? ''}`]));
}
