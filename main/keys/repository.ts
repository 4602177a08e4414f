import type { KeyComparison } from '../../shared/domain/key-comparison.ts';
import type { Store } from '../store/store.ts';

/** A key as it stands in the open room. Verified means that persons have compared the fingerprint by another way. */
export interface StoredKey {
  readonly fingerprint: string;
  readonly role: 'recipient' | 'own';
  readonly userIds: readonly string[];
  readonly emails: readonly string[];
  readonly algorithm: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly armored: string;
  readonly verifiedBy: string | null;
  /** The second person; null where one alone compared, before two were asked for. */
  readonly verifiedSecond: string | null;
  /** The number that was called; null at a meeting. */
  readonly verifiedPhone: string | null;
  readonly verifiedHow: string | null;
  readonly verifiedAt: string | null;
  /** When a recipient's key was taken out of use; it is then not verified, until it is compared anew. */
  readonly distrustedAt: string | null;
  /** The name of the user. */
  readonly distrustedBy: string | null;
  readonly distrustReason: string | null;
  readonly addedAt: string;
  readonly addedBy: string;
  readonly retiredAt: string | null;
}

interface RawKey extends Omit<StoredKey, 'userIds' | 'emails'> {
  userIds: string;
  emails: string;
}

/** What a key is from outside: how it came to be distrusted or retired is told by other functions. */
type NewKey = Omit<StoredKey, 'retiredAt' | 'distrustedAt' | 'distrustedBy' | 'distrustReason'>;

/** Adds a key, or takes a newer copy of one that is known; a verification that was made stays. */
export function saveKey(store: Store<'open'>, key: NewKey, armoredPrivate: string | null): void {
  store.database
    .prepare(
      `INSERT INTO openpgp_key (fingerprint, role, user_ids, emails, algorithm, created_at, expires_at, armored,
         armored_private, verified_by, verified_second, verified_phone, verified_how, verified_at, added_at, added_by)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (fingerprint) DO UPDATE SET
         user_ids = excluded.user_ids, emails = excluded.emails, expires_at = excluded.expires_at,
         armored = excluded.armored,
         verified_by = iif(excluded.verified_at IS NULL, verified_by, excluded.verified_by),
         verified_second = iif(excluded.verified_at IS NULL, verified_second, excluded.verified_second),
         verified_phone = iif(excluded.verified_at IS NULL, verified_phone, excluded.verified_phone),
         verified_how = iif(excluded.verified_at IS NULL, verified_how, excluded.verified_how),
         verified_at = coalesce(excluded.verified_at, verified_at)
       WHERE role = 'recipient'`,
    )
    .run(
      key.fingerprint,
      key.role,
      JSON.stringify(key.userIds),
      JSON.stringify(key.emails),
      key.algorithm,
      key.createdAt,
      key.expiresAt,
      key.armored,
      armoredPrivate,
      key.verifiedBy,
      key.verifiedSecond,
      key.verifiedPhone,
      key.verifiedHow,
      key.verifiedAt,
      key.addedAt,
      key.addedBy,
    );
}

/** A newer copy of a recipient's key that must not be encrypted to any more; who it belongs to and how it was compared stays. */
export function endKey(
  store: Store<'open'>,
  { fingerprint, armored, expiresAt }: Pick<StoredKey, 'fingerprint' | 'armored' | 'expiresAt'>,
): void {
  store.database
    .prepare(
      `UPDATE openpgp_key SET armored = ?, expires_at = ? WHERE fingerprint = ? AND role = 'recipient'`,
    )
    .run(armored, expiresAt, fingerprint);
}

/** Takes note of who have compared a recipient's key, how, and when. One that was out of use is in use again. */
export function verifyKey(
  store: Store<'open'>,
  fingerprint: string,
  { first, second, phone, note }: KeyComparison,
  at: string,
): void {
  store.database
    .prepare(
      `UPDATE openpgp_key SET verified_by = ?, verified_second = ?, verified_phone = ?, verified_how = ?, verified_at = ?
       WHERE fingerprint = ? AND role = 'recipient'`,
    )
    .run(first, second, phone, note, at, fingerprint);
}

/** Takes a recipient's key out of use. Its comparison moves to the row of that: what asks for one no longer encrypts to it. */
export function distrustKey(
  store: Store<'open'>,
  fingerprint: string,
  { at, by, reason }: { readonly at: string; readonly by: string; readonly reason: string },
): void {
  store.database
    .prepare(
      `INSERT INTO key_distrust (fingerprint, seq, reason, verified_by, verified_second, verified_phone, verified_how,
         verified_at, recorded_at, recorded_by)
       SELECT fingerprint, 1 + (SELECT coalesce(max(seq), 0) FROM key_distrust WHERE fingerprint = key.fingerprint), ?,
         verified_by, verified_second, verified_phone, verified_how, verified_at, ?, ?
       FROM openpgp_key AS key WHERE fingerprint = ?`,
    )
    .run(reason, at, by, fingerprint);
}

/** Every key, own ones first; the private part is never among the answer. */
export function listKeys(store: Store<'open'>): StoredKey[] {
  return store.database
    .prepare<[], RawKey>(
      `SELECT key.fingerprint, role, user_ids AS userIds, emails, algorithm, created_at AS createdAt,
              expires_at AS expiresAt, armored, key.verified_by AS verifiedBy, key.verified_second AS verifiedSecond,
              key.verified_phone AS verifiedPhone, key.verified_how AS verifiedHow, key.verified_at AS verifiedAt,
              distrust.recorded_at AS distrustedAt, room_user.name AS distrustedBy, distrust.reason AS distrustReason,
              key.added_at AS addedAt, added_by AS addedBy, retired_at AS retiredAt
       FROM openpgp_key AS key
       LEFT JOIN key_distrust AS distrust ON distrust.fingerprint = key.fingerprint AND key.verified_at IS NULL
         AND distrust.seq = (SELECT max(seq) FROM key_distrust WHERE fingerprint = key.fingerprint)
       LEFT JOIN room_user ON room_user.id = distrust.recorded_by
       ORDER BY role = 'recipient', key.added_at, key.fingerprint`,
    )
    .all()
    .map((raw) => ({
      ...raw,
      userIds: JSON.parse(raw.userIds) as string[],
      emails: JSON.parse(raw.emails) as string[],
    }));
}

/** The own key in use, with its private part; null where there is none. */
export function findOwnKey(
  store: Store<'open'>,
): { fingerprint: string; armoredPublic: string; armoredPrivate: string } | null {
  return (
    store.database
      .prepare<[], { fingerprint: string; armoredPublic: string; armoredPrivate: string }>(
        `SELECT fingerprint, armored AS armoredPublic, armored_private AS armoredPrivate FROM openpgp_key
         WHERE role = 'own' AND retired_at IS NULL ORDER BY added_at DESC LIMIT 1`,
      )
      .get() ?? null
  );
}

/** The private part of every own key, retired ones too: an answer may be encrypted to the key that was replaced. */
export function listOwnSecrets(store: Store<'open'>): string[] {
  return store.database
    .prepare<[], string>(`SELECT armored_private FROM openpgp_key WHERE role = 'own' ORDER BY added_at DESC`)
    .pluck()
    .all();
}

/** The same key with another end: a renewed copy of both halves in place of what was there. */
export function renewOwnKey(
  store: Store<'open'>,
  fingerprint: string,
  key: { readonly armoredPublic: string; readonly armoredPrivate: string; readonly expiresAt: string | null },
): void {
  store.database
    .prepare(
      `UPDATE openpgp_key SET armored = ?, armored_private = ?, expires_at = ?
       WHERE fingerprint = ? AND role = 'own' AND retired_at IS NULL`,
    )
    .run(key.armoredPublic, key.armoredPrivate, key.expiresAt, fingerprint);
}

/** An own key that is in the vault, by a copy of it that says more, or one that was retired and is to be used again. */
export function useOwnKeyAgain(
  store: Store<'open'>,
  key: Pick<StoredKey, 'fingerprint' | 'userIds' | 'emails' | 'algorithm' | 'expiresAt' | 'armored'>,
  armoredPrivate: string,
): void {
  store.database
    .prepare(
      `UPDATE openpgp_key SET user_ids = ?, emails = ?, algorithm = ?, expires_at = ?, armored = ?, armored_private = ?,
         retired_at = NULL
       WHERE fingerprint = ? AND role = 'own'`,
    )
    .run(
      JSON.stringify(key.userIds),
      JSON.stringify(key.emails),
      key.algorithm,
      key.expiresAt,
      key.armored,
      armoredPrivate,
      key.fingerprint,
    );
}

/** Retired keys stay, so that what was once encrypted to them can be read. */
export function retireOwnKeys(store: Store<'open'>, at: string): void {
  store.database
    .prepare(`UPDATE openpgp_key SET retired_at = ? WHERE role = 'own' AND retired_at IS NULL`)
    .run(at);
}
