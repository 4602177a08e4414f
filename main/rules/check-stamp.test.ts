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
    for (const size of [1, 6, 7.9])
      expect(faultsOf(add('first', { text: 'Rad', size }))).toEqual([
        expect.stringMatching(/first\[\d\]\.size: ska vara minst 8\.$/),
      ]);
    expect(faultsOf((stamp) => ({ ...stamp, frames: { hemlig: 'double' } }))).not.toEqual([]);
  });
});

describe('a stamp that would not be believed', () => {
  it.for(['#ffffff', '#fff0f0', '#ff0000', '#777777'])(
    'is refused in %s: too pale for white paper',
    (colour) => {
      expect(faultsOf((stamp) => ({ ...stamp, colour }))).toEqual([
        expect.stringMatching(
          /: colour: kontrasten mot vitt papper är [1-4](,\d)?:1 och ska vara minst 4,5:1\./,
        ),
      ]);
    },
  );

  it.for(['#000000', '#c00000', '#0000cc', '#767676'])('may be %s', (colour) => {
    expect(faultsOf((stamp) => ({ ...stamp, colour }))).toEqual([]);
  });

  const changed =
    (place: string, line: number, text: string) =>
    (stamp: Content): Content => ({
      ...stamp,
      [place]: (stamp[place] as Content[]).map((one, index) => (index === line ? { ...one, text } : one)),
    });
  const added =
    (place: string, text: string) =>
    (stamp: Content): Content => ({ ...stamp, [place]: [{ text, size: 8 }, ...(stamp[place] as Content[])] });

  it.for([
    'Inte {klass}',
    '{klass} gäller ej',
    'NORRDAL {klass}',
    '{klass}{klass}',
    '{klass} · {organisation}',
  ])('is refused with the line "%s": the class stands alone on its own', (text) => {
    for (const place of ['first', 'following'])
      expect(faultsOf(changed(place, 0, text)).join()).toContain(
        `${place}[0].text: raden med {klass} får inte innehålla något annat.`,
      );
  });

  it.for([
    'HEMLIG',
    'Kvalificerat hemlig',
    'Ej hemlig handling',
    'Oklassificerad',
    'ÖPPEN HANDLING',
    'Sekretess',
  ])('is refused with the line "%s": the class is told by its blank alone', (text) => {
    expect(faultsOf(added('first', text)).join()).toContain(
      'first[0].text: fast text får inte nämna en klass: den står i {klass}.',
    );
  });

  it('is refused with a line that takes back the one beside it, also in who decides', () => {
    for (const text of ['Detta är inte', 'Gäller ej', 'MAKULERAD', 'Upphävd {datum}'])
      expect(faultsOf(added('first', text)).join()).toMatch(/first\[0\]\.text: ”.+” kan säga emot klassen\./);
    const decides = [{ basis: '15 kap. 2 § OSL', who: 'ingen, handlingen är öppen' }];
    expect(faultsOf((stamp) => ({ ...stamp, decides })).join()).toContain('decides[0].who: fast text');
  });

  it('may have an authority’s name and neutral words', () => {
    for (const text of ['NORRDALS KOMMUN', 'Öppenvårdens nämnd', 'Beredskapsenheten i Ejdern, {datum}'])
      expect(faultsOf(added('first', text))).toEqual([]);
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
