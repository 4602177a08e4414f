import callRefusal from '../../assets/rules/texts/oppen-linje.json' with { type: 'json' };
import mailSubject from '../../assets/rules/texts/e-postamne.json' with { type: 'json' };
import openpgpWarning from '../../assets/rules/texts/varning-openpgp.json' with { type: 'json' };
import pointer from '../../assets/rules/texts/pekare.json' with { type: 'json' };
import receipt from '../../assets/rules/texts/kvittens.json' with { type: 'json' };

/** The standard texts that every pack has, and what is filled in each: names in braces. */
export const TEXT_BLANKS = {
  pekare: [],
  'oppen-linje': [],
  'e-postamne': ['referens'],
  reservforfarande: ['orsak', 'frist'],
  'sen-rapport': ['skal'],
  kvittens: ['handling', 'exemplar', 'sidor', 'mottagen'],
  komplettering: ['rapport', 'datum', 'andrat'],
  'varning-openpgp': [],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type TextId = keyof typeof TEXT_BLANKS;

/**
 * Texts that are said where no incident is known, or its rules cannot be read: in a locked room, in the subject of a
 * mail, before a way out is chosen, and on a sheet that is drawn in a thread without rules. They are those of the pack that the program brings with it, whatever packs a vault has taken.
 */
export const POINTER_TEXT: string = pointer.text;
export const CALL_REFUSAL_TEXT: string = callRefusal.text;
export const MAIL_SUBJECT_TEXT: string = mailSubject.text;
export const RECEIPT_TEXT: string = receipt.text;
export const OPENPGP_WARNING_TEXT: string = openpgpWarning.text;

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

/**
 * A standard text of the rules that an incident is judged by, filled in.
 * @param values one for each of its blanks
 * @throws TypeError where the rules have no such text: a programming error, since packs are checked
 */
export function standardText<Id extends TextId>(
  texts: ReadonlyMap<string, { readonly text: string }>,
  id: Id,
  values: Readonly<Record<(typeof TEXT_BLANKS)[Id][number], string>>,
): string {
  const found = texts.get(id);
  if (!found) throw new TypeError(`The rules have no text ${id}.`);
  return fillText(found.text, values);
}
