import { Checkbox } from '@midas-ds/components/checkbox';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { z } from 'zod';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { TIME_IDS } from '../../../shared/domain/incident.ts';
import { isProtectedLevel } from '../../../shared/domain/marking.ts';
import { COUNTIES, type County } from '../../../shared/domain/supervision-schema.ts';
import { ACT_NAME, COUNTY_NAME } from '../../../shared/domain/supervision.ts';
import { CONFIDENCE_NAME } from '../../../shared/domain/words.ts';
import { core } from '../../app/bridge.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { useFormDraft } from '../../app/use-form-draft.ts';
import { useWork } from '../../app/use-core.ts';
import { Choice } from '../../components/Choice.tsx';
import { DraftNotice, DraftState } from '../../components/DraftNotice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
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

const dutiesSchema = z.strictObject({
  sectors: z.array(z.string()).readonly(),
  county: z.enum([NONE, ...COUNTIES]),
  group: z.string(),
  noon: z.enum([NONE, 'applies', 'excluded']),
  starts: z.record(z.string(), z.enum(TIME_IDS)),
  targets: z.record(z.string(), z.string()),
});
type DutiesDraft = Readonly<z.output<typeof dutiesSchema>>;

/** Who supervises the organisation, by the two acts, and what it has chosen where the rules leave it a choice. */
export function DutiesForm({ duties }: { readonly duties: Duties }) {
  const [isSaved, setSaved] = useState(false);
  // Made anew where what is stored has changed: the form begins with that.
  return (
    <DutiesFields
      key={JSON.stringify(duties.settings)}
      duties={duties}
      isSaved={isSaved}
      onSaved={setSaved}
    />
  );
}

interface DutiesFieldsProps {
  readonly duties: Duties;
  readonly isSaved: boolean;
  readonly onSaved: (isSaved: boolean) => void;
}

function DutiesFields({ duties, isSaved, onSaved }: DutiesFieldsProps) {
  const { settings, choices, supervisors } = duties;
  const canChange = useApp(({ status }) => isUnlocked(status, 'open') && isUnlocked(status, 'protected'));
  // Which group säkerhetsskyddslagen puts the organisation in lies in the protected room, and so does a draft that tells it.
  const hasCeiling = useApp(({ status }) => isProtectedLevel(status?.ceiling ?? 'oppen'));
  const draft = useFormDraft<DutiesDraft>({
    subject: 'duties',
    incident: null,
    schema: dutiesSchema,
    initial: {
      sectors: settings.sectors,
      county: settings.county ?? NONE,
      group: hasCeiling ? (settings.securityGroup ?? NONE) : NONE,
      noon: settings.noonRule ?? NONE,
      starts: settings.starts,
      targets: targetTexts(duties),
    },
    levelOf: () => (hasCeiling ? 'begransat-hemlig' : 'oppen'),
    isPaused: () => !isUnlocked(useApp.getState().status, 'protected'),
  });
  const [groupBeside, setGroupBeside] = useState(settings.securityGroup ?? NONE);
  const { sectors, county, noon, starts, targets } = draft.value;
  const group = hasCeiling ? draft.value.group : groupBeside;
  const setGroup = (chosen: string): void =>
    hasCeiling ? draft.put({ group: chosen }) : setGroupBeside(chosen);
  const text = sv.settings.duties;
  const isWrong = (written: string): boolean => written.trim() !== '' && !/^\d{1,3}$/.test(written.trim());
  const save = useWork(async () => {
    onSaved(false);
    const change = {
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
    };
    await draft.settle(() => core.call('vault.changeDuties', change));
    onSaved(true);
  });
  const isDone = !Object.values(targets).some(isWrong);
  const chosenGroup = choices.securityGroups.find(({ id }) => id === group);
  if (draft.isLoading) return <Loading />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (canChange && isDone) void save.run();
      }}
    >
      <Stack>
        <Muted>{text.lead}</Muted>
        <DraftNotice draft={draft} />
        <div className={styles.choices}>
          <Choice
            label={text.county}
            value={county}
            options={COUNTY_CHOICES}
            isDisabled={!canChange}
            onChange={(chosen) => draft.put({ county: chosen })}
          />
          <Choice
            label={text.noon}
            description={text.noonHelp}
            value={noon}
            options={NOON_CHOICES}
            isDisabled={!canChange}
            onChange={(chosen) => draft.put({ noon: chosen })}
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
                  draft.put({
                    sectors: isSelected ? [...sectors, id] : sectors.filter((one) => one !== id),
                  })
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
              {supervisors.map(({ act, group: name, authority, provision, confidence }) => (
                <li key={`${act} ${name}`}>
                  {text.supervisor(
                    authority?.name ?? text.countyMissing,
                    ACT_NAME[act],
                    name,
                    provision,
                    CONFIDENCE_NAME[confidence],
                  )}
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
                  draft.put({
                    starts:
                      chosen === NONE
                        ? Object.fromEntries(Object.entries(starts).filter(([one]) => one !== key))
                        : { ...starts, [key]: chosen },
                  })
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
                  onChange={(written) => draft.put({ targets: { ...targets, [key]: written } })}
                />
              ))}
            </div>
          </Stack>
        </details>
        {isSaved && !draft.isChanged && <Notice kind="success">{sv.settings.saved}</Notice>}
        {canChange && <DraftState draft={draft} />}
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
