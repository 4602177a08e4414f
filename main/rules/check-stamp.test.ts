import { describe, expect, it } from 'vitest';
import { SigillError } from '../../shared/domain/error.ts';
import { laterPack, ownPack, type Content } from '../testing/rule-packs.ts';
import { findRuleFaults } from './check.ts';
import { checkedLibrary } from './load.ts';
import { layOver } from './overlay.ts';
import { readPack } from './read.ts';

const FILE = 'stamp/stampel.json';

function faultsOf(change: (stamp: Content) => unknown): readonly string[] {
  try {
    checkedLibrary(laterPack(2, { [FILE]: change }));
    return [];
  } catch (error) {
    if (!(error instanceof SigillError)) throw error;
    return error.faults;
  }
}

/** The stamp without any line that tells this. */
const without =
  (place: string, blank: string) =>
  (stamp: Content): Content => ({
    ...stamp,
    [place]: (stamp[place] as { text: string }[]).filter(({ text }) => !text.includes(`{${blank}}`)),
  });

describe('a stamp', () => {
  it('may be left out by an issue from before it was a rule, and there is one at most', () => {
    expect(checkedLibrary(laterPack(2, { [FILE]: null })).newest.stamp).toBeNull();
    expect(checkedLibrary(laterPack(2)).newest.stamp?.id).toBe('STAMPEL');
    const two = laterPack(2, { 'stamp/b.json': () => ({ ...(laterPack(2).get(FILE) as Content), id: 'B' }) });
    expect(() => checkedLibrary(two)).toThrow(SigillError);
  });

  it.for(
    ['first', 'following'].flatMap((place) =>
      ['klass', 'bestammelse', 'organisation', 'datum', 'exemplar', 'provas-av'].map(
        (blank) => [place, blank] as const,
      ),
    ),
  )('is refused where %s lacks {%s}, with the rule that asks for it', ([place, blank]) => {
    const faults = faultsOf(without(place, blank));
    expect(faults.some((fault) => fault.startsWith(`${FILE}: ${place}: {${blank}} saknas för`))).toBe(true);
    expect(faults.join()).toMatch(/OSL|säkerhetsskyddsförordningen|exemplarhantering/);
  });

  it('is refused where a part is told for other classes only', () => {
    const faults = faultsOf((stamp) => ({
      ...stamp,
      first: (stamp['first'] as Content[]).map((line) =>
        line['text'] === '{datum}' ? { ...line, levels: ['hemlig'] } : line,
      ),
    }));
    expect(faults).toEqual([
      `${FILE}: first: {datum} saknas för sekretess, begränsat hemlig, konfidentiell, kvalificerat hemlig (5 kap. 5 § OSL p. 2).`,
    ]);
  });

  it('is refused with a blank that nobody fills in, too high for the head of a page, or with a size nobody can read', () => {
    const add = (place: string, line: Content) => (stamp: Content) => ({
      ...stamp,
      [place]: [...(stamp[place] as Content[]), line],
    });
    expect(faultsOf(add('first', { text: '{vader}', size: 9 }))).toEqual([
      `${FILE}: first: {vader} kan inte fyllas i.`,
    ]);
    expect(faultsOf(add('following', { text: 'Rad', size: 12 })).join()).toMatch(/högre än 48 punkter/);
    expect(faultsOf(add('first', { text: 'Rad', size: 3 }))).toHaveLength(1);
    expect(faultsOf((stamp) => ({ ...stamp, frames: { hemlig: 'double' } }))).not.toEqual([]);
  });
});

describe('an own pack', () => {
  const shipped = checkedLibrary(laterPack(1));
  const faultsOver = (stamp: Content, replaces: unknown = [{ kind: 'stamp', id: 'STAMPEL' }]): string[] => {
    const { manifest, rules, faults } = readPack(ownPack(1, { 'stampel.json': stamp }, { replaces }));
    expect(faults).toEqual([]);
    if (!manifest) throw new TypeError('A pack has a manifest.');
    const laid = layOver(shipped, { manifest, rules });
    return [...laid.faults, ...findRuleFaults(laid.rules, new Set())];
  };
  const ours = laterPack(1).get(FILE) as Content;

  it('may lay the stamp out anew, with all that must be in it', () => {
    expect(faultsOver({ ...ours, colour: '#0000cc', note: 'Vår stämpel.' })).toEqual([]);
    expect(faultsOver(without('following', 'datum')(ours)).join()).toMatch(/\{datum\} saknas/);
    expect(faultsOver({ ...ours, colour: '#0000cc' }, [])).not.toEqual([]);
  });
});
