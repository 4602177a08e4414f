import type { CommanderError, Help, Option } from 'commander';

const HELP = 'Se hjälpen: npm run -s sigill -- --help';

/**
 * The faults of use that the command parser finds, in Swedish. Names what the parser knows (commands, options); a value
 * that was typed is not repeated, for it may be what should have stood in a file.
 */
export function translateCommanderError(error: CommanderError): string {
  const quoted = /'([^'=]+)/.exec(error.message)?.[1] ?? '';
  const meant = /\(Did you mean (?:one of )?(.+?)\?\)/.exec(error.message)?.[1];
  const suggestion = meant === undefined ? HELP : `Menade du ${meant.replace(/, (?=[^,]*$)/, ' eller ')}?`;
  switch (error.code) {
    case 'commander.unknownCommand':
      return `Okänt kommando: ${quoted}. ${suggestion}`;
    case 'commander.unknownOption':
      return `Okänt val: ${quoted}. ${suggestion}`;
    case 'commander.missingMandatoryOptionValue':
      return `Valet ${quoted} måste anges.`;
    case 'commander.optionMissingArgument':
      return `Valet ${quoted} saknar sitt värde.`;
    case 'commander.missingArgument':
      return `Något saknas i kommandot: ${quoted}. ${HELP}`;
    case 'commander.excessArguments':
      return `För många ord i kommandot. Sätt citattecken om ett värde med mellanslag. ${HELP}`;
    case 'commander.invalidArgument':
      return `Ogiltigt värde för ${quoted}. ${reasonFor(error.message)}`;
    case 'commander.help':
      return 'Ange ett kommando.';
    default:
      return `Kommandot kan inte tolkas. ${HELP}`;
  }
}

/** What stands last in the parser's message: its list of choices, or the words of our own parser of the value. */
function reasonFor(message: string): string {
  const reason = /' is invalid\. (.+)$/s.exec(message)?.[1] ?? HELP;
  return reason.replace(/^Allowed choices are (.+)\.$/, 'Välj ett av: $1.');
}

const TITLE: Readonly<Record<string, string>> = {
  'Usage:': 'Användning:',
  'Arguments:': 'Argument:',
  'Options:': 'Val:',
  'Commands:': 'Kommandon:',
};

function optionNotes(option: Option): string[] {
  const notes: string[] = [];
  if (option.argChoices) notes.push(option.argChoices.join(', '));
  if (option.defaultValue !== undefined) notes.push(`annars ${String(option.defaultValue)}`);
  if (option.mandatory) notes.push('måste anges');
  return notes;
}

/** The parser's own help, in Swedish: headings, and what it says of an option beside our description. */
export const SWEDISH_HELP: Partial<Help> = {
  styleTitle: (title) => TITLE[title] ?? title,
  styleUsage: (usage) => usage.replace('[options]', '[val]').replace('[command]', '<kommando>'),
  styleSubcommandTerm: (term) => term.replace(' [options]', ''),
  optionDescription(option) {
    const notes = optionNotes(option);
    return notes.length > 0 ? `${option.description} (${notes.join('; ')})` : option.description;
  },
};
