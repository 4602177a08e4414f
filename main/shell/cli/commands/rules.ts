import type { Command } from 'commander';
import type { RuleChange } from '../../../../shared/domain/rule-pack.ts';
import { swedishTime } from '../../../../shared/domain/swedish-time.ts';
import { incidentRules, takeRulesInForce } from '../../../core/incident-rules.ts';
import { installedRules, type InstalledPack } from '../../../packs/list.ts';
import { inspectRollback, rollBack } from '../../../packs/rollback.ts';
import { inspectPack, inspectShipped, takePack, takeShipped, type PackPlan } from '../../../packs/take.ts';
import { LARGEST_PACK } from '../../../rules/container.ts';
import { spokenFingerprint } from '../../../rules/signature.ts';
import { requireIncidentId, withVault, type Context, type VaultOptions } from '../context.ts';
import { readInputFile } from '../input-file.ts';
import { unlockOptions } from '../options.ts';
import type { Run } from '../terminal.ts';
import { addRuleKeyCommands } from './rule-keys.ts';

interface PackOptions extends VaultOptions {
  readonly file?: string;
  readonly reason?: string;
}

/** The signature is a few hundred bytes; what is far larger is another file. */
const LARGEST_SIGNATURE = 64 * 1024;
const CHANGE_NAME = { new: 'ny', changed: 'ändrad', gone: 'borttagen' } as const;

export function addRulesCommands(program: Command, context: Context, run: Run): void {
  const rules = program.command('rules').description('regelpaket: vilka som gäller, och att byta dem');

  unlockOptions(
    rules.command('list').description('paketen i valvet, besluten och utgivarnas nycklar'),
  ).action((options: VaultOptions) =>
    run(() =>
      withVault(context, options, ['open'], (vault, pack) => {
        const installed = installedRules(vault, pack);
        const newer = inspectShipped(vault, pack);
        return {
          text: [
            ...installed.packs.map(describePack),
            ...installed.keys.map(
              (key) =>
                `Nyckel: ${key.name} (${key.publisher})${key.isRevoked ? ', ÅTERKALLAD' : ''}\n  ${spokenFingerprint(key.fingerprint)}\n`,
            ),
          ].join('\n'),
          json: { ...installed, newerShipped: newer?.manifest ?? null },
          remarks: newer ? ['Nyare regler följer med den här Sigill: se rules diff utan --file.'] : [],
        };
      }),
    ),
  );

  unlockOptions(
    rules
      .command('diff')
      .description('vad ett paket skulle ändra; inget ändras. Utan --file: det som följer med'),
  )
    .option('--file <fil>', 'paketet, .sigillregler; signaturen ligger bredvid som .sig')
    .action((options: PackOptions) =>
      run(() => {
        const signed = readSigned(options.file);
        return withVault(context, options, ['open'], (vault, pack) => {
          const plan = signed ? inspectPack(vault, pack, signed) : inspectShipped(vault, pack);
          return plan
            ? { text: describePlan(plan), json: plan }
            : { text: 'Reglerna som följer med Sigill är inte nyare än dem som gäller.\n', json: null };
        });
      }),
    );

  unlockOptions(
    rules.command('import').description('ta ett paket genom beslut. Utan --file: det som följer med Sigill'),
  )
    .option('--file <fil>', 'paketet, .sigillregler; signaturen ligger bredvid som .sig')
    .requiredOption('--reason <skäl>', 'varför; står kvar i beslutet')
    .action((options: PackOptions) =>
      run(() => {
        const signed = readSigned(options.file);
        const reason = options.reason ?? '';
        return withVault(context, options, ['open'], (vault, pack) => {
          const plan = signed
            ? takePack(vault, pack, signed, { digest: inspectPack(vault, pack, signed).digest, reason })
            : takeShipped(vault, pack, reason);
          return {
            text: `${describePlan(plan)}\nPaketet gäller nu. Tidigare incidenter behåller sina regler: se rules incident.\n`,
            json: plan,
          };
        });
      }),
    );

  unlockOptions(rules.command('rollback').description('gå tillbaka till ett paket som valvet har haft'))
    .requiredOption(
      '--to <sha256>',
      'paketets SHA-256 eller början av den, se rules list; own-none: inget eget paket',
    )
    .requiredOption('--reason <skäl>', 'varför; står kvar i beslutet')
    .action((options: VaultOptions & { to: string; reason: string }) =>
      run(() =>
        withVault(context, options, ['open'], (vault, pack) => {
          const changes = inspectRollback(vault, pack, options.to);
          rollBack(vault, pack, options.to, options.reason);
          return {
            text: `${changes.map(describeChange).join('')}De reglerna gäller nu. Det senare paketet finns kvar.\n`,
            json: { changes },
          };
        }),
      ),
    );

  unlockOptions(
    rules
      .command('incident')
      .description('vilka regler en incident bedöms efter, och vad de som gäller ändrar'),
  )
    .requiredOption('--incident <id>', 'incidentens beteckning')
    .option('--take', 'bedöm incidenten efter de regler som gäller nu')
    .option('--reason <skäl>', 'varför; krävs med --take')
    .action((options: VaultOptions & { incident: string; take?: boolean; reason?: string }) =>
      run(() => {
        const id = requireIncidentId(options.incident);
        return withVault(context, options, ['open'], (vault, pack) => {
          if (options.take) takeRulesInForce(vault, pack, id, options.reason ?? '');
          const answer = incidentRules(vault, pack, id);
          const { newer } = answer;
          const lines = [
            `Bedöms efter ${answer.judgedBy.join(' och ')}, så som de lyder ${answer.day}.`,
            ...(newer === null
              ? ['Det är de regler som gäller nu.']
              : [
                  `Nu gäller ${newer.packs.join(' och ')}. För den här incidenten skulle de ändra:`,
                  ...(newer.sentences.length === 0
                    ? ['  inget']
                    : newer.sentences.map((line) => `  ${line}`)),
                ]),
          ];
          return { text: `${lines.join('\n')}\n`, json: answer };
        });
      }),
    );

  addRuleKeyCommands(rules, context, run);
}

function readSigned(file: string | undefined) {
  if (file === undefined) return null;
  return {
    pack: readInputFile(file, `--file ${file}`, LARGEST_PACK),
    signature: readInputFile(`${file}.sig`, `${file}.sig`, LARGEST_SIGNATURE),
  };
}

function describePack({ manifest, digest, isInForce, signedBy, taken }: InstalledPack): string {
  return (
    `${manifest.name} ${manifest.version}, nummer ${manifest.sequence}${isInForce ? ' (GÄLLER)' : ''}\n` +
    `  Utgivare ${manifest.publisher}, utgivet ${manifest.issued}\n` +
    `  ${signedBy === null ? 'Följde med Sigill' : `Signerat med ${spokenFingerprint(signedBy)}`}\n` +
    (taken === null ? '' : `  Taget ${swedishTime(new Date(taken.at))} av ${taken.by}\n`) +
    `  SHA-256 ${digest}\n`
  );
}

function describePlan({ manifest, key, changes }: PackPlan): string {
  const head =
    `${manifest.name} ${manifest.version}, nummer ${manifest.sequence}, utgivet ${manifest.issued}\n` +
    (key === null
      ? 'Följer med Sigill.\n'
      : `Signerat av ${key.name}: ${spokenFingerprint(key.fingerprint)}\n`);
  return `${head}\n${changes.length === 0 ? 'Inget i reglerna ändras.\n' : changes.map(describeChange).join('')}`;
}

function describeChange({ change, name, id, sentences }: RuleChange): string {
  return `${CHANGE_NAME[change].toUpperCase()}: ${name} (${id})\n${sentences.map((line) => `  – ${line}\n`).join('')}`;
}
