import { type Command, Option } from 'commander';
import { LEVELS } from '../../../shared/domain/marking.ts';

/** Options that many commands share, with one wording. */

export function unlockOptions(command: Command): Command {
  return command
    .requiredOption('--vault <mapp>', 'valvets mapp')
    .option('--user <namn>', 'användare; behövs inte om valvet bara har en')
    .option('--open-pass <fil>', 'fil med lösenfrasen för öppna rummet, - för en rad från standard in')
    .option(
      '--protected-pass <fil>',
      'fil med lösenfrasen för skyddade rummet, - för en rad från standard in',
    )
    .option('--open-recovery <fil>', 'återställningsnyckel för öppna rummet, i stället för lösenfras')
    .option(
      '--protected-recovery <fil>',
      'återställningsnyckel för skyddade rummet, i stället för lösenfras',
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
      new Option('--open-level <nivå>', 'högsta märkning i en öppen version').choices(['oppen', 'sekretess']),
    );
}

export function levelOption(flags: string, description: string): Option {
  return new Option(flags, description).choices(LEVELS);
}
