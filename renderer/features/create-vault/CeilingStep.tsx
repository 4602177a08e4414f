import { Checkbox } from '@midas-ds/components/checkbox';
import { LEVEL_NAME, LEVELS } from '../../../shared/domain/marking.ts';
import { Choice } from '../../components/Choice.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { sv } from '../../text/sv.ts';
import { demandsOf, type StepProps } from './plan.ts';

// A vault for only open information would have no use of its second room, nor of most rules.
const CEILINGS = LEVELS.filter((level) => level !== 'oppen').map(
  (level) => [level, LEVEL_NAME[level]] as const,
);

/** How high, and what the law asks before the workstation may hold that. */
export function CeilingStep({ plan, change }: StepProps) {
  const demands = demandsOf(plan.ceiling);
  return (
    <>
      <Muted>{sv.create.ceilingLead}</Muted>
      <Choice
        label={sv.create.ceiling}
        value={plan.ceiling}
        options={CEILINGS}
        onChange={(ceiling) => change({ ceiling, confirmed: [] })}
      />
      {demands.length > 0 && (
        <Stack gap="small">
          <p>{sv.create.ceilingAsk}</p>
          {demands.map((demand) => (
            <Checkbox
              key={demand}
              isSelected={plan.confirmed.includes(demand)}
              onChange={(isSelected) =>
                change({
                  confirmed: isSelected
                    ? [...plan.confirmed, demand]
                    : plan.confirmed.filter((other) => other !== demand),
                })
              }
            >
              {demand}
            </Checkbox>
          ))}
          <Muted>{sv.create.ceilingOwn}</Muted>
        </Stack>
      )}
    </>
  );
}
