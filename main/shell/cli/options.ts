import { Option, type Command } from 'commander';
import { SigillError } from '../../../shared/domain/error.ts';
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

/**
 * @param text as it was written; undefined for now
 * @returns an instant, ISO 8601 in UTC
 * @throws SigillError `usage` for what is no time
 */
export function timeOf(text: string | undefined, now: Date): string {
  const at = text === undefined ? now : new Date(text);
  if (Number.isNaN(at.getTime()))
    throw new SigillError('usage', 'Skriv tiden som 2026-11-22T14:00+01:00 (--at).');
  return at.toISOString();
}
