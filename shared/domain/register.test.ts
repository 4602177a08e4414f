import { describe, expect, it } from 'vitest';
import { DISPATCH_WAYS } from './dispatch.ts';
import {
  COPY_MOVES,
  COPY_STATES,
  DEFAULT_PATTERN,
  designationOf,
  inventoryDue,
  isCounted,
  MOVE_RULES,
  NO_DETAILS,
  possibleMediumEvents,
  possibleMoves,
  readCode,
  receiptOutstandingSince,
  NEVER_MADE,
  whyNotMove,
  whyNotPattern,
  type CopyCourse,
  type CopyMove,
  type CopyState,
} from './register.ts';

const CREATED = '2026-11-01T08:00:00.000Z';
const NOW = '2026-11-20T08:00:00.000Z';
const course = (level: CopyCourse['level'], ...moves: readonly CopyMove[]): CopyCourse => ({
  level,
  createdAt: CREATED,
  events: moves.map((move, index) => ({
    move,
    state: MOVE_RULES[move].to,
    at: `2026-11-0${index + 2}T08:00:00.000Z`,
  })),
});
/** The shortest way into each state. */
const INTO: Readonly<Record<CopyState, readonly CopyMove[]>> = {
  skapad: [],
  utlamnad: ['hand-out'],
  ater: ['hand-out', 'return'],
  forstord: ['destroy'],
  arkiverad: ['archive'],
  saknad: ['miss'],
};
const ALL = {
  holder: 'Bo Ek',
  external: false,
  how: 'branning',
  witness: 'Eva Lind',
  note: 'Beslut 12',
} as const;
const why = (from: CopyCourse, move: CopyMove, change: object = {}, at = NOW, by = 'Anna'): string | null =>
  whyNotMove(from, move, at, { ...ALL, ...change }, by, NOW);

describe('what may become of a copy', () => {
  /** Written out by hand: the table in the program is held against it. */
  const ALLOWED: Readonly<Record<CopyState, readonly CopyMove[]>> = {
    skapad: ['hand-out', 'archive', 'destroy', 'miss'],
    utlamnad: ['receipt', 'return', 'miss'],
    ater: ['hand-out', 'archive', 'destroy', 'miss'],
    forstord: ['correct'],
    arkiverad: ['take-out', 'destroy', 'miss'],
    saknad: ['find'],
  };

  it.each(COPY_STATES)(
    'from %s: what is allowed, and a refusal that says what to do for all else',
    (state) => {
      for (const move of COPY_MOVES) {
        const answer = why(course('hemlig', ...INTO[state]), move);
        if (ALLOWED[state].includes(move)) expect([move, answer]).toEqual([move, null]);
        else expect([move, answer]).toEqual([move, expect.stringMatching(/\.$/)]);
      }
      expect(possibleMoves(course('hemlig', ...INTO[state]))).toEqual(ALLOWED[state]);
    },
  );

  it('lets nobody say of one that somebody has handled that it was never made', () => {
    const never = { how: NEVER_MADE } as const;
    expect(why(course('hemlig'), 'destroy', never)).toBeNull();
    for (const moves of [['hand-out', 'return'], ['archive'], ['miss', 'find']] as const) {
      expect(why(course('hemlig', ...moves), 'destroy', never)).toMatch(/har funnits på papper/);
    }
  });

  it('every move says what it rests on and how sure that is, and none passes for law that is not', () => {
    for (const rule of Object.values(MOVE_RULES)) {
      expect(rule.source.length).toBeGreaterThan(20);
      expect(['secondary', 'unconfirmed']).toContain(rule.confidence);
    }
  });

  it('a kvittens is given once for each handing out', () => {
    const out = course('hemlig', 'hand-out');
    expect(receiptOutstandingSince(out)).toBe('2026-11-02T08:00:00.000Z');
    const done = course('hemlig', 'hand-out', 'receipt');
    expect(receiptOutstandingSince(done)).toBeNull();
    expect(why(done, 'receipt')).toMatch(/redan registrerad/);
    const again = course('hemlig', 'hand-out', 'receipt', 'return', 'hand-out');
    expect(possibleMoves(again)).toContain('receipt');
  });

  it('a time in the future, or before what was told last, is refused', () => {
    expect(why(course('hemlig'), 'archive', {}, '2026-11-21T08:00:00.000Z')).toMatch(/framtiden/);
    expect(why(course('hemlig'), 'archive', {}, '2026-10-31T08:00:00.000Z')).toMatch(/före/);
    expect(why(course('hemlig', 'hand-out'), 'return', {}, '2026-11-01T12:00:00.000Z')).toMatch(/före/);
  });

  it('asks for to whom, how, a witness who is somebody else, and why', () => {
    expect(why(course('oppen'), 'hand-out', { holder: ' ' })).toMatch(/till vem/);
    expect(why(course('hemlig'), 'destroy', { how: null })).toMatch(/hur/);
    expect(why(course('hemlig'), 'destroy', { witness: null })).toMatch(/bevittnar/);
    expect(why(course('hemlig'), 'destroy', { witness: ' ANNA ' })).toMatch(/någon annan/);
    expect(why(course('oppen'), 'destroy', { witness: null })).toBeNull();
    for (const witness of ['.', '-', 'x', 'Bo', '— —'])
      expect(why(course('hemlig'), 'destroy', { witness })).toMatch(/vem som bevittnar|hela namn/);
    expect(why(course('oppen'), 'hand-out', { holder: '.' })).toMatch(/till vem/);
    expect(why(course('oppen'), 'miss', { note: '-' })).toMatch(/vad som är känt/);
    expect(why(course('oppen'), 'destroy', { witness: 'Anna' })).toMatch(/någon annan/);
    expect(why(course('oppen'), 'destroy', { how: 'annat', note: null })).toMatch(/hur/);
    expect(why(course('oppen', 'archive'), 'destroy', { note: null })).toMatch(/gallringsbeslut/);
    expect(why(course('oppen'), 'miss', { note: '' })).not.toBeNull();
    expect(why(course('oppen', 'miss'), 'find', NO_DETAILS)).not.toBeNull();
  });
});

describe('a number', () => {
  const document = {
    pattern: DEFAULT_PATTERN.protected,
    diary: '2026–5.3.1–275',
    serial: 1,
    year: 2026,
    copies: 3,
  };

  it('is written as the routine writes it, and without a copy it is the part before', () => {
    expect(designationOf(document, 2)).toBe('2026–5.3.1–275/001:2/3');
    expect(designationOf(document)).toBe('2026–5.3.1–275/001');
    expect(designationOf({ ...document, pattern: 'H {år}-{löpnr} ex {exemplar}' }, 1)).toBe(
      'H 2026-001 ex 1',
    );
    expect(designationOf({ ...document, serial: 12345 }, 1)).toBe('2026–5.3.1–275/12345:1/3');
    // What a person wrote as diary number is no pattern.
    expect(designationOf({ ...document, diary: '{löpnr}' }, 1)).toBe('{löpnr}/001:1/3');
  });

  it.each([
    [DEFAULT_PATTERN.open, null],
    [DEFAULT_PATTERN.protected, null],
    ['{löpnr}-{exemplar}', null],
    ['{dnr}:{exemplar}', /löpnr/],
    ['{dnr}/{löpnr}', /exemplar/],
    ['{löpnr}{exemplar}', /tecken mellan/],
    ['{löpnr}/{exemplar}/{namn}', /finns inte/],
    ['{löpnr}/{exemplar}<b>', /bokstäver/],
    [`{löpnr}/{exemplar}${'x'.repeat(90)}`, /högst/],
  ])('the pattern %s', (pattern, fault) => {
    const answer = whyNotPattern(pattern);
    if (fault === null) expect(answer).toBeNull();
    else expect(answer).toMatch(fault);
  });

  it('a code is read as a scanner or a hand writes it', () => {
    expect(readCode(' 7k3m-9q2x-ab01 ')).toBe('7K3M9Q2XAB01');
    for (const not of ['', '7K3M9Q2XAB0', '7K3M9Q2XAB0U', 'K7M2-9QXA-4D1F-1'])
      expect(readCode(not)).toBeNull();
  });
});

it('what is to be counted: in the house or with somebody in it, and of the archive kvalificerat hemlig only', () => {
  const counted = COPY_STATES.filter((state) =>
    isCounted({ level: 'hemlig', state, external: false, way: 'kuvert' }),
  );
  expect(counted).toEqual(['skapad', 'utlamnad', 'ater']);
  expect(isCounted({ level: 'hemlig', state: 'utlamnad', external: true, way: null })).toBe(false);
  expect(isCounted({ level: 'kvalificerat-hemlig', state: 'arkiverad', external: false, way: null })).toBe(
    true,
  );
  const isMade = { level: 'hemlig', state: 'skapad', external: false } as const;
  expect(DISPATCH_WAYS.filter((way) => isCounted({ ...isMade, way }))).toEqual(['kuvert', 'utskrift']);
  expect(isCounted({ ...isMade, state: 'ater', way: 'signalskydd' })).toBe(true);
});

it('a medium that is destroyed is no more, and one that is missing can only be found', () => {
  expect(possibleMediumEvents([])).toEqual(['written', 'wiped', 'destroyed', 'missing']);
  expect(possibleMediumEvents([{ event: 'missing' }])).toEqual(['found']);
  expect(possibleMediumEvents([{ event: 'destroyed' }])).toEqual([]);
});

describe('the day by which copies are to have been counted', () => {
  const on = (level: 'kvalificerat-hemlig' | 'hemlig', since: string) => ({ level, since });

  it('is a year after the last inventory by law for kvalificerat hemlig, or after the copy came where that is later', () => {
    const due = inventoryDue([on('kvalificerat-hemlig', '2026-02-01')], '2026-03-10', null);
    expect(due).toMatchObject({ date: '2027-03-10', confidence: 'statute' });
    expect(due?.source).toMatch(/3 kap\. 8 §/);
    expect(inventoryDue([on('kvalificerat-hemlig', '2026-05-01')], '2024-01-01', null)?.date).toBe(
      '2027-05-01',
    );
    expect(inventoryDue([on('kvalificerat-hemlig', '2024-02-29')], null, null)?.date).toBe('2025-02-28');
  });

  it('is by the organisation’s own rule for what is below, and by no rule where there is none', () => {
    expect(inventoryDue([on('hemlig', '2026-02-01')], null, null)).toBeNull();
    expect(inventoryDue([on('hemlig', '2026-02-01')], null, 6)).toMatchObject({
      date: '2026-08-01',
      confidence: 'own',
    });
    const both = [on('hemlig', '2026-02-01'), on('kvalificerat-hemlig', '2026-01-01')];
    expect(inventoryDue(both, null, 6)).toMatchObject({ date: '2026-08-01', level: 'hemlig' });
    expect(inventoryDue([], '2026-01-01', 6)).toBeNull();
  });
});
