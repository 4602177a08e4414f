import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { TEST_FORMATS, type TestFormat } from '../../../shared/domain/printer.ts';
import { core, shell } from '../../app/bridge.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { useWork } from '../../app/use-core.ts';
import { AskPrinted } from '../../components/AskPrinted.tsx';
import { Choice } from '../../components/Choice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Row, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';

type Printers = AnswerOf<'paper.printers'>;
interface Written {
  readonly name: string;
  readonly right: string;
  readonly down: string;
}

const FORMATS = (Object.keys(TEST_FORMATS) as TestFormat[]).map(
  (format) => [format, TEST_FORMATS[format].name] as const,
);
const WITHOUT = '-';

/** As people write a measure: "1,5", "−2". Not a number where it is none. */
function readMillimetres(text: string): number {
  const plain = text.trim().replace(',', '.').replace('−', '-');
  return plain === '' ? 0 : Number(plain);
}

const written = ({ name, right, down }: Printers[number]): Written => ({
  name,
  right: `${right}`.replace('.', ','),
  down: `${down}`.replace('.', ','),
});

/** The printers, how far each prints beside its place, and the sheet to measure it on. */
export function PrintersForm({ printers }: { readonly printers: Printers }) {
  const canChange = useApp(({ status }) => isUnlocked(status, 'open') && isUnlocked(status, 'protected'));
  const [rows, setRows] = useState(() => printers.map(written));
  const [isSaved, setSaved] = useState(false);
  const text = sv.paper;
  const change = (index: number, part: Partial<Written>): void => {
    setSaved(false);
    setRows(rows.map((row, place) => (place === index ? { ...row, ...part } : row)));
  };
  const save = useWork(async () => {
    const wanted = rows.map(({ name, right, down }) => ({
      name: name.trim(),
      right: readMillimetres(right),
      down: readMillimetres(down),
    }));
    await core.call('paper.changePrinters', { printers: wanted });
    setSaved(true);
  });
  const isDone = rows.every(
    ({ name, right, down }) =>
      name.trim() !== '' && Number.isFinite(readMillimetres(right)) && Number.isFinite(readMillimetres(down)),
  );
  return (
    <Stack>
      <Muted>{text.printersLead}</Muted>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isDone && canChange) void save.run();
        }}
      >
        <Stack>
          {rows.length === 0 && <Muted>{text.printersNone}</Muted>}
          {rows.map((row, index) => (
            // A row has no name of its own until it is written.
            <fieldset key={index}>
              <legend>{text.printerGroup(row.name)}</legend>
              <Stack gap="small">
                <TextField
                  label={text.printerName}
                  size="medium"
                  autoComplete="off"
                  maxLength={60}
                  isReadOnly={!canChange}
                  value={row.name}
                  onChange={(name) => change(index, { name })}
                />
                <TextField
                  label={text.printerRight}
                  size="medium"
                  autoComplete="off"
                  maxLength={6}
                  isReadOnly={!canChange}
                  value={row.right}
                  onChange={(right) => change(index, { right })}
                />
                <TextField
                  label={text.printerDown}
                  size="medium"
                  autoComplete="off"
                  maxLength={6}
                  isReadOnly={!canChange}
                  value={row.down}
                  onChange={(down) => change(index, { down })}
                />
                {canChange && (
                  <Button
                    variant="tertiary"
                    size="medium"
                    aria-label={text.printerRemoveOf(row.name)}
                    onPress={() => setRows(rows.filter((_row, place) => place !== index))}
                  >
                    {text.printerRemove}
                  </Button>
                )}
              </Stack>
            </fieldset>
          ))}
          {isSaved && <Notice kind="success">{text.printersSaved}</Notice>}
          <ErrorBanner error={save.error} />
          {canChange ? (
            <Row>
              <WorkButton work={save} size="medium" label={text.printersSave} isDisabled={!isDone} />
              <Button
                variant="secondary"
                size="medium"
                onPress={() => setRows([...rows, { name: '', right: '0', down: '0' }])}
              >
                {text.printerAdd}
              </Button>
            </Row>
          ) : (
            <Muted>{sv.settings.needsBoth}</Muted>
          )}
        </Stack>
      </form>
      <TestSheet names={printers.map(({ name }) => name)} />
    </Stack>
  );
}

function TestSheet({ names }: { readonly names: readonly string[] }) {
  const [format, setFormat] = useState<TestFormat>('C5');
  const [printer, setPrinter] = useState(WITHOUT);
  const [said, setSaid] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const text = sv.paper;
  const tell = (isPrinted: boolean): void => {
    setAsking(false);
    setSaid(isPrinted ? text.testPrinted : text.testNotPrinted);
  };
  const print = useWork(async (_argument: void, tools) => {
    setSaid(null);
    const order = { format, printer: printer === WITHOUT ? null : printer };
    const { pdf } = await core.call('paper.printerTest', order, tools);
    const { printed } = await shell.call('print', { pdf });
    if (printed === null) setAsking(true);
    else tell(printed);
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void print.run();
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
          <AskPrinted onAnswer={tell} />
        ) : (
          <WorkButton work={print} size="medium" variant="secondary" label={text.testPrint} canCancel />
        )}
        <ErrorBanner error={print.error} />
        <div role="status">{said}</div>
      </Stack>
    </form>
  );
}
