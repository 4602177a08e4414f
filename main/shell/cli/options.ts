import { Option, type Command } from 'commander';
import { SigillError } from '../../../shared/domain/error.ts';
import { readLocalInput } from '../../../shared/domain/local-time.ts';
import { LEVELS } from '../../../shared/domain/marking.ts';
import { normalUserName } from '../../vault/user-name.ts';

/** Options that many commands share, with one wording. */

const UNLOCKING = 'Valvet och upplåsningen (FIL kan vara - för en rad från standard in):';

export function unlockOptions(command: Command): Command {
  return command
    .addOption(new Option('--vault <mapp>', 'valvets mapp').makeOptionMandatory().helpGroup(UNLOCKING))
    .addOption(
      new Option('--user <namn>', 'användare; behövs inte om valvet bara har en')
        .argParser(normalUserName)
        .helpGroup(UNLOCKING),
    )
    .addOption(new Option('--open-pass <fil>', 'lösenfras för öppna rummet').helpGroup(UNLOCKING))
    .addOption(new Option('--protected-pass <fil>', 'lösenfras för skyddade rummet').helpGroup(UNLOCKING))
    .addOption(
      new Option(
        '--open-recovery <fil>',
        'återställningskod för öppna rummet, i stället för lösenfras',
      ).helpGroup(UNLOCKING),
    )
    .addOption(
      new Option(
        '--protected-recovery <fil>',
        'återställningskod för skyddade rummet, i stället för lösenfras',
      ).helpGroup(UNLOCKING),
    );
}

export function reportOptions(command: Command): Command {
  return unlockOptions(command)
    .requiredOption('--incident <id>', 'incidentens beteckning')
    .requiredOption('--form <formulär>', 'formulärets id, se forms list')
    .addOption(
      new Option('--version <version>', 'full: allt; open: öppen version')
        .choices(['full', 'open'])
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--open-level <nivå>', 'högsta märkning i en öppen version; annars oppen').choices([
        'oppen',
        'sekretess',
      ]),
    )
    .option('--mask', 'maskera personnummer, samordningsnummer, e-postadresser och telefonnummer')
    .option('--supplement', 'komplettering: börjar med vad som har ändrats sedan den senast skickades')
    .option(
      '--supplement-of <expediering>',
      'komplettering av just den expedieringen, där flera har fått handlingen',
    );
}

export function levelOption(flags: string, description: string): Option {
  return new Option(flags, description).choices(LEVELS);
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * A time as it is written in a command: Swedish time, as everywhere else, where no offset stands after it.
 * @param option that it was written to
 * @returns ISO 8601 with offset
 * @throws SigillError `usage` for what is no time, and for the hour that comes twice in autumn where nothing says which
 */
export function writtenTime(text: string, option = '--at'): string {
  if (INSTANT.test(text) && !Number.isNaN(Date.parse(text))) return text;
  const read = readLocalInput(text);
  if ('at' in read && !read.isUnclear) return read.at;
  throw new SigillError(
    'usage',
    'at' in read
      ? `Det klockslaget kom två gånger den natten. Skriv tidszonen efter det, +02:00 för det första och +01:00 för det andra (${option}).`
      : `Skriv tiden som 2026-11-22T14:00, svensk tid, eller med tidszon som 2026-11-22T13:00Z (${option}).`,
  );
}

/**
 * @param text as it was written; undefined for now
 * @returns an instant, ISO 8601 in UTC
 * @throws SigillError as {@link writtenTime}
 */
export function timeOf(text: string | undefined, now: Date): string {
  return text === undefined ? now.toISOString() : new Date(writtenTime(text)).toISOString();
}
