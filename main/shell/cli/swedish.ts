import type { CommanderError } from 'commander';

/** The faults of use that the command parser finds, in Swedish. */
export function translateCommanderError(error: CommanderError): string {
  const quoted = /'([^']+)'/.exec(error.message)?.[1] ?? '';
  const help = 'Se hjälpen: npm run -s sigill -- --help';
  switch (error.code) {
    case 'commander.unknownCommand':
      return `Okänt kommando: ${quoted}. ${help}`;
    case 'commander.unknownOption':
      return `Okänt val: ${quoted}. ${help}`;
    case 'commander.missingMandatoryOptionValue':
      return `Valet ${quoted} måste anges.`;
    case 'commander.optionMissingArgument':
      return `Valet ${quoted} saknar sitt värde.`;
    case 'commander.missingArgument':
      return `Något saknas i kommandot: ${quoted}. ${help}`;
    case 'commander.excessArguments':
      return `För många ord i kommandot. ${help}`;
    case 'commander.invalidArgument':
      return `Ogiltigt värde för ${quoted}. ${help}`;
    case 'commander.help':
      return `Ange ett kommando. ${help}`;
    default:
      return `Kommandot kan inte tolkas. ${help}`;
  }
}
