import { importOne, draftWith, at } from './incidents.ts';
import { makeTestVault, USER, type TestVault } from './vault.ts';
import type { IncidentId } from '../../shared/domain/incident.ts';
import { NO_DETAILS, type MoveDetails } from '../../shared/domain/register.ts';
import { sortIntoRoom, type Room } from '../../shared/domain/room.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { readChain } from '../audit/repository.ts';
import { insertDispatch } from '../dispatches/repository.ts';
import { giveNumber, planNumber } from '../register/numbering.ts';
import { findByCode, listRegister, moveCopy } from '../register/service.ts';
import type { EntryView } from '../register/view.ts';
import { loadRulePack } from '../rules/load.ts';
import type { Vault } from '../vault/session.ts';

/** A vault with a register, for the tests of the register. */
export class RegisterBench {
  readonly test: TestVault;
  readonly rules: RulePack = loadRulePack();
  vault: Vault;
  #made = 0;

  private constructor(test: TestVault, vault: Vault) {
    this.test = test;
    this.vault = vault;
  }

  /** @param now what the clock of the vault says; left out: the time that it is */
  static async start(now?: () => Date): Promise<RegisterBench> {
    const test = await makeTestVault('hemlig');
    return new RegisterBench(test, await test.open(['open', 'protected'], now));
  }

  async reopen(rooms: readonly Room[] = ['open', 'protected']): Promise<void> {
    this.vault.close();
    this.vault = await this.test.open([...rooms]);
  }

  end(): void {
    this.vault.close();
    this.test.remove();
  }

  /**
   * A document that was made to be sent in envelopes, numbered in the transaction that stores it as `send` does. What the
   * report says is of no matter here; `core/dispatch.test.ts` sends whole reports.
   */
  document(
    level: Parameters<typeof at>[0],
    copies = 1,
    incident: IncidentId = this.incident(level === 'hemlig'),
    told: object = {},
  ): EntryView & { readonly dispatch: string; readonly incident: string } {
    const { vault } = this;
    this.#made += 1;
    const id = `d-${this.#made}`;
    const sorted = sortIntoRoom(JSON.stringify({ marking: at(level), sections: [], ...told }), at(level));
    const unlocked = vault.requireRoom<Room>(sorted.room);
    const madeAt = vault.now().toISOString();
    const row = {
      ...{ id, incidentId: incident, form: 'kommun-slutrapport', version: 'full', way: 'kuvert' as const },
      ...{ isDraft: false, documentHash: 'h', madeAt, madeBy: USER },
      details: JSON.stringify({ marking: at(level), openLevel: null, copies, recipient: 'sakerhetspolisen' }),
    };
    vault.transaction(unlocked, () => {
      if (sorted.room === 'open') insertDispatch(vault.requireRoom('open').store, row, sorted.marked);
      else insertDispatch(vault.requireRoom('protected').store, row, sorted.marked);
      const registered = { dispatchId: id, incidentId: incident, level, at: madeAt, by: USER };
      giveNumber(vault, unlocked, planNumber(vault, unlocked, incident, copies), registered);
    });
    const found = listRegister(vault, this.rules, sorted.room).find((entry) => entry.dispatch === id);
    if (!found) throw new TypeError('A document without a number.');
    return { ...found, dispatch: id, incident };
  }

  /** @param isProtected it has a part in the protected room */
  incident(isProtected = false): IncidentId {
    return importOne(this.vault, draftWith(isProtected ? { kostnad: ['En del', 'hemlig'] } : {}));
  }

  now(): string {
    return this.vault.now().toISOString();
  }

  move(copy: string, name: Parameters<typeof moveCopy>[2], details: Partial<MoveDetails> = {}): void {
    moveCopy(this.vault, copy, name, this.now(), { ...NO_DETAILS, ...details });
  }

  stateOf(copy: string): string {
    return findByCode(this.vault, this.rules, copy).copy.state;
  }

  /** What the audit of a room tells of, in order. */
  actions(room: Room): string[] {
    return readChain(this.vault.requireRoom<Room>(room).store.database).map(({ action }) => action);
  }
}

/** @returns the code of a copy, the first one unless told */
export function code(entry: EntryView, copy = 0): string {
  return entry.copies[copy]?.code ?? '';
}
