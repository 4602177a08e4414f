/** What an answer is read with: plain data, so that another thread can do it. */
export interface AnswerJob {
  /** The file as it came: a mail (.eml), or the encrypted message alone, armored or binary. */
  readonly file: Uint8Array;
  /** The organisation's own secret keys, retired ones too: an answer may be to the key that was replaced. */
  readonly ownKeys: readonly string[];
  /** Keys that are in the vault. Only one that is verified says who has signed. */
  readonly knownKeys: readonly {
    readonly fingerprint: string;
    readonly armored: string;
    readonly isVerified: boolean;
    /** Somebody has taken it out of use: that it has signed says nothing good. */
    readonly isDistrusted?: boolean;
    /** Of the organisation itself. */
    readonly isOwn: boolean;
    /** By its first user id. */
    readonly owner: string;
    readonly emails: readonly string[];
  }[];
  readonly at: Date;
  /** The attachments are asked for too, and not only what they are called. */
  readonly withContents?: boolean;
}
