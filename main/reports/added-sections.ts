import type { ReportDocument } from '../../shared/domain/report.ts';

/** What is put in a report beside the fields of its form: what has changed since the one before, and the files that go along. */
export const SUPPLEMENT_SECTION = 'komplettering';
export const ATTACHMENTS_SECTION = 'attachments';

/** Only to be compared with: what a supplement is to tell of, and the form has no field for. */
export const SUBJECTS_SECTION = 'kompletteringens-uppgifter';

const ADDED: readonly string[] = [SUPPLEMENT_SECTION, ATTACHMENTS_SECTION, SUBJECTS_SECTION];

/** A report as its form has it, and no more: what a later one is compared with. */
export function withoutAddedSections(document: ReportDocument): ReportDocument {
  return { ...document, sections: document.sections.filter(({ id }) => !ADDED.includes(id)) };
}
