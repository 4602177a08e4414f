import { SigillError, type ErrorKind } from '../../shared/domain/error.ts';

/** The one place where a code of the file system or of SQLite becomes words. */

interface Cause {
  readonly kind: ErrorKind;
  /** What has happened, to stand after a colon: "disken är full". */
  readonly reason: string;
  /** What a person can do, a sentence. */
  readonly advice: string;
}

const CAUSES: readonly (readonly [RegExp, Cause])[] = [
  [
    /^(SQLITE_FULL|ENOSPC|EDQUOT)/,
    {
      kind: 'usage',
      reason: 'disken är full, det finns ingen plats kvar',
      advice: 'Frigör plats eller välj en annan disk, och försök igen.',
    },
  ],
  [
    /^(SQLITE_READONLY|EROFS)/,
    {
      kind: 'usage',
      reason: 'mediet är skrivskyddat',
      advice: 'Ta bort skrivskyddet eller välj en annan plats, och försök igen.',
    },
  ],
  [
    /^(SQLITE_(PERM|CANTOPEN)|EACCES|EPERM)/,
    {
      kind: 'usage',
      reason: 'du har inte rätt att skriva eller läsa där',
      advice: 'Välj en annan mapp, eller be den som sköter datorn om rätten, och försök igen.',
    },
  ],
  [
    /^(ENOENT|ENODEV|ENXIO)/,
    {
      kind: 'usage',
      reason: 'platsen eller filen finns inte',
      advice: 'Kontrollera att mappen finns kvar och att mediet sitter i, och försök igen.',
    },
  ],
  [
    /^(ENOTDIR|ELOOP)/,
    {
      kind: 'usage',
      reason: 'en del av sökvägen är en fil',
      advice: 'Välj en annan mapp, och försök igen.',
    },
  ],
  [/^EISDIR/, { kind: 'usage', reason: 'det är en mapp', advice: 'Välj en fil, och försök igen.' }],
  [
    /^(EEXIST|ENOTEMPTY)/,
    {
      kind: 'usage',
      reason: 'det finns redan något där',
      advice: 'Välj en ny mapp eller ett annat namn, och försök igen.',
    },
  ],
  [
    /^ENAMETOOLONG/,
    { kind: 'usage', reason: 'namnet är för långt', advice: 'Välj ett kortare, och försök igen.' },
  ],
  [
    /^EFBIG/,
    {
      kind: 'usage',
      reason: 'filen är större än mediet kan rymma',
      advice: 'Välj en annan disk eller ett annat medium, och försök igen.',
    },
  ],
  [
    /^EXDEV/,
    {
      kind: 'usage',
      reason: 'platserna ligger på olika diskar',
      advice: 'Välj en plats på samma disk, och försök igen.',
    },
  ],
  [
    /^E[MN]FILE/,
    {
      kind: 'usage',
      reason: 'för många filer är öppna på datorn',
      advice: 'Stäng andra program, och försök igen.',
    },
  ],
  [
    /^(SQLITE_(BUSY|LOCKED|PROTOCOL)|EBUSY|ETXTBSY)/,
    { kind: 'locked', reason: 'ett annat program använder den', advice: 'Stäng det, och försök igen.' },
  ],
  [
    /^(SQLITE_(NOTADB|CORRUPT)|(SQLITE_)?IOERR|EIO)/,
    {
      kind: 'damaged',
      reason: 'den går inte att läsa eller skriva',
      advice:
        'Filen är skadad eller ändrad, eller disken är på väg att gå sönder. Ta en kopia av valvmappen och återställ från säkerhetskopia.',
    },
  ],
];

/** @returns null for what is no such error, or one that no person can do anything about: a fault in Sigill */
export function causeOf(error: unknown): Cause | null {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return null;
  return CAUSES.find(([pattern]) => pattern.test(code))?.[1] ?? null;
}

/**
 * What happened, what was not lost, and what to do.
 * @param what begins the message: "Valvet kan inte skapas i /valv"
 * @param kept what is as it was, a sentence
 * @returns the error itself where it is told already, or no such error
 */
export function explainSystem(error: unknown, what: string, kept: string): unknown {
  if (error instanceof SigillError) return error;
  const cause = causeOf(error);
  if (!cause) return error;
  const told = new SigillError(cause.kind, `${what}: ${cause.reason}. ${kept} ${cause.advice}`);
  told.cause = error;
  return told;
}
