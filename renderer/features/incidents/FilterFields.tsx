import { SearchField } from '@midas-ds/components/search-field';
import { LISTED_STATES, type ListedState } from '../../../shared/domain/incident.ts';
import { LEVEL_NAME, LEVELS, type Level } from '../../../shared/domain/marking.ts';
import { STATE_NAME } from '../../../shared/domain/words.ts';
import { useApp, type ListFilter } from '../../app/store.ts';
import { Choice } from '../../components/Choice.tsx';
import { sv } from '../../text/sv.ts';
import styles from './IncidentsScreen.module.css';

const ALL = 'all';
const STATES: readonly (readonly [ListedState | typeof ALL, string])[] = [
  [ALL, sv.incidents.allStates],
  ...LISTED_STATES.map(
    (state) => [state, state === 'ongoing' ? sv.incidents.ongoing : STATE_NAME[state]] as const,
  ),
];
const LEVEL_CHOICES: readonly (readonly [Level | typeof ALL, string])[] = [
  [ALL, sv.incidents.allLevels],
  ...LEVELS.map((level) => [level, LEVEL_NAME[level]] as const),
];
const EXERCISES = Object.entries(sv.incidents.exerciseChoices) as [ExerciseChoice, string][];
const SORTS = Object.entries(sv.incidents.sorts) as [ListFilter['sort'], string][];

type ExerciseChoice = keyof typeof sv.incidents.exerciseChoices;
const IS_EXERCISE: Readonly<Record<ExerciseChoice, boolean | null>> = {
  all: null,
  real: false,
  exercise: true,
};

function exerciseChoiceOf(exercise: boolean | null): ExerciseChoice {
  return exercise === null ? 'all' : exercise ? 'exercise' : 'real';
}

function orNull<T extends string>(choice: T | typeof ALL): T | null {
  return choice === ALL ? null : (choice as T);
}

/** By itself, so that what is written does not draw the rest of the screen anew. */
export function SearchWords() {
  const search = useApp((state) => state.list.filter.search);
  const setFilter = useApp((state) => state.setFilter);
  return (
    <SearchField
      label={sv.incidents.search}
      placeholder={sv.incidents.searchPlaceholder}
      size="medium"
      showButton={false}
      value={search}
      maxLength={500}
      onChange={(words) => setFilter({ search: words })}
    />
  );
}

/** What the list is narrowed to, and its order. */
export function FilterChoices() {
  const state = useApp((app) => app.list.filter.state);
  const level = useApp((app) => app.list.filter.level);
  const exercise = useApp((app) => app.list.filter.exercise);
  const sort = useApp((app) => app.list.filter.sort);
  const setFilter = useApp((app) => app.setFilter);
  return (
    <div className={styles.choices}>
      <Choice
        label={sv.incidents.state}
        value={state ?? ALL}
        options={STATES}
        onChange={(choice) => setFilter({ state: orNull(choice) })}
      />
      <Choice
        label={sv.incidents.level}
        value={level ?? ALL}
        options={LEVEL_CHOICES}
        onChange={(choice) => setFilter({ level: orNull(choice) })}
      />
      <Choice
        label={sv.incidents.exercises}
        value={exerciseChoiceOf(exercise)}
        options={EXERCISES}
        onChange={(choice) => setFilter({ exercise: IS_EXERCISE[choice] })}
      />
      <Choice
        label={sv.incidents.sort}
        value={sort}
        options={SORTS}
        onChange={(choice) => setFilter({ sort: choice })}
      />
    </div>
  );
}
