import type { TimeId } from './incident.ts';
import type { RegimeStep } from './rules.ts';
import type { County } from './supervision-schema.ts';

/**
 * What the organisation has answered about itself that the rules ask for: who supervises it, what it has chosen where a
 * source can be read in two ways, and its own aims. None of it is law.
 */
export interface DutySettings {
  /** Groups of the table for cybersäkerhetslagen. */
  readonly sectors: readonly string[];
  /**
   * Sectors by code list NIS2-SEKTORER that an older Sigill kept, and that are several groups of the table: which of them it
   * is has to be chosen. Gone when the sectors are next written.
   */
  readonly sectorsToChoose?: readonly string[];
  readonly county: County | null;
  /** A group of the table for säkerhetsskydd. Kept in the protected room alone: null where that is locked. */
  readonly securityGroup: string | null;
  /** Whether DORA's noon rule is the organisation's to use; null: nobody has said, and the earlier time is shown. */
  readonly noonRule: 'applies' | 'excluded' | null;
  /** Own aims in hours, by {@link stepKey}, in place of what the rules propose. */
  readonly targets: Readonly<Record<string, number>>;
  /** The start that was chosen, by {@link stepKey}, where the rules offer more than one. */
  readonly starts: Readonly<Record<string, TimeId>>;
}

export const NO_DUTY_SETTINGS: DutySettings = {
  sectors: [],
  county: null,
  securityGroup: null,
  noonRule: null,
  targets: {},
  starts: {},
};

/** "SAK/anmalan" */
export function stepKey(regime: string, step: string): string {
  return `${regime}/${step}`;
}

/** Can an own aim be set? Only where the law gives no limit and the time runs from something that happens. */
export function canHaveTarget({ limit, start }: Pick<RegimeStep, 'limit' | 'start'>): boolean {
  return limit === null && start !== 'none';
}
