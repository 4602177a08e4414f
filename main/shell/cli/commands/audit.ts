import { Option, type Command } from 'commander';
import { ROOM_NAME, ROOMS, type Room } from '../../../../shared/domain/room.ts';
import { exportAudit, verifyAudit, type RoomVerdict } from '../../../core/audit.ts';
import { withVault, type Context, type VaultOptions } from '../context.ts';
import { unlockOptions } from '../options.ts';
import type { Run } from '../terminal.ts';

function describeVerdict({ room, entries, checkpoints, payloadsWeeded }: RoomVerdict): string {
  const points = checkpoints === 1 ? 'kontrollpunkt' : 'kontrollpunkter';
  const weeded = payloadsWeeded > 0 ? `, ${payloadsWeeded} av dem med gallrat innehåll` : '';
  return `Hel: ${ROOM_NAME[room]}, ${entries} ${entries === 1 ? 'rad' : 'rader'}${weeded}, ${checkpoints} ${points}.\n`;
}

export function addAuditCommands(program: Command, context: Context, run: Run): void {
  const audit = program.command('audit').description('spårbarheten: lämna ut, kontrollera');

  unlockOptions(audit.command('export').description('ett rums kedja till fil, för kontroll utan Sigill'))
    .addOption(new Option('--room <rum>', 'vilket rum; behövs inte om bara ett är upplåst').choices(ROOMS))
    .requiredOption('--out <fil>', 'filen som skapas')
    .action((options: VaultOptions & { room?: Room; out: string }) =>
      run(() =>
        withVault(context, options, [], (vault) => {
          const exported = exportAudit(vault, options.room ?? null, options.out);
          return {
            text:
              `${exported.entries} rader ur ${ROOM_NAME[exported.room]} är skrivna till\n${exported.path}\n` +
              `Kontrollera med: npm run -s verify-audit -- ${exported.path}\n`,
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
          text: verdicts.map(describeVerdict).join(''),
          json: verdicts,
          remarks: verdicts.flatMap(({ room, remarks }) =>
            remarks.map((remark) => `${ROOM_NAME[room]}, rad ${remark.seq ?? '–'}: ${remark.text}`),
          ),
        };
      }),
    ),
  );
}
