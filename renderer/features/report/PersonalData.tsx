import { Checkbox } from '@midas-ds/components/checkbox';
import { PERSONAL_DATA_NAME } from '../../../shared/domain/personal-data.ts';
import { useQuery } from '../../app/use-core.ts';
import { Muted, Panel } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { sv } from '../../text/sv.ts';
import type { Order } from './order.ts';

interface PersonalDataProps {
  readonly order: Order;
  readonly onChange: (isMasked: boolean) => void;
}

/** In which fields there are personal data of which kinds, and whether they are masked. Nothing stands here where there are none. */
export function PersonalData({ order, onChange }: PersonalDataProps) {
  // Of a draft, so that it is told also while something is missing.
  const { data } = useQuery('reports.build', { ...order, draft: true });
  if (!data || data.personalData.fields.length === 0) return null;
  const { fields, isAlwaysMasked } = data.personalData;
  return (
    <Panel>
      <Notice kind="important" title={sv.personalData.title}>
        <ul>
          {fields.map(({ label, kinds }) => (
            <li key={label}>
              {sv.personalData.field(
                label,
                kinds.map((kind) => PERSONAL_DATA_NAME[kind]),
              )}
            </li>
          ))}
        </ul>
      </Notice>
      {isAlwaysMasked ? (
        <Muted>{sv.personalData.always}</Muted>
      ) : (
        <>
          <Checkbox isSelected={order.mask === true} onChange={onChange}>
            {sv.personalData.mask}
          </Checkbox>
          <Muted>{sv.personalData.help}</Muted>
        </>
      )}
    </Panel>
  );
}
