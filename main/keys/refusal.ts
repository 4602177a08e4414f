import { SigillError } from '../../shared/domain/error.ts';

/** Whose key is read: a recipient's, our own in the vault, or our own in a file from another program. */
export type KeyOwner = 'recipient' | 'own' | 'own-file';

/** What mends it: another key, the one that came in place of one revoked, a later end, or newer signatures. */
type Remedy = 'replace' | 'revoked' | 'renew' | 'sign-anew';

/** Makes the error that says what is wrong with a key, and what to do. */
export type Refuse = (what: string, remedy: Remedy) => SigillError;

const NAMED: Readonly<Record<KeyOwner, string>> = {
  recipient: 'Nyckeln',
  own: 'Er egen nyckel',
  'own-file': 'Er egen nyckel',
};

const NEW_OWN = 'Skapa en ny egen nyckel och ge den till mottagarna.';
const OTHER_OWN = 'Läs in en annan egen nyckel, eller skapa en ny.';

/** Nobody is to be asked about our own key: what to do lies with us. */
const ADVICE: Readonly<Record<KeyOwner, Readonly<Record<Remedy, string>>>> = {
  recipient: {
    replace: 'Be mottagaren om en ny nyckel.',
    revoked: 'Be mottagaren om den nya nyckeln.',
    renew: 'Be mottagaren om en förnyad nyckel, eller kontrollera arbetsstationens klocka.',
    'sign-anew': 'Be ägaren förnya sina signaturer eller göra en ny nyckel.',
  },
  own: {
    replace: NEW_OWN,
    revoked: NEW_OWN,
    renew:
      'Kontrollera arbetsstationens klocka. Stämmer den: ändra nyckelns slutdatum eller skapa en ny, och ge den till ' +
      'mottagarna.',
    'sign-anew': NEW_OWN,
  },
  'own-file': {
    replace: OTHER_OWN,
    revoked: OTHER_OWN,
    renew:
      'Flytta slutdatumet i det program som gjorde nyckeln och exportera den igen, eller skapa en ny. Kontrollera också ' +
      'arbetsstationens klocka.',
    'sign-anew':
      'Förnya signaturerna i det program som gjorde nyckeln och exportera den igen, eller skapa en ny.',
  },
};

function commandFor(owner: KeyOwner, remedy: Remedy): string | null {
  if (owner === 'recipient') return null;
  return owner === 'own' && remedy === 'renew' ? 'key extend-own' : 'key create-own';
}

/** @param fingerprint in groups, as it is read aloud */
export function refuserOf(owner: KeyOwner, fingerprint: string): Refuse {
  return (what, remedy) =>
    new SigillError(
      'usage',
      `${NAMED[owner]} ${fingerprint} ${what}. ${ADVICE[owner][remedy]}`,
      [],
      commandFor(owner, remedy),
    );
}
