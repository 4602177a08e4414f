import type { Command } from 'commander';
import { LARGEST_ANSWER } from '../../../../shared/domain/answer.ts';
import { SigillError } from '../../../../shared/domain/error.ts';
import { describeMarking, type Level } from '../../../../shared/domain/marking.ts';
import { describeSignature, keepAnswer, readAnswer, saveAttachments } from '../../../core/answers.ts';
import { tellingRegimes } from '../../../packs/for-incident.ts';
import { wantedMarking } from '../../../incidents/marking.ts';
import { requireIncidentId, withVault, type Context, type VaultOptions } from '../context.ts';
import { readInputFile } from '../input-file.ts';
import { levelOption, unlockOptions } from '../options.ts';
import type { Run } from '../terminal.ts';

interface ReadOptions extends VaultOptions {
  readonly file: string;
  readonly incident?: string;
  readonly level?: Level;
  readonly basis?: string[];
  readonly reason?: string;
  readonly attachmentsOut?: string;
}

/** Reading back what the recipient answers. */
export function addMailCommands(program: Command, context: Context, run: Run): void {
  const mail = program.command('mail').description('krypterade svar från mottagare');

  unlockOptions(
    mail
      .command('read')
      .description('öppna ett krypterat svar, kontrollera vem som skrev, och spara det om det beslutas'),
  )
    .requiredOption('--file <fil>', 'svaret: hela brevet (.eml) eller den krypterade delen (.asc, .pgp)')
    .option('--incident <id>', 'spara svaret i händelseloggen för incidenten')
    .addOption(levelOption('--level <nivå>', 'beslutad märkning; krävs för att spara'))
    .option('--basis <bestämmelse...>', 'bestämmelser bakom märkningen')
    .option('--reason <skäl>', 'varför märkningen är den; krävs för att spara')
    .option(
      '--attachments-out <mapp>',
      'skriv bilagorna till en ny mapp, okrypterade; kräver --level och --reason',
    )
    .action((options: ReadOptions) =>
      run(async () => {
        const { level, reason } = options;
        const incidentId = options.incident === undefined ? null : requireIncidentId(options.incident);
        const { attachmentsOut } = options;
        if (attachmentsOut !== undefined && (level === undefined || reason === undefined)) {
          throw new SigillError('usage', 'För att spara bilagorna krävs --level och --reason.');
        }
        const isDecided = attachmentsOut !== undefined && incidentId === null;
        if (
          !isDecided &&
          new Set([incidentId === null, level === undefined, reason === undefined]).size > 1
        ) {
          throw new SigillError(
            'usage',
            'För att spara svaret krävs alla tre: --incident, --level och --reason. Utan dem visas det bara.',
          );
        }
        const file = readInputFile(options.file, `--file ${options.file}`, LARGEST_ANSWER);
        return withVault(context, options, ['open'], async (vault, rules) => {
          // What cannot be stored is said before the answer is shown, not after.
          const marking = level === undefined ? null : wantedMarking(vault, level, options.basis ?? []);
          const answer = await readAnswer(vault, file);
          const log =
            incidentId === null || marking === null
              ? null
              : keepAnswer(
                  vault,
                  answer,
                  { incidentId, marking, reason: reason ?? '' },
                  tellingRegimes(vault, rules),
                );
          const saved =
            attachmentsOut === undefined || marking === null
              ? []
              : await saveAttachments(vault, file, { marking, reason: reason ?? '' }, attachmentsOut);
          const attachments = answer.attachments.map(
            ({ name, size, sha256 }) => `Bilaga: ${name}, ${size} byte, SHA-256 ${sha256}\n`,
          );
          return {
            text:
              `${describeSignature(answer.signature)}\n` +
              (answer.from === null ? '' : `Från, enligt brevet: ${answer.from}\n`) +
              (answer.subject === null ? '' : `Ämne: ${answer.subject}\n`) +
              `${attachments.join('')}\n${answer.text}\n\n` +
              (log === null || marking === null
                ? 'Inget är sparat.\n'
                : `Sparat: logg:${log}, ${describeMarking(marking)}.\n`) +
              saved.map(({ name }) => `Bilaga skriven: ${attachmentsOut ?? ''}/${name}\n`).join(''),
            json: { ...answer, log, marking, saved },
            remarks: [
              ...(answer.signature.kind === 'verified' ? [] : [describeSignature(answer.signature)]),
              ...answer.remarks,
              ...(saved.length > 0
                ? ['Bilagorna ligger okrypterade i mappen. Hantera dem som deras märkning säger.']
                : []),
              ...(answer.attachments.length > 0 ? ['Bilagorna är inte sparade i valvet.'] : []),
            ],
          };
        });
      }),
    );
}
