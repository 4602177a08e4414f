import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { AUDIT_ACTION_NAME, describeAuditAction } from '../../shared/domain/audit-words.ts';
import { DISPATCH_EVENTS } from '../../shared/domain/dispatch.ts';
import { COPY_MOVES, MEDIUM_EVENTS } from '../../shared/domain/register.ts';

const MAIN = fileURLToPath(new URL('..', import.meta.url));

/** Every action that a call of the audit in the sources names; those that are put together stand as "item.*". */
function actionsInSources(): string[] {
  const files = readdirSync(MAIN, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/test|testing/.test(file),
  );
  return files.flatMap((file) => {
    const text = readFileSync(join(MAIN, file), 'utf8');
    const calls = text.matchAll(/(?:\.audit|appendAudit)\(([^;]*?)['`]([a-z-]+\.(?:[a-z-]*\$\{|[a-z-]+))/g);
    return [...calls].map(([, , action = '']) => action.replace(/\$\{.*/, '*'));
  });
}

it('every kind of row in the audit has a name in Swedish, and none is named that is not written', () => {
  const written = new Set(actionsInSources());
  expect(written.size).toBeGreaterThan(25);
  const together = [...written].filter((action) => action.endsWith('*'));
  expect(together.sort()).toEqual([
    ...['copy.*', 'dispatch.*', 'item.*', 'key.own-*', 'medium.*', 'rules.*', 'rules.key-*'],
  ]);
  const whole = [...written].filter((action) => !action.endsWith('*'));
  expect(whole.filter((action) => !(action in AUDIT_ACTION_NAME))).toEqual([]);
  const composed = [
    ...DISPATCH_EVENTS.map((event) => `dispatch.${event}`),
    ...COPY_MOVES.map((move) => `copy.${move}`),
    ...MEDIUM_EVENTS.map((event) => `medium.${event}`),
    ...['created', 'revised'].map((change) => `item.${change}`),
    ...['imported', 'used-again', 'renewed'].map((arrival) => `key.own-${arrival}`),
    ...['shipped', 'taken', 'rolled-back', 'key-trusted', 'key-revoked'].map((event) => `rules.${event}`),
  ];
  const known = new Set([...whole, ...composed]);
  expect(Object.keys(AUDIT_ACTION_NAME).filter((action) => !known.has(action))).toEqual([]);
  for (const action of composed) expect(describeAuditAction(action)).not.toBe(action);
});

it('a row that a newer Sigill wrote is shown with its own word', () => {
  expect(describeAuditAction('annat.okant')).toBe('annat.okant');
});
