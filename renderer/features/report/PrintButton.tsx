import { Button } from '@midas-ds/components/button';
import { Printer } from 'lucide-react';
import { useState } from 'react';
import { sv } from '../../text/sv.ts';
import type { Order } from './order.ts';
import { PrintDialog } from './PrintDialog.tsx';

/** On paper through the gate and the system's dialog. Nothing is left on the disk by us. */
export function PrintButton({ order }: { readonly order: Order }) {
  const [isAsking, setAsking] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  return (
    <div>
      <Button
        variant="secondary"
        size="medium"
        icon={Printer}
        onPress={() => {
          setSaid(null);
          setAsking(true);
        }}
      >
        {sv.report.print}
      </Button>
      <div role="status">{said}</div>
      {isAsking && (
        <PrintDialog
          order={order}
          onEnd={(isPrinted) => {
            setAsking(false);
            if (isPrinted !== null) setSaid(isPrinted ? sv.report.printed : sv.report.notPrinted);
          }}
        />
      )}
    </div>
  );
}
