import type { FactId, Incident } from '../../shared/domain/incident.ts';
import { joinMarkings } from '../../shared/domain/marking.ts';
import type { ReportDocument, ReportSection } from '../../shared/domain/report.ts';
import type { Form, FormField, RulePack } from '../../shared/domain/rules.ts';
import { FACT_LABEL } from '../../shared/domain/words.ts';
import { findItem } from '../incidents/marking.ts';
import { listRevisions, type ItemReference } from '../incidents/repository.ts';
import { getIncident } from '../incidents/service.ts';
import type { FactContent } from '../incidents/view.ts';
import { sensitiveRegimes } from '../packs/for-incident.ts';
import { withoutAddedSections, SUBJECTS_SECTION } from '../reports/added-sections.ts';
import { buildReport } from '../reports/build.ts';
import type { Vault } from '../vault/session.ts';

/**
 * What a rule asks a supplement to tell of (`tells` of the step), whether or not the form has a field for it. What stood there when the
 * last report was made is in the history of the value: the report itself may not have told it.
 */

/** The facts that a change in is to be told of by this form, and that it has no field for. */
function subjectsOf({ regimes }: RulePack, form: Form, incident: Incident): FactId[] {
  const fed = new Set(
    form.sections.flatMap(({ fields }) =>
      fields.flatMap(({ sources }) =>
        sources.flatMap((source) => (source.from === 'fact' ? [source.fact] : [])),
      ),
    ),
  );
  const steps = incident.regimes.flatMap((id) => regimes.get(id)?.steps ?? []);
  const told = steps.flatMap(({ forms, tells = [] }) => (forms.includes(form.id) ? tells : []));
  return [...new Set(told)].filter((fact) => !fed.has(fact));
}

/** Asked as some form of the rules asks for it: with the same code list, so that the codes have their names. */
function fieldFor({ forms }: RulePack, fact: FactId): FormField {
  const asked = [...forms.values()]
    .flatMap(({ sections }) => sections.flatMap(({ fields }) => fields))
    .find(({ sources }) => sources.some((source) => source.from === 'fact' && source.fact === fact));
  const { kind = 'long-text', codeList } = asked ?? {};
  return {
    ...{ id: fact, kind, label: FACT_LABEL[fact], required: false },
    sources: [{ from: 'fact', fact }],
    ...(codeList === undefined ? {} : { codeList }),
  };
}

/** A fact as it stood at an instant. Its marking is at least what it is now: it may have been raised since. */
function factAt(vault: Vault, incident: Incident, fact: FactId, at: string): Incident['facts'] {
  const reference: ItemReference = { incidentId: incident.id, kind: 'fact', key: fact };
  const found = findItem(vault, reference);
  const then =
    found && listRevisions(found.unlocked.store, reference).findLast(({ changedAt }) => changedAt <= at);
  if (!then || then.change === 'released') return [];
  const marking = joinMarkings([then.marking, found.item.marking]);
  return [{ id: fact, ...(JSON.parse(then.content) as FactContent), marking }];
}

/** Two reports by one form, each with what the rules ask a supplement to tell of as it stood when it was made. */
export interface Compared {
  readonly then: ReportDocument;
  readonly now: ReportDocument;
}

/**
 * @param last as it was sent; its added sections are left out
 * @param madeAt when it was made, ISO 8601 UTC
 * @param rules of the incident
 */
export function withSubjects(
  vault: Vault,
  rules: RulePack,
  last: { readonly document: ReportDocument; readonly madeAt: string },
  now: ReportDocument,
): Compared {
  const then = withoutAddedSections(last.document);
  const incident = getIncident(vault, now.reference as Incident['id']);
  const form = rules.forms.get(now.form.id);
  const subjects = form ? subjectsOf(rules, form, incident) : [];
  if (!form || subjects.length === 0) return { then, now };
  const fields = subjects.map((fact) => fieldFor(rules, fact));
  const asked: Form = {
    ...form,
    sections: [{ id: SUBJECTS_SECTION, title: 'Uppgifter som kompletteringen gäller', fields }],
  };
  const sectionOf = (facts: Incident['facts']): ReportSection[] => [
    ...buildReport({
      form: asked,
      incident: { ...incident, facts },
      organisation: vault.requireRoom('open').organisation,
      version: now.version,
      ...(now.openLevel === null ? {} : { openLevel: now.openLevel }),
      author: now.author,
      createdAt: now.createdAt,
      draft: true,
      codeLists: rules.codeLists,
      sensitiveRegimes: sensitiveRegimes(rules),
    }).sections,
  ];
  const before = subjects.flatMap((fact) => factAt(vault, incident, fact, last.madeAt));
  return {
    then: { ...then, sections: [...then.sections, ...sectionOf(before)] },
    now: { ...now, sections: [...now.sections, ...sectionOf(incident.facts)] },
  };
}
