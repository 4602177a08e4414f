import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import {
  INCIDENT_STATES,
  type FactId,
  type IncidentId,
  type IncidentState,
} from '../../shared/domain/incident.ts';
import {
  isContained,
  isProtectedLevel,
  levelRank,
  LEVELS,
  type Level,
  type Marking,
} from '../../shared/domain/marking.ts';
import { auditFileText, exportChain } from '../audit/repository.ts';
import { verifyAudit } from '../core/audit.ts';
import { makeReport } from '../core/make-report.ts';
import { loadRulePack } from '../rules/load.ts';
import {
  addSecondPerson,
  at,
  bytesOf,
  draftWith,
  importOne,
  secondPerson,
  SENSITIVE,
} from '../testing/incidents.ts';
import { makeTestVault, PASSPHRASES, USER, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { findItem, lowerMarking, raiseMarking, writeItem } from './marking.ts';
import type { ItemReference } from './repository.ts';
import { changeState, getIncident, makeLogKey } from './service.ts';

/**
 * Whatever is done with incidents, in whatever order: nothing that is säkerhetsskyddsklassificerat stands in the open
 * room, in any of its files, in its audit, in its view of an incident or in an open report. Every text and every reason
 * is a word of its own, and a model keeps which of them the open room may hold.
 */
vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

const rules = loadRulePack();
const FORMS = [...rules.forms.keys()];
const FACTS: readonly FactId[] = ['handelse', 'handelseforlopp', 'system', 'orsak'];

let test: TestVault;
let vault: Vault;
beforeAll(async () => {
  test = await makeTestVault();
  vault = await test.open(['open', 'protected']);
  await addSecondPerson(vault);
});
afterAll(() => {
  vault.close();
  test.remove();
});

/** What the model knows of one value. */
interface Value {
  readonly item: ItemReference;
  marking: Marking;
  text: string;
  /** The words that the open room may hold of it. */
  open: string[];
}

class Model {
  readonly id: IncidentId;
  readonly values = new Map<string, Value>();
  readonly words: string[] = [];
  state: IncidentState = 'draft';

  constructor(levels: readonly Level[], padding: number) {
    const texts = FACTS.map(() => this.word());
    const title = this.word();
    const facts = FACTS.map(
      (id, index) => [id, [this.text(texts[index] ?? '', padding), levels[index] ?? 'oppen']] as const,
    );
    const titleLevel = levels[FACTS.length] ?? 'oppen';
    this.id = importOne(
      vault,
      draftWith(Object.fromEntries(facts), {
        title: { text: title, marking: at(titleLevel) },
        regimes: ['SAK', 'STAT-2020'],
      }),
    );
    facts.forEach(([key, [, level]], index) => this.add('fact', key, texts[index] ?? '', level));
    this.add('title', '', title, titleLevel);
  }

  word(): string {
    const word = `KANARIE${Math.random().toString(36).slice(2, 14).padEnd(12, '0').toUpperCase()}`;
    this.words.push(word);
    return word;
  }

  /** Rows of many lengths move between pages. */
  text(word: string, padding: number): string {
    return `${word} ${'x'.repeat(padding)}`;
  }

  add(kind: ItemReference['kind'], key: string, text: string, level: Level): void {
    const item = { incidentId: this.id, kind, key };
    const open = isProtectedLevel(level) ? [] : [text];
    this.values.set(`${kind}:${key}`, { item, marking: at(level), text, open });
  }

  /** What the open room may hold; all else of what was ever written it may not. */
  get forbidden(): string[] {
    const open = new Set([...this.values.values()].flatMap((value) => value.open));
    return this.words.filter((word) => !open.has(word));
  }
}

type Step = (model: Model) => Promise<void>;
const anyLevel = fc.constantFrom<Level>(...LEVELS, 'oppen', 'sekretess', 'oppen');
const anyPadding = fc.nat(3000);
const pick = (model: Model, index: number): Value => {
  const values = [...model.values.values()];
  const value = values[index % values.length];
  if (!value) throw new TypeError('An incident has values.');
  return value;
};

/** Writing and raising: the marking becomes the join, and in the protected room nothing may stay in the open one. */
function follow(value: Value, marking: Marking, ...words: string[]): void {
  const basis = [...new Set([...value.marking.basis, ...marking.basis])].sort();
  const level =
    levelRank(marking.level) > levelRank(value.marking.level) ? marking.level : value.marking.level;
  value.marking = { level, basis };
  value.open = isProtectedLevel(level) ? [] : [...value.open, ...words];
}

const write = fc
  .tuple(fc.nat(), anyLevel, anyPadding)
  .map(([index, level, padding]): Step => async (model) => {
    const value = pick(model, index);
    const [text, reason] = [model.word(), model.word()];
    const content =
      value.item.kind === 'log'
        ? { at: '2026-10-25T02:30:00Z', kind: 'ovrigt', text: model.text(text, padding), by: null }
        : // A title is one line, and not a long one.
          { text: model.text(text, value.item.kind === 'title' ? padding % 200 : padding), codes: [] };
    writeItem(vault, value.item, content, at(level), reason, SENSITIVE);
    value.text = text;
    follow(value, at(level), text, reason);
  });

const raise = fc.tuple(fc.nat(), anyLevel).map(([index, level]): Step => async (model) => {
  const value = pick(model, index);
  const reason = model.word();
  if (levelRank(level) < levelRank(value.marking.level)) {
    expect(() => raiseMarking(vault, value.item, at(level), reason, SENSITIVE)).toThrow(
      expect.objectContaining({ kind: 'policy' }),
    );
    return;
  }
  raiseMarking(vault, value.item, at(level), reason, SENSITIVE);
  follow(value, at(level), reason);
});

const lower = fc.tuple(fc.nat(), anyLevel).map(([index, level]): Step => async (model) => {
  const value = pick(model, index);
  const reason = model.word();
  const from = isProtectedLevel(value.marking.level) ? 'protected' : 'open';
  const work = lowerMarking(vault, value.item, at(level), reason, secondPerson(from));
  if (levelRank(level) > levelRank(value.marking.level) || isContained(value.marking, at(level))) {
    await expect(work).rejects.toMatchObject({ kind: 'usage' });
    return;
  }
  await work;
  value.marking = at(level);
  if (from === 'open') value.open.push(reason);
  else if (!isProtectedLevel(level)) value.open = [value.text];
});

const log = fc.tuple(anyLevel, anyPadding).map(([level, padding]): Step => async (model) => {
  const key = makeLogKey();
  const text = model.word();
  const content = { at: '2026-10-25T02:30:00Z', kind: 'ovrigt', text: model.text(text, padding), by: null };
  writeItem(vault, { incidentId: model.id, kind: 'log', key }, content, at(level), null, SENSITIVE);
  model.add('log', key, text, level);
});

const state = fc.constantFrom(...INCIDENT_STATES).map((next): Step => async (model) => {
  changeState(vault, model.id, next);
  model.state = next;
});

/** With the protected room locked, what is classified cannot be written, and what may be cannot be either. */
const locked = fc.tuple(fc.nat(), anyLevel).map(([index, level]): Step => async (model) => {
  const value = pick(model, index);
  vault.lockRoom('protected');
  try {
    if (isProtectedLevel(value.marking.level) || isProtectedLevel(level)) {
      expect(() =>
        writeItem(
          vault,
          value.item,
          { at: '2026-10-25T02:30:00Z', kind: 'ovrigt', text: model.word(), codes: [], by: null },
          at(level),
          null,
          SENSITIVE,
        ),
      ).toThrow(expect.objectContaining({ kind: 'unlock' }));
    }
  } finally {
    await vault.unlock('protected', USER, Buffer.from(PASSPHRASES.protected));
  }
});

function expectNothingLeaks(model: Model): void {
  const open = vault.requireRoom('open');
  const secret = new Set(model.forbidden);
  const leaked = (text: string): string[] =>
    (text.match(/KANARIE[0-9A-Z]{12}/g) ?? []).filter((word) => secret.has(word));
  expect(leaked(bytesOf(open).toString('latin1'))).toEqual([]);
  const chain = vault.transaction(open, () => exportChain(open.store.database, vault.auditContext(open)));
  expect(leaked(auditFileText(chain))).toEqual([]);
  const view = JSON.stringify(getIncident(vault, model.id, 'open'));
  expect(leaked(view)).toEqual([]);
  expect(view).not.toMatch(/hemlig|konfidentiell/);
  for (const formId of FORMS) {
    for (const openLevel of ['oppen', 'sekretess'] as const) {
      const order = { incidentId: model.id, formId, version: 'open', openLevel, draft: true } as const;
      const report = JSON.stringify(makeReport(vault, rules, order));
      expect(leaked(report)).toEqual([]);
      expect(report).not.toMatch(/hemlig"|konfidentiell"/);
    }
  }
}

/** The open room's rows name no class at all; only what the vault was created with does. */
function expectNoClassInRows(): void {
  const { database } = vault.requireRoom('open').store;
  const rows = [
    ...database.prepare('SELECT * FROM item_revision').all(),
    ...database.prepare('SELECT * FROM marking_decision').all(),
    ...database.prepare('SELECT * FROM incident_regime').all(),
    ...database
      .prepare(`SELECT * FROM audit_payload JOIN audit_entry USING (seq) WHERE action <> 'vault.created'`)
      .all(),
  ];
  expect(JSON.stringify(rows)).not.toMatch(/hemlig|konfidentiell/);
}

it(
  'nothing classified is ever found in the open room, whatever is done with incidents',
  { timeout: 180_000 },
  async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: write },
      { weight: 3, arbitrary: raise },
      { weight: 3, arbitrary: lower },
      { weight: 2, arbitrary: log },
      { weight: 1, arbitrary: state },
      { weight: 1, arbitrary: locked },
    );
    const start = fc.array(anyLevel, { minLength: 5, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(
        start,
        anyPadding,
        fc.array(step, { minLength: 15, maxLength: 15 }),
        async (levels, padding, steps) => {
          const model = new Model(levels, padding);
          for (const work of steps) await work(model);
          for (const { item, marking, text } of model.values.values()) {
            const found = findItem(vault, item)?.item;
            expect(found?.marking).toEqual(marking);
            expect(found?.content).toContain(text);
          }
          expect(getIncident(vault, model.id).state).toBe(model.state);
          expectNothingLeaks(model);
        },
      ),
      { numRuns: 40 },
    );
    expectNoClassInRows();
    expect(verifyAudit(vault).flatMap(({ faults }) => faults)).toEqual([]);
  },
);
