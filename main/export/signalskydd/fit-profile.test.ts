import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { SigillError } from '../../../shared/domain/error.ts';
import { OPEN_MARKING } from '../../../shared/domain/marking.ts';
import { textPart } from '../../../shared/domain/report.ts';
import type { TransferProfile } from '../../../shared/domain/rules.ts';
import { renderText } from '../../reports/text.ts';
import { loadRulePack } from '../../rules/load.ts';
import { sampleReport } from '../../testing/report.ts';
import { fitProfile, type FittedFiles, type Renderings, type TransferChoice } from './fit-profile.ts';

const rules = loadRulePack();
const PLAIN: TransferChoice = { format: null, fileName: 'rapport' };

function profile(id: string, change: Partial<TransferProfile> = {}): TransferProfile {
  const found = rules.transferProfiles.get(id);
  if (!found) throw new Error(`${id} finns inte`);
  return { ...found, ...change };
}

function fit(
  to: TransferProfile,
  renderings: Renderings,
  choice: TransferChoice,
  sections: Parameters<typeof fitProfile>[3] = [],
): FittedFiles {
  return fitProfile(to, renderings, choice, sections);
}

function rendered(text: string | Renderings['text'], pdfBytes = 2000): Renderings {
  return {
    pdf: new Uint8Array(pdfBytes),
    json: Buffer.from('{}'),
    text: typeof text === 'string' ? ({ write }) => write(text) : text,
  };
}

const namesOf = ({ files }: FittedFiles): string[] => files.map(({ name }) => name);
const textOf = ({ files }: FittedFiles): string => Buffer.from(files[0]?.bytes ?? []).toString('latin1');

function faultsOf(make: () => unknown): readonly string[] {
  try {
    make();
  } catch (error) {
    if (error instanceof SigillError && error.kind === 'policy') return error.faults;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

describe('what goes on the medium', () => {
  it('is one file of the format that the profile prefers, or every format it takes', () => {
    expect(namesOf(fit(profile('mgs-fil'), rendered('x'), PLAIN))).toEqual(['rapport.pdf']);
    expect(namesOf(fit(profile('mgs-fil'), rendered('x'), { format: 'text', fileName: 'r-1' }))).toEqual([
      'r-1.txt',
    ]);
    expect(namesOf(fit(profile('ovrigt'), rendered('x'), PLAIN))).toEqual([
      'rapport.txt',
      'rapport.pdf',
      'rapport.json',
    ]);
  });

  it('is written with the signs of the set, each replacement declared at the head of the text', () => {
    const fitted = fit(profile('textmeddelande'), rendered('Åska – på ön.\nSlut'), PLAIN);
    expect(textOf(fitted)).toBe(
      'OVERSATTA TECKEN: U+00E5=aa U+00F6=oe U+00C5=AA U+2013=-\r\n\r\nAAska - paa oen.\r\nSlut\r\n',
    );
    expect(fitted.text).toEqual({
      characterSet: 'US-ASCII (7 bitar)',
      transliterated: ['U+00E5=aa', 'U+00F6=oe', 'U+00C5=AA', 'U+2013=-'],
    });
    // What the set holds is left as it is, and then nothing is declared.
    const whole = fit(profile('mgs-fil'), rendered('Åska – på ön.'), { ...PLAIN, format: 'text' });
    expect(Buffer.from(whole.files[0]?.bytes ?? []).toString('utf8')).toBe('Åska – på ön.\n');
  });

  it('has no line wider than the profile takes, also where a sign is written with several', () => {
    const document = sampleReport('hemlig');
    const fitted = fit(
      profile('textmeddelande'),
      rendered((layout) => renderText(document, layout)),
      PLAIN,
    );
    const lines = textOf(fitted).split(/\r\n|\f/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(69);
    expect(textOf(fitted)).toMatch(/^[\t\n\f\r -~]*$/);
    expect(textOf(fitted)).toContain('saekerhetsskyddslagen');
  });

  it('has whole frames and whole lines under headings, in the signs that are sent', () => {
    const document = {
      ...sampleReport('kvalificerat-hemlig'),
      organisation: `${'Å'.repeat(28)} räddningstjänsten i Västerås och Örnsköldsvik`,
    };
    const text = textOf(
      fit(
        profile('textmeddelande'),
        rendered((layout) => renderText(document, layout)),
        PLAIN,
      ),
    );
    const lines = text.split(/\r\n|\f/);
    const framed = lines.filter((line) => /^[|+]/.test(line));
    expect(framed.length).toBeGreaterThan(6);
    expect(framed.join('\n')).toContain('| enligt 2 kap. 5 par. saekerhetsskyddslagen (2018:585) ');
    expect(framed.join('\n')).toContain('| Proevas av ....');
    for (const line of framed) expect(line).toMatch(/^(\| .{56} \||\+={58}\+)$/);
    const ruled = lines.flatMap((line, index) => (/^-{2,40}$/.test(line) ? [[lines[index - 1], line]] : []));
    expect(ruled.length).toBeGreaterThan(1);
    for (const [heading, rule] of ruled) expect(heading?.length).toBe(rule?.length);
    // A provision is not parted, however its sign is written.
    expect(text).not.toMatch(/kap\.\s*\n|\d\r\n\s*par\./);
  });
});

describe('what does not fit', () => {
  it('is refused with what to change: size, format, name and signs, all of them at once', () => {
    const small = profile('mgs-fil', { files: { ...profile('mgs-fil').files, maximumBytes: 1000 } });
    expect(faultsOf(() => fit(small, rendered('x'), { format: 'json', fileName: 'Å rapport' }))).toEqual([
      expect.stringMatching(/^Filnamnet .*Skriv ett annat namn\.$/),
      'Formatet JSON tas inte emot. Välj PDF eller text.',
    ]);
    for (const fileName of ['con', 'NUL', 'lpt1', 'sha256sums', 'overforingsblad']) {
      expect(faultsOf(() => fit(profile('mgs-fil'), rendered('x'), { format: 'text', fileName }))).toEqual([
        expect.stringMatching(/ har för annat\. Skriv ett annat filnamn\.$/),
      ]);
    }
    // A profile that takes no text says nothing of how one is written.
    expect(faultsOf(() => fit(profile('mgm-fax'), rendered('x'), { ...PLAIN, format: 'text' }))).toEqual([
      'Formatet text tas inte emot. Välj PDF.',
    ]);
    expect(faultsOf(() => fit(small, rendered('x'), PLAIN))).toEqual([
      expect.stringMatching(
        /rapport\.pdf är 2\s000 byte, och profilen tar högst 1\s000\. Välj formatet text, eller/,
      ),
    ]);
    expect(faultsOf(() => fit(profile('textmeddelande'), rendered('żółw'), PLAIN))).toEqual([
      expect.stringMatching(
        /^rapport\.txt: 3 tecken finns inte i US-ASCII .*ż \(U\+017C\), ó \(U\+00F3\), ł \(U\+0142\)\. Ändra uppgiften eller lägg till tecknet i profilen\.$/,
      ),
    ]);
  });
});

describe('a sign that cannot be sent', () => {
  const { sections } = sampleReport('hemlig');
  const greek = Array.from({ length: 20 }, (_unused, index) => String.fromCodePoint(0x3b1 + index)).join('');
  const ascii = { ...profile('textmeddelande'), formats: profile('mgs-fil').formats };

  it('is named with its field, and how many more there are', () => {
    const [section] = sections;
    const [field] = section?.fields ?? [];
    if (!section || !field) throw new TypeError('The sample has fields.');
    const fields = Array.from({ length: 5 }, (_unused, index) => ({
      ...field,
      label: `Fält ${index + 1}`,
      parts: [textPart('fact:x', greek.charAt(index), OPEN_MARKING)],
    }));
    const of = (count: number): readonly string[] =>
      faultsOf(() =>
        fit(ascii, rendered(greek), { ...PLAIN, format: 'text' }, [
          { ...section, fields: fields.slice(0, count) },
        ]),
      );
    expect(of(5).join()).toMatch(
      /20 tecken .*, μ \(U\+03BC\) och 8 till\. Står i ”Fält 1”, ”Fält 2”, ”Fält 3” och 2 fält till\. Ändra/,
    );
    expect(of(1).join()).toContain(' till. Står i ”Fält 1”. Ändra uppgiften');
    expect(of(0).join()).toContain(' till. Ändra uppgiften');
  });

  it('is advised on only as the profile allows: another format where there is one to choose', () => {
    const advice = (to: TransferProfile): string =>
      faultsOf(() => fit(to, rendered('α'), { ...PLAIN, format: 'text' })).join();
    expect(advice(ascii)).toMatch(/Ändra uppgiften, lägg till tecknet i profilen eller välj PDF\.$/);
    expect(advice(profile('textmeddelande'))).toMatch(
      /Ändra uppgiften eller lägg till tecknet i profilen\.$/,
    );
    const { text } = profile('textmeddelande');
    expect(advice(profile('ovrigt', { text }))).toMatch(
      /Ändra uppgiften eller lägg till tecknet i profilen\.$/,
    );
    const { files } = profile('ovrigt');
    const small = profile('ovrigt', { files: { ...files, maximumBytes: 1000 } });
    expect(faultsOf(() => fit(small, rendered('x'), PLAIN)).join()).toContain('Korta rapporten, eller sänd');
  });
});

it('says how certain each part of each profile is: nothing of it is stated as law', () => {
  expect([...rules.transferProfiles.keys()].sort()).toEqual([
    'mgm-fax',
    'mgs-fil',
    'ovrigt',
    'textmeddelande',
  ]);
  for (const one of rules.transferProfiles.values()) {
    for (const part of [one, one.formats, one.files, one.fileName, one.text, one.window]) {
      if (part === null) continue;
      expect(part.confidence, one.id).toBe('unconfirmed');
      expect(part.note, one.id).toMatch(/\p{Lu}.*\./u);
    }
  }
});
