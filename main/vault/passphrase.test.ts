import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROOMS } from '../../shared/domain/room.ts';
import { judgePassphrase } from './passphrase.ts';

const PERSONAL = ['Åsa Söderström', 'Exempelmyndigheten för provning'];

/** Words as a person would draw them from a list: ordinary, four letters or more. */
const DRAWN =
  'traktor fönster kaktus lampa paraply snickare vykort blixt tallrik gräsmatta vinkel trumma ekorre hängmatta spade fjäder burk kofta propp gurka dimma tangent spegel filt ränna sockel orgel pinne lergods tegel rabarber kompass ventil mössa sirap penna hylla kastrull vagga stege ratt skruv tråd knapp gryta mantel bälte kork flöjt hammare'.split(
    ' ',
  );

function isAccepted(passphrase: string, personal: readonly string[] = PERSONAL): boolean[] {
  return ROOMS.map((room) => judgePassphrase(passphrase, room, personal).accepted);
}

describe('judgePassphrase refuses for both rooms', () => {
  it.each([
    '',
    'ko',
    'Sommar2026!',
    'Sommar2026Höst!',
    'Sommar 2026 Höst!',
    'sommar höst vinter vår',
    'januari-februari-mars-april',
    'säkerhetsskyddschef1',
    'Exempelmyndigheten2026',
    'exempelmyndigheten för provning 2026',
    'Exempelmyndigheten-Söderström-1',
    'ÅsaSöderström1984',
    'asasoderstrom1984',
    'qwertyuiopå',
    'qwertyuiopåasdfghjklö',
    '1qaz2wsx3edc4rfv',
    'hemligthemligt',
    'hemlig hemlig hemlig hemlig',
    'kvalificerat hemlig 2026',
    'du gamla du fria du fjällhöga nord',
    'Välkommen till Stockholm 2026',
    'P@ssw0rdP@ssw0rd',
    'abcdefghijklmnopqrst',
    '1111111111111111',
    '20260101-20261231',
    'kaffekopp lampa',
    'apmal ppokeffak',
    'constructorconstructor',
    '__proto____proto__',
  ])('%j', (passphrase) => {
    for (const room of ROOMS) {
      const judgement = judgePassphrase(passphrase, room, PERSONAL);
      expect(judgement.accepted).toBe(false);
      expect(Number.isFinite(judgement.guessesLog10)).toBe(true);
      expect(judgement.advice.join(' ')).toContain('slumpvalda ord');
    }
  });
});

describe('judgePassphrase accepts for both rooms', () => {
  it.each([
    'korrekt häst batteri häftklammer',
    'korrekt häst batteri häftklammer molnbank',
    'tallrik-gräsmatta-vinkel-oxel',
    'vykortsnickareblixtparaply',
    'xK9#mQ2$vL7p',
    'r7Vq2nXw8ZkdTb4H',
  ])('%j', (passphrase) => {
    expect(isAccepted(passphrase)).toEqual([true, true]);
    expect(judgePassphrase(passphrase, 'protected', PERSONAL).advice).toEqual([]);
  });

  // Written together, "kork" and "skruv" are one word, and the passphrase is one word shorter.
  it('four or five ordinary words, whichever they are and however they are separated', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...DRAWN), { minLength: 4, maxLength: 5 }),
        fc.constantFrom(' ', '-', '.', '_', ' – '),
        (words, separator) => {
          expect(isAccepted(words.join(separator))).toEqual([true, true]);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('but never one or two of them', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...DRAWN), { minLength: 1, maxLength: 2 }),
        fc.constantFrom(' ', '-', ''),
        (words, separator) => {
          expect(isAccepted(words.join(separator))).toEqual([false, false]);
        },
      ),
      { numRuns: 80 },
    );
  });
});

describe('judgePassphrase', () => {
  it('asks for more in the protected room', () => {
    expect(isAccepted('kaffekopp lampa regn')).toEqual([true, false]);
  });

  it('asks for twelve characters, however good they are', () => {
    const judgement = judgePassphrase('xK9#mQ2$vL7', 'open', []);
    expect(judgement.accepted).toBe(false);
    expect(judgement.advice).toContain('Använd minst 12 tecken. Lösenfrasen har 11.');
  });

  it('counts characters, not the units they are stored in', () => {
    expect(judgePassphrase('🐴🔋📎🐈', 'open', []).advice.join(' ')).toContain('har 4.');
  });

  it('judges every way to write the same text alike', () => {
    for (const text of ['Välkommen till Malmö', 'fönster häst gräsmatta ränna', 'sökväg två']) {
      for (const room of ROOMS) {
        const judgement = judgePassphrase(text, room, PERSONAL);
        expect(judgePassphrase(text.normalize('NFD'), room, PERSONAL)).toEqual(judgement);
        expect(judgePassphrase(text.replaceAll(' ', '\u00a0'), room, PERSONAL)).toEqual(judgement);
      }
    }
  });

  it('knows the names it is given, and only those', () => {
    const withName = judgePassphrase('Bläckfiskverket Göta 1987', 'open', ['Bläckfiskverket i Göta']);
    const without = judgePassphrase('Bläckfiskverket Göta 1987', 'open', []);
    expect(withName.guessesLog10).toBeLessThan(without.guessesLog10 - 2);
    expect(withName.advice.join(' ')).toContain('organisationens namn');
    expect(judgePassphrase('Bläckfiskverket Göta 1987', 'open', [])).toEqual(without);
  });

  it('says in Swedish what is weak', () => {
    const adviceOf = (text: string): string => judgePassphrase(text, 'protected', PERSONAL).advice.join(' ');
    expect(adviceOf('Sommar2026!')).toContain('årstider');
    expect(adviceOf('Sommar2026!')).toContain('årtal');
    expect(adviceOf('hemligthemligt')).toContain('flera gånger');
    expect(adviceOf('edcrfvtgbyhn')).toMatch(/tangenter|vanliga lösenord/);
    expect(adviceOf('§1234567890+')).toContain('tangenter');
    expect(adviceOf('januarifebruarimars')).toContain('uppräkningar');
    expect(adviceOf('kaffekopp lampa')).toContain('ordboken');
    expect(adviceOf('Sommar2026!')).toContain('fem eller sex slumpvalda ord');
    expect(judgePassphrase('Sommar2026!', 'open', []).advice.join(' ')).toContain('fyra eller fem');
  });

  it('refuses more than 1024 characters without looking at them', () => {
    expect(judgePassphrase('häst '.repeat(300), 'open', []).advice.join(' ')).toContain('1024');
    expect(judgePassphrase('\u{1f434}'.repeat(1024), 'open', []).advice.join(' ')).not.toContain('1024');
  });

  it('never throws and always has a number, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 60 }),
          fc.string({
            unit: fc.constantFrom('a', '4', '@', '$', '5', '1', '!', ' ', 'å', '-'),
            maxLength: 60,
          }),
          fc
            .array(fc.constantFrom('constructor', '__proto__', 'valueof', 'İ', '\ud800', 'häst'))
            .map((parts) => parts.join('')),
        ),
        (text) => {
          for (const room of ROOMS) {
            const { accepted, guessesLog10, advice } = judgePassphrase(text, room, [text, ...PERSONAL]);
            expect(Number.isFinite(guessesLog10)).toBe(true);
            expect(advice.length > 0).toBe(!accepted);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is quick enough to run at every key press', () => {
    judgePassphrase('värm upp', 'open', PERSONAL);
    const hard = ['4@3!1$57094@3!1$5l0a4@e!1$i7094@3!1$5709', 'fönster traktor lampa bulle kaktus spade'];
    for (const text of hard) {
      const start = performance.now();
      for (let round = 0; round < 5; round += 1) judgePassphrase(text, 'protected', PERSONAL);
      // 50 ms is the aim (about 15 are measured); the bound leaves room for a machine that does other things.
      expect((performance.now() - start) / 5).toBeLessThan(250);
    }
  });
});
