import { expect, it } from 'vitest';
import { formFor } from './form-for.ts';

const FORMS = [
  { id: 'a', regimes: ['X'] },
  { id: 'b', regimes: ['Y', 'Z'] },
];

it('the form is the chosen one, or one for the incident, and never just any', () => {
  expect(formFor(FORMS, ['Z'], null)?.id).toBe('b');
  expect(formFor(FORMS, ['Z'], 'a')?.id).toBe('a');
  expect(formFor(FORMS, ['Q'], null)).toBeNull();
  expect(formFor(FORMS, [], 'not there')).toBeNull();
});
