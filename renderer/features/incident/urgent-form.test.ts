import { expect, it } from 'vitest';
import { urgentForm } from './urgent-form.ts';

const step = (state: string, due: string | null, ...forms: string[]) => ({
  state,
  due: due === null ? null : { at: due },
  forms: forms.map((id) => ({ id })),
});

it('is that of the step that is due first, and neither one that is asked for nor what is read out on a call', () => {
  expect(
    urgentForm([
      step('on-request', null, 'delrapport'),
      step('running', '2026-11-23T10:00:00+01:00', 'upplysning'),
      step('overdue', '2026-11-22T15:00:00+00:00', 'telefonnotifiering', 'varning'),
      step('done', '2026-11-20T10:00:00Z', 'gjord'),
    ]),
  ).toBe('varning');
  expect(
    urgentForm([step('running', null, 'x'), step('running', '2026-11-23T10:00:00Z', 'telefonnotifiering')]),
  ).toBe(null);
  expect(urgentForm([])).toBe(null);
});
