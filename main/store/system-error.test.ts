import { describe, expect, it } from 'vitest';
import { SigillError } from '../../shared/domain/error.ts';
import { causeOf, explainSystem } from './system-error.ts';

const failing = (code: string): Error => Object.assign(new Error('text of the system'), { code });

describe('an error of the system', () => {
  it.each([
    ['ENOSPC', 'usage', 'disken är full'],
    ['SQLITE_FULL', 'usage', 'disken är full'],
    ['EROFS', 'usage', 'skrivskyddat'],
    ['SQLITE_READONLY_DBMOVED', 'usage', 'skrivskyddat'],
    ['EACCES', 'usage', 'inte rätt'],
    ['ENOENT', 'usage', 'finns inte'],
    ['SQLITE_BUSY_SNAPSHOT', 'locked', 'annat program'],
    ['SQLITE_IOERR_WRITE', 'damaged', 'går inte att läsa'],
    ['EIO', 'damaged', 'går inte att läsa'],
  ])('%s says what happened, what is kept and what to do, and no code', (code, kind, words) => {
    const told = explainSystem(failing(code), 'Kan inte skriva', 'Inget har ändrats.') as SigillError;
    expect(told).toBeInstanceOf(SigillError);
    expect(told.kind).toBe(kind);
    expect(told.message).toContain(`Kan inte skriva: `);
    expect(told.message).toContain(words);
    expect(told.message).toMatch(/\. Inget har ändrats\. [A-ZÅÄÖ].*\.$/);
    expect(told.message).not.toMatch(/[A-Z]{4}|text of the system/);
  });

  it('passes what is told already, and what is a fault in Sigill', () => {
    const said = new SigillError('policy', 'nej');
    expect(explainSystem(said, 'x', 'y')).toBe(said);
    const fault = failing('SQLITE_CONSTRAINT_TRIGGER');
    expect(explainSystem(fault, 'x', 'y')).toBe(fault);
    expect(causeOf(new TypeError('x'))).toBeNull();
    expect(causeOf(null)).toBeNull();
  });
});
