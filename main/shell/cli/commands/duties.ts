import { InvalidArgumentError, Option, type Command } from 'commander';
import type { DutySettings } from '../../../../shared/domain/duty-settings.ts';
import { TIME_IDS, type TimeId } from '../../../../shared/domain/incident.ts';
import { COUNTIES, type County } from '../../../../shared/domain/supervision-schema.ts';
import { ACT_NAME, COUNTY_NAME } from '../../../../shared/domain/supervision.ts';
import { CONFIDENCE_NAME } from '../../../../shared/domain/words.ts';
import { describeDuties } from '../../../core/duties.ts';
import { changeDutySettings } from '../../../deadlines/settings.ts';
import { withVault, type Context, type VaultOptions } from '../context.ts';
import { table } from '../layout.ts';
import { unlockOptions } from '../options.ts';
import type { Run } from '../terminal.ts';

interface DutiesOptions extends VaultOptions {
  readonly sector?: string[];
  readonly county?: County | 'none';
  readonly securityGroup?: string;
  readonly noonRule?: 'applies' | 'excluded' | 'none';
  readonly target?: Record<string, number>;
  readonly start?: Record<string, TimeId>;
}

/** "SAK/anmalan=6" */
function readTarget(value: string, earlier: Record<string, number> = {}): Record<string, number> {
  const [key = '', hours = ''] = value.split('=', 2);
  if (!/^\d+$/.test(hours)) throw new InvalidArgumentError('Skriv steg=timmar, till exempel SAK/anmalan=6.');
  return { ...earlier, [key]: Number(hours) };
}

/** "STAT-2020/slutrapport=identified" */
function readStart(value: string, earlier: Record<string, TimeId> = {}): Record<string, TimeId> {
  const [key = '', start = ''] = value.split('=', 2);
  const time = TIME_IDS.find((id) => id === start);
  if (time === undefined)
    throw new InvalidArgumentError('Skriv steg=start, till exempel STAT-2020/slutrapport=identified.');
  return { ...earlier, [key]: time };
}

const NOON = { applies: 'gäller', excluded: 'undantagen' } as const;

const orNull = <T extends string>(value: T | 'none'): T | null => (value === 'none' ? null : (value as T));

function changeOf(options: DutiesOptions): Partial<DutySettings> {
  const { sector, county, securityGroup, noonRule, target, start } = options;
  return {
    ...(sector === undefined ? {} : { sectors: sector.filter((id) => id !== 'none') }),
    ...(county === undefined ? {} : { county: orNull(county) }),
    ...(securityGroup === undefined ? {} : { securityGroup: orNull(securityGroup) }),
    ...(noonRule === undefined ? {} : { noonRule: orNull(noonRule) }),
    ...(target === undefined ? {} : { targets: target }),
    ...(start === undefined ? {} : { starts: start }),
  };
}

/** Tillsyn och frister: what the organisation has answered about itself that the rules ask for. */
export function addDutiesCommand(program: Command, context: Context, run: Run): void {
  unlockOptions(program.command('duties').description('tillsyn, egna mål och val i reglerna'))
    .option('--sector <id...>', 'sektorer enligt cybersäkerhetslagen; none: inga')
    .addOption(new Option('--county <län>', 'organisationens län').choices([...COUNTIES, 'none']))
    .option('--security-group <id>', 'tillsyn över säkerhetsskyddet; sparas bara i skyddade rummet')
    .addOption(
      new Option(
        '--noon-rule <svar>',
        'DORA, klockan tolv nästa arbetsdag: gäller, eller undantagen',
      ).choices(['applies', 'excluded', 'none']),
    )
    .option('--target <steg=timmar>', 'eget mål där lagen säger skyndsamt; ersätter alla', readTarget)
    .option('--start <steg=start>', 'vald start där källorna inte är eniga; ersätter alla', readStart)
    .action((options: DutiesOptions) =>
      run(() =>
        withVault(context, options, [], (vault, rules) => {
          const change = changeOf(options);
          if (Object.keys(change).length > 0) changeDutySettings(vault, rules, change);
          const duties = describeDuties(vault, rules);
          const { settings, supervisors } = duties;
          const pairs = (values: Readonly<Record<string, string | number>>): string =>
            Object.entries(values)
              .map(([key, value]) => `${key}=${value}`)
              .join(', ') || '–';
          return {
            text:
              table([
                ['Län', settings.county === null ? '–' : COUNTY_NAME[settings.county]],
                ['Sektorer', settings.sectors.join(', ') || '–'],
                ['Säkerhetsskydd', settings.securityGroup ?? '–'],
                ['DORA kl. tolv', settings.noonRule === null ? '–' : NOON[settings.noonRule]],
                ['Egna mål, timmar', pairs(settings.targets)],
                ['Valda starter', pairs(settings.starts)],
              ]) +
              supervisors
                .map(
                  ({ act, group, authority, confidence }) =>
                    `${authority?.name ?? 'Länsstyrelsen; ange län (--county)'}, enligt ${ACT_NAME[act]}: ${group} [${CONFIDENCE_NAME[confidence]}]\n`,
                )
                .join(''),
            json: duties,
          };
        }),
      ),
    );
}
