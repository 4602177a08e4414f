import { useState } from 'react';
import type { DraftOptions } from '../../app/use-draft.ts';
import { useFormDraft, type FormDraft } from '../../app/use-form-draft.ts';
import { decisionSchema, NO_SECOND, NO_WAY, type Decision, type WayDraft } from './details.ts';

type WrittenDecision = WayDraft['decision'];

interface ShownDecision {
  readonly decision: Decision;
  readonly change: (decision: Decision) => void;
  /** The second person writes her passphrase for one attempt: for the next one, whatever came of this, she writes it again. */
  readonly forget: () => void;
}

/**
 * A decision as its fields show it. A passphrase is never part of a draft: the second person stands beside what is written.
 * @param put keeps what is written of it
 */
export function useDecision(
  written: WrittenDecision,
  put: (written: WrittenDecision) => void,
): ShownDecision {
  const [second, setSecond] = useState(NO_SECOND);
  return {
    decision: { ...written, ...second },
    change({ reason, decidedBy, ...other }) {
      const isOther = reason !== written.reason || decidedBy !== written.decidedBy;
      put({ reason, decidedBy });
      // What she has confirmed is not changed behind her back.
      setSecond(isOther ? { ...other, secondPassphrase: '' } : other);
    },
    forget: () => setSecond({ ...second, secondPassphrase: '' }),
  };
}

/** A decision that is a draft of its own. */
export function useDecisionDraft(
  options: Pick<DraftOptions<WrittenDecision>, 'subject' | 'incident'> &
    Partial<Pick<DraftOptions<WrittenDecision>, 'levelOf'>>,
): ShownDecision & { readonly draft: FormDraft<WrittenDecision> } {
  const draft = useFormDraft<WrittenDecision>({
    ...options,
    schema: decisionSchema,
    initial: NO_WAY.decision,
  });
  return { draft, ...useDecision(draft.value, draft.put) };
}
