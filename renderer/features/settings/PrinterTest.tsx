import { useState } from 'react';
import { TEST_FORMATS, type TestFormat } from '../../../shared/domain/printer.ts';
import { core } from '../../app/bridge.ts';
import { usePrint } from '../../app/use-print.ts';
import { AskPrinted } from '../../components/AskPrinted.tsx';
import { Choice } from '../../components/Choice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Stack } from '../../components/Layout.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';

const FORMATS = (Object.keys(TEST_FORMATS) as TestFormat[]).map(
  (format) => [format, TEST_FORMATS[format].name] as const,
);
const WITHOUT = '-';

/** A sheet to measure on how far a printer prints beside its place. */
export function PrinterTest({ names }: { readonly names: readonly string[] }) {
  const [format, setFormat] = useState<TestFormat>('C5');
  const [printer, setPrinter] = useState(WITHOUT);
  const [said, setSaid] = useState<string | null>(null);
  const text = sv.paper;
  const { work, isAsking, answer } = usePrint(
    async (tools) => {
      setSaid(null);
      const order = { format, printer: printer === WITHOUT ? null : printer };
      return core.call('paper.printerTest', order, tools);
    },
    (isPrinted) => setSaid(isPrinted ? text.testPrinted : text.testNotPrinted),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void work.run();
      }}
    >
      <Stack gap="small">
        <h3>{text.testTitle}</h3>
        <Choice label={text.testFormat} value={format} options={FORMATS} onChange={setFormat} />
        <Choice
          label={text.testPrinter}
          value={printer}
          options={[[WITHOUT, text.testWithout] as const, ...names.map((name) => [name, name] as const)]}
          onChange={setPrinter}
        />
        {isAsking ? (
          <AskPrinted onAnswer={answer} />
        ) : (
          <WorkButton work={work} size="medium" variant="secondary" label={text.testPrint} canCancel />
        )}
        <ErrorBanner error={work.error} />
        <div role="status">{said}</div>
      </Stack>
    </form>
  );
}
