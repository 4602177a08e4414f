import callRefusal from '../../assets/rules/texts/oppen-linje.json' with { type: 'json' };
import mailSubject from '../../assets/rules/texts/e-postamne.json' with { type: 'json' };
import pointer from '../../assets/rules/texts/pekare.json' with { type: 'json' };

/** The standard texts that every pack has, and what is filled in each: names in braces. */
export const TEXT_BLANKS: Readonly<Record<string, readonly string[]>> = {
  pekare: [],
  'oppen-linje': [],
  'e-postamne': ['referens'],
  reservforfarande: ['orsak', 'frist'],
  'sen-rapport': ['skal'],
  kvittens: ['handling', 'exemplar', 'sidor', 'mottagen'],
  komplettering: ['rapport', 'datum', 'andrat'],
  'varning-openpgp': [],
};

/**
 * Texts that are said where no incident is known, or its rules cannot be read: in a locked room, in the subject of a
 * mail. They are those of the pack that the program brings with it, whatever packs a vault has taken.
 */
export const POINTER_TEXT: string = pointer.text;
export const CALL_REFUSAL_TEXT: string = callRefusal.text;
export const MAIL_SUBJECT_TEXT: string = mailSubject.text;

/** @returns the names in braces in a text, each once */
export function blanksOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name ?? ''))];
}

/** @throws TypeError for a blank that nothing is given for: a programming error, since packs are checked */
export function fillText(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{([^{}]*)\}/g, (_whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new TypeError(`Nothing is given for {${name}}.`);
    return value;
  });
}
