import { TextArea, TextField } from '@midas-ds/components/textfield';
import { Muted, Stack } from '../../components/Layout.tsx';
import { useApp } from '../../app/store.ts';
import { useQuery } from '../../app/use-core.ts';
import { SecondPersonFields } from '../../components/SecondPersonFields.tsx';
import { sv } from '../../text/sv.ts';
import type { Decision } from './details.ts';
import type { GateAnswer } from './ways.ts';

interface DecisionFieldsProps {
  readonly because: readonly GateAnswer[];
  readonly decision: Decision;
  readonly onChange: (decision: Decision) => void;
  /** Left out: the säkerhetsskyddschef's decision takes two where the setting says so. */
  readonly takesTwo?: boolean;
}

/** The decision that the gate asks for: what it must have found, the reason, and who decided. */
export function DecisionFields({ because, decision, onChange, takesTwo = true }: DecisionFieldsProps) {
  const conditions = because.flatMap((answer) => answer.conditions);
  const decider = because.some((answer) => answer.decider === 'sakerhetsskyddschefen')
    ? 'sakerhetsskyddschefen'
    : 'anvandaren';
  return (
    <Stack gap="small">
      <h3>{sv.dispatch.decision}</h3>
      <Muted>
        {sv.dispatch.decisionLead} {sv.dispatch.deciders[decider]}.
      </Muted>
      {conditions.length > 0 && (
        <>
          <p>{sv.dispatch.conditions}:</p>
          <ul>
            {conditions.map((condition) => (
              <li key={condition}>{condition}</li>
            ))}
          </ul>
        </>
      )}
      <TextArea
        label={sv.common.reason}
        isRequired
        rows={2}
        value={decision.reason}
        onChange={(reason) => onChange({ ...decision, reason })}
      />
      <TextField
        label={sv.dispatch.decidedBy}
        description={sv.dispatch.decidedByHelp}
        size="medium"
        autoComplete="off"
        value={decision.decidedBy}
        onChange={(decidedBy) => onChange({ ...decision, decidedBy })}
      />
      {takesTwo && decider === 'sakerhetsskyddschefen' && (
        <SecondPerson decision={decision} onChange={onChange} />
      )}
    </Stack>
  );
}

/** The other person of a decision that takes two; nothing where no open room asks for her. */
function SecondPerson({ decision, onChange }: Pick<DecisionFieldsProps, 'decision' | 'onChange'>) {
  const status = useApp((state) => state.status);
  const unlocked = status?.unlocked ?? [];
  const { data: one } = useQuery('register.settings', { room: unlocked[0]?.room ?? 'open' });
  const { data: other } = useQuery('register.settings', { room: unlocked.at(-1)?.room ?? 'open' });
  if (one?.twoPersons !== true && other?.twoPersons !== true) return null;
  const own = new Set(unlocked.map(({ user }) => user));
  const names = [...new Set((status?.users ?? []).map(({ name }) => name))].filter((name) => !own.has(name));
  return (
    <Stack gap="small">
      <h3>{sv.paper.secondTitle}</h3>
      {names.length === 0 ? (
        <p>{sv.paper.secondNobody}</p>
      ) : (
        <SecondPersonFields
          names={names}
          userLabel={sv.paper.secondUser}
          passphraseLabel={sv.paper.secondPassphrase}
          secondUser={decision.secondUser}
          secondPassphrase={decision.secondPassphrase}
          onChange={(second) => onChange({ ...decision, ...second })}
        />
      )}
    </Stack>
  );
}
