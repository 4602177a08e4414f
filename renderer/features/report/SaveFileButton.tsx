import { Button } from '@midas-ds/components/button';
import { Save } from 'lucide-react';
import { useState } from 'react';
import { extensionOf, formatsOf, type ReportFormat } from '../../../shared/domain/report.ts';
import { core, shell } from '../../app/bridge.ts';
import { today } from '../../app/local-time.ts';
import { useWork } from '../../app/use-core.ts';
import { Choice } from '../../components/Choice.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import type { Order } from './order.ts';

/** The report as a file on the workstation, for reading: through the gate, and told in the audit. */
export function SaveFileButton({ order }: { readonly order: Order }) {
  const [isAsking, setAsking] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  return (
    <div>
      <Button
        variant="secondary"
        size="medium"
        icon={Save}
        onPress={() => {
          setSaid(null);
          setAsking(true);
        }}
      >
        {sv.report.saveFile}
      </Button>
      <div role="status">{said}</div>
      {isAsking && (
        <SaveFileDialog
          order={order}
          onEnd={(text) => {
            setAsking(false);
            setSaid(text);
          }}
        />
      )}
    </div>
  );
}

interface SaveFileDialogProps {
  readonly order: Order;
  /** @param said what was written where; null where nothing was */
  readonly onEnd: (said: string | null) => void;
}

function SaveFileDialog({ order, onEnd }: SaveFileDialogProps) {
  const [format, setFormat] = useState<ReportFormat>('pdf');
  const formats = formatsOf(order.form).map((id) => [id, sv.report.saveFileFormats[id]] as const);
  const save = useWork(async (_argument: void, tools) => {
    const out = await shell.call('chooseSavePath', {
      title: sv.report.saveFilePlace,
      // Neutral: the name of a file is read by whoever sees the folder.
      suggestedName: `rapport-${order.incident}-${today()}.${extensionOf(format)}`,
    });
    if (out === null) return;
    // As a final report where nothing is missing; else the core makes a draft of it.
    const written = await core.call('reports.writeFile', { ...order, draft: false, format, out }, tools);
    onEnd(sv.report.savedFile(written.path, written.draft));
  });
  return (
    <Dialog title={sv.report.saveFileTitle} onEnd={() => onEnd(null)} canEnd={!save.isRunning}>
      <Stack>
        <Muted>{sv.report.saveFileLead}</Muted>
        <Choice label={sv.report.saveFileFormat} value={format} options={formats} onChange={setFormat} />
        <ErrorBanner error={save.error} />
        <WorkButton
          work={save}
          size="medium"
          label={sv.report.saveFileSubmit}
          onPress={() => void save.run()}
        />
      </Stack>
    </Dialog>
  );
}
