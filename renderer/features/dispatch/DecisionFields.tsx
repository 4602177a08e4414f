import { TextArea, TextField } from '@midas-ds/components/textfield';
import { Muted, Stack } from '../../components/Layout.tsx';
import { sv } from '../../text/sv.ts';
import type { Decision } from './details.ts';
import { SecondPerson } from './SecondPerson.tsx';
import type { GateAnswer } from './ways.ts';

interface DecisionFieldsProps {
  readonly because: readonly GateAnswer[];
  readonly decision: Decision;
  readonly onChange: (decision: Decision) => void;
}

/** The decision that the gate asks for: what it must have found, the reason, and who decided. */
export function DecisionFields({ because, decision, onChange }: DecisionFieldsProps) {
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
      {because.some((answer) => answer.takesTwo) && (
        <SecondPerson second={decision} onChange={(second) => onChange({ ...decision, ...second })} />
      )}
    </Stack>
  );
}
