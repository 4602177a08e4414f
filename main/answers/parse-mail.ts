import PostalMime, { type Attachment, type Email } from 'postal-mime';

const BOUNDS = { maxNestingDepth: 20, maxHeadersSize: 256 * 1024 } as const;

/** @returns null for what is not built as a mail is, or is built to take long */
export async function parseMail(bytes: Uint8Array): Promise<Email | null> {
  return PostalMime.parse(bytes, BOUNDS).catch(() => null);
}

export function bytesOf({ content }: Attachment): Buffer {
  return typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content as Uint8Array);
}
