import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FACT_IDS,
  LOG_KINDS,
  TIME_IDS,
  TIME_PRECISIONS,
  type Incident,
  type IncidentId,
} from '../../shared/domain/incident.ts';
import {
  isAtMost,
  joinMarkings,
  LEVELS,
  levelRank,
  makeMarking,
  type Level,
  type Marking,
} from '../../shared/domain/marking.ts';
import type { Form } from '../../shared/domain/rules.ts';
import { loadRulePack } from '../rules/load.ts';
import { requireTool } from '../testing/tools.ts';
import { buildReport } from './build.ts';
import { renderJson } from './json.ts';
import { renderReportPdf } from './pdf.ts';
import { CALL_FORM, REPORT_FORM, request } from './sample.ts';
import { renderText } from './text.ts';

/**
 * Random incidents where each piece holds a word of its own, a canary, at a random level. What is above the level of
 * an open version must not stand in it in any form; nor may it change a single letter of it.
 */
const PROVISIONS = ['15 kap. 2 § OSL', '18 kap. 8 § OSL', '18 kap. 13 § OSL'];
const rules = loadRulePack();
const FORMS: readonly Form[] = [REPORT_FORM, CALL_FORM, ...rules.forms.values()];

const anyMarking: fc.Arbitrary<Marking> = fc
  .tuple(fc.constantFrom(...LEVELS), fc.subarray(PROVISIONS, { minLength: 1 }))
  .map(([level, basis]) => makeMarking(level, level === 'oppen' ? [] : basis));

interface Canary {
  readonly word: string;
  readonly level: Level;
}
interface Case {
  readonly incident: Incident;
  readonly canaries: readonly Canary[];
}

const anyCase: fc.Arbitrary<Case> = fc
  .record({
    title: anyMarking,
    facts: fc.uniqueArray(fc.tuple(fc.constantFrom(...FACT_IDS), anyMarking, fc.boolean()), {
      selector: ([id]) => id,
    }),
    times: fc.uniqueArray(
      fc.tuple(fc.constantFrom(...TIME_IDS), anyMarking, fc.constantFrom(...TIME_PRECISIONS)),
      { selector: ([id]) => id },
    ),
    log: fc.array(fc.tuple(fc.constantFrom(...LOG_KINDS), anyMarking), { maxLength: 6 }),
  })
  .map(({ title, facts, times, log }) => {
    const canaries: Canary[] = [];
    const canary = (word: string, { level }: Marking): string => {
      canaries.push({ word, level });
      return word;
    };
    const incident: Incident = {
      id: 'AAAA-BBBB-CCCC' as IncidentId,
      organisationKind: 'statlig-myndighet',
      regimes: ['STAT-2026'],
      exercise: false,
      state: 'active',
      createdAt: '2026-11-22T08:00:00Z',
      title: { text: `Rubrik ${canary('KANARIETITEL', title)}`, marking: title },
      facts: facts.map(([id, marking, coded], index) => ({
        id,
        text: `Text ${canary(`KANARIEFAKTUM${index}X`, marking)} slut`,
        codes: coded ? [canary(`kanariekod${index}x`, marking)] : [],
        marking,
      })),
      // Day and year are the canary; the year alone could stand in the digest.
      times: times.map(([id, marking, precision], index) => ({
        id,
        at: `${canary(`5maj${2101 + index}`, marking).slice(-4)}-05-05T10:00:00Z`,
        precision,
        marking,
      })),
      answers: [],
      log: log.map(([kind, marking], index) => ({
        key: `k${index}`,
        number: index + 1,
        at: `${canary(`5maj${2151 + index}`, marking).slice(-4)}-05-05T10:00:00Z`,
        kind,
        text: canary(`KANARIELOGG${index}X`, marking),
        by: canary(`KANARIENAMN${index}X`, marking),
        marking,
      })),
      hasProtectedPart: false,
      protectedPartHidden: false,
    };
    return { incident, canaries };
  });

/** What stands in the rendering regardless of how its lines are broken. */
function unbroken(text: string): string {
  return text.replace(/\s+/g, '');
}

describe('an open version of any incident', () => {
  it('holds no word from above its level, in text or JSON, and is marked no higher', () => {
    fc.assert(
      fc.property(
        anyCase,
        fc.constantFrom(...FORMS),
        fc.constantFrom(...LEVELS),
        fc.boolean(),
        ({ incident, canaries }, form, openLevel, draft) => {
          const document = buildReport(request(incident, { form, version: 'open', openLevel, draft }));
          const limit = form.audience === 'open-line' ? 'oppen' : openLevel;
          const renderings = [
            unbroken(renderText(document)),
            unbroken(new TextDecoder().decode(renderJson(document))),
          ];
          for (const { word } of canaries.filter(({ level }) => !isAtMost(level, limit))) {
            for (const rendering of renderings) expect(rendering).not.toContain(word);
          }
          expect(isAtMost(document.marking.level, limit)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is the same to the letter whatever is withheld: neither length, class, number nor time shows', () => {
    fc.assert(
      fc.property(
        anyCase,
        fc.constantFrom(...FORMS),
        fc.constantFrom('oppen', 'sekretess', 'konfidentiell'),
        fc.string({ minLength: 1 }),
        ({ incident }, form, openLevel, other) => {
          const limit = form.audience === 'open-line' ? 'oppen' : openLevel;
          const secret = makeMarking('kvalificerat-hemlig', ['15 kap. 1 § OSL']);
          const hidden = (marking: Marking): boolean => !isAtMost(marking.level, limit);
          const changed: Incident = {
            ...incident,
            title:
              incident.title && hidden(incident.title.marking)
                ? { text: other, marking: secret }
                : incident.title,
            facts: incident.facts.map((fact) =>
              hidden(fact.marking) ? { ...fact, text: `${other}.`, codes: [other], marking: secret } : fact,
            ),
            times: incident.times.map((time) =>
              hidden(time.marking)
                ? { ...time, at: '1999-01-01T00:00:00Z', precision: 'exact', marking: secret }
                : time,
            ),
            log: incident.log.flatMap((entry) =>
              hidden(entry.marking)
                ? [
                    { ...entry, at: '1999-01-01T00:00:00Z', text: other, marking: secret },
                    { ...entry, at: '2999-01-01T00:00:00Z', by: null, marking: secret },
                  ]
                : [entry],
            ),
          };
          const asked = { form, version: 'open', openLevel } as const;
          expect(buildReport(request(changed, asked))).toStrictEqual(buildReport(request(incident, asked)));
        },
      ),
      { numRuns: 300 },
    );
  });

  const pdftotext = requireTool('pdftotext');
  it.skipIf(pdftotext === null)('holds no word from above its level in a PDF either', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sigill-report-'));
    try {
      for (const [index, { incident, canaries }] of fc.sample(anyCase, { numRuns: 8, seed: 8 }).entries()) {
        const openLevel = LEVELS[index % 4] ?? 'oppen';
        const document = buildReport(request(incident, { version: 'open', openLevel }));
        const path = join(folder, `${index}.pdf`);
        const pdf = await renderReportPdf(document);
        writeFileSync(path, pdf);
        const text = unbroken(execFileSync(pdftotext ?? '', [path, '-'], { encoding: 'utf8' }));
        expect(text).toContain('Avsändare');
        for (const { word, level } of canaries) {
          if (isAtMost(level, openLevel)) continue;
          expect(text).not.toContain(word);
          expect(Buffer.from(pdf).includes(word)).toBe(false);
        }
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a full version of any incident', () => {
  it('is marked with the join of what it holds, and holds every answer', () => {
    fc.assert(
      fc.property(anyCase, ({ incident, canaries }) => {
        const document = buildReport(request(incident));
        const parts = document.sections.flatMap((section) => section.fields.flatMap((field) => field.parts));
        const markings = parts.map((part) => {
          if (part.withheld) throw new TypeError('Nothing is withheld from a full version.');
          return part.marking;
        });
        expect(document.marking).toEqual(joinMarkings(markings));
        const highest = Math.max(...markings.map((marking) => levelRank(marking.level)));
        expect(levelRank(document.marking.level)).toBe(highest);
        const text = unbroken(renderText(document));
        for (const { word } of canaries.filter((canary) => canary.word.startsWith('KANARIELOGG'))) {
          expect(text).toContain(word);
        }
      }),
    );
  });
});
