import { SigillError } from '../../shared/domain/error.ts';
import type { Form, RulePack } from '../../shared/domain/rules.ts';

/** @throws SigillError `usage` with the forms there are */
export function requireForm(rules: RulePack, formId: string): Form {
  const form = rules.forms.get(formId);
  if (!form) {
    throw new SigillError('usage', `Formuläret ${formId} finns inte.`, [
      `Välj ett av: ${[...rules.forms.keys()].join(', ')}`,
    ]);
  }
  return form;
}
