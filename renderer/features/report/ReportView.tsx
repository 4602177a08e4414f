import { Tab, TabList, TabPanel, Tabs } from '@midas-ds/components/tabs';
import { sv } from '../../text/sv.ts';
import { DifferenceView } from './DifferenceView.tsx';
import type { Order } from './order.ts';
import { PagePreview } from './PagePreview.tsx';
import { TextView } from './TextView.tsx';

/** The report as pages, as text for those who cannot see pages, and as what has changed since it was last sent. */
export function ReportView({ order }: { readonly order: Order }) {
  return (
    <Tabs>
      <TabList aria-label={sv.report.viewLabel}>
        <Tab id="pages">{sv.report.pages}</Tab>
        <Tab id="text">{sv.report.asText}</Tab>
        <Tab id="changes">{sv.report.changes}</Tab>
      </TabList>
      <TabPanel id="pages">
        <PagePreview order={order} />
      </TabPanel>
      <TabPanel id="text">
        <TextView order={order} />
      </TabPanel>
      <TabPanel id="changes">
        <DifferenceView order={order} />
      </TabPanel>
    </Tabs>
  );
}
