import {
  isProtectedLevel,
  type Level,
  type Marking,
  type OpenLevel,
  type ProtectedLevel,
} from './marking.ts';

/**
 * The two rooms. `open` holds öppen and sekretess, `protected` holds every säkerhetsskyddsklass.
 */
export const ROOMS = ['open', 'protected'] as const;
export type Room = (typeof ROOMS)[number];

export const ROOM_NAME: Readonly<Record<Room, string>> = {
  open: 'öppna rummet',
  protected: 'skyddade rummet',
};

/** The levels a room may hold. */
export type LevelOf<R extends Room> = R extends 'open' ? OpenLevel : ProtectedLevel;

declare const roomOfValue: unique symbol;

/**
 * A value that has been sorted into a room by its marking. Only `sortIntoRoom` makes one, so a function that
 * takes `Marked<'open', …>` can be given nothing that belongs to the protected room: that is a compile error.
 */
export interface Marked<R extends Room, T> {
  readonly value: T;
  readonly marking: Marking<LevelOf<R>>;
  readonly [roomOfValue]: R;
}

export type Sorted<T> =
  | { readonly room: 'open'; readonly marked: Marked<'open', T> }
  | { readonly room: 'protected'; readonly marked: Marked<'protected', T> };

export function roomOf(level: Level): Room {
  return isProtectedLevel(level) ? 'protected' : 'open';
}

/** The one door between marked data and the rooms: looks at the marking, and at nothing else. */
export function sortIntoRoom<T>(value: T, marking: Marking): Sorted<T> {
  const frozen = Object.freeze({ value, marking });
  return isProtectedLevel(marking.level)
    ? { room: 'protected', marked: frozen as unknown as Marked<'protected', T> }
    : { room: 'open', marked: frozen as unknown as Marked<'open', T> };
}
