import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { SigillError } from '../../../shared/domain/error.ts';
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

function rendered(text: string | ((width: number) => string), pdfBytes = 2000): Renderings {
  return {
    pdf: new Uint8Array(pdfBytes),
    json: Buffer.from('{}'),
    text: typeof text === 'string' ? () => text : text,
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
    expect(namesOf(fitProfile(profile('mgs-fil'), rendered('x'), PLAIN))).toEqual(['rapport.pdf']);
    expect(
      namesOf(fitProfile(profile('mgs-fil'), rendered('x'), { format: 'text', fileName: 'r-1' })),
    ).toEqual(['r-1.txt']);
    expect(namesOf(fitProfile(profile('ovrigt'), rendered('x'), PLAIN))).toEqual([
      'rapport.txt',
      'rapport.pdf',
      'rapport.json',
    ]);
  });

  it('is written with the signs of the set, each replacement declared at the head of the text', () => {
    const fitted = fitProfile(profile('textmeddelande'), rendered('Åska – på ön.\nSlut'), PLAIN);
    expect(textOf(fitted)).toBe(
      'OVERSATTA TECKEN: U+00E5=aa U+00F6=oe U+00C5=AA U+2013=-\r\n\r\nAAska - paa oen.\r\nSlut\r\n',
    );
    expect(fitted.text).toEqual({
      characterSet: 'US-ASCII (7 bitar)',
      transliterated: ['U+00E5=aa', 'U+00F6=oe', 'U+00C5=AA', 'U+2013=-'],
    });
    // What the set holds is left as it is, and then nothing is declared.
    const whole = fitProfile(profile('mgs-fil'), rendered('Åska – på ön.'), { ...PLAIN, format: 'text' });
    expect(Buffer.from(whole.files[0]?.bytes ?? []).toString('utf8')).toBe('Åska – på ön.\n');
  });

  it('has no line wider than the profile takes, also where a sign is written with several', () => {
    const document = sampleReport('hemlig');
    const fitted = fitProfile(
      profile('textmeddelande'),
      rendered((width) => renderText(document, { width })),
      PLAIN,
    );
    const lines = textOf(fitted).split(/\r\n|\f/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(69);
    expect(textOf(fitted)).toMatch(/^[\t\n\f\r -~]*$/);
    expect(textOf(fitted)).toContain('saekerhetsskyddslagen');
  });
});

describe('what does not fit', () => {
  it('is refused with what to change: size, format, name and signs, all of them at once', () => {
    const small = profile('mgs-fil', { files: { ...profile('mgs-fil').files, maximumBytes: 1000 } });
    expect(
      faultsOf(() => fitProfile(small, rendered('x'), { format: 'json', fileName: 'Å rapport' })),
    ).toEqual([
      expect.stringMatching(/^Filnamnet .*Skriv ett annat namn\.$/),
      'Formatet JSON tas inte emot. Välj PDF eller text.',
    ]);
    for (const fileName of ['con', 'NUL', 'lpt1', 'sha256sums', 'overforingsblad']) {
      expect(
        faultsOf(() => fitProfile(profile('mgs-fil'), rendered('x'), { format: 'text', fileName })),
      ).toEqual([expect.stringMatching(/ har för annat\. Skriv ett annat filnamn\.$/)]);
    }
    // A profile that takes no text says nothing of how one is written.
    expect(
      faultsOf(() => fitProfile(profile('mgm-fax'), rendered('x'), { ...PLAIN, format: 'text' })),
    ).toEqual(['Formatet text tas inte emot. Välj PDF.']);
    expect(faultsOf(() => fitProfile(small, rendered('x'), PLAIN))).toEqual([
      expect.stringMatching(
        /rapport\.pdf är 2\s000 byte, och profilen tar högst 1\s000\. Välj formatet text, eller/,
      ),
    ]);
    expect(faultsOf(() => fitProfile(profile('textmeddelande'), rendered('żółw'), PLAIN))).toEqual([
      expect.stringMatching(
        /^rapport\.txt: 3 tecken finns inte i US-ASCII .*ż \(U\+017C\), ó \(U\+00F3\), ł \(U\+0142\)/,
      ),
    ]);
  });

  it('a text whose shortest word is wider than the profile takes is refused too', () => {
    const wide = 'x'.repeat(80);
    expect(faultsOf(() => fitProfile(profile('textmeddelande'), rendered(wide), PLAIN))).toEqual([
      'rapport.txt: en rad är 80 tecken, och profilen tar 69. Höj bredden i profilen eller välj PDF.',
    ]);
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
