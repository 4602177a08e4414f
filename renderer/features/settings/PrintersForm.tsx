import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { z } from 'zod';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { MOST_OFFSET } from '../../../shared/domain/printer.ts';
import { core } from '../../app/bridge.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { useWork } from '../../app/use-core.ts';
import { useFormDraft } from '../../app/use-form-draft.ts';
import { DraftNotice, DraftState } from '../../components/DraftNotice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Row, Stack } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { PrinterTest } from './PrinterTest.tsx';

type Printers = AnswerOf<'paper.printers'>;
interface Written {
  readonly name: string;
  readonly right: string;
  readonly down: string;
}

/** As people write a measure: "1,5", "−2". Not a number where it is none. */
function readMillimetres(text: string): number {
  const plain = text.trim().replace(',', '.').replace('−', '-');
  return plain === '' ? 0 : Number(plain);
}

const isOffset = (text: string): boolean => Math.abs(readMillimetres(text)) <= MOST_OFFSET;

const written = ({ name, right, down }: Printers[number]): Written => ({
  name,
  right: `${right}`.replace('.', ','),
  down: `${down}`.replace('.', ','),
});

const schema = z.strictObject({
  printers: z
    .array(z.strictObject({ name: z.string(), right: z.string(), down: z.string() }).readonly())
    .readonly(),
});
type PrintersDraft = Readonly<z.output<typeof schema>>;

/** The printers, how far each prints beside its place, and the sheet to measure it on. */
export function PrintersForm({ printers }: { readonly printers: Printers }) {
  const [isSaved, setSaved] = useState(false);
  return (
    <Stack>
      <Muted>{sv.paper.printersLead}</Muted>
      {/* Made anew where what is stored has changed: the form begins with that. */}
      <PrinterFields
        key={JSON.stringify(printers)}
        printers={printers}
        isSaved={isSaved}
        onSaved={setSaved}
      />
      <PrinterTest names={printers.map(({ name }) => name)} />
    </Stack>
  );
}

interface PrinterFieldsProps {
  readonly printers: Printers;
  readonly isSaved: boolean;
  readonly onSaved: (isSaved: boolean) => void;
}

function PrinterFields({ printers, isSaved, onSaved }: PrinterFieldsProps) {
  const canChange = useApp(({ status }) => isUnlocked(status, 'open') && isUnlocked(status, 'protected'));
  const draft = useFormDraft<PrintersDraft>({
    subject: 'printers',
    incident: null,
    schema,
    initial: { printers: printers.map(written) },
  });
  const rows = draft.value.printers;
  const text = sv.paper;
  const put = (changed: readonly Written[]): void => {
    onSaved(false);
    draft.put({ printers: changed });
  };
  const change = (index: number, part: Partial<Written>): void =>
    put(rows.map((row, place) => (place === index ? { ...row, ...part } : row)));
  const save = useWork(async () => {
    const wanted = rows.map(({ name, right, down }) => ({
      name: name.trim(),
      right: readMillimetres(right),
      down: readMillimetres(down),
    }));
    await draft.settle(() => core.call('paper.changePrinters', { printers: wanted }));
    onSaved(true);
  });
  const isDone = rows.every(
    ({ name, right, down }) => name.trim() !== '' && isOffset(right) && isOffset(down),
  );
  if (draft.isLoading) return <Loading />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isDone && canChange) void save.run();
      }}
    >
      <Stack>
        <DraftNotice draft={draft} />
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
              {(['right', 'down'] as const).map((way) => (
                <TextField
                  key={way}
                  label={way === 'right' ? text.printerRight : text.printerDown}
                  size="medium"
                  autoComplete="off"
                  maxLength={6}
                  isReadOnly={!canChange}
                  isInvalid={!isOffset(row[way])}
                  errorMessage={isOffset(row[way]) ? undefined : text.printerOffsetWrong}
                  value={row[way]}
                  onChange={(measure) => change(index, { [way]: measure })}
                />
              ))}
              {canChange && (
                <Button
                  variant="tertiary"
                  size="medium"
                  aria-label={text.printerRemoveOf(row.name)}
                  onPress={() => put(rows.filter((_row, place) => place !== index))}
                >
                  {text.printerRemove}
                </Button>
              )}
            </Stack>
          </fieldset>
        ))}
        {draft.isChanged && <DraftState draft={draft} />}
        {isSaved && <Notice kind="success">{text.printersSaved}</Notice>}
        <ErrorBanner error={save.error} />
        {canChange ? (
          <Row>
            <WorkButton
              work={save}
              size="medium"
              label={text.printersSave}
              isDisabled={!isDone || !draft.isChanged}
            />
            <Button
              variant="secondary"
              size="medium"
              onPress={() => put([...rows, { name: '', right: '0', down: '0' }])}
            >
              {text.printerAdd}
            </Button>
          </Row>
        ) : (
          <Muted>{sv.settings.needsBoth}</Muted>
        )}
      </Stack>
    </form>
  );
}
