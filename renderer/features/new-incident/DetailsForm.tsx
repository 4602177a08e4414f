import { Button } from '@midas-ds/components/button';
import { Checkbox } from '@midas-ds/components/checkbox';
import { TextArea, TextField } from '@midas-ds/components/textfield';
import {
  regimesOf,
  regimeToAssess,
  type TreeContext,
  type TreeDecision,
} from '../../../shared/domain/decision-tree.ts';
import type { TimeId } from '../../../shared/domain/incident.ts';
import { core } from '../../app/bridge.ts';
import { fromLocalInput } from '../../app/local-time.ts';
import { useApp } from '../../app/store.ts';
import { useWork } from '../../app/use-core.ts';
import type { Draft } from '../../app/use-draft.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Panel, Row } from '../../components/Layout.tsx';
import { isComplete, MarkingField, useLevels } from '../../components/MarkingField.tsx';
import { Notice } from '../../components/Notice.tsx';
import { isTimeWrong, TimeField } from '../../components/TimeField.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import styles from './DetailsForm.module.css';
import { NEW_INCIDENT, type DetailsDraft } from './draft.ts';
import { incidentFileOf, on } from './incident-file.ts';

interface DetailsFormProps {
  readonly details: DetailsDraft;
  readonly onChange: (details: DetailsDraft) => void;
  /** Does the storing, after which there is no draft. */
  readonly whileSaving: Draft<object>['whileSaving'];
  readonly decisions: readonly TreeDecision[];
  readonly context: TreeContext;
  readonly isProtected: boolean;
  readonly onBack: () => void;
}

/** What is known now: a title, what has happened, and the times that the deadlines run from. */
export function DetailsForm({
  details,
  onChange,
  whileSaving,
  decisions,
  context,
  isProtected,
  onBack,
}: DetailsFormProps) {
  const go = useApp((state) => state.go);
  const by = useApp((state) => state.status?.unlocked[0]?.user ?? '');
  const levels = useLevels(isProtected ? 'begransat-hemlig' : 'oppen').filter(
    (level) => isProtected || level === 'oppen' || level === 'sekretess',
  );
  const { title, happened, exercise, detected, aware, identified, marking } = details;
  const put = (part: Partial<DetailsDraft>): void => onChange({ ...details, ...part });
  const isDone =
    title.trim() !== '' && isComplete(marking) && ![detected, aware, identified].some(isTimeWrong);
  const times = timesOf({ detected, aware, identified });
  const regimes = regimesOf(decisions, on(context, times));
  const create = useWork(async () => {
    const text = incidentFileOf(decisions, context, { title, happened, times, exercise, ...marking }, by);
    const [incident] = await whileSaving(() =>
      core.call('incidents.import', { files: [{ name: title, text }], draft: NEW_INCIDENT }),
    );
    const unsure = regimeToAssess(decisions, context);
    go(
      incident === undefined
        ? { screen: 'incidents' }
        : {
            screen: 'incident',
            incident,
            ...(unsure === null ? {} : { draft: `assessment:${incident}:${unsure}` }),
          },
    );
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isDone) void create.run();
      }}
    >
      <Panel title={sv.newIncident.detailsTitle}>
        <Muted>{sv.newIncident.detailsLead}</Muted>
        <p>
          <strong>{sv.newIncident.regimes}:</strong>{' '}
          {regimes.length > 0 ? regimes.join(', ') : sv.newIncident.noRegimes}
        </p>
        <TextField
          label={sv.newIncident.titleField}
          description={sv.newIncident.titleHelp}
          size="medium"
          value={title}
          onChange={(written) => put({ title: written })}
        />
        <TextArea
          label={sv.newIncident.happened}
          value={happened}
          onChange={(written) => put({ happened: written })}
          rows={4}
        />
        <div className={styles.times}>
          <TimeField
            label={sv.newIncident.detected}
            value={detected}
            onChange={(written) => put({ detected: written })}
          />
          <TimeField
            label={sv.newIncident.identified}
            value={identified}
            onChange={(written) => put({ identified: written })}
          />
          <TimeField
            label={sv.newIncident.aware}
            value={aware}
            onChange={(written) => put({ aware: written })}
          />
        </div>
        {aware.trim() === '' && <Notice kind="warning">{sv.newIncident.awareEmpty}</Notice>}
        <MarkingField
          label={sv.newIncident.level}
          value={marking}
          levels={levels}
          onChange={(chosen) => put({ marking: chosen })}
        />
        <Checkbox isSelected={exercise} onChange={(isExercise) => put({ exercise: isExercise })}>
          {sv.newIncident.exercise}
        </Checkbox>
        <Muted>{sv.newIncident.decisions}</Muted>
        <ErrorBanner error={create.error} />
        <Row>
          <Button variant="secondary" size="medium" onPress={onBack}>
            {sv.newIncident.previous}
          </Button>
          <WorkButton size="medium" work={create} label={sv.newIncident.create} isDisabled={!isDone} />
        </Row>
      </Panel>
    </form>
  );
}

/** As they are stored, those that can be read. */
function timesOf(written: Readonly<Partial<Record<TimeId, string>>>): Partial<Record<TimeId, string>> {
  return Object.fromEntries(
    Object.entries(written).flatMap(([id, value]) => {
      const at = fromLocalInput(value);
      return at === null ? [] : [[id, at]];
    }),
  );
}
