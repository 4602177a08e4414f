import { useQuery } from '../../app/use-core.ts';
import { Back } from '../../components/Back.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { sv } from '../../text/sv.ts';
import { FormSource } from '../report/FormSource.tsx';
import { CopySheet } from './CopySheet.tsx';
import { MakeSheet } from './MakeSheet.tsx';
import { portalOf } from './portal.ts';

interface PortalScreenProps {
  readonly incident: string;
  readonly form: string;
  /** A report that tells what has changed since the last one. */
  readonly supplement: boolean | string;
  readonly isMasked: boolean;
}

/** Into a portal by hand: first what may be copied there, then the fields one by one, then what came back. */
export function PortalScreen({ incident, form: id, supplement, isMasked }: PortalScreenProps) {
  const { data: forms, error } = useQuery('reports.forms', { incident });
  const { data: expeditions, error: other } = useQuery('reports.dispatches', { incident });
  const form = forms?.find((candidate) => candidate.id === id);
  const channel = form && portalOf(form.channels);
  const failed = error ?? other;
  if (failed) return <ErrorBanner error={failed} />;
  if (!form || !channel || !expeditions) return <Loading />;
  const begun = expeditions.find(
    (one) => one.way === 'portal' && one.form === id && one.state === 'made' && !one.draft,
  );
  return (
    <Page
      title={sv.portal.title}
      lead={form.name}
      above={<Back to={{ screen: 'report', incident, form: id, isMasked }} label={sv.portal.backToReport} />}
    >
      <FormSource form={form} />
      {begun ? (
        <CopySheet key={begun.id} incident={incident} form={id} dispatch={begun.id} />
      ) : (
        <MakeSheet
          incident={incident}
          form={id}
          channel={channel}
          supplement={supplement}
          isMasked={isMasked}
          last={expeditions.find(
            (one) => one.way === 'portal' && one.form === id && one.state !== 'withdrawn',
          )}
        />
      )}
    </Page>
  );
}
