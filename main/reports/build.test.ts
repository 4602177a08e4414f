import { describe, expect, it } from 'vitest';
import { SigillError } from '../../shared/domain/error.ts';
import { WITHHELD_SENTENCE, type Incident } from '../../shared/domain/incident.ts';
import { isProtectedLevel, joinMarkings, makeMarking, OPEN_MARKING } from '../../shared/domain/marking.ts';
import type { ReportDocument, ReportField, ReportPart } from '../../shared/domain/report.ts';
import { loadRulePack } from '../rules/load.ts';
import { buildReport } from './build.ts';
import { CALL_FORM, ORGANISATION, readCase, REPORT_FORM, request } from './sample.ts';

const EXERCISE = readCase('ovning-sakerhetskanslig');
const CASES = ['kalix-2021', 'servicecenter-2024', 'miljodata-2025', 'ovning-sakerhetskanslig'];

function fieldsOf(document: ReportDocument): ReportField[] {
  return document.sections.flatMap((section) => section.fields);
}
function partsOf(document: ReportDocument): ReportPart[] {
  return fieldsOf(document).flatMap((field) => field.parts);
}
function field(document: ReportDocument, id: string): ReportField {
  const found = fieldsOf(document).find((candidate) => candidate.id === id);
  if (!found) throw new TypeError(`No field ${id}.`);
  return found;
}
function texts(document: ReportDocument, id: string): string[] {
  return field(document, id).parts.map((part) => (part.label === null ? '' : `${part.label}: `) + part.text);
}

/** The incident as it is seen while the protected room is locked. */
function locked(incident: Incident): Incident {
  const open = <P extends { marking: { level: Incident['facts'][number]['marking']['level'] } }>(
    pieces: readonly P[],
  ): P[] => pieces.filter((piece) => !isProtectedLevel(piece.marking.level));
  return {
    ...incident,
    title: incident.title && isProtectedLevel(incident.title.marking.level) ? null : incident.title,
    times: open(incident.times),
    facts: open(incident.facts),
    log: open(incident.log),
    hasProtectedPart: true,
    protectedPartHidden: true,
  };
}

describe('a full version', () => {
  it.each(CASES)('holds everything of %s that the form asks for, under the join of its markings', (name) => {
    const incident = readCase(name);
    const document = buildReport(request(incident));
    const included = partsOf(document).map((part) => {
      if (part.withheld) throw new TypeError('Nothing is withheld from a full version.');
      return part;
    });
    expect(document.marking).toEqual(joinMarkings(included.map((part) => part.marking)));
    for (const fact of incident.facts) {
      if (!REPORT_FORM.sections.some((section) => JSON.stringify(section).includes(`"fact":"${fact.id}"`)))
        continue;
      const part = included.find((candidate) => candidate.origin === `fact:${fact.id}`);
      expect(part).toMatchObject({ text: fact.text, marking: fact.marking });
    }
    expect(included.filter((part) => part.origin.startsWith('log:'))).toHaveLength(incident.log.length);
  });

  it('marks the exercise begränsat hemlig with every provision behind it', () => {
    expect(buildReport(request(EXERCISE)).marking).toEqual(
      makeMarking('begransat-hemlig', ['15 kap. 2 § OSL', '18 kap. 1 § OSL', '18 kap. 8 § OSL']),
    );
  });

  it('lists the mandatory fields without an answer; codes without text are an answer', () => {
    const document = buildReport(request(EXERCISE, { draft: true }));
    expect(document.missing).toEqual([
      { field: 'hur', label: 'Hur upptäcktes incidenten?' },
      { field: 'kategori', label: 'Kategori' },
    ]);
    expect(buildReport(request(readCase('kalix-2021'))).missing).toEqual([]);
    const nobody = { ...ORGANISATION, contact: ' ', phone: null, hours: null };
    const unmanned = buildReport(request(readCase('kalix-2021'), { organisation: nobody }));
    expect(unmanned.missing.map((missing) => missing.field)).toEqual(['kontakt']);
  });

  it('shows codes by the names of the field’s list, and a foreign code by its own word', () => {
    const document = buildReport(request(readCase('miljodata-2025')));
    const [part] = field(document, 'kategori').parts;
    expect(part).toMatchObject({ codes: ['Angrepp', 'informationsförlust eller informationsläckage'] });
  });

  it('shows times in Swedish with their precision and a label each', () => {
    expect(texts(buildReport(request(readCase('kalix-2021'))), 'tider')).toEqual([
      'Inträffade: 16 december 2021 kl. 02.00 (uppskattad), svensk tid',
      'Upptäcktes: 16 december 2021 kl. 03, svensk tid',
      'Kännedom: 16 december 2021 kl. 07.30 (uppskattad), svensk tid',
    ]);
  });

  it('keeps a telling regime at the marking of the protected parts', () => {
    const [plain, telling] = field(buildReport(request(EXERCISE)), 'regelverk').parts;
    expect(plain).toMatchObject({ text: 'STAT-2026', marking: OPEN_MARKING });
    expect(telling).toMatchObject({ text: 'SAK', marking: { level: 'begransat-hemlig' } });
  });

  it('gives a blank to fill in only where nothing answers', () => {
    const document = buildReport(request(EXERCISE));
    expect(field(document, 'arendenummer')).toMatchObject({ blank: true, missing: false, parts: [] });
    expect(field(document, 'lage')).toMatchObject({ blank: false, parts: [{ text: 'Pågår' }] });
  });

  it('is plain JSON, and the same for the same incident', () => {
    const document = buildReport(request(EXERCISE));
    expect(JSON.parse(JSON.stringify(document))).toStrictEqual(document);
    expect(buildReport(request(EXERCISE))).toStrictEqual(document);
  });
});

describe('an open version', () => {
  const document = buildReport(request(EXERCISE, { version: 'open' }));

  it('puts the one sentence in place of what is above the level, with no marking and nothing else', () => {
    const [title] = field(document, 'rubrik').parts;
    expect(title).toStrictEqual({ withheld: true, origin: 'title', label: null, text: WITHHELD_SENTENCE });
    expect(texts(document, 'tider')).toEqual([
      `Inträffade: ${WITHHELD_SENTENCE}`,
      `Upptäcktes: ${WITHHELD_SENTENCE}`,
      `Kännedom: ${WITHHELD_SENTENCE}`,
    ]);
    expect(document.marking).toEqual(OPEN_MARKING);
    expect(document.openLevel).toBe('oppen');
  });

  it('does not call a withheld field missing', () => {
    expect(field(document, 'system')).toMatchObject({ missing: false, parts: [{ withheld: true }] });
    expect(document.missing.map((missing) => missing.field)).toEqual(['hur', 'kategori']);
  });

  it('does not name a telling regime, nor hint at it where another is named', () => {
    expect(texts(document, 'regelverk')).toEqual(['STAT-2026']);
    const only = buildReport(request({ ...EXERCISE, regimes: ['SAK'] }, { version: 'open' }));
    expect(texts(only, 'regelverk')).toEqual([WITHHELD_SENTENCE]);
  });

  it('lets more through where the level is higher', () => {
    const upTo = buildReport(request(EXERCISE, { version: 'open', openLevel: 'sekretess' }));
    expect(upTo.marking).toEqual(makeMarking('sekretess', ['18 kap. 8 § OSL']));
    expect(field(upTo, 'omfattning').parts[0]?.withheld).toBe(false);
    expect(field(upTo, 'system').parts[0]?.withheld).toBe(true);
  });

  it('tells neither how many log entries are withheld nor when they were', () => {
    const entry = (number: number, level: 'oppen' | 'hemlig'): Incident['log'][number] => ({
      key: `k${number}`,
      number,
      at: `2026-01-0${number}T08:00:00Z`,
      kind: 'atgard',
      text: `Steg ${number}`,
      by: null,
      marking: level === 'oppen' ? OPEN_MARKING : makeMarking(level, ['15 kap. 2 § OSL']),
    });
    const shown = (log: Incident['log']): ReportPart[] => [
      ...field(buildReport(request({ ...EXERCISE, log }, { version: 'open' })), 'logg').parts,
    ];
    const one = shown([entry(1, 'oppen'), entry(2, 'hemlig'), entry(3, 'oppen')]);
    const many = shown([entry(1, 'oppen'), entry(2, 'hemlig'), entry(3, 'oppen'), entry(4, 'hemlig')]);
    expect(one.map((part) => [part.origin, part.text])).toEqual([
      ['log:1', 'Steg 1'],
      ['log:2', 'Steg 3'],
      ['log', WITHHELD_SENTENCE],
    ]);
    expect(many).toStrictEqual(one);
  });
});

describe('a form for an open line', () => {
  it('holds only what is open, whatever version is asked for, and says once for each question that it cannot', () => {
    const document = buildReport(request(EXERCISE, { form: CALL_FORM, version: 'full' }));
    expect(document).toMatchObject({ version: 'open', openLevel: 'oppen', marking: OPEN_MARKING });
    expect(texts(document, 'vad')).toEqual([
      'Händelsen hanteras i särskild ordning. Kontakta säkerhetsskyddschefen.',
      CALL_FORM.withheldText,
    ]);
  });

  it('never holds sekretess, not even where sekretess is asked for', () => {
    const kalix = readCase('kalix-2021');
    const document = buildReport(
      request(kalix, { form: CALL_FORM, version: 'open', openLevel: 'sekretess' }),
    );
    expect(document.openLevel).toBe('oppen');
    expect(texts(document, 'vad').join('\n')).not.toContain('Journalsystem');
    expect(texts(document, 'vad').at(-1)).toBe(CALL_FORM.withheldText);
  });

  it('is there while the protected room is locked: the call cannot wait', () => {
    const document = buildReport(request(locked(EXERCISE), { form: CALL_FORM, version: 'full' }));
    expect(texts(document, 'parter')).toEqual(['Myndigheten.']);
    expect(texts(document, 'brott')).toEqual([CALL_FORM.withheldText]);
  });
});

describe('while the protected room is locked', () => {
  const view = locked(EXERCISE);

  it('refuses a final full version', () => {
    const attempt = (): unknown => buildReport(request(view));
    expect(attempt).toThrow(SigillError);
    expect(attempt).toThrow(expect.objectContaining({ kind: 'unlock' }));
    expect(buildReport(request(view, { draft: true })).draft).toBe(true);
  });

  it('calls no field missing that the locked room could answer, only what the open room always holds', () => {
    const nameless = { ...ORGANISATION, name: '', number: null };
    const document = buildReport(request(view, { version: 'open', organisation: nameless }));
    expect(document.missing.map((missing) => missing.field)).toEqual(['myndighet']);
    expect(texts(document, 'kategori')).toEqual([WITHHELD_SENTENCE]);
    expect(texts(document, 'rubrik')).toEqual([WITHHELD_SENTENCE]);
  });

  it('never lets the chronology pass for whole', () => {
    const document = buildReport(request(view, { version: 'open', openLevel: 'sekretess' }));
    expect(field(document, 'logg').parts.map((part) => part.withheld)).toEqual([false, true]);
  });
});

describe('the real forms', () => {
  const rules = loadRulePack();

  it.each([...rules.forms.keys()])('%s can be filled in for every case', (id) => {
    const form = rules.forms.get(id);
    if (!form) throw new TypeError(id);
    for (const name of CASES) {
      const document = buildReport(
        request(readCase(name), { form, codeLists: rules.codeLists, draft: true }),
      );
      expect(document.sections.map((section) => section.title)).toEqual(
        form.sections.map((section) => section.title),
      );
      if (form.audience === 'open-line') expect(document.marking).toEqual(OPEN_MARKING);
    }
  });
});

describe('the diary number', () => {
  const form = { ...REPORT_FORM, sections: [] };
  const withDiary = (
    incident: Incident,
    room: 'open' | 'protected',
    version: 'full' | 'open',
  ): ReportField => {
    const sections = [
      {
        id: 'a',
        title: 'A',
        fields: [
          {
            id: 'diarienummer',
            label: 'Diarienummer',
            required: false,
            sources: [{ from: 'incident', value: 'diary' } as const, { from: 'blank' } as const],
          },
        ],
      },
    ];
    const document = buildReport({
      ...request(incident, { version }),
      form: { ...form, sections },
      diaryNumber: { number: '2026-17', room },
    });
    return field(document, 'diarienummer');
  };
  const real = { ...EXERCISE, exercise: false };

  it('stands in the form instead of a line to fill in', () => {
    const shown = withDiary(real, 'open', 'open');
    expect(shown.blank).toBe(false);
    expect(shown.parts).toMatchObject([{ text: '2026-17', marking: OPEN_MARKING, origin: 'incident:diary' }]);
  });

  it('of the protected register is as secret as the incident, and leaves no trace in a version with a limit', () => {
    const [part] = withDiary(real, 'protected', 'full').parts;
    expect(part?.withheld === false && isProtectedLevel(part.marking.level)).toBe(true);
    const open = withDiary(real, 'protected', 'open');
    expect(open).toMatchObject({ parts: [], blank: true });
  });

  it('is a line to fill in for an exercise, which is in no diary', () => {
    expect(withDiary(EXERCISE, 'open', 'full')).toMatchObject({ parts: [], blank: true });
  });
});
