import { TIME_LABEL } from '../../../shared/domain/words.ts';
import { formatDateTime } from '../../app/format.ts';
import { Muted, Stack } from '../../components/Layout.tsx';
import { sv } from '../../text/sv.ts';
import { ItemMarking } from './ItemMarking.tsx';
import type { Incident } from './items.ts';

/** When it happened, was found, and became known: different times that deadlines run from. */
export function TimesPart({ incident }: { readonly incident: Incident }) {
  return (
    <Stack>
      {incident.times.length === 0 ? (
        <Muted>{sv.incident.timesNone}</Muted>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{sv.incident.times}</th>
              <th scope="col">{sv.incident.at}</th>
              <th scope="col">{sv.incident.precisionLabel}</th>
              <th scope="col">{sv.incident.marking}</th>
            </tr>
          </thead>
          <tbody>
            {incident.times.map(({ id, at, precision, marking }) => (
              <tr key={id}>
                <th scope="row">{TIME_LABEL[id]}</th>
                <td>{formatDateTime(at)}</td>
                <td>{sv.incident.precision[precision]}</td>
                <td>
                  <ItemMarking
                    item={{ incident: incident.id, kind: 'time', key: id }}
                    name={TIME_LABEL[id]}
                    marking={marking}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Muted>{sv.incident.timesReadOnly}</Muted>
    </Stack>
  );
}
