import { Tab, TabList, TabPanel, Tabs } from '@midas-ds/components/tabs';
import { sv } from '../../text/sv.ts';
import type { Order } from './order.ts';
import { PagePreview } from './PagePreview.tsx';
import { TextView } from './TextView.tsx';

/** The report as pages, and as text for those who cannot see pages. */
export function ReportView({ order }: { readonly order: Order }) {
  return (
    <Tabs>
      <TabList aria-label={sv.report.viewLabel}>
        <Tab id="pages">{sv.report.pages}</Tab>
        <Tab id="text">{sv.report.asText}</Tab>
      </TabList>
      <TabPanel id="pages">
        <PagePreview order={order} />
      </TabPanel>
      <TabPanel id="text">
        <TextView order={order} />
      </TabPanel>
    </Tabs>
  );
}
