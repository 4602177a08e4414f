import { SigillError } from '../../shared/domain/error.ts';
import { findAnswerFault, LATE_REASON, listOf } from '../../shared/domain/form-answer.ts';
import type { IncidentId } from '../../shared/domain/incident.ts';
import type { Level } from '../../shared/domain/marking.ts';
import { roomOf } from '../../shared/domain/room.ts';
import type { Form, FormField, RulePack } from '../../shared/domain/rules.ts';
import { FACT_LABEL } from '../../shared/domain/words.ts';
import { findItem } from '../incidents/marking.ts';
import type { ItemReference } from '../incidents/repository.ts';
import { getIncident } from '../incidents/service.ts';
import type { FactContent } from '../incidents/view.ts';
import { rulesForIncident, tellingRegimes } from '../packs/for-incident.ts';
import type { Vault } from '../vault/session.ts';
import { requireForm } from './require-form.ts';

/** Asked for by every form, where its report comes late and the law asks why. */
const LATE_REASON_FIELD: FormField = {
  id: LATE_REASON,
  kind: 'long-text',
  label: FACT_LABEL[LATE_REASON],
  required: true,
  sources: [{ from: 'answer' }],
};

export interface NewFormAnswer {
  readonly incidentId: IncidentId;
  readonly form: string;
  readonly field: string;
  readonly text: string;
  readonly codes: readonly string[];
  readonly level: Level;
}

/** The fields of a form that are answered in itself, and by no fact, time or setting alone. */
function ownFields(form: Form): FormField[] {
  const fields = [...form.sections.flatMap((section) => section.fields), LATE_REASON_FIELD];
  return fields.filter(({ sources }) => sources.some(({ from }) => from === 'answer'));
}

/**
 * Holds an answer to a field of a form against the rules of the incident.
 * @returns where it is to be written, and what
 * @throws SigillError `usage` for a form or field that is not there, a code that is not in its list, or what does not fit its kind;
 *   `policy` where the form itself tells of säkerhetsskydd and the answer would lie in the open room
 */
export function checkAnswer(
  vault: Vault,
  shipped: RulePack,
  { incidentId, form, field: fieldId, text, codes, level }: NewFormAnswer,
): { readonly reference: ItemReference; readonly content: FactContent } {
  const rules = rulesForIncident(vault, shipped, getIncident(vault, incidentId));
  const asking = requireForm(rules, form);
  const own = ownFields(asking);
  const field = own.find(({ id }) => id === fieldId);
  if (!field) {
    throw new SigillError('usage', 'Formuläret har inget eget fält med det namnet. De som har svar är:', [
      [...new Set(own.map(({ id }) => id))].join(', '),
    ]);
  }
  const reference: ItemReference = { incidentId, kind: 'answer', key: `${form}/${fieldId}` };
  const list = rules.codeLists.get(listOf(field) ?? '');
  const listed = list?.codes.map(({ code }) => code) ?? [];
  // What stands there already may stay, also where a newer rule pack no longer has it.
  const kept = findItem(vault, reference)?.item.content ?? '{"codes":[]}';
  const known = new Set([...listed, ...(JSON.parse(kept) as FactContent).codes]);
  if (codes.some((code) => !known.has(code))) {
    throw new SigillError('usage', 'Ett val står inte i fältets kodlista. Koderna är:', [listed.join(', ')]);
  }
  const fault = findAnswerFault(field, { text, codes });
  if (fault !== null) throw new SigillError('usage', fault);
  // Where an answer lies is told by the name of its form, and this one tells of säkerhetsskydd.
  const telling = tellingRegimes(vault, shipped);
  if (asking.regimes.every((regime) => telling.has(regime)) && roomOf(level) === 'open') {
    throw new SigillError(
      'policy',
      'Svar i det här formuläret hör hemma i det skyddade rummet. Märk svaret med en säkerhetsskyddsklass.',
    );
  }
  return { reference, content: { text, codes } };
}
