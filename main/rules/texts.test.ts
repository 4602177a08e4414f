import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  CALL_REFUSAL_TEXT,
  MAIL_SUBJECT_TEXT,
  OPENPGP_WARNING_TEXT,
  POINTER_TEXT,
  RECEIPT_TEXT,
  standardText,
  TEXT_BLANKS,
  type TextId,
} from '../../shared/domain/standard-text.ts';
import { loadRulePack } from './load.ts';

const { texts } = loadRulePack();
/** Texts that are said without the rules of an incident, by the name of what holds them. */
const ALWAYS: Readonly<Partial<Record<TextId, readonly [name: string, text: string]>>> = {
  pekare: ['POINTER_TEXT', POINTER_TEXT],
  'oppen-linje': ['CALL_REFUSAL_TEXT', CALL_REFUSAL_TEXT],
  'e-postamne': ['MAIL_SUBJECT_TEXT', MAIL_SUBJECT_TEXT],
  kvittens: ['RECEIPT_TEXT', RECEIPT_TEXT],
  'varning-openpgp': ['OPENPGP_WARNING_TEXT', OPENPGP_WARNING_TEXT],
};
const program = globSync('{main,shared,renderer}/**/*.{ts,tsx}')
  .filter((file) => !/\.test\.tsx?$|standard-text\.ts$/.test(file))
  .map((file) => readFileSync(file, 'utf8'));

it('has no text that nothing asks for, and asks for none that is not there', () => {
  expect([...texts.keys()].sort()).toEqual(Object.keys(TEXT_BLANKS).sort());
});

it.each(Object.keys(TEXT_BLANKS) as TextId[])('the text %s is said somewhere in the program', (id) => {
  const constant = ALWAYS[id];
  if (constant) expect(constant[1]).toBe(texts.get(id)?.text);
  const used = constant
    ? // Once where it is imported, and once where it is said.
      (file: string) => file.split(new RegExp(`\\b${constant[0]}\\b`)).length > 2
    : (file: string) => new RegExp(`standardText\\([^)]*'${id}'`).test(file);
  expect(program.some(used)).toBe(true);
});

it('fills in what stands in braces', () => {
  expect(
    standardText(texts, 'reservforfarande', { orsak: 'driftstörning', frist: '25 november kl. 09:00' }),
  ).toBe(
    'Inlämnad enligt reservförfarande. Orsak: driftstörning. Fristen 25 november kl. 09:00 löper oförändrat.',
  );
  expect(() => standardText(new Map(), 'sen-rapport', { skal: '' })).toThrow(TypeError);
});
