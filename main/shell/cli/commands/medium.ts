import { Option, type Command } from 'commander';
import { LEVEL_NAME, type Level } from '../../../../shared/domain/marking.ts';
import {
  DESTRUCTION_WAYS,
  MEDIUM_EVENT_NAME,
  MEDIUM_KINDS,
  type DestructionWay,
  type MediumEvent,
  type MediumKind,
} from '../../../../shared/domain/register.ts';
import type { Room } from '../../../../shared/domain/room.ts';
import { swedishDate } from '../../../../shared/domain/swedish-time.ts';
import { addMedium, mediaOf, recordMediumEvent, type Medium } from '../../../register/media/service.ts';
import { withVault, type Context, type VaultOptions } from '../context.ts';
import { table } from '../layout.ts';
import { levelOption, timeOf, unlockOptions } from '../options.ts';
import type { Run } from '../terminal.ts';
import { roomOf, roomOption, type RoomOptions } from './register.ts';

/** What a person writes for each thing that becomes of a medium. */
const MEDIUM_WORDS = {
  skrivet: 'written',
  raderat: 'wiped',
  forstort: 'destroyed',
  saknas: 'missing',
  aterfunnet: 'found',
} as const satisfies Readonly<Record<string, MediumEvent>>;

function describeMedia(media: readonly Medium[]): string {
  if (media.length === 0) return 'Inget medium är registrerat i det här rummet.\n';
  return table(
    media.map(({ code, label, kind, level, events }) => {
      const last = events.at(-1);
      const told = last
        ? `${MEDIUM_EVENT_NAME[last.event]} ${swedishDate(new Date(last.at))} ${last.what ?? ''}`.trim()
        : '';
      return [code, label, MEDIUM_KINDS[kind], LEVEL_NAME[level], told];
    }),
  );
}

/** Storage media: label, class, and what has become of each. */
export function addMediumCommands(program: Command, context: Context, run: Run): void {
  const media = program.command('medium').description('lagringsmedier: vad de heter, klass, vad som hänt');

  unlockOptions(media.command('list').description('alla medier i ett rum'))
    .addOption(roomOption())
    .action((options: RoomOptions) =>
      run(() =>
        withVault(context, options, [], (vault) => {
          const found = mediaOf(vault.requireRoom<Room>(roomOf(vault, options)));
          return { text: describeMedia(found), json: found };
        }),
      ),
    );

  unlockOptions(
    media
      .command('add')
      .description('registrera ett medium')
      .argument('<beteckning>', 'som den står på etiketten'),
  )
    .addOption(
      new Option('--kind <slag>', 'slag')
        .choices(Object.keys(MEDIUM_KINDS))
        .default('usb' satisfies MediumKind),
    )
    .addOption(levelOption('--level <nivå>', 'klass, som avgör rummet').makeOptionMandatory())
    .action((label: string, options: VaultOptions & { kind: MediumKind; level: Level }) =>
      run(() =>
        withVault(context, options, [], (vault) => {
          const made = addMedium(vault, label, options.kind, options.level);
          return { text: describeMedia([made]), json: made };
        }),
      ),
    );

  unlockOptions(
    media
      .command('tell')
      .description('registrera vad som hänt med ett medium')
      .argument('<kod>', 'mediets kod'),
  )
    .addOption(
      new Option('--as <händelse>', 'vad som hände').choices(Object.keys(MEDIUM_WORDS)).makeOptionMandatory(),
    )
    .option('--at <tid>', 'när, som 2026-11-22T14:00 (svensk tid); annars nu')
    .option('--what <text>', 'vad som skrevs (handlingens nummer), eller anteckning')
    .addOption(new Option('--how <sätt>', 'hur det förstördes').choices(Object.keys(DESTRUCTION_WAYS)))
    .option('--witness <namn>', 'vem som bevittnade förstöringen')
    .action(
      (
        code: string,
        options: VaultOptions & {
          as: keyof typeof MEDIUM_WORDS;
          at?: string;
          what?: string;
          how?: DestructionWay;
          witness?: string;
        },
      ) =>
        run(() =>
          withVault(context, options, [], (vault) => {
            const told = recordMediumEvent(
              vault,
              code,
              MEDIUM_WORDS[options.as],
              timeOf(options.at, vault.now()),
              {
                what: options.what ?? null,
                how: options.how ?? null,
                witness: options.witness ?? null,
              },
            );
            return { text: describeMedia([told]), json: told };
          }),
        ),
    );
}
