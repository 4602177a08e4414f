import { ROOMS, type Room } from '../../shared/domain/room.ts';

/** A new passphrase as it stands in its two fields, and what the judge said of it. */
export interface Written {
  readonly secret: string;
  readonly repeated: string;
  readonly isAccepted: boolean;
}
export type Passphrases = Readonly<Record<Room, Written>>;

const NOTHING: Written = { secret: '', repeated: '', isAccepted: false };
export const EMPTY_PASSPHRASES: Passphrases = { open: NOTHING, protected: NOTHING };

/** At least one, and every one that is begun is good enough and written twice alike. */
export function isEveryOneReady(secrets: Passphrases): boolean {
  const begun = ROOMS.map((room) => secrets[room]).filter(
    ({ secret, repeated }) => secret !== '' || repeated !== '',
  );
  return (
    begun.length > 0 && begun.every(({ secret, repeated, isAccepted }) => isAccepted && secret === repeated)
  );
}

/** As the contract takes them: a room without a passphrase is not named. */
export function givenPassphrases({ open, protected: secret }: Passphrases): {
  open?: string;
  protected?: string;
} {
  return {
    ...(open.secret === '' ? {} : { open: open.secret }),
    ...(secret.secret === '' ? {} : { protected: secret.secret }),
  };
}
