import { Printer } from 'lucide-react';
import { useState } from 'react';
import { core, shell } from '../../app/bridge.ts';
import { CoreError } from '../../app/core-client.ts';
import { useWork } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import type { Order } from './order.ts';

/** On paper through the system's dialog, when the gate allows paper. Nothing is left on the disk by us. */
export function PrintButton({ order }: { readonly order: Order }) {
  const [said, setSaid] = useState<string | null>(null);
  const print = useWork(async () => {
    setSaid(null);
    const gate = await core.call('reports.gate', order);
    const paper = gate.find(({ channel }) => channel === 'utskrift');
    if (paper?.answer !== 'allowed') {
      throw new CoreError('policy', sv.report.printRefused, paper ? [paper.rule.reason] : []);
    }
    const { pdf } = await core.call('reports.preview', order);
    const { printed } = await shell.call('print', { pdf });
    setSaid(printed ? sv.report.printed : sv.report.notPrinted);
  });
  return (
    <div>
      <WorkButton
        work={print}
        variant="secondary"
        size="medium"
        icon={Printer}
        label={sv.report.print}
        onPress={() => void print.run()}
      />
      <div role="status">{said}</div>
      <ErrorBanner error={print.error} />
    </div>
  );
}
