import type { Store } from '../store/store.ts';

/** What has been said of an address of the rules: by its lines, so that a changed address is one nobody has confirmed. */
export interface AddressCheck {
  /** Ids of the rule pack. */
  readonly recipient: string;
  readonly address: string;
  readonly lines: readonly string[];
  readonly outcome: 'confirmed' | 'wrong';
  /** When somebody asked, ISO 8601 with offset. */
  readonly checkedAt: string;
  readonly checkedBy: string;
  readonly checkedHow: string;
  readonly recordedAt: string;
  /** The id of the user. */
  readonly recordedBy: string;
}

/** Which key is used for an e-mail address of the rules; null: none any more. */
export interface KeyBinding {
  readonly recipient: string;
  readonly address: string;
  readonly fingerprint: string | null;
  readonly reason: string;
  readonly recordedAt: string;
  readonly recordedBy: string;
}

/** The latest of each address. */
export function listAddressChecks(store: Store<'open'>): AddressCheck[] {
  return store.database
    .prepare<[], Omit<AddressCheck, 'lines'> & { lines: string }>(
      `SELECT recipient, address, lines, outcome, checked_at AS checkedAt, checked_by AS checkedBy,
              checked_how AS checkedHow, recorded_at AS recordedAt, recorded_by AS recordedBy
       FROM address_check AS one
       WHERE seq = (SELECT max(seq) FROM address_check WHERE recipient = one.recipient AND address = one.address)
       ORDER BY recipient, address`,
    )
    .all()
    .map((raw) => ({ ...raw, lines: JSON.parse(raw.lines) as string[] }));
}

export function addAddressCheck(store: Store<'open'>, check: AddressCheck): void {
  store.database
    .prepare(
      `INSERT INTO address_check (recipient, address, seq, lines, outcome, checked_at, checked_by, checked_how,
         recorded_at, recorded_by)
       VALUES (?, ?, 1 + (SELECT coalesce(max(seq), 0) FROM address_check WHERE recipient = ? AND address = ?),
         ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      check.recipient,
      check.address,
      check.recipient,
      check.address,
      JSON.stringify(check.lines),
      check.outcome,
      check.checkedAt,
      check.checkedBy,
      check.checkedHow,
      check.recordedAt,
      check.recordedBy,
    );
}

/** The latest of each address, also where it says that there is none any more. */
export function listKeyBindings(store: Store<'open'>): KeyBinding[] {
  return store.database
    .prepare<[], KeyBinding>(
      `SELECT recipient, address, fingerprint, reason, recorded_at AS recordedAt, recorded_by AS recordedBy
       FROM key_binding AS one
       WHERE seq = (SELECT max(seq) FROM key_binding WHERE recipient = one.recipient AND address = one.address)
       ORDER BY recipient, address`,
    )
    .all();
}

export function addKeyBinding(store: Store<'open'>, binding: KeyBinding): void {
  store.database
    .prepare(
      `INSERT INTO key_binding (recipient, address, seq, fingerprint, reason, recorded_at, recorded_by)
       VALUES (?, ?, 1 + (SELECT coalesce(max(seq), 0) FROM key_binding WHERE recipient = ? AND address = ?),
         ?, ?, ?, ?)`,
    )
    .run(
      binding.recipient,
      binding.address,
      binding.recipient,
      binding.address,
      binding.fingerprint,
      binding.reason,
      binding.recordedAt,
      binding.recordedBy,
    );
}
