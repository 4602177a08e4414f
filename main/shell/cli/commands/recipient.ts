import { Option, type Command } from 'commander';
import { addressStandings, bindKey, checkAddress, type AddressStanding } from '../../../addresses/service.ts';
import { formatFingerprint } from '../../../keys/inspect.ts';
import { listKeys } from '../../../keys/repository.ts';
import { whyNoLetter } from '../../../../shared/domain/key-warnings.ts';
import type { RulePack } from '../../../../shared/domain/rules.ts';
import { swedishTime } from '../../../../shared/domain/swedish-time.ts';
import type { Vault } from '../../../vault/session.ts';
import { withVault, type Context, type VaultOptions } from '../context.ts';
import { timeOf, unlockOptions } from '../options.ts';
import type { Run } from '../terminal.ts';

interface AddressOptions extends VaultOptions {
  readonly recipient: string;
  readonly address: string;
}
interface CheckOptions extends AddressOptions {
  readonly outcome: 'confirmed' | 'wrong';
  readonly by: string;
  readonly how: string;
  readonly at?: string;
}

const STATUS = {
  confirmed: 'bekräftad',
  unconfirmed: 'OBEKRÄFTAD',
  historical: 'HISTORISK',
  wrong: 'FEL, används inte',
} as const;

/** Mottagare: their addresses, what a person has been told of them, and which key is for which. */
export function addRecipientCommands(program: Command, context: Context, run: Run): void {
  const recipient = program.command('recipient').description('mottagare: adresser, och vad de har svarat');

  unlockOptions(recipient.command('list').description('adresserna, och hur säkra de är')).action(
    (options: VaultOptions) =>
      run(() =>
        withVault(context, options, ['open'], (vault, rules) => {
          const standings = shownStandings(vault, rules);
          return { text: describe(standings, rules), json: standings };
        }),
      ),
  );

  addressOptions(recipient.command('check').description('anteckna vad mottagaren har svarat om en adress'))
    .addOption(
      new Option('--outcome <svar>', 'confirmed: stämmer; wrong: fel, och används inte mer')
        .choices(['confirmed', 'wrong'])
        .makeOptionMandatory(),
    )
    .requiredOption('--by <namn>', 'vem som frågade')
    .requiredOption('--how <text>', 'hur, till exempel "telefon 010-240 40 40, vakthavande"')
    .option('--at <tid>', 'när, som 2026-11-22T14:00 (svensk tid); annars nu')
    .action((options: CheckOptions) =>
      run(() =>
        withVault(context, options, ['open'], (vault, rules) => {
          const { recipient: id, address, outcome, by, how } = options;
          const at = timeOf(options.at, vault.now());
          checkAddress(vault, rules, { recipient: id, address, outcome, by, how, at });
          return standingOf(shownStandings(vault, rules), rules, id, address);
        }),
      ),
    );

  addressOptions(recipient.command('bind').description('välj vilken nyckel som gäller en e-postadress'))
    .option('--fingerprint <fingeravtryck>', 'en verifierad nyckel; utelämnat: ingen nyckel mer')
    .requiredOption('--reason <text>', 'hur mottagaren har sagt att nyckeln gäller adressen')
    .action((options: AddressOptions & { fingerprint?: string; reason: string }) =>
      run(() =>
        withVault(context, options, ['open'], (vault, rules) => {
          const { recipient: id, address, fingerprint = null, reason } = options;
          bindKey(vault, rules, { recipient: id, address, fingerprint, reason });
          return standingOf(shownStandings(vault, rules), rules, id, address);
        }),
      ),
    );
}

function addressOptions(command: Command): Command {
  return unlockOptions(command)
    .requiredOption('--recipient <id>', 'mottagarens id, se recipient list')
    .requiredOption('--address <id>', 'adressens id');
}

/** With what stands in the way of a letter to the key that is chosen for it; null where nothing does. */
interface ShownStanding extends AddressStanding {
  readonly keyHindrance: string | null;
}

function shownStandings(vault: Vault, rules: RulePack): ShownStanding[] {
  const keys = listKeys(vault.requireRoom('open').store);
  return addressStandings(vault, rules).map((standing) => {
    const chosen = keys.find(({ fingerprint }) => fingerprint === standing.fingerprint);
    return { ...standing, keyHindrance: chosen ? whyNoLetter(chosen, vault.now()) : null };
  });
}

function standingOf(
  standings: readonly ShownStanding[],
  rules: RulePack,
  recipient: string,
  address: string,
): { text: string; json: unknown } {
  const found = standings.filter((one) => one.recipient === recipient && one.address === address);
  return { text: describe(found, rules), json: found[0] };
}

function describe(standings: readonly ShownStanding[], rules: RulePack): string {
  return standings
    .map(({ recipient, address, status, check, fingerprint, keyHindrance }) => {
      const found = rules.recipients.get(recipient);
      const lines = found?.addresses.find(({ id }) => id === address)?.lines ?? [];
      return [
        `${recipient} ${address}: ${STATUS[status]}`,
        `  ${found?.name ?? recipient}: ${lines.join(', ')}`,
        ...(check === null
          ? []
          : [
              `  ${check.outcome === 'wrong' ? 'Antecknad som fel' : 'Adress verifierad'} ${swedishTime(new Date(check.checkedAt))} av ${check.checkedBy}: ${check.checkedHow}`,
            ]),
        ...(fingerprint === null ? [] : [`  Nyckel: ${formatFingerprint(fingerprint)}`]),
        ...(keyHindrance === null ? [] : [`  ${keyHindrance}`]),
      ]
        .map((line) => `${line}\n`)
        .join('');
    })
    .join('\n');
}
