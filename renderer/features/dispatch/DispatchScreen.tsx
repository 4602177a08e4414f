import { Radio, RadioGroup } from '@midas-ds/components/radio';
import { useState } from 'react';
import type { DispatchWay } from '../../../shared/domain/dispatch.ts';
import { useQuery } from '../../app/use-core.ts';
import { Back } from '../../components/Back.tsx';
import { Choice } from '../../components/Choice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Panel } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { sv } from '../../text/sv.ts';
import { orderOf, type VersionChoice } from '../report/order.ts';
import { PersonalData } from '../report/PersonalData.tsx';
import { waySchema, type Made } from './details.ts';
import { GateTable } from './GateTable.tsx';
import { Receipt } from './Receipt.tsx';
import { WayForm } from './WayForm.tsx';
import { answerOfWay, type WayId } from './ways.ts';

interface DispatchScreenProps {
  readonly incident: string;
  readonly form: string;
  readonly version: VersionChoice;
  readonly supplement: boolean | string;
  /** As it was chosen at the report. */
  readonly isMasked: boolean;
}

const VERSIONS = Object.entries(sv.report.versions) as [VersionChoice, string][];
const WAYS: readonly WayId[] = ['email', 'signalskydd', 'envelope'];
const WAY_OF: Readonly<Partial<Record<DispatchWay, WayId>>> = {
  epost: 'email',
  signalskydd: 'signalskydd',
  kuvert: 'envelope',
};

/** Where a way out was being made ready, it goes on as it was: that way, and of that report. */
export function DispatchScreen({ draft, ...props }: DispatchScreenProps & { readonly draft: string | null }) {
  const { data, error, isFirst } = useQuery('drafts.get', draft === null ? undefined : { subject: draft });
  if (draft === null) return <Dispatch {...props} way={null} />;
  if (isFirst) return <Loading />;
  const read = waySchema.safeParse(data?.content);
  const way = WAYS.find((id) => draft.endsWith(`/${id}`)) ?? null;
  return (
    <>
      <ErrorBanner error={error} />
      <Dispatch {...props} {...(read.success ? read.data.report : {})} way={way} />
    </>
  );
}

/** The gate's answers, the way out, its details, and the receipt. */
function Dispatch({
  incident,
  form,
  version: wanted,
  supplement: supplementFirst,
  isMasked: isMaskedFirst,
  way: wayFirst,
}: DispatchScreenProps & { readonly way: WayId | null }) {
  // As it was when the screen was opened: what is written from then on is put in the draft by the form.
  const [supplement] = useState(supplementFirst);
  const [version, setVersion] = useState(wanted);
  const [isMasked, setMasked] = useState(isMaskedFirst);
  const order = { ...orderOf(incident, form, version, false), supplement, mask: isMasked };
  const { data: gate, error } = useQuery('reports.gate', order);
  const { data: about } = useQuery('incidents.get', { incident });
  // A correction goes the way of what it corrects, unless somebody chooses another.
  const { data: since } = useQuery('reports.difference', order);
  const corrected = supplement ? (since?.last?.way ?? null) : null;
  const [chosen, setChosen] = useState(wayFirst);
  const [made, setMade] = useState<Made | null>(null);
  const back = (
    <Back
      to={{ screen: 'report', incident, form, version, supplement, isMasked }}
      label={sv.dispatch.backToReport}
    />
  );
  if (made) {
    return <Receipt made={made} incident={incident} onAnother={() => setMade(null)} />;
  }
  if (!gate) return error ? <ErrorBanner error={error} /> : <Loading />;
  const easiest = WAYS.find((way) => answerOfWay(way, null, gate).answer === 'allowed');
  const sameWay = corrected === null ? undefined : WAY_OF[corrected];
  const way = chosen ?? sameWay ?? easiest ?? 'envelope';
  return (
    <Page title={sv.dispatch.title} lead={sv.dispatch.lead} above={back}>
      <Panel title={sv.dispatch.what}>
        <Choice label={sv.report.version} value={version} options={VERSIONS} onChange={setVersion} />
        <Muted>{sv.report.versionHelp[version]}</Muted>
      </Panel>
      {about?.protectedPartHidden === true && version === 'full' && (
        <Notice kind="important">{sv.dispatch.hiddenPart}</Notice>
      )}
      {corrected !== null && (
        <Notice kind="important">
          <p>{sv.paper.correctionWay(sv.expedition.ways[corrected].toLocaleLowerCase('sv'))}</p>
          {sameWay !== way && <p>{sv.paper.correctionOther}</p>}
        </Notice>
      )}
      <PersonalData order={order} onChange={setMasked} />
      <GateTable gate={gate} />
      <Panel title={sv.dispatch.wayOut}>
        <RadioGroup
          aria-label={sv.dispatch.wayOut}
          value={way}
          onChange={(value) => setChosen(value as WayId)}
        >
          {WAYS.map((id) => (
            <Radio key={id} value={id}>
              {`${sv.dispatch.ways[id]} – ${sv.dispatch.answers[answerOfWay(id, null, gate).answer].toLocaleLowerCase('sv')}`}
            </Radio>
          ))}
        </RadioGroup>
        <Muted>{sv.dispatch.wayHelp[way]}</Muted>
        <WayForm
          key={`${way} ${version}`}
          way={way}
          order={order}
          version={version}
          gate={gate}
          onMade={setMade}
        />
      </Panel>
    </Page>
  );
}
