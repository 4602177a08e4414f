import { resolve } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { SigillError } from '../../../../shared/domain/error.ts';
import { boundKeys } from '../../../core/bound-keys.ts';
import { dispatch, type Dispatched, type DispatchOrder, type WayOut } from '../../../core/dispatch.ts';
import { inLook } from '../../../core/look.ts';
import { byEmail, byEnvelope, bySignalskydd, transferProfiles } from '../../../core/ways-out.ts';
import { readAttachments, type Attachment } from '../../../export/email/attachments.ts';
import { wantedMarking } from '../../../incidents/marking.ts';
import { formatFingerprint } from '../../../keys/inspect.ts';
import { listKeys } from '../../../keys/repository.ts';
import { describeMarking, type Level } from '../../../../shared/domain/marking.ts';
import {
  CARRIAGES,
  ENVELOPE_LAYOUTS,
  type Carriage,
  type EnvelopeLayout,
} from '../../../../shared/domain/packing.ts';
import type { RulePack } from '../../../../shared/domain/rules.ts';
import { TRANSFER_FORMATS, type TransferFormat } from '../../../../shared/domain/transfer-profile.ts';
import type { Vault } from '../../../vault/session.ts';
import type { readUnlock } from '../context.ts';
import { withUnlocked, withVault, type Context, type VaultOptions } from '../context.ts';
import { describeAnswer } from '../gate-answer.ts';
import { normalUserName } from '../../../vault/user-name.ts';
import { levelOption, reportOptions, unlockOptions } from '../options.ts';
import { CONFIDENCE_NAME } from '../../../../shared/domain/words.ts';
import {
  readUnlockAndSecond,
  requireDecidedTogether,
  secondPersonOptions,
  type SecondPersonOptions,
} from '../second-person.ts';
import type { Answer, Run } from '../terminal.ts';
import { orderOf, requireChoice, UNMASKED, type ReportOptions } from './report.ts';

export interface DispatchOptions extends ReportOptions, SecondPersonOptions {
  readonly out: string;
  readonly decision?: string;
  readonly decidedBy?: string;
  readonly draft?: boolean;
  readonly unmasked?: boolean;
}
interface EnvelopeOptions extends DispatchOptions {
  readonly carriage?: Carriage;
  readonly layout: EnvelopeLayout;
  readonly printer?: string;
  readonly copies: number;
  readonly recipient?: string;
  readonly attention?: string;
  readonly bag?: string;
  readonly consignment?: string;
  readonly addressReason?: string;
}

interface SignalskyddOptions extends DispatchOptions {
  readonly medium?: string;
  readonly grade?: string;
  readonly recipient?: string;
  readonly profile?: string;
  readonly format?: TransferFormat;
  readonly fileName?: string;
}

export function dispatchOptions(command: Command): Command {
  return secondPersonOptions(reportOptions(command), 'där beslutet fattas av två')
    .requiredOption('--out <mapp>', 'ny eller tom mapp för filerna')
    .option('--decision <text>', 'beslutet och skälet, där vägen kräver ett')
    .option('--decided-by <namn>', 'vem som har beslutat; annars användaren', normalUserName)
    .option('--draft', 'utkast: obligatoriska uppgifter får saknas')
    .option(...UNMASKED);
}

type Undecided = ReturnType<typeof orderOf> & Omit<DispatchOrder, 'decision'>;

/** What is to be sent. What is wrong with it is said before any passphrase is asked for. */
export function undecidedOf(options: DispatchOptions): Undecided {
  return { ...orderOf(options, options.draft ?? false), out: options.out };
}

/** The order with its decision; the passphrase of a second person is read here, after that of the first. */
/** What opens the rooms, and the order with the decision that was given. */
export async function readDecided(
  context: Context,
  order: Undecided,
  options: DispatchOptions,
): Promise<{ unlock: Awaited<ReturnType<typeof readUnlock>>; order: DispatchOrder }> {
  const { decision: reason, decidedBy = null } = options;
  requireDecidedTogether(reason, options);
  const { unlock, second } = await readUnlockAndSecond(context, options);
  return {
    unlock,
    order: { ...order, decision: reason === undefined ? null : { reason, decidedBy, second } },
  };
}

export function answerOf({ number, document, clearances, files, remarks }: Dispatched, out: string): Answer {
  return {
    text:
      clearances.map(({ answer, decision }) => describeAnswer(answer, decision)).join('') +
      `Rapportens märkning: ${describeMarking(document.marking)}${document.draft ? '. UTKAST' : ''}\n` +
      (number === null ? '' : `Nummer i registret: ${number}\n`) +
      `Filer i ${out} (storlek, SHA-256):\n` +
      files.map((file) => `  ${file.name}  ${file.size} byte\n    ${file.sha256}\n`).join(''),
    json: {
      marking: document.marking,
      draft: document.draft,
      number,
      answers: clearances.map(({ answer, decision }) => ({ ...answer, decision })),
      folder: out,
      files,
      remarks,
    },
    remarks,
  };
}

function copiesOf(value: string): number {
  const copies = Number(value);
  if (!Number.isInteger(copies) || copies < 1 || copies > 50) {
    throw new InvalidArgumentError('Ange ett antal från 1 till 50.');
  }
  return copies;
}

const FINGERPRINT_LENGTH = 40;

/**
 * Fingerprints as people give them: in any case, with 0x, colons or spaces; also pasted from `key list` without
 * quotation marks, so that each group of four comes as a word of its own.
 */
export function readFingerprints(words: readonly string[]): string[] {
  const plain = words.map((word) => word.replace(/^0x/i, '').replace(/[\s:]/g, '').toUpperCase());
  const together = plain.join('');
  const isPasted =
    plain.some((word) => word.length < FINGERPRINT_LENGTH) &&
    together.length % FINGERPRINT_LENGTH === 0 &&
    /^[0-9A-F]+$/.test(together);
  return isPasted ? (together.match(/.{40}/g) ?? []) : plain;
}

/** Says what to do where it is not clear to whom; asked after the gate, whose refusal is worth knowing first. */
function requireRecipient(vault: Vault): void {
  const keys = listKeys(vault.requireRoom('open').store).filter((key) => key.role === 'recipient');
  const verified = keys.filter((key) => key.verifiedAt !== null);
  if (verified.length === 1) return;
  if (verified.length === 0) {
    throw new SigillError(
      'usage',
      keys.length === 0
        ? 'Det finns ingen mottagares nyckel. Läs in en med key import, och jämför fingeravtrycket per telefon.'
        : 'Ingen mottagares nyckel är verifierad. Jämför hela fingeravtrycket med mottagaren per telefon, och läs in ' +
            'nyckeln igen med key import, --verified-by, --verified-with, --phone och --verified-how.',
    );
  }
  throw new SigillError(
    'usage',
    `${verified.length} mottagares nycklar är verifierade. Ange vilken eller vilka med --to:`,
    verified.map((key) => `${formatFingerprint(key.fingerprint)} ${key.userIds.join('; ')}`),
  );
}

interface EmailOptions extends DispatchOptions {
  readonly to?: string[];
  readonly attach?: string[];
  readonly attachLevel?: Level;
  readonly attachBasis?: string[];
}

async function attachmentsOf(
  vault: Vault,
  { attach = [], attachLevel, attachBasis = [] }: EmailOptions,
): Promise<Attachment[]> {
  if (attach.length === 0) return [];
  if (attachLevel === undefined) {
    throw new SigillError(
      'usage',
      'Ange bilagornas märkning med --attach-level: grinden prövar dem som resten.',
    );
  }
  const marking = wantedMarking(vault, attachLevel, attachBasis);
  return readAttachments(attach.map((path) => ({ path: resolve(path), marking })));
}

function byEmailTo(
  vault: Vault,
  rules: RulePack,
  { form: formId, to = [], out }: EmailOptions,
  attachments: readonly Attachment[],
): WayOut {
  const way = byEmail(vault, rules, readFingerprints(to), inLook(vault, rules), { attachments, out });
  return {
    ...way,
    async make(document, clearances, remarks, numbering) {
      if (to.length === 0 && boundKeys(vault, rules, formId).length === 0) requireRecipient(vault);
      return way.make(document, clearances, remarks, numbering);
    },
  };
}

export function addDispatchCommands(program: Command, context: Context, run: Run): void {
  const send = program.command('export').description('gör i ordning en rapport för en av de tre vägarna ut');

  const go = (
    options: DispatchOptions,
    way: (vault: Vault, rules: RulePack) => WayOut | Promise<WayOut>,
  ): Promise<void> =>
    run(async () => {
      const undecided = undecidedOf(options);
      const { unlock, order } = await readDecided(context, undecided, options);
      return withUnlocked(context, unlock, [], async (vault, rules) => {
        requireChoice(vault, rules, undecided, options.unmasked === true);
        return answerOf(await dispatch(vault, rules, order, await way(vault, rules)), order.out);
      });
    });

  dispatchOptions(send.command('epost').description('OpenPGP-krypterad e-post: .eml och .pgp'))
    .option(
      '--to <fingeravtryck...>',
      'mottagarens nyckel, hela fingeravtrycket; flera går bra; behövs inte om formulärets mottagare har en vald, eller bara en är verifierad',
    )
    .option('--attach <fil...>', 'bilagor; de läses som en ström, också stora')
    .addOption(levelOption('--attach-level <nivå>', 'bilagornas märkning; krävs med --attach'))
    .option('--attach-basis <bestämmelse...>', 'bestämmelser bakom bilagornas märkning')
    .action((options: EmailOptions) =>
      go(options, async (vault, rules) =>
        byEmailTo(vault, rules, options, await attachmentsOf(vault, options)),
      ),
    );

  dispatchOptions(send.command('signalskydd').description('mapp för signalskyddsoperatören'))
    .option('--medium <nummer>', 'mediets nummer i registret')
    .option('--grade <grad>', 'signalskyddsgrad: SG R, SG C, SG S eller SG TS')
    .option('--recipient <namn>', 'mottagande signalskyddsfunktion')
    .option('--profile <id>', 'vad systemet tar emot, ur reglerna (export profiles); annars ovrigt')
    .addOption(
      new Option('--format <format>', 'där profilen tar en fil; annars den som profilen helst ser').choices(
        TRANSFER_FORMATS,
      ),
    )
    .option('--file-name <namn>', 'filens namn före punkten; annars rapport')
    .action((options: SignalskyddOptions) =>
      go(options, (vault, rules) =>
        bySignalskydd(
          vault,
          rules,
          {
            medium: options.medium ?? null,
            grade: options.grade ?? null,
            recipientName: options.recipient ?? null,
            profile: options.profile ?? null,
            format: options.format ?? null,
            fileName: options.fileName ?? null,
          },
          inLook(vault, rules),
        ),
      ),
    );

  addProfiles(send, context, run);

  dispatchOptions(send.command('kuvert').description('utskrift för kuvert i kuvert'))
    .addOption(
      new Option('--carriage <sätt>', 'hur försändelsen går; annars det som grinden helst ser').choices(
        CARRIAGES,
      ),
    )
    .addOption(new Option('--layout <format>', 'kuvertens format').choices(ENVELOPE_LAYOUTS).default('C4'))
    .option('--printer <namn>', 'skrivarens namn bland inställningarna (printer list)')
    .option('--copies <antal>', 'antal exemplar', copiesOf, 1)
    .option('--recipient <id>', 'mottagare ur regelpaketet; annars formulärets')
    .option('--attention <namn>', 'person eller funktion hos mottagaren')
    .option('--bag <nummer>', 'säkerhetspåsens nummer')
    .option('--consignment <nummer>', 'REK- eller VÄRDE-nummer')
    .option('--address-reason <text>', 'skälet att skriva ut till en adress som ingen har bekräftat')
    .action((options: EnvelopeOptions) =>
      go(options, (vault, rules) =>
        byEnvelope(
          vault,
          rules,
          options.form,
          {
            carriage: options.carriage ?? null,
            layout: options.layout,
            printer: options.printer ?? null,
            copies: options.copies,
            recipientId: options.recipient ?? null,
            attention: options.attention ?? null,
            securityBag: options.bag ?? null,
            consignment: options.consignment ?? null,
            addressReason: options.addressReason?.trim() || null,
          },
          inLook(vault, rules),
        ),
      ),
    );
}

/** What each profile takes, and how certain that is. */
function addProfiles(send: Command, context: Context, run: Run): void {
  unlockOptions(
    send.command('profiles').description('profilerna för signalskydd och hur säkra de är'),
  ).action((options: VaultOptions) =>
    run(() =>
      withVault(context, options, [], (vault, rules) => {
        const profiles = [...transferProfiles(vault, rules).values()];
        const text = profiles.map(({ id, name, formats, files, text: rule, confidence, note }) =>
          [
            `${id}: ${name} (${CONFIDENCE_NAME[confidence]})`,
            `  Format: ${formats.allowed.join(', ')}; ${files.count === 'one' ? 'en fil' : 'flera filer'}`,
            `  Storlek: ${files.maximumBytes === null ? 'ingen känd gräns' : `högst ${files.maximumBytes} byte`}`,
            rule === null ? '' : `  Text: ${rule.characterSet}, ${rule.width} tecken i raden`,
            note === undefined ? '' : `  ${note}`,
          ]
            .filter((line) => line !== '')
            .join('\n'),
        );
        return { text: `${text.join('\n')}\n`, json: profiles };
      }),
    ),
  );
}
