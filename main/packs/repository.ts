import type { IncidentId } from '../../shared/domain/incident.ts';
import type { Store } from '../store/store.ts';

/** A pack as the vault has taken it. */
export interface StoredPack {
  readonly digest: string;
  readonly packId: string;
  readonly sequence: number;
  /** Fingerprint of the key; null: it came with the program. */
  readonly signedBy: string | null;
  readonly takenAt: string;
  readonly takenBy: string;
}

/** Our pack, and the organisation's own over it. */
export interface RuleSet {
  readonly id: string;
  readonly base: string;
  readonly own: string | null;
}

export interface RuleDecision {
  readonly seq: number;
  readonly ruleSet: string;
  readonly kind: 'shipped' | 'taken' | 'rolled-back';
  readonly reason: string;
  readonly at: string;
  readonly by: string;
}

export interface IncidentRules {
  readonly ruleSet: string;
  readonly reason: string | null;
  readonly at: string;
  readonly by: string;
}

export interface PublisherKeyDecision {
  readonly fingerprint: string;
  readonly publisher: string;
  readonly name: string;
  readonly publicKey: string;
  readonly event: 'trusted' | 'revoked';
  readonly reason: string;
  readonly first: string;
  readonly second: string;
  readonly at: string;
}

/** Keeps a pack; one that is kept already stays as it was. */
export function savePack(store: Store<'open'>, pack: StoredPack, content: string): void {
  store.database
    .prepare(
      `INSERT INTO rule_pack (digest, pack_id, sequence, signed_by, taken_at, taken_by, content)
       VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING`,
    )
    .run(pack.digest, pack.packId, pack.sequence, pack.signedBy, pack.takenAt, pack.takenBy, content);
}

/** Every pack that was ever taken, the last one first. */
export function listPacks(store: Store<'open'>): StoredPack[] {
  return store.database
    .prepare<[], StoredPack>(
      `SELECT digest, pack_id AS packId, sequence, signed_by AS signedBy, taken_at AS takenAt, taken_by AS takenBy
       FROM rule_pack ORDER BY taken_at DESC, sequence DESC`,
    )
    .all();
}

export function readPackContent(store: Store<'open'>, digest: string): string | null {
  const row = store.database
    .prepare<[string], { content: string }>('SELECT content FROM rule_pack WHERE digest = ?')
    .get(digest);
  return row?.content ?? null;
}

export function saveRuleSet(store: Store<'open'>, { id, base, own }: RuleSet): void {
  store.database
    .prepare(
      'INSERT INTO rule_set (id, base_digest, own_digest) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING',
    )
    .run(id, base, own);
}

export function findRuleSet(store: Store<'open'>, id: string): RuleSet | null {
  return (
    store.database
      .prepare<[string], RuleSet>(
        'SELECT id, base_digest AS base, own_digest AS own FROM rule_set WHERE id = ?',
      )
      .get(id) ?? null
  );
}

export function addRuleDecision(store: Store<'open'>, decision: Omit<RuleDecision, 'seq'>): void {
  store.database
    .prepare(
      `INSERT INTO rule_decision (seq, rule_set, kind, reason, at, decided_by)
       VALUES ((SELECT 1 + coalesce(max(seq), 0) FROM rule_decision), ?, ?, ?, ?, ?)`,
    )
    .run(decision.ruleSet, decision.kind, decision.reason, decision.at, decision.by);
}

/** In order; the last one says which set is in force. */
export function listRuleDecisions(store: Store<'open'>): RuleDecision[] {
  return store.database
    .prepare<[], RuleDecision>(
      'SELECT seq, rule_set AS ruleSet, kind, reason, at, decided_by AS by FROM rule_decision ORDER BY seq',
    )
    .all();
}

/** The id of the set in force; null while the vault goes by what the program brings. */
export function setInForce(store: Store<'open'>): string | null {
  const row = store.database
    .prepare<[], { ruleSet: string }>(
      'SELECT rule_set AS ruleSet FROM rule_decision ORDER BY seq DESC LIMIT 1',
    )
    .get();
  return row?.ruleSet ?? null;
}

/** Gives every incident that has none the set that it has been judged by until now. */
export function bindUnbound(
  store: Store<'open'>,
  { ruleSet, at, by }: { readonly ruleSet: string; readonly at: string; readonly by: string },
): void {
  store.database
    .prepare(
      `INSERT INTO incident_rules (incident_id, seq, rule_set, reason, at, decided_by)
       SELECT id, 1, ?, NULL, ?, ? FROM incident
       WHERE id NOT IN (SELECT incident_id FROM incident_rules)`,
    )
    .run(ruleSet, at, by);
}

export function addIncidentRules(store: Store<'open'>, id: IncidentId, rules: IncidentRules): void {
  store.database
    .prepare(
      `INSERT INTO incident_rules (incident_id, seq, rule_set, reason, at, decided_by)
       VALUES (?, (SELECT 1 + coalesce(max(seq), 0) FROM incident_rules WHERE incident_id = ?), ?, ?, ?, ?)`,
    )
    .run(id, id, rules.ruleSet, rules.reason, rules.at, rules.by);
}

/** By which sets an incident has been judged, in order. */
export function listIncidentRules(store: Store<'open'>, id: IncidentId): IncidentRules[] {
  return store.database
    .prepare<[string], IncidentRules>(
      `SELECT rule_set AS ruleSet, reason, at, decided_by AS by FROM incident_rules
       WHERE incident_id = ? ORDER BY seq`,
    )
    .all(id);
}

export function addPublisherKeyDecision(store: Store<'open'>, decision: PublisherKeyDecision): void {
  store.database
    .prepare(
      `INSERT INTO publisher_key_decision
         (seq, fingerprint, publisher, name, public_key, event, reason, first_user, second_user, at)
       VALUES ((SELECT 1 + coalesce(max(seq), 0) FROM publisher_key_decision), ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      decision.fingerprint,
      decision.publisher,
      decision.name,
      decision.publicKey,
      decision.event,
      decision.reason,
      decision.first,
      decision.second,
      decision.at,
    );
}

export function listPublisherKeyDecisions(store: Store<'open'>): PublisherKeyDecision[] {
  return store.database
    .prepare<[], PublisherKeyDecision>(
      `SELECT fingerprint, publisher, name, public_key AS publicKey, event, reason, first_user AS first,
              second_user AS second, at
       FROM publisher_key_decision ORDER BY seq`,
    )
    .all();
}
