import { Checkbox } from '@midas-ds/components/checkbox';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { z } from 'zod';
import { core, shell } from '../../app/bridge.ts';
import { formatDateTime } from '../../app/format.ts';
import { today } from '../../app/local-time.ts';
import { useQuery, useWork } from '../../app/use-core.ts';
import { useFormDraft } from '../../app/use-form-draft.ts';
import { Choice } from '../../components/Choice.tsx';
import { DraftNotice, DraftState } from '../../components/DraftNotice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Panel, Row } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { pathIn } from '../create-vault/plan.ts';
import { DecisionFields } from '../dispatch/DecisionFields.tsx';
import { decisionOf, decisionSchema, isDecided, NO_WAY } from '../dispatch/details.ts';
import type { Expedition } from '../dispatch/expeditions.ts';
import { useDecision } from '../dispatch/use-decision-draft.ts';
import { orderOf } from '../report/order.ts';
import { PersonalData } from '../report/PersonalData.tsx';
import type { PortalChannel } from './portal.ts';

interface MakeSheetProps {
  readonly incident: string;
  readonly form: string;
  readonly channel: PortalChannel;
  readonly supplement: boolean | string;
  /** As it was chosen at the report. */
  readonly isMasked: boolean;
  /** The last one that was handed in. */
  readonly last: Expedition | undefined;
}

type Version = 'limited' | 'open';

const schema = z.strictObject({
  decision: decisionSchema,
  isReserve: z.boolean(),
  reserve: z.strictObject({ reason: z.string(), limit: z.string() }),
});
type SheetDraft = Readonly<z.output<typeof schema>>;

/** What may go to the portal, by the gate, and the making of the sheet. */
export function MakeSheet({
  incident,
  form,
  channel,
  supplement,
  isMasked: isMaskedFirst,
  last,
}: MakeSheetProps) {
  const [isMasked, setMasked] = useState(isMaskedFirst);
  const [version, setVersion] = useState<Version>('limited');
  const draft = useFormDraft<SheetDraft>({
    subject: `sheet:${incident}:${form}/${channel}`,
    incident,
    schema,
    initial: { decision: NO_WAY.decision, isReserve: false, reserve: { reason: '', limit: '' } },
  });
  const { decision, change, forget } = useDecision(draft.value.decision, (written) =>
    draft.put({ decision: written }),
  );
  const { isReserve, reserve } = draft.value;
  const order = { ...orderOf(incident, form, version, false), supplement, mask: isMasked };
  const { data: gate, error } = useQuery('reports.gate', order);
  const { data: built } = useQuery('reports.build', { ...order, draft: true });
  const answer = gate?.find((one) => one.channel === channel);
  const needsDecision = answer?.answer === 'decision';
  const make = useWork(async (parent: string | null, tools) => {
    const out =
      parent === null ? null : pathIn(parent, `${incident}-${today()}-${Date.now().toString(36).slice(-4)}`);
    const decided = needsDecision ? decisionOf(decision) : null;
    forget();
    const wanted = { ...order, channel, out, decision: decided, reserve: isReserve ? reserve : null };
    await draft.settle(() => core.call('reports.byPortal', wanted, tools));
  });
  if (!answer || !built) return error ? <ErrorBanner error={error} /> : <Loading />;
  const { missing } = built.document;
  const isReady =
    missing.length === 0 &&
    answer.answer !== 'refused' &&
    (!needsDecision || isDecided(decision, [answer])) &&
    (!isReserve || reserve.reason.trim() !== '');
  const toFolder = async (): Promise<void> => {
    const parent = await shell.call('chooseFolder', { title: sv.portal.makeFilesTitle });
    if (parent !== null) void make.run(parent);
  };
  return (
    <>
      {last && (
        <Notice kind="success">
          {sv.portal.handedIn(formatDateTime(last.events.at(-1)?.at ?? last.madeAt))}
        </Notice>
      )}
      <PersonalData order={order} onChange={setMasked} />
      <Panel title={sv.portal.what}>
        <Muted>{sv.portal.lead}</Muted>
        <Choice
          label={sv.report.version}
          value={version}
          options={[
            ['limited', sv.portal.limited],
            ['open', sv.portal.openVersion],
          ]}
          onChange={setVersion}
        />
        <Muted>
          {sv.dispatch.answers[answer.answer]}. {answer.rule.reason}
        </Muted>
        {answer.answer === 'refused' && <Notice kind="warning">{sv.portal.refused}</Notice>}
        {missing.length > 0 && (
          <Notice kind="important" title={sv.portal.missing}>
            <p>{missing.map(({ label }) => label).join(', ')}</p>
            <p>{sv.portal.missingHelp}</p>
          </Notice>
        )}
        <DraftNotice draft={draft} />
        {needsDecision && <DecisionFields because={[answer]} decision={decision} onChange={change} />}
        <Checkbox isSelected={isReserve} onChange={(chosen) => draft.put({ isReserve: chosen })}>
          {sv.portal.reserve}
        </Checkbox>
        {isReserve && (
          <>
            <TextField
              label={sv.portal.reserveReason}
              size="medium"
              isRequired
              value={reserve.reason}
              onChange={(reason) => draft.put({ reserve: { ...reserve, reason } })}
            />
            <TextField
              label={sv.portal.reserveLimit}
              size="medium"
              value={reserve.limit}
              onChange={(limit) => draft.put({ reserve: { ...reserve, limit } })}
            />
          </>
        )}
        {draft.isChanged && <DraftState draft={draft} />}
        <Muted>{sv.portal.makeHelp}</Muted>
        <ErrorBanner error={make.error} />
        <Row>
          <WorkButton
            work={make}
            size="medium"
            label={sv.portal.make}
            isDisabled={!isReady}
            onPress={() => void make.run(null)}
          />
          <WorkButton
            work={{ ...make, isRunning: false }}
            size="medium"
            variant="secondary"
            label={sv.portal.makeFiles}
            isDisabled={!isReady || make.isRunning}
            onPress={() => void toFolder()}
          />
        </Row>
      </Panel>
    </>
  );
}
