import { execFileSync } from 'node:child_process';

/** A row of the code on the sheet: three groups of four, more or less widely set. */
const CODE_ROW = /^[0-9A-Z]{12}$/;

/** The recovery code as it stands on the printed sheet, read as a person would read it. */
export function readRecoveryCode(file: string): string {
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  const rows = text.split('\n').map((line) => line.replace(/\s+/g, ''));
  const characters = rows.filter((row) => CODE_ROW.test(row)).join('');
  if (characters.length !== 36) throw new Error(`The code on ${file} cannot be read:\n${text}`);
  return characters.replace(/(.{4})(?=.)/g, '$1-');
}
