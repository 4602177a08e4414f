import { SigillError } from '../../shared/domain/error.ts';
import { ROOM_NAME, type Room } from '../../shared/domain/room.ts';
import { judgePages } from './pages.ts';

/** What a person is told of pages that are not as they were written. */
export function damageOf(room: Room, damaged: readonly number[]): SigillError {
  return new SigillError(
    'damaged',
    `Databasen för ${ROOM_NAME[room]} är skadad eller ändrad: ${damaged.length} sida/sidor, först sida ${damaged.slice(0, 5).join(', ')}. ` +
      'Arbeta inte vidare i den. Ta en kopia av valvmappen och återställ från säkerhetskopia. Det andra rummet berörs inte.',
  );
}

/**
 * The check of every page of a room that is open for reading already. It goes on between other work, and must have come
 * to its end before anything is written: so what is damaged stays as it was found, and nothing is built on it.
 */
export class WholeCheck {
  readonly #room: Room;
  readonly #judging: Generator<number[], number[]>;
  #outcome: 'going' | 'whole' | SigillError = 'going';

  /**
   * Judges the first pages at once.
   * @param key the raw key of the room; not used after this
   * @throws SigillError `damaged` where one of them is not whole
   */
  constructor(path: string, room: Room, key: Buffer, descriptor: number) {
    this.#room = room;
    this.#judging = judgePages(path, key, descriptor);
    this.#next();
  }

  get isDone(): boolean {
    return this.#outcome === 'whole';
  }

  get isDamaged(): boolean {
    return this.#outcome instanceof SigillError;
  }

  /** Goes on for about so long. @throws SigillError `damaged` where a page is, and each time after that */
  step(milliseconds: number): void {
    const until = performance.now() + milliseconds;
    do this.#next();
    while (this.#outcome === 'going' && performance.now() < until);
  }

  /** Goes on to the end. @throws SigillError `damaged` */
  finish(): void {
    this.step(Infinity);
  }

  /** Cuts the check off, when the room is closed: it begins anew the next time. */
  stop(): void {
    this.#judging.return([]);
  }

  #next(): void {
    // Once something has been found it is a matter of how much: that is told at once.
    while (this.#outcome === 'going') {
      const { done, value } = this.#judging.next();
      if (done) this.#outcome = value.length === 0 ? 'whole' : damageOf(this.#room, value);
      else if (value.length === 0) return;
    }
    if (this.#outcome instanceof SigillError) throw this.#outcome;
  }
}
