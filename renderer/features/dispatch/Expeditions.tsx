import { CircleCheck, CircleDashed, CircleSlash, HandHelping, MailCheck, Send } from 'lucide-react';
import { formatDateTime } from '../../app/format.ts';
import { useQuery } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { MarkingBadge } from '../../components/MarkingBadge.tsx';
import { sv } from '../../text/sv.ts';
import { EventButtons } from './EventButtons.tsx';
import { NumbersButton } from './NumbersDialog.tsx';
import styles from './Expeditions.module.css';
import { daysOutstanding, describeDetails, shownMarking, stateName, type Expedition } from './expeditions.ts';
import { useRecipientNames } from './use-recipient-names.ts';

const ICON = {
  made: CircleDashed,
  'handed-over': HandHelping,
  sent: Send,
  received: MailCheck,
  receipted: CircleCheck,
  withdrawn: CircleSlash,
} as const;

/** What has been made to leave the vault for an incident, and what became of it. Needs the open room. */
export function Expeditions({ incident }: { readonly incident: string }) {
  const { data, error, isFirst } = useQuery('reports.dispatches', { incident });
  const { data: forms } = useQuery('reports.forms', { incident });
  const names = new Map((forms ?? []).map(({ id, name }) => [id, name]));
  const whom = useRecipientNames();
  const text = sv.expedition;
  return (
    <Stack>
      <h2>{text.title}</h2>
      <Muted>{text.lead}</Muted>
      <ErrorBanner error={error} />
      {!isFirst && data?.length === 0 && <p>{text.none}</p>}
      {data && data.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{text.document}</th>
              <th scope="col">{text.made}</th>
              <th scope="col">{text.state}</th>
              <th scope="col">{text.actions}</th>
            </tr>
          </thead>
          <tbody>
            {data.map((one) => (
              <ExpeditionRow
                key={one.id}
                expedition={one}
                form={names.get(one.form) ?? one.form}
                whom={whom}
              />
            ))}
          </tbody>
        </table>
      )}
    </Stack>
  );
}

interface ExpeditionRowProps {
  readonly expedition: Expedition;
  readonly form: string;
  /** Names of the recipients in the rules. */
  readonly whom: ReadonlyMap<string, string>;
}

function ExpeditionRow({ expedition, form, whom }: ExpeditionRowProps) {
  const { details, draft, madeAt, madeBy, version, events, state } = expedition;
  const text = sv.expedition;
  const Icon = ICON[state];
  const days = daysOutstanding(expedition, new Date());
  const kind = text.versions(version, details.openLevel);
  return (
    <tr>
      <th scope="row">
        {form}
        <Muted>{draft ? `${kind}, ${text.draft}` : kind}</Muted>
        <MarkingBadge marking={shownMarking(expedition)} />
      </th>
      <td>
        {text.madeBy(formatDateTime(madeAt), madeBy)}
        <Muted>{describeDetails(expedition, whom)}</Muted>
      </td>
      <td>
        <span className={styles.state}>
          <Icon size={18} aria-hidden="true" />
          <strong>{stateName(expedition)}</strong>
        </span>
        {days !== null && <p>{text.days(days)}</p>}
        {events.map((event) => (
          <Muted key={event.recordedAt}>
            {text.event(text.eventNames[event.event], formatDateTime(event.at), event.recordedBy)}
            {event.note !== null && `: ${event.note}`}
          </Muted>
        ))}
      </td>
      <td>
        <EventButtons expedition={expedition} name={`${form}, ${formatDateTime(madeAt)}`} />
        <NumbersButton expedition={expedition} name={`${form}, ${formatDateTime(madeAt)}`} />
      </td>
    </tr>
  );
}
