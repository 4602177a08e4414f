/** What an expedition's details say of its recipients. */
export interface Addressed {
  readonly recipient?: string | null;
  readonly recipients?: readonly string[];
  readonly recipientNames?: readonly string[];
}

/** To whom an expedition went, in the words that it has itself: never a fact. null where it says nothing of it. */
export function toWhom({ recipient, recipientNames, recipients }: Addressed): string | null {
  return recipient ?? ((recipientNames ?? recipients)?.join(', ') || null);
}
