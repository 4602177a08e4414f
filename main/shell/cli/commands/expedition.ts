import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  DISPATCH_EVENTS,
  DISPATCH_NUMBER_KINDS,
  type DispatchEventKind,
  type DispatchNumberKind,
  type DispatchState,
} from '../../../../shared/domain/dispatch.ts';
import { swedishTime } from '../../../../shared/domain/swedish-time.ts';
import { TEST_FORMATS, type TestFormat } from '../../../../shared/domain/printer.ts';
import { changePrinters, listPrinters, printTestSheet } from '../../../core/printers.ts';
import { requireFree, writeOneFile } from '../../../core/write-one-file.ts';
import {
  listAwaiting,
  listExpeditions,
  recordEvent,
  tellNumber,
  type Expedition,
} from '../../../dispatches/service.ts';
import { requireIncidentId, withVault, type Context, type VaultOptions } from '../context.ts';
import { table } from '../layout.ts';
import { timeOf, unlockOptions } from '../options.ts';
import type { Run } from '../terminal.ts';

const STATE_NAME: Readonly<Record<DispatchState, string>> = {
  made: 'gjord, inte avsänd',
  'handed-over': 'lämnad till operatören',
  sent: 'avsänd',
  received: 'mottagen',
  receipted: 'kvittens mottagen',
  withdrawn: 'makulerad',
};
const KIND_NAME: Readonly<Record<DispatchNumberKind, string>> = {
  'security-bag': 'säkerhetspåse',
  consignment: 'kollinummer',
};

const DAY_MS = 24 * 60 * 60 * 1000;

function daysOf({ awaitsReceipt, events, madeAt }: Expedition, now: Date): string {
  if (!awaitsReceipt) return '';
  const since = events.at(-1)?.at ?? madeAt;
  return `${Math.max(0, Math.floor((now.getTime() - Date.parse(since)) / DAY_MS))} dagar`;
}

function describe(one: Expedition): string {
  const told = one.events.map(
    ({ event, at, note, recordedBy }) =>
      `  ${swedishTime(new Date(at))}  ${STATE_NAME[event]}${note === null ? '' : `: ${note}`} (registrerat av ${recordedBy})\n`,
  );
  const numbers = one.numbers.map(
    ({ copy, kind, number, reason, recordedBy }) =>
      `  ${KIND_NAME[kind]}, exemplar ${copy}: ${number ?? 'inget'}${reason === null ? '' : ` (${reason})`}, av ${recordedBy}\n`,
  );
  return `${one.id}\n${one.form}, ${one.way}: ${STATE_NAME[one.state]}\n${told.join('')}${numbers.join('')}`;
}

function wholeNumber(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('Ange ett heltal från 1.');
  return number;
}

function millimetres(value: string): number {
  const number = Number(value.replace(',', '.').replace('−', '-'));
  if (!Number.isFinite(number)) throw new InvalidArgumentError('Ange millimeter, som 1,5 eller -2.');
  return number;
}

/** What becomes of what has been made to be sent, and the printers that envelopes are made for. */
export function addExpeditionCommands(program: Command, context: Context, run: Run): void {
  const expedition = program
    .command('expedition')
    .description('vad som hänt med det som gjorts för att sändas');

  unlockOptions(
    expedition.command('list').description('det som väntar på kvittens, eller allt i en incident'),
  )
    .option('--incident <id>', 'incidentens beteckning')
    .action((options: VaultOptions & { incident?: string }) =>
      run(() =>
        withVault(context, options, ['open'], (vault) => {
          const found =
            options.incident === undefined
              ? listAwaiting(vault)
              : listExpeditions(vault, requireIncidentId(options.incident));
          const rows = found.map((one) => [
            one.id,
            one.form,
            one.way,
            STATE_NAME[one.state],
            daysOf(one, vault.now()),
          ]);
          return {
            text: found.length === 0 ? 'Inget väntar på kvittens.\n' : table(rows, context.columns),
            json: found,
          };
        }),
      ),
    );

  unlockOptions(
    expedition
      .command('tell')
      .description('registrera att den lämnats över, sänts, mottagits, kvitterats eller makulerats')
      .argument('<id>', 'expedieringens id ur expedition list'),
  )
    .addOption(new Option('--as <händelse>', 'vad som hände').choices(DISPATCH_EVENTS).makeOptionMandatory())
    .option('--at <tid>', 'när, som 2026-11-22T14:00 (svensk tid); annars nu')
    .option('--note <text>', 'anteckning; inget om vad handlingen säger')
    .action((id: string, options: VaultOptions & { as: DispatchEventKind; at?: string; note?: string }) =>
      run(() =>
        withVault(context, options, ['open'], (vault) => {
          const at = timeOf(options.at, vault.now());
          const now = recordEvent(vault, id, options.as, at, options.note ?? null);
          return { text: describe(now), json: now };
        }),
      ),
    );

  unlockOptions(
    expedition
      .command('number')
      .description('säkerhetspåsens eller försändelsens nummer, före eller efter inlämningen')
      .argument('<id>', 'expedieringens id ur expedition list'),
  )
    .addOption(
      new Option('--kind <slag>', 'vilket nummer').choices(DISPATCH_NUMBER_KINDS).makeOptionMandatory(),
    )
    .option('--copy <nummer>', 'vilket exemplar', wholeNumber, 1)
    .option('--number <nummer>', 'numret; utelämnat: det finns inget')
    .option('--reason <text>', 'varför det ändras, där ett annat nummer står')
    .action(
      (
        id: string,
        options: VaultOptions & { kind: DispatchNumberKind; copy: number; number?: string; reason?: string },
      ) =>
        run(() =>
          withVault(context, options, ['open'], (vault) => {
            const { kind, copy, number = null, reason = null } = options;
            const now = tellNumber(vault, id, { kind, copy, number, reason });
            return { text: describe(now), json: now };
          }),
        ),
    );

  addPrinterCommands(program, context, run);
}

function addPrinterCommands(program: Command, context: Context, run: Run): void {
  const printer = program.command('printer').description('skrivare för kuvert, och hur snett de skriver');
  const said = (vault: Parameters<typeof listPrinters>[0]) => {
    const printers = listPrinters(vault);
    const rows = printers.map(({ name, right, down }) => [name, `${right} mm åt höger`, `${down} mm nedåt`]);
    return {
      text: printers.length === 0 ? 'Ingen skrivare är angiven.\n' : table(rows, context.columns),
      json: printers,
    };
  };

  unlockOptions(printer.command('list').description('skrivarna och deras förskjutning')).action(
    (options: VaultOptions) => run(() => withVault(context, options, [], said)),
  );

  unlockOptions(
    printer
      .command('set')
      .description('lägg till eller ändra en skrivare; båda rummen ska vara upplåsta')
      .argument('<namn>', 'skrivarens namn'),
  )
    .option('--right <mm>', 'millimeter åt höger; minus: åt vänster', millimetres, 0)
    .option('--down <mm>', 'millimeter nedåt; minus: uppåt', millimetres, 0)
    .option('--remove', 'ta bort den i stället')
    .action((name: string, options: VaultOptions & { right: number; down: number; remove?: boolean }) =>
      run(() =>
        withVault(context, options, ['open', 'protected'], (vault) => {
          const others = listPrinters(vault).filter((one) => one.name !== name.normalize('NFC').trim());
          const { right, down } = options;
          changePrinters(vault, options.remove ? others : [...others, { name, right, down }]);
          return said(vault);
        }),
      ),
    );

  unlockOptions(printer.command('test').description('provblad med ett kryss att mäta, som PDF'))
    .addOption(
      new Option('--format <format>', 'papper eller kuvert')
        .choices(Object.keys(TEST_FORMATS))
        .default('C5' satisfies TestFormat),
    )
    .option('--printer <namn>', 'med förskjutningen för den skrivaren; annars utan')
    .requiredOption('--out <fil>', 'filen som skapas')
    .action((options: VaultOptions & { format: TestFormat; printer?: string; out: string }) =>
      run(() =>
        withVault(context, options, [], async (vault) => {
          requireFree(options.out);
          const pdf = await printTestSheet(vault, options.printer ?? null, options.format);
          const file = writeOneFile(options.out, pdf, (_file, publish) => publish());
          return { text: `${file.path}\n`, json: file };
        }),
      ),
    );
}
