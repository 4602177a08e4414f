import { resolve } from 'node:path';
import type { AnswerOf, OperationName, RequestOf } from '../../../shared/contract/contract.ts';
import { SigillError } from '../../../shared/domain/error.ts';
import type { Room } from '../../../shared/domain/room.ts';
import type { RulePack } from '../../../shared/domain/rules.ts';
import { Vault } from '../../vault/session.ts';
import { WorkerPool } from '../../workers/pool.ts';

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

/** The vault that this core holds, if any, the rules it works by, and the threads that do its heavy work. */
export class CoreState {
  readonly workers = new WorkerPool();
  readonly rules: RulePack;
  readonly now: () => Date;
  #vault: Vault | null = null;

  constructor(rules: RulePack, now: () => Date) {
    this.rules = rules;
    this.now = now;
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
  async releaseIfLocked(): Promise<void> {
    if (this.#vault && this.#vault.unlockedRooms().length === 0) await this.close();
  }

  /**
   * Locks one room, and with the last one everything. The threads may hold what was in it: they end with all they have.
   * @throws SigillError `unlock` where nothing is unlocked
   */
  async lockRoom(room: Room): Promise<void> {
    try {
      this.requireVault().lockRoom(room);
    } finally {
      await this.workers.end();
    }
    await this.releaseIfLocked();
  }

  /** Locks everything, also where the threads would not end. */
  async close(): Promise<void> {
    const vault = this.#vault;
    this.#vault = null;
    try {
      vault?.close();
    } finally {
      await this.workers.end();
    }
  }
}
