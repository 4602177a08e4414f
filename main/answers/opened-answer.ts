import type { AnswerSignature } from './judge-signature.ts';

/** What an answer says, when it is opened. Nothing of it is stored. */
export interface OpenedAnswer {
  /** SHA-256 of the file as it came, in hex. */
  readonly fileHash: string;
  readonly signature: AnswerSignature;
  /** From inside the encryption; null where the sender's program put none there. */
  readonly subject: string | null;
  readonly from: string | null;
  readonly text: string;
  readonly attachments: readonly {
    readonly name: string;
    /** Bytes. */
    readonly size: number;
    readonly sha256: string;
  }[];
  /** What the attachments hold, in their order, where that was asked for. */
  readonly contents?: readonly Uint8Array[];
  /** What else is to be known of the file, in Swedish. */
  readonly remarks: readonly string[];
}
