import { Button } from '@midas-ds/components/button';
import { formatSize } from '../../app/format.ts';
import { useApp } from '../../app/store.ts';
import { useQuery } from '../../app/use-core.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Muted, Panel, Row, Stack } from '../../components/Layout.tsx';
import { MarkingBadge } from '../../components/MarkingBadge.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { sv } from '../../text/sv.ts';
import type { Made } from './details.ts';
import { EventButtons } from './EventButtons.tsx';
import { stateName } from './expeditions.ts';
import { NumbersButton } from './NumbersDialog.tsx';
import { PackingGuide } from './PackingGuide.tsx';
import { CARRIAGES, type Carriage } from './ways.ts';
import styles from './Receipt.module.css';

interface ReceiptProps {
  readonly made: Made;
  readonly incident: string;
  readonly onAnother: () => void;
}

/** What was made, as it was read back from the disk, and what is left for a person to do. */
export function Receipt({ made, incident, onAnother }: ReceiptProps) {
  const go = useApp((state) => state.go);
  const { files, marking, remarks } = made.answer;
  return (
    <Page title={sv.dispatch.done} lead={sv.dispatch.doneLead}>
      <Panel title={sv.dispatch.ways[made.way]}>
        <Row>
          <MarkingBadge marking={marking} isFull />
        </Row>
        <p>
          {sv.dispatch.folder}: <code>{made.out}</code>
        </p>
        <table>
          <thead>
            <tr>
              <th scope="col">{sv.dispatch.file}</th>
              <th scope="col">{sv.dispatch.size}</th>
              <th scope="col">{sv.dispatch.sha}</th>
              <th scope="col">
                <span className="visually-hidden">{sv.common.copy}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {files.map(({ name, size, sha256 }) => (
              <tr key={name}>
                <th scope="row" className={styles.file}>
                  {name}
                </th>
                <td className={styles.size}>{formatSize(size)}</td>
                <td className={styles.hash}>{sha256}</td>
                <td>
                  <CopyButton text={sha256} name={`${sv.dispatch.copyHash} ${name}`} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {remarks.map((remark) => (
          <Notice key={remark} kind="important">
            {remark}
          </Notice>
        ))}
      </Panel>
      <Panel title={sv.dispatch.next}>
        <ol>
          {sv.dispatch.nextSteps[made.way].map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        {made.way === 'envelope' && (
          <>
            <h3>{sv.paper.guideTitle}</h3>
            <PackingGuide layout={made.details.layout} carriage={carriageOf(made)} level={marking.level} />
          </>
        )}
        <Record incident={incident} dispatch={made.answer.dispatch} />
        <Row>
          <Button size="medium" onPress={() => go({ screen: 'incident', incident })}>
            {sv.dispatch.toIncident}
          </Button>
          <Button variant="secondary" size="medium" onPress={onAnother}>
            {sv.dispatch.another}
          </Button>
        </Row>
      </Panel>
    </Page>
  );
}

/** The one that the core chose, where nobody else did: it is among the channels that were cleared. */
function carriageOf({ details, answer }: Made): Carriage {
  const cleared = answer.answers.map(({ channel }) => channel);
  return details.carriage ?? CARRIAGES.find((one) => cleared.includes(one)) ?? 'rek';
}

/** What can be told of it at once, where the person knows already. */
function Record({ incident, dispatch }: { readonly incident: string; readonly dispatch: string }) {
  const { data } = useQuery('reports.dispatches', { incident });
  const expedition = data?.find(({ id }) => id === dispatch);
  if (!expedition) return null;
  return (
    <Stack gap="small">
      <h3>{sv.expedition.receiptTitle}</h3>
      <Muted>{sv.expedition.receiptLead}</Muted>
      <p>
        {sv.expedition.state}: <strong>{stateName(expedition)}</strong>
      </p>
      <Row gap="small">
        <EventButtons expedition={expedition} name={sv.expedition.ways[expedition.way]} />
        <NumbersButton expedition={expedition} name={sv.expedition.ways[expedition.way]} />
      </Row>
    </Stack>
  );
}
