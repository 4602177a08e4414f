import { Option, type Command } from 'commander';
import { ROOM_NAME, ROOMS, type Room } from '../../../../shared/domain/room.ts';
import { exportAudit, verifyAudit } from '../../../core/audit.ts';
import { withVault, type Context, type VaultOptions } from '../context.ts';
import { unlockOptions } from '../options.ts';
import type { Run } from '../sigill.ts';

export function addAuditCommands(program: Command, context: Context, run: Run): void {
  const audit = program.command('audit').description('spårbarheten');

  unlockOptions(audit.command('export').description('ett rums kedja till fil, för kontroll utan Sigill'))
    .addOption(new Option('--room <rum>', 'vilket rum').choices(ROOMS))
    .requiredOption('--out <fil>', 'filen som skapas')
    .action((options: VaultOptions & { room?: Room; out: string }) =>
      run(() =>
        withVault(context, options, [], (vault) => {
          const exported = exportAudit(vault, options.room ?? null, options.out);
          return {
            text:
              `${exported.path}: ${exported.entries} rader ur ${ROOM_NAME[exported.room]}.\n` +
              'Kontrollera med: npm run verify-audit -- FIL\n',
            json: exported,
          };
        }),
      ),
    );

  unlockOptions(
    audit.command('verify').description('kontrollera kedjan och varje sida i de rum som är upplåsta'),
  ).action((options: VaultOptions) =>
    run(() =>
      withVault(context, options, [], (vault) => {
        const verdicts = verifyAudit(vault);
        return {
          text: verdicts
            .map(
              (verdict) =>
                `${ROOM_NAME[verdict.room]}: hel. ${verdict.entries} rader, ${verdict.checkpoints} kontrollpunkter` +
                `${verdict.payloadsWeeded > 0 ? `, ${verdict.payloadsWeeded} gallrade innehåll` : ''}.\n`,
            )
            .join(''),
          json: verdicts,
          remarks: verdicts.flatMap(({ room, remarks }) =>
            remarks.map((remark) => `${ROOM_NAME[room]}, rad ${remark.seq ?? '–'}: ${remark.text}`),
          ),
        };
      }),
    ),
  );
}
