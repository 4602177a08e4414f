import { Option, type Command } from 'commander';
import { SigillError } from '../../../../shared/domain/error.ts';
import { sentAt } from '../../../../shared/domain/receivers.ts';
import { swedishTime } from '../../../../shared/domain/swedish-time.ts';
import { versionName } from '../../../../shared/domain/words.ts';
import { allChangedSinceSent, changedSinceSent } from '../../../core/changed-since.ts';
import { readCopySheet, recordHandedIn } from '../../../core/handed-in.ts';
import { dispatch } from '../../../core/dispatch.ts';
import { requireForm } from '../../../core/require-form.ts';
import { byPortal, type PortalChannel } from '../../../core/portal.ts';
import { listExpeditions, type Expedition } from '../../../dispatches/service.ts';
import type { CopyRow } from '../../../export/portal/copy-sheet.ts';
import { getIncident } from '../../../incidents/service.ts';
import { rulesForIncident } from '../../../packs/for-incident.ts';
import { requireIncidentId, withUnlocked, withVault, type Context, type VaultOptions } from '../context.ts';
import { timeOf, unlockOptions } from '../options.ts';
import type { Run } from '../terminal.ts';
import { answerOf, dispatchOptions, readDecided, undecidedOf, type DispatchOptions } from './dispatch.ts';
import { requireChoice } from './report.ts';

interface SheetOptions extends DispatchOptions {
  readonly channel: PortalChannel;
  readonly reserve?: string;
  readonly reserveLimit?: string;
}
interface DoneOptions extends VaultOptions {
  readonly dispatch: string;
  readonly at?: string;
  readonly id: string;
  readonly receipt?: string;
  readonly regime?: string;
  readonly step?: string;
}

/** Copying mode for the portals, and what has to be supplemented. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})$/;

export function addPortalCommands(program: Command, context: Context, run: Run): void {
  const portal = program.command('portal').description('kopieringsblad för myndigheters portaler');

  dispatchOptions(portal.command('make').description('gör ett kopieringsblad som text, PDF och JSON'))
    .addOption(
      new Option('--channel <kanal>', 'cyberportalen, eller portal för en myndighets egen e-tjänst')
        .choices(['cyberportalen', 'portal'])
        .makeOptionMandatory(),
    )
    .option('--reserve <orsak>', 'portalen går inte att använda: reservförfarande, och varför')
    .option('--reserve-limit <tid>', 'med --reserve: fristen som löper ändå')
    .action((options: SheetOptions) =>
      run(async () => {
        if (options.version === 'full')
          throw new SigillError(
            'usage',
            'I en portal lämnas en begränsad eller öppen version, aldrig en fullständig.',
            [],
            '--version open',
          );
        const undecided = undecidedOf(options);
        const { unlock, order } = await readDecided(context, undecided, options);
        const { reserve, reserveLimit: limit = '', channel } = options;
        return withUnlocked(context, unlock, ['open'], async (vault, shipped) => {
          requireChoice(vault, shipped, undecided, options.unmasked === true);
          const rules = rulesForIncident(vault, shipped, getIncident(vault, order.incidentId));
          const way = byPortal({
            form: requireForm(rules, options.form),
            texts: rules.texts,
            channel,
            // Where a moment is written as machines write it, the cover has it as people do.
            reserve:
              reserve === undefined
                ? null
                : { reason: reserve, limit: INSTANT.test(limit) ? swedishTime(new Date(limit)) : limit },
          });
          const made = await dispatch(vault, shipped, order, way);
          const { text, json, remarks = [] } = answerOf(made, options.out);
          return {
            text: `${text}Expediering ${made.id}\n`,
            json: { dispatch: made.id, ...(json as object) },
            remarks,
          };
        });
      }),
    );

  unlockOptions(portal.command('list').description('kopieringsblad som har gjorts av en incident'))
    .requiredOption('--incident <id>', 'incidentens beteckning')
    .action((options: VaultOptions & { incident: string }) =>
      run(() => {
        const id = requireIncidentId(options.incident);
        return withVault(context, options, ['open'], (vault) => {
          const sheets = listExpeditions(vault, id).filter(({ way }) => way === 'portal');
          return {
            text: sheets.length === 0 ? 'Inga kopieringsblad.\n' : sheets.map(describeSheet).join(''),
            json: sheets,
          };
        });
      }),
    );

  unlockOptions(portal.command('show').description('fälten på ett kopieringsblad, som det sparades'))
    .requiredOption('--dispatch <id>', 'expedieringen, se portal list')
    .action((options: VaultOptions & { dispatch: string }) =>
      run(() =>
        withVault(context, options, ['open'], (vault, rules) => {
          const { expedition, rows, places } = readCopySheet(vault, rules, options.dispatch);
          return {
            text:
              places.map(({ name, line }) => `${name}: ${line}\n`).join('') + rows.map(describeRow).join(''),
            json: { dispatch: expedition.id, form: expedition.form, places, rows },
          };
        }),
      ),
    );

  unlockOptions(
    portal.command('done').description('anteckna att rapporten är lämnad, och vad portalen gav tillbaka'),
  )
    .requiredOption('--dispatch <id>', 'expedieringen, se portal list')
    .requiredOption('--id <text>', 'incident-ID eller ärendenummer från portalen')
    .option('--receipt <text>', 'kvittensens nummer')
    .option('--at <tid>', 'när den lämnades, som 2026-11-22T14:00 (svensk tid); annars nu')
    .option('--regime <id>', 'med --step: regelverket vars steg är klart')
    .option('--step <id>', 'steget som är klart')
    .action((options: DoneOptions) =>
      run(() => {
        const { regime, step } = options;
        if ((regime === undefined) !== (step === undefined))
          throw new SigillError(
            'usage',
            'Ange både regelverk och steg, eller inget av dem.',
            [],
            '--regime, --step',
          );
        return withVault(context, options, ['open'], (vault, rules) => {
          const done = recordHandedIn(vault, rules, {
            dispatch: options.dispatch,
            at: timeOf(options.at, vault.now()),
            reference: options.id,
            receipt: options.receipt ?? null,
            step: regime === undefined || step === undefined ? null : { regime, step },
          });
          return { text: describeSheet(done), json: done };
        });
      }),
    );

  const supplement = program.command('supplement').description('det som har ändrats efter att det skickades');
  unlockOptions(
    supplement.command('list').description('rapporter som säger något annat än det som skickades'),
  )
    .option('--incident <id>', 'bara en incident; annars alla som inte är avslutade')
    .action((options: VaultOptions & { incident?: string }) =>
      run(() => {
        const id = options.incident === undefined ? null : requireIncidentId(options.incident);
        return withVault(context, options, ['open'], async (vault, rules) => {
          const changed =
            id === null ? await allChangedSinceSent(vault, rules) : changedSinceSent(vault, rules, id);
          return {
            text:
              changed.length === 0
                ? 'Inget som har skickats säger något annat nu.\n'
                : changed
                    .map(
                      ({ expedition, receivers, fields }) =>
                        `${expedition.incidentId} ${expedition.form}, ${versionName(expedition.version, expedition.details.openLevel)}${toWords(receivers)}, ${sentWords(expedition)}\n` +
                        `  ${expedition.id}\n  Ändrat: ${fields.join(', ')}\n`,
                    )
                    .join(''),
            json: changed,
            remarks: vault.room('protected') === null ? [NOT_COMPARED] : [],
          };
        });
      }),
    );
}

const NOT_COMPARED =
  'Skyddade rummet är låst: det som ligger där, och rapporter som har flyttat dit, är inte jämfört.';

const toWords = (receivers: readonly string[]): string =>
  receivers.length === 0 ? '' : `, till ${receivers.join('; ')}`;

function sentWords(expedition: Expedition): string {
  const at = sentAt(expedition);
  return at === null
    ? `gjord ${swedishTime(new Date(expedition.madeAt))} och inte registrerad som avsänd`
    : `skickad ${swedishTime(new Date(at))}`;
}

const STATE_WORD: Readonly<Record<Expedition['state'], string>> = {
  made: 'gjort',
  'handed-over': 'överlämnat',
  sent: 'lämnat',
  received: 'mottaget',
  receipted: 'kvitterat',
  withdrawn: 'makulerat',
};

function describeSheet({ id, form, madeAt, state, events }: Expedition): string {
  const notes = events.flatMap(({ note }) => note ?? []);
  return (
    `${id}\n  ${form}, ${swedishTime(new Date(madeAt))}, ${STATE_WORD[state]}\n` +
    notes.map((note) => `  ${note}\n`).join('')
  );
}

function describeRow({ label, required, text, over }: CopyRow, index: number): string {
  const much = over > 0 ? `  (${over} tecken för mycket för portalens fält)\n` : '';
  return `\n${index + 1}. ${label}${required ? ' *' : ''}\n${text === '' ? '(inget att skriva)' : text}\n${much}`;
}
