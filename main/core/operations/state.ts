import { resolve } from 'node:path';
import type { AnswerOf, OperationName, RequestOf } from '../../../shared/contract/contract.ts';
import { SigillError } from '../../../shared/domain/error.ts';
import type { RulePack } from '../../../shared/domain/rules.ts';
import { ClockGuard } from '../../clock/clock.ts';
import { Vault } from '../../vault/session.ts';

/** What one call may use while it runs. */
export interface Call {
  readonly core: CoreState;
  /** Aborted when the person cancels, and when the rooms are locked under the call. */
  readonly signal: AbortSignal;
  readonly progress: (text: string, done?: number, total?: number) => void;
}

export type Handler<N extends OperationName> = (
  request: RequestOf<N>,
  call: Call,
) => Promise<AnswerOf<N>> | AnswerOf<N>;

/** The handlers of one area: every entry of the contract, no more and no fewer. */
export type AreaHandlers<A extends string> = {
  [N in OperationName as N extends `${A}.${infer O}` ? O : never]: Handler<N>;
};

/** The vault that this core holds, if any, and the rules it works by. */
export class CoreState {
  readonly rules: RulePack;
  readonly now: () => Date;
  /** Runs from the start of the core, so that a clock that is set while everything is locked is found out too. */
  readonly clock: ClockGuard;
  #vault: Vault | null = null;

  constructor(rules: RulePack, now: () => Date, monotonic?: () => number) {
    this.rules = rules;
    this.now = now;
    this.clock = new ClockGuard(now, monotonic);
  }

  get vault(): Vault | null {
    return this.#vault;
  }

  /** @throws SigillError `unlock` where nothing is unlocked */
  requireVault(): Vault {
    if (!this.#vault || this.#vault.unlockedRooms().length === 0) {
      throw new SigillError('unlock', 'Valvet är låst. Lås upp det och försök igen.');
    }
    return this.#vault;
  }

  /** Takes hold of a vault, or keeps the one it holds. @throws SigillError where it holds another */
  hold(folder: string): Vault {
    if (this.#vault && resolve(this.#vault.folder) !== resolve(folder)) {
      throw new SigillError('usage', 'Ett annat valv är öppet. Lås det först.');
    }
    this.#vault ??= Vault.open(folder, this.now);
    return this.#vault;
  }

  /** Gives the vault back when no room is unlocked any more. */
  releaseIfLocked(): void {
    if (this.#vault && this.#vault.unlockedRooms().length === 0) this.close();
  }

  /** Locks everything. */
  close(): void {
    const vault = this.#vault;
    this.#vault = null;
    vault?.close();
  }
}
